"""Crowds that speak: played on real calls over loopback, called off, refused while the machine is busy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from callwright.crowds import service as crowds
from callwright.crowds.schemas import CrowdView, CrowdWanted, Mode
from callwright.db.session import Database
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.clock import SystemClock
from callwright.kit.errors import NotFoundError
from callwright.rehearsal import holding
from callwright.rehearsal.errors import OuterLineError
from callwright.rehearsal.holding import House
from callwright.rehearsal.inner_line import LineConfig, inner_line
from callwright.rehearsal.jobs import Patience, spoken_crowd_job
from callwright.rehearsal.load import is_busy
from callwright.scripts.drafting import create_version
from callwright.scripts.publishing import publish
from callwright.speech.client import SpeechClient
from callwright.speech.protocol import Priority
from callwright.speech.providers import Choice, voice_activity
from callwright.telephony.port import (
    CallEvent,
    Ended,
    HangupSide,
    IncomingCall,
    IncomingHandler,
    PhoneCall,
    PhoneEngine,
)
from callwright.worker.run import WorkerConfig
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.jobs import work_off
from tests.waiting import until
from tests.wire.telephony.peers import free_ports

SOURCE = (
    (Path(__file__).parent / "survey.yaml")
    .read_text(encoding="utf-8")
    .replace("from {company}.", "an AI assistant from {company}. This call is recorded.")
)
PORTS = 80
PATIENT = WorkerConfig(poll_s=0.1, stop_s=0.2)
LISTENERS = voice_activity(Choice("silero")).stream


@pytest.fixture
async def caller(database: Database) -> Caller:
    """A company with the survey as a script."""
    made = await make_caller(database)
    async with database.tenant(made.tenant_id) as session:
        script = await create_version(session, SOURCE, now=NOW)
        await publish(session, script.id, now=NOW)
    return Caller(database, made.tenant_id, made.line_id, script.id)


async def ask(caller: Caller, people: int, seed: int = 3) -> UUID:
    wanted = CrowdWanted(people, seed, Mode.SPEECH)
    async with caller.database.tenant(caller.tenant_id) as session:
        asked = await crowds.ask(
            session, caller.tenant_id, caller.script_id, wanted, version=None, by=None, now=NOW
        )
    return asked.row.id


async def read(caller: Caller, crowd_id: UUID) -> CrowdView:
    async with caller.database.tenant(caller.tenant_id) as session:
        return await crowds.get(session, crowd_id)


def lent(socket: Path, folder: Path) -> AbstractAsyncContextManager[House]:
    @asynccontextmanager
    async def house() -> AsyncIterator[House]:
        speech = await SpeechClient.connect(socket, priority=Priority.TRYING, wait_s=60)
        first = free_ports(PORTS)
        try:
            yield House(speech, LISTENERS, folder, LineConfig(rtp_ports=(first, first + PORTS - 1)))
        finally:
            await speech.close()

    return house()


async def plan_attempt(caller: Caller) -> None:
    task = await caller.make_task(customers=1)
    async with caller.database.tenant(caller.tenant_id) as session:
        customer = (await session.scalars(select(TaskCustomerRow))).one()
        session.add(
            AttemptRow(
                task_id=task.id,
                task_customer_id=customer.id,
                line_id=caller.line_id,
                number=1,
                planned_at=NOW,
            )
        )


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


async def quiet() -> bool:
    return False


async def test_a_crowd_speaks_and_is_reported(
    caller: Caller, database_url: str, speech_socket: Path, tmp_path: Path
) -> None:
    crowd_id = await ask(caller, 3)
    job = spoken_crowd_job(caller.database, SystemClock(), lambda: lent(speech_socket, tmp_path), quiet)
    await work_off(database_url, [job], PATIENT)
    view = await read(caller, crowd_id)
    assert (view.row.state, view.row.failure, view.row.progress) == ("done", "", 1)
    async with caller.database.tenant(caller.tenant_id) as session:
        report = await crowds.get_report(session, crowd_id)
        kept = await crowds.list_conversations(session, crowd_id)
        assert not await crowds.has_passed(session, view.row.script_version_id)
        for never in (CallRow, LedgerEntryRow):
            assert await session.scalar(select(func.count()).select_from(never)) == 0
    assert report is not None
    assert report.sound is not None
    assert (report.people + report.sound.failed, len(kept)) == (3, report.people)
    spoken = [line for one in kept for line in one.lines if line.said]
    assert any(line.they_said and line.understood for line in spoken)
    assert report.sound.words > 0
    assert report.sound.word_errors < 0.6
    assert report.sound.reply_p50_ms > 0
    assert is_empty(tmp_path)  # no recording is left


class Watched:
    """A call as the simulated person has it, which tells whether it is up and how it ended."""

    def __init__(self, call: PhoneCall) -> None:
        self._call = call
        self.is_up = False
        self.ended: Ended | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._call, name)

    async def answer(self) -> None:
        await self._call.answer()
        self.is_up = True

    async def events(self) -> AsyncIterator[CallEvent]:
        async for event in self._call.events():
            if isinstance(event, Ended):
                self.ended, self.is_up = event, False
            yield event


@pytest.fixture
def far_calls(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    """Every call that comes in at the people's end of the inner line."""
    came: list[Watched] = []

    def watched(config: LineConfig, take: IncomingHandler) -> AbstractAsyncContextManager[PhoneEngine]:
        async def watch(incoming: IncomingCall) -> None:
            came.append(Watched(incoming.call))
            await take(replace(incoming, call=came[-1]))

        return inner_line(config, watch)

    monkeypatch.setattr(holding, "inner_line", watched)
    return came


async def test_one_that_is_called_off_hangs_up(
    caller: Caller, database_url: str, speech_socket: Path, tmp_path: Path, far_calls: list[Watched]
) -> None:
    crowd_id = await ask(caller, 8)
    job = spoken_crowd_job(caller.database, SystemClock(), lambda: lent(speech_socket, tmp_path), quiet)
    working = asyncio.create_task(work_off(database_url, [job], PATIENT))

    async def talks() -> bool:
        return any(call.is_up for call in far_calls)

    await until(talks, "a call of the crowd")
    under_way = [call for call in far_calls if call.is_up]
    async with caller.database.tenant(caller.tenant_id) as session:
        await crowds.call_off(session, crowd_id, now=NOW)
    await working
    ends = [(call.ended.by, call.ended.code) for call in under_way if call.ended]
    assert ends == [(HangupSide.THEM, None)] * len(under_way)
    assert len(far_calls) < 8
    assert (await read(caller, crowd_id)).row.state == "cancelled"
    assert is_empty(tmp_path)


async def test_one_is_refused_while_real_calls_need_the_machine(
    caller: Caller, database_url: str, speech_socket: Path, tmp_path: Path
) -> None:
    async def busy() -> bool:
        async with caller.database.system() as session:
            return await is_busy(session)

    assert not await busy()
    await plan_attempt(caller)  # a call under way, and no node that has room
    assert await busy()
    crowd_id = await ask(caller, 3)
    job = spoken_crowd_job(caller.database, SystemClock(), lambda: lent(speech_socket, tmp_path), busy)
    await work_off(database_url, [job], PATIENT)
    view = await read(caller, crowd_id)
    assert (view.row.state, view.row.failure) == ("failed", "crowd-busy")


async def test_one_under_way_gives_up_where_real_calls_leave_no_room(
    caller: Caller, database_url: str, speech_socket: Path, tmp_path: Path
) -> None:
    asked: list[bool] = []

    async def busy() -> bool:
        asked.append(len(asked) > 0)
        return asked[-1]

    crowd_id = await ask(caller, 3)
    patience = Patience(pause_s=0.01, pauses=3)
    job = spoken_crowd_job(caller.database, SystemClock(), lambda: lent(speech_socket, tmp_path), busy, patience)
    await work_off(database_url, [job], PATIENT)
    view = await read(caller, crowd_id)
    assert (view.row.state, view.row.failure) == ("failed", "crowd-busy")


async def test_another_company_sees_nothing_of_it(caller: Caller) -> None:
    crowd_id = await ask(caller, 4)
    other = await make_caller(caller.database, name="Another")
    async with caller.database.tenant(other.tenant_id) as session:
        assert await crowds.list_crowds(session) == []
        assert await crowds.get_report(session, crowd_id) is None
        for reading in (
            crowds.get(session, crowd_id),
            crowds.list_conversations(session, crowd_id),
            crowds.call_off(session, crowd_id, now=NOW),
        ):
            with pytest.raises(NotFoundError):
                await reading
    assert (await read(caller, crowd_id)).row.state == "waiting"


async def test_the_line_leads_nowhere_else() -> None:
    with pytest.raises(OuterLineError):
        async with inner_line(LineConfig(host="192.0.2.1"), _nobody):
            pass


async def _nobody(_incoming: object) -> None:
    """Take no call."""
