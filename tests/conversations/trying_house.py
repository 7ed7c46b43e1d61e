"""A web process and a call node around one database, with real speech: for scripts that are tried by voice."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
import numpy as np
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.accounts.sign_in import sign_in
from callwright.accounts.throttle import SignInThrottle
from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.talk_server import serve_talks
from callwright.callroom.talking import Talks
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.lines import LineRow
from callwright.kit.clock import SystemClock
from callwright.scripts.drafting import create_version
from callwright.scripts.meanings import Meanings
from callwright.speech.client import SpeechClient
from callwright.speech.providers import Choice, voice_activity
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import FRAME_SAMPLES, IncomingCall
from callwright.web.access import COOKIE
from callwright.web.app import WebParts, create_app
from callwright.web.talking import TalkDesk
from tests.conversations.person import Person
from tests.conversations.stage import SURVEY_SOURCE, engine
from tests.factories.calling import BOX, NOW, Caller, make_caller

PASSWORD = "a long enough password"
SILENCE = np.zeros(FRAME_SAMPLES, "<i2").tobytes()


@dataclass
class Talker:
    """Somebody at a microphone: hears, speaks, and is told what happens."""

    connection: ClientConnection
    person: Person
    told: list[dict[str, Any]] = field(default_factory=list)

    async def take_part(self) -> None:
        """Hear a frame and say one, as often as one comes, until the talk is over, or refused."""
        with suppress(ConnectionClosed):
            await self._take_part()

    async def _take_part(self) -> None:
        async for message in self.connection:
            if isinstance(message, str):
                self.told.append(json.loads(message))
                continue
            self.person.heard(np.frombuffer(message, "<i2").astype(np.int16))
            frame = self.person.say()
            with suppress(ConnectionClosed):  # what was told last is still to be read
                await self.connection.send(SILENCE if frame is None else frame.astype("<i2").tobytes())

    def last(self, kind: str) -> dict[str, Any]:
        """Return the latest message of this kind."""
        return [message for message in self.told if message["type"] == kind][-1]


@dataclass
class TryingHouse:
    """The house with its company, whose draft is the survey."""

    database: Database
    caller: Caller
    script_id: UUID
    speech: SpeechClient
    persons: EmbeddedEngine
    recordings: Path
    address: str
    token: str

    @asynccontextmanager
    async def talk(self, **other: Any) -> AsyncIterator[Talker]:
        """Sit down at a microphone and ask for the survey."""
        async with connect(
            f"ws://{self.address}/api/v1/talk",
            additional_headers={"Cookie": f"{COOKIE}={self.token}"},
            origin=f"http://{self.address}",  # type: ignore[arg-type]
        ) as connection:
            await connection.send(json.dumps({"script_id": str(self.script_id), **other}))
            yield Talker(connection, Person(cast(IncomingCall, None)))

    def browser(self) -> httpx.AsyncClient:
        """Return the browser of whoever makes the script."""
        return httpx.AsyncClient(base_url=f"http://{self.address}/api/v1", cookies={COOKIE: self.token})


async def _settle(database: Database, persons: EmbeddedEngine) -> tuple[Caller, UUID, str]:
    caller = await make_caller(database)
    host, port = persons.address
    async with database.system() as session:
        tenant = await session.get_one(TenantRow, caller.tenant_id)
        tenant.scripts_say_ai = tenant.scripts_say_recorded = False
        line = await session.get_one(LineRow, caller.line_id)
        line.carrier_host, line.carrier_port = host, port
        await create_user(
            session,
            tenant_id=caller.tenant_id,
            email="maker@ours.example",
            name="Maker",
            role=Role.SUPERVISOR,
            password=PASSWORD,
        )
    async with database.tenant(caller.tenant_id) as session:
        script = await create_version(session, SURVEY_SOURCE, now=NOW)
    async with database.system() as session:
        _, token = await sign_in(
            session,
            SignInThrottle(),
            email="maker@ours.example",
            password=PASSWORD,
            address="",
            now=SystemClock().now(),
        )
    return caller, script.id, token


@asynccontextmanager
async def _serving(parts: WebParts) -> AsyncIterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(parts)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="websockets-sansio"))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.01)
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        listener.close()


@asynccontextmanager
async def _working(*tasks: asyncio.Task[None]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def trying_house(
    database: Database, speech_socket: Path, folder: Path, first_port: int
) -> AsyncIterator[TryingHouse]:
    """Open the house; RTP ports from ``first_port`` on."""
    async with AsyncExitStack() as cleanup:
        speech = await SpeechClient.connect(speech_socket, wait_s=60)
        cleanup.push_async_callback(speech.close)
        ours, persons = engine(first_port), engine(first_port + 200)
        for each in (ours, persons):
            await each.start()
            cleanup.push_async_callback(each.stop)
        prompts, writer = PromptCache(speech), RecordingWriter()
        cleanup.push_async_callback(prompts.close)
        cleanup.callback(writer.close)
        listeners = voice_activity(Choice("silero")).stream
        equipment = Equipment(ours, speech, prompts, writer, listeners)
        caller, script_id, token = await _settle(database, persons)
        blobs = DiskBlobs(folder / "blobs")
        config = NodeConfig(capacity=4, work=folder / "work", beat_s=0.2, poll_s=0.1, look_s=0.2)
        node = asyncio.create_task(run_node(config, database, equipment, blobs, BOX))
        talks = asyncio.create_task(
            serve_talks(speech_socket.parent / "talk-1.sock", Talks(equipment, blobs, most=4), asyncio.Event())
        )
        await cleanup.enter_async_context(_working(node, talks))
        parts = WebParts(
            database=database,
            blobs=blobs,
            box=BOX,
            clock=SystemClock(),
            browser_application=folder / "ui",
            speech=speech,
            prompts=prompts,
            meanings=Meanings(speech),
            talks=TalkDesk(speech_socket.parent, of_a_company=2),
        )
        address = await cleanup.enter_async_context(_serving(parts))
        yield TryingHouse(database, caller, script_id, speech, persons, config.work / "recordings", address, token)
