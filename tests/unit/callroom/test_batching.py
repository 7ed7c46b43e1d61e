"""Wishes that come while a batch is under way make the next one; each gets its own result or the batch's error."""

import asyncio
from collections.abc import Sequence

import pytest

from callwright.callroom.batching import Batch


class Worker:
    """Doubles numbers; holds each batch until let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = asyncio.Event()

    async def perform(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        await self.gate.wait()
        if 13 in items:
            raise ValueError("13")
        return [2 * item for item in items]


async def test_what_comes_meanwhile_goes_together_and_the_first_does_not_wait() -> None:
    worker = Worker()
    batch = Batch(worker.perform, most=3)
    asked = [asyncio.create_task(batch.do(0))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asked += [asyncio.create_task(batch.do(number)) for number in range(1, 6)]
    await asyncio.sleep(0)
    worker.gate.set()
    assert await asyncio.gather(*asked) == [0, 2, 4, 6, 8, 10]
    assert worker.batches == [[0], [1, 2, 3], [4, 5]]


async def test_an_error_is_that_of_its_batch_alone() -> None:
    worker = Worker()
    worker.gate.set()
    batch = Batch(worker.perform, most=10)
    with pytest.raises(ValueError, match="13"):
        await batch.do(13)
    assert await batch.do(4) == 8


async def test_whoever_gives_up_does_not_disturb_the_others() -> None:
    worker = Worker()
    batch = Batch(worker.perform, most=10)
    first, second = asyncio.create_task(batch.do(1)), asyncio.create_task(batch.do(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    worker.gate.set()
    assert await second == 4
    assert first.cancelled() or await asyncio.wait([first])
