"""A task's calls play another version from the next attempt on; a call under way keeps its own."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from sqlalchemy import select

from callwright.calls.schemas import CallFilter, CallView
from callwright.calls.service import get_call, list_calls
from callwright.crowds.errors import CrowdNeededError
from callwright.crowds.repository import get_hash
from callwright.db.session import Database
from callwright.db.tables.crowds import CrowdRunRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.kit.errors import NotFoundError
from callwright.scripts.drafting import create_version
from callwright.scripts.publishing import publish
from callwright.tasks import service
from callwright.tasks.drafts import ArmDraft
from callwright.tasks.errors import TaskOverError, TaskSplitError, VersionNotPublishedError, VersionVariablesError
from callwright.tasks.versions import play_version
from callwright.telephony.port import FRAME_SAMPLES
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.house import House, task_is
from tests.fakes.crowd import answers
from tests.fakes.speech import silence, word
from tests.fakes.telephony import FakeCall
from tests.unit.dialogue.small import small
from tests.waiting import until

SPARE = {"name": "plan", "label": "Plan", "required": False, "default": "none"}
NEEDS = [*({"name": name, "label": name} for name in ("customer_name", "last_visit")), SPARE]


async def add_version(caller: Caller, ours: str, *, published: bool = True, **changes: Any) -> None:
    """Write the next version of the caller's script: a question, and a goodbye that says whose it is."""
    content = small(
        **{"variables": NEEDS} | changes,
        nodes__hello__text=f"This is {ours}: an AI assistant of {{company}}, recorded. Ready?",
        nodes__hello__barge_in=False,
        nodes__hello__branches={"yes": "bye", "no": "size"},
        nodes__bye__text=f"Goodbye from {ours}.",
    )
    async with caller.database.tenant(caller.tenant_id) as session:
        source = yaml.safe_dump(content, sort_keys=False)
        await create_version(session, source, name="Check-up reminder", now=NOW)
        if published:
            await publish(session, caller.script_id, now=NOW)


async def move(caller: Caller, task_id: UUID, number: int) -> int:
    """Let the task play version ``number``; return which it plays then."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return (await play_version(session, task_id, number)).script.version


async def calls_of(caller: Caller) -> list[CallView]:
    """Return the calls that are over, the first first."""
    async with caller.database.tenant(caller.tenant_id) as session:
        listed = await list_calls(session, CallFilter())
        return [await get_call(session, call.id) for call in reversed(listed)]


class Callee:
    """The far end of one call, frame by frame."""

    def __init__(self, call: FakeCall) -> None:
        self._call = call
        self._quiet = 0
        self._heard = False

    async def hear(self, frame: Any) -> None:
        """Let 20 ms pass."""
        await asyncio.sleep(0)
        handler = self._call.handler
        if handler is None:
            return
        handler.heard(frame)
        ours = handler.say()
        sounding = ours is not None and bool(ours.any())
        self._heard = self._heard or sounding
        self._quiet = 0 if sounding else self._quiet + 1

    async def was_asked(self) -> bool:
        """Whether we spoke and fell silent."""
        await self.hear(silence(20))
        return self._heard and self._quiet > 50  # more than lies between two sentences

    async def says_yes(self) -> None:
        """Agree, and be quiet until we hang up."""
        said = word("yes", 400)
        for begin in range(0, len(said), FRAME_SAMPLES):
            await self.hear(said[begin : begin + FRAME_SAMPLES])

        async def over() -> bool:
            await self.hear(silence(20))
            return self._call.hang_ups == 1

        await until(over, "our goodbye")


async def test_a_call_under_way_ends_by_the_version_with_which_it_began(database: Database, tmp_path: Path) -> None:
    house = House(database, tmp_path)
    house.engine.callee, house.speech.recognition_ms = answers, 0
    caller = await make_caller(database)
    await add_version(caller, "the second")
    task = await caller.running_task(2, concurrency=1)
    async with house.open():

        async def rings(number: int) -> Callee:
            await until(lambda: _is_there(house, number), f"call {number}")
            callee = Callee(house.engine.calls[number - 1])
            await until(callee.was_asked, "a question")
            return callee

        first = await rings(1)
        await add_version(caller, "the third")
        assert await move(caller, task.id, 3) == 3
        await first.says_yes()
        await (await rings(2)).says_yes()
        await until(lambda: task_is(caller, task.id, "finished"), "the end of the task")
    calls = await calls_of(caller)
    ours = [[turn.text for turn in call.transcript if turn.who == "ai"] for call in calls]
    assert ours == [
        ["This is the second: an AI assistant of Acme, recorded. Ready?", "Goodbye from the second."],
        ["This is the third: an AI assistant of Acme, recorded. Ready?", "Goodbye from the third."],
    ]
    assert [call.summary.script.version for call in calls] == [2, 3]


async def _is_there(house: House, number: int) -> bool:
    return len(house.engine.calls) >= number


async def test_a_task_may_go_back_but_not_where_it_can_not_play(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(1)
    await add_version(caller, "the second")
    await add_version(caller, "the third", variables=[*NEEDS, {"name": "shoe_size", "label": "Shoe size"}])
    await add_version(caller, "the fourth", variables=[*NEEDS, SPARE | {"name": "shop", "label": "Shop"}])
    await add_version(caller, "the fifth", published=False)
    assert [await move(caller, task.id, number) for number in (2, 1, 4)] == [2, 1, 4]
    for number, error, names in (
        (3, VersionVariablesError, "shoe_size"),
        (5, VersionNotPublishedError, "5"),
        (6, NotFoundError, "6"),
    ):
        with pytest.raises(error, match=names):
            await move(caller, task.id, number)
    await caller.start(task.id)
    async with database.tenant(caller.tenant_id) as session:
        await service.finish_task(session, task.id, now=NOW)
    with pytest.raises(TaskOverError):
        await move(caller, task.id, 2)
    neighbour = await make_caller(database, name="Theirs")
    with pytest.raises(NotFoundError):
        await move(neighbour, task.id, 2)


async def test_a_task_that_compares_versions_is_settled_instead(database: Database) -> None:
    caller = await make_caller(database)
    await add_version(caller, "the second")
    arms = (ArmDraft(caller.script_id, 1, 50), ArmDraft(caller.script_id, 2, 50))
    task = await caller.make_task(arms=arms)
    with pytest.raises(TaskSplitError):
        await move(caller, task.id, 2)


async def test_a_task_that_needs_a_crowd_moves_once_the_version_has_passed(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(1, needs_crowd=True)
    await pass_crowd(caller, 1)
    await caller.start(task.id)
    await add_version(caller, "the second")
    with pytest.raises(CrowdNeededError, match="version 2"):
        await move(caller, task.id, 2)
    await pass_crowd(caller, 2)
    assert await move(caller, task.id, 2) == 2


async def pass_crowd(caller: Caller, number: int) -> None:
    """Note that a version has passed before a crowd."""
    async with caller.database.tenant(caller.tenant_id) as session:
        version = (
            await session.scalars(
                select(ScriptVersionRow).where(
                    ScriptVersionRow.script_id == caller.script_id, ScriptVersionRow.number == number
                )
            )
        ).one()
        session.add(
            CrowdRunRow(
                script_id=caller.script_id,
                script_version_id=version.id,
                content_sha256=await get_hash(session, version.id),
                people=1,
                seed=1,
                marks={},
                state="done",
                asked_at=NOW,
                passed=True,
                report={},
            )
        )
