"""Whatever a worker does ends, even what a cancellation passed by."""

import asyncio
from contextlib import suppress

from callwright.worker.run import end_all


async def test_what_missed_its_cancellation_is_cancelled_again() -> None:
    async def deaf() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    async def failing() -> None:
        raise ValueError

    parts = [asyncio.create_task(deaf()), asyncio.create_task(failing())]
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await end_all(parts, again_s=0.01)
    assert parts[0].cancelled()
    assert isinstance(parts[1].exception(), ValueError)
