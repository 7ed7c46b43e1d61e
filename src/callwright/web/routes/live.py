"""The live socket: progress and ended calls as they come, for as long as the session lasts."""

import asyncio
import contextlib
from collections.abc import Coroutine

from fastapi import APIRouter, WebSocket
from pydantic import BaseModel
from starlette.websockets import WebSocketDisconnect

from callwright.accounts.roles import Act, may
from callwright.accounts.sign_in import get_signed_in
from callwright.db.errors import DatabaseUnavailableError
from callwright.kit.errors import SignInRequiredError
from callwright.web import present
from callwright.web.access import COOKIE, Asking, asking
from callwright.web.live import LiveNews, Subscriber
from callwright.web.schemas.live import CallNews, Hello, ImportNews, LineNews, TaskNews

router = APIRouter(tags=["live"])

# 4000-4999 are for applications (RFC 6455 clause 7.4.2); ours carry the HTTP status they stand for.
SIGN_IN_REQUIRED = 4401
FORBIDDEN = 4403
DATABASE_AWAY = 4503
UNREADABLE = 1003
CHECK_SESSION_S = 60.0


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Tell a page how its tenant's tasks get on."""
    await socket.accept()  # a close before it would reach the browser as a bare failure without our code
    try:
        who = await asking(socket)
    except SignInRequiredError:
        await socket.close(SIGN_IN_REQUIRED, "sign-in-required")
        return
    except DatabaseUnavailableError:
        await socket.close(DATABASE_AWAY, "database-unavailable")
        return
    if not may(who.who.role, Act.READ_TASKS):
        await socket.close(FORBIDDEN, "forbidden")
        return
    news: LiveNews = socket.app.state.news
    await _send(socket, Hello())
    subscriber = await news.subscribe(who.who.tenant_id)
    try:
        await _until_one_ends(
            _send_news(socket, subscriber, who), _take_nothing(socket), _watch_session(socket, who)
        )
    finally:
        news.unsubscribe(subscriber)


async def _until_one_ends(*parts: Coroutine[None, None, None]) -> None:
    running = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in running:
            task.cancel()
        for task in running:
            with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect):
                await task


async def _send(socket: WebSocket, message: BaseModel) -> None:
    await socket.send_text(message.model_dump_json(by_alias=True))


async def _send_news(socket: WebSocket, subscriber: Subscriber, who: Asking) -> None:
    while True:
        told = await subscriber.next()
        for call in told.calls:
            await _send(socket, CallNews(call=present.call_summary(call, masks=who.masks)))
        for progress in told.progress:
            shown = present.progress(progress, masks=who.masks)
            await _send(socket, TaskNews(task_id=progress.task_id, progress=shown))
        if may(who.who.role, Act.READ_LINES):
            for line_id in told.lines:
                await _send(socket, LineNews(line_id=line_id))
        for import_id in told.imports:
            await _send(socket, ImportNews(import_id=import_id))


async def _take_nothing(socket: WebSocket) -> None:
    """End when the page does, or when it sends something: there is nothing to be said here."""
    message = await socket.receive()
    if message["type"] != "websocket.disconnect":
        await socket.close(UNREADABLE, "nothing is taken here")


async def _watch_session(socket: WebSocket, who: Asking) -> None:
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
