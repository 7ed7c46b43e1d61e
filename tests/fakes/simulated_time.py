"""A clock that a test moves, and waits measured by it."""

import asyncio
from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class SimulatedTime:
    """Implements ``kit.clock.Clock``; :meth:`advance` is the only thing that moves it."""

    def __init__(self) -> None:
        self._ms = 0
        self._sleepers: list[tuple[int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Return the simulated moment."""
        return _BEGINNING + timedelta(milliseconds=self._ms)

    def monotonic(self) -> float:
        """Return simulated seconds."""
        return self._ms / 1000

    async def sleep(self, ms: int) -> None:
        """Wait until ``ms`` simulated milliseconds have passed."""
        woken = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._ms + ms, woken))
        await woken

    async def advance(self, ms: int) -> None:
        """Let ``ms`` pass, wake who is due, and let everything that follows happen."""
        self._ms += ms
        for due, woken in self._sleepers:
            if due <= self._ms and not woken.done():
                woken.set_result(None)
        self._sleepers = [(due, woken) for due, woken in self._sleepers if not woken.done()]
        await settle()


async def settle() -> None:
    """Let every callback and task that is ready run."""
    for _ in range(12):
        await asyncio.sleep(0)
