"""Talking with a script by microphone: a browser's frames, passed on to the call node that plays it.

The browser sends a ``Talk``, then 20 ms of sound at a time: 320 bytes, 16-bit little-endian PCM at 8 kHz; it is
sent the same, and text messages of what happens (``callroom.talk_news``). Nothing of it is kept.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter
from pydantic import Field, TypeAdapter, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from callwright.accounts.roles import Act
from callwright.callroom.talking import TalkRequest, request_text
from callwright.kit.errors import CallwrightError, InvalidInputError
from callwright.telephony.browser.engine import FRAME_BYTES
from callwright.web.access import Asking
from callwright.web.answers import answered
from callwright.web.problems import from_error
from callwright.web.schemas.base import Request
from callwright.web.schemas.trials import Talk
from callwright.web.sockets import UNREADABLE, let_in, until_one_ends, watch_session
from callwright.web.trying import Playable, playable

router = APIRouter(tags=["scripts"])
log = structlog.get_logger()

REFUSED = 4409
ASKED_WITHIN_S = 10.0
LONGEST_S = 300
OVER_WITHIN = timedelta(minutes=1)
"""How long a talk may take to begin and to end, beside what it lasts."""
TOO_LONG = 2000


class HangUp(Request):
    """The person hangs up."""

    type: Literal["hang_up"]


class Key(Request):
    """The person presses a key."""

    type: Literal["key"]
    digit: str = Field(pattern=r"^[0-9*#A-D]$")


_SAID = TypeAdapter[HangUp | Key](Annotated[HangUp | Key, Field(discriminator="type")])


class UnreadableTalkError(InvalidInputError):
    """The talk can't begin: {why}."""

    code = "unreadable-talk"


@router.websocket("/talk")
async def talk(socket: WebSocket) -> None:
    """Let somebody who makes scripts talk with one of their company's."""
    who = await let_in(socket, Act.CHANGE_SCRIPTS)
    if who is None:
        return
    try:
        with contextlib.suppress(WebSocketDisconnect, ConnectionClosed):
            await _talk(socket, who)
    except CallwrightError as error:
        log.info("talk refused", code=error.code)
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await socket.send_text(_refusal(error))
            await socket.close(REFUSED, error.code)


async def _talk(socket: WebSocket, who: Asking) -> None:
    with who.parts.talks.place(who.who.tenant_id):
        play = await _asked(socket, who)
        async with _allowed(play, who), who.parts.talks.node() as node:
            await node.send(request_text(_request(play, who)))
            await until_one_ends(_to_node(socket, node), _to_browser(node, socket), watch_session(socket, who))
    with contextlib.suppress(RuntimeError):  # closed from the other side
        await socket.close()


@contextlib.asynccontextmanager
async def _allowed(play: Playable, who: Asking) -> AsyncIterator[None]:
    """Count a talk that a language model holds among what the company asks of it, while it lasts."""
    if not play.by_model:
        yield
        return
    longest = timedelta(seconds=_longest_s(who)) + OVER_WITHIN
    async with who.transaction() as session:
        answer = await who.parts.answers.begin(session, who.who.tenant_id, now=who.now, longest=longest)
    try:
        yield
    finally:
        # A browser that has gone away cancels what is awaited here, but not what is shielded.
        await asyncio.shield(answered(answer, who))


async def _asked(socket: WebSocket, who: Asking) -> Playable:
    try:
        async with asyncio.timeout(ASKED_WITHIN_S):
            wanted = Talk.model_validate_json(await socket.receive_text())
    except TimeoutError:
        raise UnreadableTalkError(why="nothing was asked for") from None
    except KeyError:
        raise UnreadableTalkError(why="sound came before what is to be played") from None
    except ValidationError as error:
        raise UnreadableTalkError(why=error.errors(include_input=False)[0]["msg"]) from None
    return await playable(who, wanted.script_id, wanted)


def _request(play: Playable, who: Asking) -> TalkRequest:
    return TalkRequest(
        tenant_id=who.who.tenant_id,
        content=play.version.content,
        variables=play.variables,
        longest_s=_longest_s(who),
    )


def _longest_s(who: Asking) -> int:
    return min(LONGEST_S, who.parts.max_call_s)


async def _to_node(socket: WebSocket, node: ClientConnection) -> None:
    """Pass on what the browser sends, as far as it is what a talk consists of."""
    while (message := await socket.receive())["type"] == "websocket.receive":
        frame, text = message.get("bytes"), message.get("text")
        passed_on: bytes | str | None = None
        if frame is not None:
            passed_on = frame if len(frame) == FRAME_BYTES else None
        elif text is not None and len(text) < TOO_LONG:
            passed_on = _said(text)
        if passed_on is None:
            await socket.close(UNREADABLE, "neither a frame nor a message")
            return
        with contextlib.suppress(
            ConnectionClosed
        ):  # over there; what it said last is still on its way to the browser
            await node.send(passed_on)


def _said(text: str) -> str | None:
    try:
        return _SAID.validate_json(text).model_dump_json()
    except ValidationError:
        return None


async def _to_browser(node: ClientConnection, socket: WebSocket) -> None:
    async for message in node:
        if isinstance(message, bytes):
            await socket.send_bytes(message)
        else:
            await socket.send_text(message)


def _refusal(error: CallwrightError) -> str:
    """Return the problem that a request would be answered with, as a message."""
    body = json.loads(bytes(from_error(error).body))
    return json.dumps({**body, "type": "refused"})
