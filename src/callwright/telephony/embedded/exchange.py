"""One request outside any dialogue and its final response."""

import asyncio
from typing import Any

from callwright.telephony.embedded.stack import SipStack


async def exchange(stack: SipStack, request: Any, within_s: float) -> Any | None:
    """Send ``request`` and return its final response, or ``None`` where none came within ``within_s``."""
    done: asyncio.Future[Any | None] = stack.loop.create_future()

    def responded(response: Any) -> None:
        if response.scode >= 200 and not done.done():
            # sippy makes up a response, without a source, where none came.
            done.set_result(response if response.source is not None else None)

    transaction = stack.enter(stack.transactions.newTransaction, request, responded)
    try:
        async with asyncio.timeout(within_s):
            return await done
    except TimeoutError:
        return None
    finally:
        stack.forget(transaction)


def no_reply(where: str, after_s: float) -> str:
    """Return how it is said that a peer stayed silent."""
    return f"No reply from {where} in {after_s:g} s"


def cannot_be_found(host: str) -> str:
    """Return how it is said that a host name has no address."""
    return f"The carrier's address {host} can't be found"
