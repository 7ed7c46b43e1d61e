"""Chores are done again and again, whatever becomes of one of them."""

import asyncio
from collections.abc import Awaitable, Callable

from callwright.db.errors import DatabaseUnavailableError
from callwright.worker.chores import run_chores

ENOUGH = 3


async def test_a_chore_that_fails_keeps_no_other_from_being_done() -> None:
    done = {"lost": 0, "broken": 0, "sound": 0}
    enough = asyncio.Event()

    def chore(name: str, error: Exception | None) -> Callable[[], Awaitable[None]]:
        async def do() -> None:
            done[name] += 1
            if error:
                raise error
            if done[name] == ENOUGH:
                enough.set()

        return do

    away = DatabaseUnavailableError(address="db", why="it is away")
    chores = [chore("lost", away), chore("broken", ValueError("x")), chore("sound", None)]
    running = asyncio.create_task(run_chores(chores, every_s=0))
    await asyncio.wait_for(enough.wait(), 10)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert min(done["lost"], done["broken"]) >= ENOUGH
