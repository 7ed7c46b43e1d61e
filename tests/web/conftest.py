"""The application in this process over a real PostgreSQL: two companies, with people of every role."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import make_url

from callwright.accounts import lists, saved_views
from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.accounts.sign_in import sign_in
from callwright.accounts.throttle import SignInThrottle
from callwright.billing.ledger import top_up
from callwright.blobs.disk import DiskBlobs
from callwright.blobs.port import BlobKey
from callwright.callroom.prompt_cache import PromptCache
from callwright.calls import trials
from callwright.calls.customers import list_customers
from callwright.calls.schemas import CustomerFilter
from callwright.calls.trials import NewTrial
from callwright.contacts import bulk
from callwright.contacts.bulk import NewBulkChange, Whom
from callwright.contacts.bulk_job import bulk_change_job
from callwright.contacts.bulk_statements import BulkAct
from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.do_not_call import put_on_list
from callwright.contacts.do_not_call_list import list_entries
from callwright.contacts.field_list import NewField, add_field
from callwright.contacts.schemas import BookFilter
from callwright.crowds import service as crowds
from callwright.crowds.jobs import crowd_job
from callwright.crowds.schemas import CrowdWanted
from callwright.db.embedded import EmbeddedPostgres
from callwright.db.session import Database
from callwright.db.tables.contacts import DoNotCallRow
from callwright.db.tables.dry_runs import DryRunRow
from callwright.db.tables.lines import TestCallRow
from callwright.dialing.moving import MoveAct
from callwright.exports import service as exports
from callwright.exports.schemas import CallsShown, NewExport
from callwright.imports import service as imports
from callwright.imports.schemas import NewImport
from callwright.lines.groups import bind_lines, create_group
from callwright.lines.service import get_line
from callwright.lines.status import set_status
from callwright.moving import service as moving
from callwright.moving.schemas import Chosen, NewMove
from callwright.scripts.meanings import Meanings
from callwright.scripts.recordings import enter
from callwright.scripts.service import get_script
from callwright.scripts.sound import prompt_of
from callwright.tasks.nodes import register_node
from callwright.tasks.reserving import reserve
from callwright.telephony.port import TrunkState, TrunkStatus
from callwright.web.access import COOKIE
from callwright.web.app import WebParts, create_app
from callwright.web.talking import TalkDesk
from tests.factories.calling import BOX, NOW, VARIABLES, Caller, make_caller
from tests.factories.finished_calls import add_finished_call
from tests.factories.messages import equip_with_messages, opt_out
from tests.factories.sounds import tone
from tests.factories.telling import tell_in_a_chat, tell_outside
from tests.fakes.classifier import WordClassifier
from tests.fakes.try_speech import FakeTrySpeech
from tests.fixtures_db import fresh_database

BASE = "https://callwright.test"
START = NOW + timedelta(hours=1)
PASSWORD = "a long enough password"
RECORDING = bytes(range(256)) * 8
TESTED = "+12025550142"
TOPPED_UP = 100_000_000
PROMPT = prompt_of(tone())
A_RECORDING = PROMPT.sha256
NOT_TO_BE_CALLED = "+12025550199"


class HandSetClock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def monotonic(self) -> float:
        """The same in seconds."""
        return self.moment.timestamp()

    def pass_(self, **duration: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**duration)


@dataclass
class Company:
    """A tenant, the ids of one thing of each kind of its own, and the session token of one person of each role."""

    tenant_id: UUID
    ids: dict[str, Any]
    tokens: dict[Role, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Town:
    """Two companies in one database."""

    url: str
    blobs: Path
    ours: Company
    theirs: Company

    @property
    def database(self) -> str:
        """The name of its database."""
        return make_url(self.url).database or ""


def wanted(town: Town) -> dict[str, Any]:
    """Return the script and the line of ours as a new task names them."""
    return {"script_id": str(town.ours.ids["script_id"]), "line_ids": [str(town.ours.ids["line_id"])]}


async def _settle(database: Database, blobs: DiskBlobs, name: str) -> Company:
    caller = await make_caller(database, name=name)
    task = await caller.make_task(2)
    call_id = await add_finished_call(database, caller.tenant_id, task.id)
    await blobs.put(BlobKey(caller.tenant_id, f"recordings/{call_id}.wav"), RECORDING)
    async with database.tenant(caller.tenant_id) as session:
        await put_on_list(session, caller.tenant_id, NOT_TO_BE_CALLED, call_id=call_id)
        (entry,) = await list_entries(session, DoNotCallRow)
        customers = await list_customers(session, task.id, CustomerFilter())
        field = await add_field(session, NewField("City", FieldKind.TEXT))
    crowd_id = await _try(database, caller, task.id)
    ids: dict[str, Any] = {
        "task_id": task.id,
        "call_id": call_id,
        "script_id": caller.script_id,
        "line_id": caller.line_id,
        "entry_id": entry.id,
        "task_customer_id": customers[0].id,
        "customer_id": customers[0].customer_id,
        "field_id": field.id,
        "tenant_id": caller.tenant_id,
        "crowd_id": crowd_id,
        "earlier_id": crowd_id,
        "move_id": await _move(database, caller, task.id),
        "import_id": await _send(database, blobs, caller, task.id),
        "group_id": await _equip(database, caller, task.id),
        **await tell_outside(database, caller),
        **await equip_with_messages(database, caller),
        "opt_out_id": await opt_out(database, caller),
    }
    await _see_lines(database, caller)
    await _record(database, blobs, caller)
    company = Company(caller.tenant_id, ids)
    for role in Role:
        email = f"{role.value}@{name.lower()}.example"
        async with database.system() as session:
            person = await create_user(
                session, tenant_id=caller.tenant_id, email=email, name=role.value, role=role, password=PASSWORD
            )
        async with database.system() as session:
            _, company.tokens[role] = await sign_in(
                session, SignInThrottle(), email=email, password=PASSWORD, address="", now=START
            )
        if role is Role.OWNER:
            ids["bulk_change_id"] = await _release(database, caller.tenant_id, person.id)
            ids["view_id"] = await _save(database, caller.tenant_id, person.id)
            ids["export_id"] = await _export(database, caller.tenant_id, person.id)
            ids["trial_id"] = await _ring(database, blobs, caller, person.id)
            ids |= await tell_in_a_chat(database, caller.tenant_id, person.id, ids["call_id"])
    return company


async def _release(database: Database, tenant_id: UUID, person: UUID) -> UUID:
    """Have all customers given back to the public pool, where they are."""
    wanted = NewBulkChange(uuid4(), BulkAct.RELEASE, Whom(None, matching=BookFilter()))
    async with database.tenant(tenant_id) as session:
        asked = await bulk.ask(session, wanted, by=person)
    await bulk_change_job(database, HandSetClock()).run(tenant_id, asked.row.id)
    return asked.row.id


async def _save(database: Database, tenant_id: UUID, person: UUID) -> UUID:
    """Have a view of the customers saved, for the person alone."""
    draft = saved_views.ViewDraft("Mine", "whose=mine", lists.AS_BEFORE, shared=False)
    async with database.tenant(tenant_id) as session:
        viewer = saved_views.Viewer(person, Role.OWNER)
        return (await saved_views.save_view(session, viewer, lists.ListName.CUSTOMERS, draft)).id


async def _send(database: Database, blobs: DiskBlobs, caller: Caller, task_id: UUID) -> UUID:
    """Send a file of customers that nobody told to be imported."""
    sent = NewImport(task_id, uuid4(), "people.csv", b"phone,customer_name,last_visit\n+12125550177,Zoe,May\n")
    async with database.tenant(caller.tenant_id) as session:
        taken = await imports.take(session, sent, by=None)
        return (await imports.keep(session, blobs, taken, sent)).row.id


async def _move(database: Database, caller: Caller, task_id: UUID) -> UUID:
    """Ask for customers to be called again, which nobody does."""
    wanted = NewMove(uuid4(), MoveAct.AGAIN, task_id, Chosen(CustomerFilter(state="called")))
    async with database.tenant(caller.tenant_id) as session:
        return (await moving.ask(session, wanted, by=None)).row.id


async def _try(database: Database, caller: Caller, task_id: UUID) -> UUID:
    """Try the script on a crowd, and the task in a dry run that somebody calls off; return the crowd."""
    async with database.tenant(caller.tenant_id) as session:
        session.add(DryRunRow(task_id=task_id, asked_at=NOW, state="cancelled"))
        asked = await crowds.ask(
            session, caller.tenant_id, caller.script_id, CrowdWanted(20, 1), version=None, by=None, now=NOW
        )
    await crowd_job(database, HandSetClock(), WordClassifier).run(caller.tenant_id, asked.row.id)
    return asked.row.id


async def _equip(database: Database, caller: Caller, task_id: UUID) -> UUID:
    """Give the company a policy group with its line, a seat reserved and money; return the group."""
    async with database.tenant(caller.tenant_id) as session:
        group_id = await create_group(session, caller.tenant_id, "Nationwide")
        await bind_lines(session, group_id, [(caller.line_id, 1)])
        await reserve(session, caller.tenant_id, task_id, 1)
        await top_up(session, caller.tenant_id, TOPPED_UP, user_id=None, note="A deposit")
    return group_id


async def _see_lines(database: Database, caller: Caller) -> None:
    """Have a call node see the line, and a test call stand over it."""
    async with database.system() as session:
        node_id = await register_node(session, host="a machine", pid=1, capacity=1)
    async with database.tenant(caller.tenant_id) as session:
        line = await get_line(session, caller.line_id)
        await set_status(session, node_id, line, TrunkStatus("line", TrunkState.REFUSED, 403, "Forbidden"))
        session.add(TestCallRow(line_id=line.id, phone=TESTED, asked_at=NOW, state="ended", ended_at=NOW))


async def _export(database: Database, tenant_id: UUID, asked_by: UUID) -> UUID:
    wanted = NewExport(uuid4(), CallsShown(), "csv", "en", "Europe/London")
    async with database.tenant(tenant_id) as session:
        return (await exports.ask(session, wanted, by=asked_by, now=NOW)).row.id


async def _ring(database: Database, blobs: DiskBlobs, caller: Caller, asked_by: UUID) -> UUID:
    """Have somebody try the script on their phone; return the trial."""
    async with database.tenant(caller.tenant_id) as session:
        content = (await get_script(session, caller.script_id)).current.content
        wanted = NewTrial(
            caller.script_id, 1, False, content, VARIABLES, caller.line_id, TESTED, "US", longest_s=60
        )
        tried = await trials.ask_for(session, wanted, asked_by=asked_by, now=NOW)
        call = await session.get_one(TestCallRow, tried.call.id)
        call.state, call.ended_at = "ended", NOW
        key = BlobKey(caller.tenant_id, f"trials/{call.id}.wav")
        tried.row.recording_key = str(key)
    await blobs.put(key, RECORDING)
    return tried.call.id


async def _record(database: Database, blobs: DiskBlobs, caller: Caller) -> None:
    """Keep a recorded prompt, the same in every company."""
    async with database.tenant(caller.tenant_id) as session:
        key = await enter(session, caller.tenant_id, PROMPT, file_name="hello.wav", by=None, now=NOW)
    await blobs.put(key, PROMPT.wav)


async def _settle_both(url: str, folder: Path) -> Town:
    database, blobs = Database(url), DiskBlobs(folder)
    try:
        return Town(url, folder, await _settle(database, blobs, "Ours"), await _settle(database, blobs, "Theirs"))
    finally:
        await database.close()


@pytest.fixture(scope="session")
def settled(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two companies, made once; nobody connects to this database any more, so that it can be copied."""
    with fresh_database(postgres) as url:
        yield asyncio.run(_settle_both(url, tmp_path_factory.mktemp("blobs")))


@pytest.fixture(scope="session")
def shared_town(settled: Town, postgres: EmbeddedPostgres) -> Iterator[Town]:
    """Two companies for tests that change nothing."""
    with fresh_database(postgres, settled.database) as url:
        yield replace(settled, url=url)


@pytest.fixture
def town(settled: Town, make_database_url: Callable[[str], str]) -> Town:
    """Two companies of this test's own."""
    return replace(settled, url=make_database_url(settled.database))


@pytest.fixture
async def database(town: Town) -> AsyncIterator[Database]:
    """The town's database."""
    opened = Database(town.url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> HandSetClock:
    """The time that the application lives in."""
    return HandSetClock()


Open = Callable[[Town], FastAPI]


@pytest.fixture(scope="session")
def one_app() -> FastAPI:
    """The application, made once: making it takes longer than most tests."""
    return create_app(None)


@pytest.fixture
async def open_app(one_app: FastAPI, clock: HandSetClock, tmp_path: Path) -> AsyncIterator[Open]:
    """Have the application work over a town."""
    opened: list[Database] = []

    def work_over(town: Town) -> FastAPI:
        opened.append(Database(town.url))
        speech = FakeTrySpeech()
        one_app.state.parts = WebParts(
            database=opened[-1],
            blobs=DiskBlobs(town.blobs),
            box=BOX,
            clock=clock,
            browser_application=tmp_path / "ui",
            speech=speech,
            prompts=PromptCache(speech),
            meanings=Meanings(speech),
            talks=TalkDesk(tmp_path, of_a_company=2),
        )
        return one_app

    yield work_over
    for database in opened:
        await database.close()


@pytest.fixture
async def app(open_app: Open, town: Town) -> FastAPI:
    """The application over this test's own town."""
    return open_app(town)


def client_of(app: FastAPI, token: str | None = None) -> httpx.AsyncClient:
    """Return a browser of someone with this session, or of nobody."""
    cookies = {COOKIE: token} if token else None
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE, cookies=cookies)


@pytest.fixture
async def owner(app: FastAPI, town: Town) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of our company's owner."""
    async with client_of(app, town.ours.tokens[Role.OWNER]) as client:
        yield client


@pytest.fixture
async def agent(app: FastAPI, town: Town) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an agent of our company's."""
    async with client_of(app, town.ours.tokens[Role.AGENT]) as client:
        yield client


@pytest.fixture
async def nobody(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that is not signed in."""
    async with client_of(app) as client:
        yield client
