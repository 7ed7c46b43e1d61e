"""The live socket, over a real server: who hears what, and when it closes."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any
from uuid import UUID

import psycopg
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from callwright.accounts.roles import Role
from callwright.accounts.sign_in import sign_out
from callwright.db.engine import libpq_url
from callwright.db.news import Channel, publish
from callwright.db.session import Database
from callwright.lines.status import tell_browsers as tell_of_line
from callwright.tasks.nodes import beat, register_node
from callwright.tasks.schemas import Trouble
from callwright.tasks.service import start_task
from callwright.web import sockets as live
from callwright.web.access import COOKIE
from tests.factories.calling import phone
from tests.web.conftest import START, Town

ENOUGH_S = 60


class StartedServer(uvicorn.Server):
    """Uvicorn that says when it takes requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take requests."""
        await super().startup(sockets)
        self.ready.set()


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    """The application behind a real server on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="websockets-sansio")
    server = StartedServer(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await running
    listener.close()


@asynccontextmanager
async def page(address: str, token: str | None, origin: str | None = None) -> AsyncIterator[ClientConnection]:
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    async with connect(
        f"ws://{address}/api/v1/live",
        additional_headers=headers,
        origin=origin or f"http://{address}",  # type: ignore[arg-type]
    ) as opened:
        yield opened


async def hear(opened: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await asyncio.wait_for(opened.recv(), ENOUGH_S))
    return message


async def tell(database: Database, tenant_id: UUID, kind: str, **ids: UUID) -> None:
    async with database.tenant(tenant_id) as session:
        await publish(session, Channel.BROWSER, {"tenant": tenant_id, "kind": kind, **ids})


async def test_a_page_hears_of_its_tenants_tasks_and_calls(address: str, town: Town, database: Database) -> None:
    ours, theirs = town.ours, town.theirs
    async with page(address, ours.tokens[Role.OWNER]) as opened:
        assert await hear(opened) == {"type": "hello"}
        await tell(database, theirs.tenant_id, "task", task=theirs.ids["task_id"])
        await tell(database, ours.tenant_id, "call", task=ours.ids["task_id"], call=ours.ids["call_id"])
        heard = [await hear(opened), await hear(opened)]
    by_type = {message["type"]: message for message in heard}
    assert by_type["call"]["call"]["customer"]["phone"] == phone(0)
    assert by_type["task"]["task_id"] == str(ours.ids["task_id"])
    assert by_type["task"]["progress"]["called"] == 1


async def test_an_agent_hears_of_no_colleagues_customers(address: str, town: Town, database: Database) -> None:
    ours = town.ours
    async with page(address, ours.tokens[Role.AGENT]) as opened:
        await hear(opened)
        for owner, told in (
            ("(SELECT id FROM users WHERE role = 'owner' LIMIT 1)", ["task"]),
            ("NULL", ["call", "task"]),
        ):
            async with database.system() as session:
                await session.execute(text(f"UPDATE customers SET owner_id = {owner}"))
            await tell(database, ours.tenant_id, "call", task=ours.ids["task_id"], call=ours.ids["call_id"])
            assert [(await hear(opened))["type"] for _ in told] == told


async def test_a_running_task_is_told_at_once(address: str, town: Town, database: Database) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        await start_task(session, town.ours.ids["task_id"], now=START)
    async with page(address, town.ours.tokens[Role.AGENT]) as opened:
        await hear(opened)
        message = await hear(opened)
        assert (message["type"], message["progress"]["state"]) == ("task", "running")


async def test_what_ended_while_the_news_was_away_is_told_afterwards(
    address: str, town: Town, database: Database
) -> None:
    ours = town.ours
    async with database.tenant(ours.tenant_id) as session:
        await start_task(session, ours.ids["task_id"], now=START)
    async with page(address, ours.tokens[Role.OWNER]) as opened:
        await hear(opened)
        assert (await hear(opened))["progress"]["state"] == "running"
        async with database.system() as session:  # without a word to anyone, as far as pages can tell
            await session.execute(text("UPDATE tasks SET state = 'finished'"))
        async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as other:
            await other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        message = await hear(opened)
        while message["progress"]["state"] != "finished":
            message = await hear(opened)


@pytest.mark.parametrize("payload", ['"text"', "{}", '{"tenant": 1, "task": 2}', '{"tenant": "x", "task": "y"}'])
async def test_news_that_is_not_ours_silences_nobody(
    address: str, town: Town, database: Database, payload: str
) -> None:
    ours = town.ours
    async with page(address, ours.tokens[Role.OWNER]) as opened:
        await hear(opened)
        async with database.system() as session:
            await session.execute(
                text("SELECT pg_notify(:on, :say)"), {"on": Channel.BROWSER.value, "say": payload}
            )
        await tell(database, ours.tenant_id, "task", task=ours.ids["task_id"])
        assert (await hear(opened))["type"] == "task"


async def test_much_news_of_one_task_comes_as_little(address: str, town: Town, database: Database) -> None:
    ours = town.ours
    async with page(address, ours.tokens[Role.OWNER]) as opened:
        await hear(opened)
        for _ in range(50):
            await tell(database, ours.tenant_id, "task", task=ours.ids["task_id"])
        await tell(database, ours.tenant_id, "call", task=ours.ids["task_id"], call=ours.ids["call_id"])
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1]["type"] != "call":
            heard.append(await hear(opened))
        assert len(heard) < 25


async def test_pages_of_those_who_see_lines_hear_of_them(address: str, town: Town, database: Database) -> None:
    ours, theirs = town.ours, town.theirs
    async with (
        page(address, ours.tokens[Role.SUPERVISOR]) as leader,
        page(address, ours.tokens[Role.AGENT]) as agent,
    ):
        assert [await hear(one) for one in (leader, agent)] == [{"type": "hello"}] * 2
        for company in (theirs, ours):
            async with database.tenant(company.tenant_id) as session:
                await tell_of_line(session, company.tenant_id, company.ids["line_id"])
        assert await hear(leader) == {"type": "line", "line_id": str(ours.ids["line_id"])}
        await tell(database, ours.tenant_id, "task", task=ours.ids["task_id"])
        assert (await hear(agent))["type"] == "task", "an agent hears of tasks alone"


async def test_pages_of_those_who_may_export_hear_of_exports(address: str, town: Town, database: Database) -> None:
    async with (
        page(address, town.ours.tokens[Role.OWNER]) as owner,
        page(address, town.ours.tokens[Role.AGENT]) as agent,
    ):
        for opened in (owner, agent):
            await hear(opened)
        export_id = town.ours.ids["export_id"]
        await tell(database, town.ours.tenant_id, "export", export=export_id)
        await tell(database, town.ours.tenant_id, "import", **{"import": town.ours.ids["import_id"]})
        heard = {(await hear(owner))["type"] for _ in range(2)}
        assert heard == {"export", "import"}
        assert (await hear(agent))["type"] == "import"


async def test_why_calls_wait_is_told_while_it_changes(address: str, town: Town, database: Database) -> None:
    ours = town.ours
    async with database.system() as session:
        await session.execute(text("UPDATE nodes SET ended_at = now()"))
        node_id = await register_node(session, host="h", pid=2, capacity=1)
    async with database.tenant(ours.tenant_id) as session:
        await start_task(session, ours.ids["task_id"], now=START)
    async with page(address, ours.tokens[Role.OWNER]) as opened:
        assert (await hear(opened))["type"] == "hello"
        assert (await hear(opened))["progress"]["trouble"] is None
        for trouble in (Trouble("no-media-port", "All RTP ports are in use."), None):
            async with database.system() as session:
                await beat(session, node_id, 0, trouble)
            told = (await hear(opened))["progress"]["trouble"]
            assert told == (asdict(trouble) if trouble else None)


async def test_agents_hear_masked_numbers(address: str, town: Town, database: Database) -> None:
    ours = town.ours
    async with page(address, ours.tokens[Role.INSPECTOR]) as opened:
        await hear(opened)
        await tell(database, ours.tenant_id, "call", task=ours.ids["task_id"], call=ours.ids["call_id"])
        message = await hear(opened)
        assert message["call"]["customer"] | {"id": "", "name": ""} == {
            "id": "",
            "name": "",
            "phone": "+1 2015 ***100",
            "phone_masked": True,
        }


async def closed_with(opened: ClientConnection) -> int | None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await asyncio.wait_for(opened.recv(), ENOUGH_S)
    return opened.close_code


async def test_nobody_hears_without_signing_in(address: str) -> None:
    async with page(address, None) as opened:
        assert await closed_with(opened) == live.SIGN_IN_REQUIRED


async def test_another_sites_page_hears_nothing(address: str, town: Town) -> None:
    with pytest.raises(InvalidStatus):
        async with page(address, town.ours.tokens[Role.OWNER], "https://elsewhere.example"):
            pass


@pytest.mark.parametrize("message", ["{}", b"no text", " " * 100_000])
async def test_a_page_that_talks_is_cut_off(address: str, town: Town, message: str | bytes) -> None:
    async with page(address, town.ours.tokens[Role.OWNER]) as opened:
        await opened.send(message)
        assert await closed_with(opened) == live.UNREADABLE


async def test_signing_out_closes_the_socket(
    address: str, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CHECK_SESSION_S", 0.05)
    token = town.ours.tokens[Role.OWNER]
    async with page(address, token) as opened:
        await hear(opened)
        async with database.system() as session:
            await sign_out(session, token)
        assert await closed_with(opened) == live.SIGN_IN_REQUIRED
