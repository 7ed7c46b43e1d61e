"""What is wrong with one task or one attempt must not make a call node rest, which would stop all the others."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from structlog.testing import capture_logs

from callwright.calls.progress import get_progress
from callwright.calls.schemas import CallFilter
from callwright.calls.service import list_calls
from callwright.db.session import Database
from callwright.db.tables.lines import LineRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskRow
from callwright.dialogue.writing import content_of
from callwright.speech.errors import SpeechRequestError
from callwright.speech.port import IntentScore, Pcm
from callwright.tasks.planning import plan_attempts
from callwright.tasks.schemas import PlannedStart
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.house import House, nothing_under_way, task_is
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech
from tests.unit.dialogue.model.shop import shop
from tests.waiting import until


class RefusingSpeech(FakeSpeech):
    """Refuses what it is asked for one purpose."""

    def __init__(self, purpose: str) -> None:
        super().__init__(SimulatedTime())
        self._purpose = purpose

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Speak, unless that is refused."""
        self._check("speaking")
        return await super().synthesise(text)

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Classify, unless that is refused."""
        self._check("classifying")
        return await super().classify(text, examples)

    def _check(self, purpose: str) -> None:
        if purpose == self._purpose:
            raise SpeechRequestError(why="it is too large")


class SlowSpeech(FakeSpeech):
    """Speaks once it is ``ready``."""

    def __init__(self) -> None:
        super().__init__(SimulatedTime())
        self.ready = asyncio.Event()

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Wait, then speak."""
        await self.ready.wait()
        return await super().synthesise(text)


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[House]:
    with capture_logs() as logs:
        yield House(database, tmp_path)
    assert [entry["why"] for entry in logs if entry["event"] == "call node rests"] == []


async def _spoil_script(caller: Caller, content: dict[str, object]) -> None:
    async with caller.database.tenant(caller.tenant_id) as session:
        await session.execute(update(ScriptVersionRow).values(content=content))


async def _content(caller: Caller) -> dict[str, Any]:
    async with caller.database.tenant(caller.tenant_id) as session:
        content: dict[str, Any] = (await session.scalars(select(ScriptVersionRow.content))).one()
    return content


FAULTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "refused by the checker": lambda content: content | {"entry": "nowhere"},
    "of a form unknown": lambda content: {"v": 2},
    "for a language model that isn't there": lambda content: content_of(shop()),
}


@pytest.mark.parametrize("how", FAULTS)
async def test_a_script_that_can_not_be_played_stops_its_task_and_no_other(house: House, how: str) -> None:
    caller = await make_caller(house.database)
    other = await make_caller(house.database, name="Blue Door")
    # As a version that an earlier checker let through.
    await _spoil_script(caller, FAULTS[how](await _content(caller)))
    task, fine = await caller.running_task(3), await other.running_task(3)
    async with house.open():
        await until(lambda: task_is(caller, task.id, "paused"), "the pause")
        await until(lambda: task_is(other, fine.id, "finished"), "the other's end")
        await until(lambda: nothing_under_way(caller), "the end of what was under way")
        stopped = await caller.view(task.id)
    why = "no_language_model" if "language model" in how else "script_fault"
    assert (stopped.state_reason, stopped.called) == (why, 0)
    async with house.database.tenant(caller.tenant_id) as session:
        assert (await get_progress(session, task.id, now=NOW)).uncalled == 3
    assert house.engine.dialled.total() == 3


@pytest.mark.parametrize("asked_for", ["speaking", "classifying"])
async def test_what_speech_refuses_of_a_script_stops_its_task_before_anybody_is_called(
    house: House, asked_for: str
) -> None:
    house.speech = RefusingSpeech(asked_for)
    caller = await make_caller(house.database)
    task = await caller.running_task(2)
    async with house.open():
        await until(lambda: task_is(caller, task.id, "paused"), "the pause")
        await until(lambda: nothing_under_way(caller), "the end of what was under way")
    assert (await caller.view(task.id)).state_reason == "script_fault"
    async with house.database.tenant(caller.tenant_id) as session:
        assert await list_calls(session, CallFilter()) == []
        assert (await get_progress(session, task.id, now=NOW)).uncalled == 2


async def test_who_lacks_what_the_script_needs_is_denied_and_does_not_count_as_called(house: House) -> None:
    caller = await make_caller(house.database)
    task = await caller.running_task(1)
    async with house.database.tenant(caller.tenant_id) as session:
        await session.execute(update(TaskCustomerRow).values(variables={}))
    async with house.open():
        await until(lambda: task_is(caller, task.id, "finished"), "the end")
    async with house.database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=NOW)
        attempt = (await session.scalars(select(AttemptRow))).one()
    assert (progress.called, progress.denied, progress.attempts) == (0, 1, 0)
    assert (attempt.gate_verdict, attempt.gate_rule) == ("deny", "value-missing")


async def test_over_a_line_retired_since_it_was_chosen_nobody_is_called_nor_counts_as_called(house: House) -> None:
    caller = await make_caller(house.database)
    task = await caller.running_task(1)
    async with house.database.tenant(caller.tenant_id) as session:
        entry = (await session.scalars(select(TaskCustomerRow.id))).one()
        line = (await session.scalars(select(LineRow))).one()
        assert await plan_attempts(session, [PlannedStart(task.id, entry, line.id, "US//")], NOW) == {entry}
        line.retired_at = NOW
    async with house.open(dialer=False):
        await until(lambda: nothing_under_way(caller), "the node's answer")
    async with house.database.tenant(caller.tenant_id) as session:
        attempt = (await session.scalars(select(AttemptRow))).one()
        state = await session.scalar(select(TaskCustomerRow.state))
    assert (attempt.gate_verdict, attempt.gate_rule, state) == ("hold", "line-retired", "waiting")


async def test_an_attempt_deleted_behind_our_back_rests_nobody(house: House) -> None:
    caller, other = await make_caller(house.database), await make_caller(house.database, name="Blue Door")
    task = await caller.running_task(1)
    house.speech = speech = SlowSpeech()
    async with house.open():

        async def claimed() -> bool:
            async with house.database.system() as session:
                return await session.scalar(select(AttemptRow.state)) == "claimed"

        await until(claimed, "the claim")
        async with house.database.system() as session:
            await session.execute(delete(AttemptRow).where(AttemptRow.task_id == task.id))
            await session.execute(update(TaskRow).where(TaskRow.id == task.id).values(state="finished"))
        speech.ready.set()
        fine = await other.running_task(1)
        await until(lambda: task_is(other, fine.id, "finished"), "the other's end")
