import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from callwright.speech.errors import SpeechBusyError, SpeechFailedError, UnknownVoiceError
from callwright.speech.port import SpeechDeadlineError
from callwright.speech.server.lane import MAX_WAITING, Lane


@asynccontextmanager
async def opened(workers: int = 1, niceness: int = 0) -> AsyncIterator[Lane]:
    lane = Lane("recogniser", workers, niceness)
    try:
        yield lane
    finally:
        await lane.close()


@asynccontextmanager
async def held(lane: Lane) -> AsyncIterator[None]:
    """Keep the only thread of ``lane`` at work for as long as the block lasts."""
    started, finish = threading.Event(), threading.Event()

    def hold() -> None:
        started.set()
        finish.wait(30)

    holding = asyncio.create_task(lane.run(hold, priority=0, deadline_s=30))
    await asyncio.to_thread(started.wait, 30)
    try:
        yield
    finally:
        finish.set()
        await holding


def ask(lane: Lane, work: Callable[[], object], priority: int = 0, deadline_s: float = 30) -> asyncio.Task[object]:
    return asyncio.create_task(lane.run(work, priority=priority, deadline_s=deadline_s))


async def test_the_urgent_goes_first_and_equals_go_in_order_of_arrival() -> None:
    done: list[str] = []
    async with opened() as lane:
        async with held(lane):
            asked = [
                ask(lane, lambda name=name: done.append(name), priority)  # type: ignore[misc]
                for name, priority in (("ahead 1", 10), ("live 1", 0), ("ahead 2", 10), ("live 2", 0))
            ]
            await asyncio.sleep(0)
        await asyncio.gather(*asked)
    assert done == ["live 1", "live 2", "ahead 1", "ahead 2"]


async def test_work_that_waited_past_its_deadline_is_dropped() -> None:
    done: list[str] = []
    async with opened() as lane:
        async with held(lane):
            late = ask(lane, lambda: done.append("late"), deadline_s=0)
            await asyncio.sleep(0.01)
        with pytest.raises(SpeechDeadlineError, match=r"recogniser did not answer within 0\.0 s"):
            await late
        assert (done, lane.counts.late, lane.counts.waiting) == ([], 1, 0)


async def test_cancelling_withdraws_from_the_queue() -> None:
    done: list[str] = []
    async with opened() as lane:
        async with held(lane):
            withdrawn, kept = ask(lane, lambda: done.append("withdrawn")), ask(lane, lambda: done.append("kept"))
            await asyncio.sleep(0)
            withdrawn.cancel()
        await kept
        assert (done, lane.counts.withdrawn) == (["kept"], 1)


async def test_cancelling_what_is_under_way_leaves_the_lane_working() -> None:
    async with opened() as lane:
        started, finish = threading.Event(), threading.Event()

        def hold() -> None:
            started.set()
            finish.wait(30)

        task = ask(lane, hold)
        await asyncio.to_thread(started.wait, 30)
        task.cancel()
        finish.set()
        assert await ask(lane, lambda: "next") == "next"


async def test_errors_meant_for_people_pass_and_others_are_named() -> None:
    def unknown_voice() -> None:
        raise UnknownVoiceError(provider="hibari", voice="emma", known="heart")

    def broken() -> None:
        raise RuntimeError("what the customer said")

    async with opened() as lane:
        with pytest.raises(UnknownVoiceError):
            await ask(lane, unknown_voice)
        with pytest.raises(SpeechFailedError, match="RuntimeError") as caught:
            await ask(lane, broken)
        assert "customer" not in str(caught.value)
        assert lane.counts.failed == 2


async def test_a_full_queue_refuses_more() -> None:
    async with opened() as lane:
        async with held(lane):
            waiting = [ask(lane, lambda: None) for _ in range(MAX_WAITING)]
            await asyncio.sleep(0)
            with pytest.raises(SpeechBusyError, match="500 requests"):
                await lane.run(lambda: None, priority=0, deadline_s=1)
        await asyncio.gather(*waiting)


async def test_only_the_threads_that_compute_are_nicer() -> None:
    own = os.nice(0)
    async with opened(workers=2, niceness=3) as lane:
        assert await ask(lane, lambda: os.nice(0)) == own + 3
    assert os.nice(0) == own


async def test_closing_ends_what_waits() -> None:
    lane = Lane("recogniser", 1, 0)
    finish = threading.Event()
    tasks = [ask(lane, lambda: finish.wait(30)) for _ in range(3)]
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.05, finish.set)
    await lane.close()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes[1:])
