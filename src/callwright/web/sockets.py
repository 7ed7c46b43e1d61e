"""What the sockets of pages have in common: how they close, and how long they may live."""

import asyncio
import contextlib
from collections.abc import Coroutine

from starlette.websockets import WebSocket, WebSocketDisconnect

from callwright.accounts.roles import Act, may
from callwright.accounts.sign_in import get_signed_in
from callwright.db.errors import DatabaseUnavailableError
from callwright.kit.errors import SignInRequiredError
from callwright.web.access import COOKIE, Asking, asking

# 4000-4999 are for applications (RFC 6455 clause 7.4.2); ours carry the HTTP status they stand for.
SIGN_IN_REQUIRED = 4401
FORBIDDEN = 4403
DATABASE_AWAY = 4503
UNREADABLE = 1003
CHECK_SESSION_S = 60.0


async def let_in(socket: WebSocket, act: Act) -> Asking | None:
    """Accept the socket of somebody who may do ``act``; close anybody else's, and return nobody."""
    await socket.accept()  # a close before it would reach the browser as a bare failure without our code
    try:
        who = await asking(socket)
    except SignInRequiredError:
        await socket.close(SIGN_IN_REQUIRED, "sign-in-required")
        return None
    except DatabaseUnavailableError:
        await socket.close(DATABASE_AWAY, "database-unavailable")
        return None
    if not may(who.who.role, act):
        await socket.close(FORBIDDEN, "forbidden")
        return None
    return who


async def until_one_ends(*parts: Coroutine[None, None, None]) -> None:
    """Do all of ``parts`` at once, and stop the others as soon as one is done.

    All have ended when it returns; it raises what any of them failed with, but for a page that went away.
    """
    running = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in running:
            task.cancel()
        ended = await asyncio.gather(*running, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception) and not isinstance(error, WebSocketDisconnect):
            raise error


async def watch_session(socket: WebSocket, who: Asking) -> None:
    """End when the session has: signed out elsewhere, or too old. Watching alone does not prolong it."""
    token = socket.cookies[COOKIE]
    while True:
        await asyncio.sleep(CHECK_SESSION_S)
        with contextlib.suppress(DatabaseUnavailableError):
            async with who.parts.database.system() as session:
                still = await get_signed_in(session, token, who.now, prolong=False)
            if still is None:
                await socket.close(SIGN_IN_REQUIRED, "sign-in-required")
                return
