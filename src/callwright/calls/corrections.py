"""Grades corrected by people, kept as tests of the script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import repository, views
from callwright.calls.conversations import Scores, conversation_of, events_of, sentences_of
from callwright.calls.errors import NoGradeError, UnknownGradeError
from callwright.calls.events import of_grade
from callwright.db.outbox import publish
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.corrections import GradeCorrectionRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.port import Grade
from callwright.dialogue.variables import MissingVariableError
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.scripts.replaying import replay

MOST_CHECKED = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """The grade that a reviewer gave a call. ``made_by`` is a name."""

    grade: str
    grade_before: str
    why: str
    made_by: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A call with a corrected grade, ready to be played again."""

    call_id: UUID
    dialled_at: datetime
    grade: str
    grade_before: str
    why: str
    talk_s: float
    variables: dict[str, str]
    conversation: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a script gives a corrected call; ``grade`` is ``None`` where it can't be played, as ``trouble`` says.

    ``missing`` are the variables that it has no value for, as the script labels and calls them.
    """

    case: Case
    grade: Grade | None
    trouble: str = ""
    missing: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether it is the corrected grade."""
        return self.grade is not None and self.grade.name == self.case.grade


async def correct_grade(
    session: AsyncSession, call_id: UUID, grade: str, *, why: str, by: UUID, now: datetime
) -> Correction:
    """Give a call that is over another grade, in place of an earlier correction.

    The call keeps its own. Raises NotFoundError, NoGradeError, UnknownGradeError.
    """
    call = await repository.get_call(session, call_id)
    if call.grade is None or call.ended_at is None:
        raise NoGradeError(key=call_id)
    *_, content = await repository.get_names(session, call)
    names = any_script_from(content).grades.names
    if grade not in names:
        raise UnknownGradeError(grade=grade, known=", ".join(names), where="grade")
    row = {
        "id": new_id(),
        "call_id": call_id,
        "script_version_id": call.script_version_id,
        "grade": grade,
        "grade_before": call.grade,
        "why": why,
        "made_by": by,
        "made_at": now,
        "variables": await _variables(session, call),
        "events": await _conversation(session, call),
    }
    statement = insert(GradeCorrectionRow).values(row)
    replaced = {name: row[name] for name in ("grade", "why", "made_by", "made_at")}
    await session.execute(statement.on_conflict_do_update(constraint="uq_grade_corrections_call_id", set_=replaced))
    await publish(session, [of_grade(call, grade, by_person=True)])
    made = await get_correction(session, call_id)
    assert made is not None
    return made


async def take_correction_back(session: AsyncSession, call_id: UUID) -> None:
    """Let a call's own grade hold again. Raises NotFoundError."""
    row = GradeCorrectionRow
    gone = await session.scalar(delete(row).where(row.call_id == call_id).returning(row.id))
    if gone is None:
        raise NotFoundError(thing="grade correction of call", key=call_id)
    call = await repository.get_call(session, call_id)
    if call.grade is not None:
        await publish(session, [of_grade(call, call.grade, by_person=True)])


async def get_correction(session: AsyncSession, call_id: UUID) -> Correction | None:
    """Return a call's correction, if there is one."""
    row = GradeCorrectionRow
    found = select(row, UserRow.name).outerjoin(UserRow, UserRow.id == row.made_by).where(row.call_id == call_id)
    made = (await session.execute(found)).one_or_none()
    if made is None:
        return None
    return Correction(made[0].grade, made[0].grade_before, made[0].why, made[1], made[0].made_at)


async def list_cases(session: AsyncSession, script_id: UUID) -> list[Case]:
    """Return the corrected calls of a script, of any version, the latest corrections first."""
    versions = select(ScriptVersionRow.id).where(ScriptVersionRow.script_id == script_id)
    found = (
        select(GradeCorrectionRow, CallRow.dialled_at, CallRow.talk_ms)
        .join(CallRow, CallRow.id == GradeCorrectionRow.call_id)
        .where(GradeCorrectionRow.script_version_id.in_(versions))
        .order_by(GradeCorrectionRow.made_at.desc())
        .limit(MOST_CHECKED)
    )
    return [
        Case(
            row.call_id,
            dialled_at,
            row.grade,
            row.grade_before,
            row.why,
            talk_ms / 1000,
            row.variables,
            row.events,
        )
        for row, dialled_at, talk_ms in await session.execute(found)
    ]


def sentences_in(cases: Sequence[Case]) -> set[str]:
    """Return the sentences of which the meaning must be known before ``judge``."""
    return {sentence for case in cases for sentence in sentences_of(case.conversation)}


def judge(dialogue: GraphDialogue, cases: Sequence[Case], meanings: Scores) -> list[Verdict]:
    """Return what the script gives each call, played again."""
    return [_verdict(dialogue, case, meanings) for case in cases]


def _verdict(dialogue: GraphDialogue, case: Case, meanings: Scores) -> Verdict:
    try:
        played = replay(dialogue, case.variables, events_of(case.conversation, meanings), talk_s=case.talk_s)
    except MissingVariableError as error:
        return Verdict(case, None, str(error), error.missing)
    return Verdict(case, played.grade)


async def _variables(session: AsyncSession, call: CallRow) -> dict[str, str]:
    found = (
        select(TaskCustomerRow.variables)
        .join(AttemptRow, AttemptRow.task_customer_id == TaskCustomerRow.id)
        .where(AttemptRow.id == call.attempt_id)
    )
    return await session.scalar(found) or {}


async def _conversation(session: AsyncSession, call: CallRow) -> list[dict[str, Any]]:
    turns = [views.turn(turn) for turn in await repository.get_transcript(session, call.id)]
    events = [views.event(event) for event in await repository.get_events(session, call.id)]
    return conversation_of(turns, events, they_hung_up=call.hung_up_by != "us")
