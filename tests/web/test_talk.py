"""Who may talk with a script by microphone, over a real server; the talks themselves are in tests/conversations."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.websockets import WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, unix_serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from callwright.accounts.roles import Role
from callwright.blobs.port import Blobs
from callwright.callroom.plan import Equipment
from callwright.callroom.talk_server import serve_talks
from callwright.callroom.talking import Talks
from callwright.db.session import Database
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.dialogue.writing import content_of
from callwright.kit.errors import CallwrightError
from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.scripts.model_chat_limits import Allowance
from callwright.web import sockets
from callwright.web.access import COOKIE
from callwright.web.routes.talk import REFUSED
from callwright.web.talking import TalkDesk, TalksFullError, TooManyTalksError
from tests.unit.dialogue.model.shop import BOB, shop
from tests.waiting import until
from tests.web.conftest import Town
from tests.web.test_live import address

__all__ = ["address"]

FRAME = bytes(320)


@asynccontextmanager
async def page(address: str, token: str | None, origin: str | None = None) -> AsyncIterator[ClientConnection]:
    async with connect(
        f"ws://{address}/api/v1/talk",
        additional_headers={"Cookie": f"{COOKIE}={token}"} if token else {},
        origin=origin or f"http://{address}",  # type: ignore[arg-type]
    ) as opened:
        yield opened


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[list[str | bytes]]:
    """A call node that takes every talk and says nothing; what came to it."""
    came: list[str | bytes] = []

    async def take(connection: ServerConnection) -> None:
        async for message in connection:
            came.append(message)
            if len(came) == 3:
                await connection.send(FRAME)

    async with unix_serve(take, str(tmp_path / "talk-1.sock")):
        yield came


async def closed_with(opened: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        await opened.recv()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


async def refusal(address: str, token: str, **wish: Any) -> dict[str, Any]:
    async with page(address, token) as opened:
        await opened.send(json.dumps(wish))
        told: dict[str, Any] = json.loads(await opened.recv())
        assert told["type"] == "refused"
        assert await closed_with(opened) == REFUSED
    return told


async def test_nobody_talks_without_signing_in(address: str) -> None:
    for token in (None, "not a token of anyone's"):
        async with page(address, token) as opened:
            assert await closed_with(opened) == sockets.SIGN_IN_REQUIRED


async def test_another_sites_page_does_not_talk(address: str, town: Town) -> None:
    with pytest.raises(InvalidStatus):
        async with page(address, town.ours.tokens[Role.OWNER], "https://elsewhere.example"):
            pass


@pytest.mark.parametrize("role", [Role.AGENT, Role.INSPECTOR])
async def test_whoever_sees_no_scripts_does_not_talk_with_them(address: str, town: Town, role: Role) -> None:
    async with page(address, town.ours.tokens[role]) as opened:
        assert await closed_with(opened) == sockets.FORBIDDEN


@pytest.mark.usefixtures("node")
async def test_what_can_not_be_played_is_refused(address: str, town: Town, database: Database) -> None:
    owner = town.ours.tokens[Role.OWNER]
    theirs = await refusal(address, owner, script_id=str(town.theirs.ids["script_id"]))
    assert (theirs["status"], theirs["code"]) == (404, "not-found")
    assert (await refusal(address, owner, script="x"))["code"] == "unreadable-talk"
    async with database.tenant(town.ours.tenant_id) as session:
        version = await session.scalar(select(ScriptVersionRow))
        assert version is not None
        lost = {"kind": "say", "text": "Nobody comes here.", "next": "lost"}
        version.content = {**version.content, "nodes": {**version.content["nodes"], "lost": lost}}
    faulty = await refusal(address, owner, script_id=str(town.ours.ids["script_id"]))
    assert faulty["code"] == "script-invalid"
    assert "lost" in {fault["node"] for fault in faulty["faults"]}


async def test_a_talk_counts_among_what_a_company_asks_of_the_language_model(
    app: FastAPI, address: str, town: Town, database: Database, node: list[str | bytes]
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        version = await session.scalar(select(ScriptVersionRow))
        assert version is not None
        version.content = content_of(shop())
    model = OpenAiCompatible("http://127.0.0.1:9/v1", "small")  # never asked: the node holds the talk
    answers = Allowance(a_minute=5, at_once=1)
    app.state.parts = dataclasses.replace(app.state.parts, language_model=model, answers=answers)
    owner, wish = town.ours.tokens[Role.OWNER], {"script_id": str(town.ours.ids["script_id"]), "variables": BOB}
    async with page(address, owner) as opened:
        await opened.send(json.dumps(wish))
        await opened.send(FRAME)
        await opened.send(FRAME)
        assert await opened.recv() == FRAME, "the node took it"
        refused = await refusal(address, owner, **wish)
    await model.close()
    assert (refused["status"], refused["code"]) == (429, "answers-under-way")
    assert json.loads(node[0])["variables"] == BOB


async def test_without_a_call_node_it_says_so(address: str, town: Town) -> None:
    told = await refusal(address, town.ours.tokens[Role.OWNER], script_id=str(town.ours.ids["script_id"]))
    assert (told["status"], told["code"]) == (503, "no-talk-node")


async def test_where_one_part_fails_to_close_the_others_have_ended_all_the_same() -> None:
    ended: list[str] = []

    async def page_gone() -> None:
        await asyncio.sleep(0)
        raise WebSocketDisconnect

    async def fails_to_close() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise RuntimeError("close after close")

    async def takes_its_time() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            ended.append("slow")

    with pytest.raises(RuntimeError, match="close after close"):
        await sockets.until_one_ends(page_gone(), fails_to_close(), takes_its_time())
    assert ended == ["slow"]


async def test_only_frames_and_messages_are_passed_on(address: str, town: Town, node: list[str | bytes]) -> None:
    async with page(address, town.ours.tokens[Role.SUPERVISOR]) as opened:
        await opened.send(json.dumps({"script_id": str(town.ours.ids["script_id"])}))
        await opened.send(FRAME)
        await opened.send('{"type": "key", "digit": "5"}')
        assert await opened.recv() == FRAME
        await opened.send(FRAME[:100])
        assert await closed_with(opened) == sockets.UNREADABLE
    asked = json.loads(node[0])
    assert asked["tenant_id"] == str(town.ours.tenant_id)
    assert asked["content"]["entry"] == "greeting"
    assert node[1:] == [FRAME, '{"type":"key","digit":"5"}']


def test_so_many_of_a_company_talk_at_once_whichever_process_they_come_to(tmp_path: Path) -> None:
    one, other = (TalkDesk(tmp_path, of_a_company=2) for _ in range(2))
    ours, theirs = uuid4(), uuid4()
    with one.place(ours):
        with other.place(ours), other.place(theirs), pytest.raises(TooManyTalksError), one.place(ours):
            pass
        with other.place(ours):
            pass


@asynccontextmanager
async def taking(path: Path, most: int, stop: asyncio.Event) -> AsyncIterator[None]:
    talks = Talks(cast(Equipment, None), cast(Blobs, None), most=most)
    serving = asyncio.create_task(serve_talks(path, talks, stop, again_s=0.02))
    try:
        yield
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def is_taken(desk: TalkDesk) -> type[Exception] | None:
    try:
        async with desk.node():
            return None
    except CallwrightError as error:
        return type(error)


async def test_a_talk_goes_to_a_node_that_has_room_and_is_not_stopping(tmp_path: Path) -> None:
    desk, stop = TalkDesk(tmp_path, of_a_company=2), asyncio.Event()

    async def found() -> bool:
        return await is_taken(desk) is TalksFullError

    async with taking(tmp_path / "talk-1.sock", 0, asyncio.Event()):
        await until(found, "the full node")
        async with taking(tmp_path / "talk-2.sock", 1, stop):
            await until(lambda: is_room(desk), "the node with room")
            assert [await is_taken(desk) for _ in range(4)] == [None] * 4
            stop.set()
            await until(found, "the end of the second node")
            assert [await is_taken(desk) for _ in range(4)] == [TalksFullError] * 4


async def test_a_place_is_taken_as_a_talk_is_let_in_and_left_where_it_never_begins(tmp_path: Path) -> None:
    desk = TalkDesk(tmp_path, of_a_company=2)
    async with taking(tmp_path / "talk-1.sock", 1, asyncio.Event()):
        await until(lambda: is_room(desk), "the node")
        async with desk.node():
            assert await is_taken(desk) is TalksFullError
        await until(lambda: is_room(desk), "the end of the talk")
        _reader, writer = await asyncio.open_unix_connection(str(tmp_path / "talk-1.sock"))
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: no websocket\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        await until(lambda: is_room(desk), "the place of who broke off")


async def is_room(desk: TalkDesk) -> bool:
    return await is_taken(desk) is None


async def test_a_socket_that_can_not_be_opened_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    async with taking(folder / "talk-1.sock", 1, asyncio.Event()):
        await asyncio.sleep(0)
        folder.mkdir()
        await until(lambda: is_room(TalkDesk(folder, of_a_company=2)), "the socket")
