"""The live socket: progress and ended calls as they come, for as long as the session lasts."""

from collections.abc import Iterator

from fastapi import APIRouter, WebSocket
from pydantic import BaseModel

from callwright.accounts.roles import Act, may
from callwright.web import present
from callwright.web.access import Asking
from callwright.web.live import LiveNews, Subscriber, Told
from callwright.web.schemas.live import CallNews, ExportNews, Hello, ImportNews, LineNews, TaskNews, WarningNews
from callwright.web.sockets import UNREADABLE, let_in, until_one_ends, watch_session

router = APIRouter(tags=["live"])


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Tell a page how its tenant's tasks get on."""
    who = await let_in(socket, Act.READ_TASKS)
    if who is None:
        return
    news: LiveNews = socket.app.state.news
    await _send(socket, Hello())
    subscriber = await news.subscribe(who.who.tenant_id)
    try:
        await until_one_ends(_send_news(socket, subscriber, who), _take_nothing(socket), watch_session(socket, who))
    finally:
        news.unsubscribe(subscriber)


async def _send(socket: WebSocket, message: BaseModel) -> None:
    await socket.send_text(message.model_dump_json(by_alias=True))


async def _send_news(socket: WebSocket, subscriber: Subscriber, who: Asking) -> None:
    while True:
        for message in _messages(await subscriber.next(), who):
            await _send(socket, message)


def _messages(told: Told, who: Asking) -> Iterator[BaseModel]:
    """Yield what someone may hear of the news."""
    for call in told.calls:
        if who.reaches(call.customer.owner_id):
            yield CallNews(call=present.call_summary(call, masks=who.masks))
    for progress in told.progress:
        yield TaskNews(task_id=progress.task_id, progress=present.progress(progress, who))
    if may(who.who.role, Act.READ_LINES):
        yield from (LineNews(line_id=line_id) for line_id in told.lines)
    yield from (ImportNews(import_id=import_id) for import_id in told.imports)
    if may(who.who.role, Act.EXPORT):
        yield from (ExportNews(export_id=export_id) for export_id in told.exports)
    if told.warnings:
        yield WarningNews()


async def _take_nothing(socket: WebSocket) -> None:
    """End when the page does, or when it sends something: there is nothing to be said here."""
    message = await socket.receive()
    if message["type"] != "websocket.disconnect":
        await socket.close(UNREADABLE, "nothing is taken here")
