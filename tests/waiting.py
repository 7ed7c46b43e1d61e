"""Waiting for something to become true."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_S = 90.0
"""Far longer than anything takes, on a machine that is busy with other things as well."""


async def until(holds: Callable[[], Awaitable[bool]], what: str = "it") -> None:
    """Return as soon as ``holds`` does; fails after a time that only something broken takes."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not await holds():  # noqa: ASYNC110 - what is awaited lives in a database
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"{what} did not happen within {PATIENCE_S:.0f} s") from None
