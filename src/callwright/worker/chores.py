"""Chores: what is to be done now and then, whoever does it, and can as well be done twice."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from callwright.kit.errors import UnavailableError

log = structlog.get_logger(__name__)

Chore = Callable[[], Awaitable[object]]


async def run_chores(chores: Sequence[Chore], *, every_s: float) -> None:
    """Do each of them now, and again ``every_s`` after the last, until cancelled; one that can't be done waits."""
    while True:
        for chore in chores:
            try:
                await chore()
            except UnavailableError as error:
                log.warning("a chore waits", why=str(error))
            except Exception:
                log.exception("a chore failed")
        await asyncio.sleep(every_s)
