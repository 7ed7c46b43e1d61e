"""Queries about calls."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.schemas import CallFilter, EventEntry, FinishedCall, TurnEntry
from callwright.db.tables.calls import CallEventRow, CallRow, TranscriptTurnRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.db.tables.tasks import TaskRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id

CallListRow = tuple[CallRow, str, str, int]
"""The call, its task's name, its customer's name, how many turns were spoken."""


async def get_call_of_attempt(session: AsyncSession, attempt_id: UUID) -> CallRow | None:
    """Return the call of an attempt, locked until the transaction ends."""
    return await session.scalar(select(CallRow).where(CallRow.attempt_id == attempt_id).with_for_update())


async def get_calls_of_attempts(session: AsyncSession, attempt_ids: Sequence[UUID]) -> list[CallRow]:
    """Return the calls of attempts, locked until the transaction ends."""
    found = select(CallRow).where(CallRow.attempt_id.in_(attempt_ids)).order_by(CallRow.id).with_for_update()
    return list(await session.scalars(found.execution_options(populate_existing=True)))


async def fill(session: AsyncSession, ended: Sequence[tuple[CallRow, FinishedCall]]) -> None:
    """Write down what calls that are over were."""
    rows = [{"id": call.id} | {name: getattr(finished, name) for name in _KEPT} for call, finished in ended]
    for row, (_, finished) in zip(rows, ended, strict=True):
        row["recording_key"] = finished.recording
    if rows:
        await session.execute(update(CallRow).execution_options(synchronize_session=None), rows)


async def get_call(session: AsyncSession, call_id: UUID) -> CallRow:
    """Return a call. Raises NotFoundError."""
    call = await session.scalar(select(CallRow).where(CallRow.id == call_id))
    if call is None:
        raise NotFoundError(thing="call", key=call_id)
    return call


async def get_list_row(session: AsyncSession, call_id: UUID) -> CallListRow:
    """Return a call as a list shows it. Raises NotFoundError."""
    row = (await session.execute(_list_rows().where(CallRow.id == call_id))).one_or_none()
    if row is None:
        raise NotFoundError(thing="call", key=call_id)
    return row


async def get_newest_ended(
    session: AsyncSession, wanted: CallFilter, *, after: UUID | None, limit: int
) -> Sequence[CallListRow]:
    """Return the calls that are over, newest first, those older than ``after``."""
    query = _list_rows().where(CallRow.ended_at.is_not(None), *_conditions(wanted))
    if after is not None:
        query = query.where(CallRow.id < after)
    rows = await session.execute(query.order_by(CallRow.id.desc()).limit(limit))
    return rows.all()


async def get_names(session: AsyncSession, call: CallRow) -> tuple[str, UUID, str, int, dict[str, Any]]:
    """Return the name of the call's line, and its script's id, name, version and content."""
    row = await session.execute(
        select(LineRow.name, ScriptRow.id, ScriptRow.name, ScriptVersionRow.number, ScriptVersionRow.content)
        .select_from(LineRow)
        .join(ScriptVersionRow, ScriptVersionRow.id == call.script_version_id)
        .join(ScriptRow, ScriptRow.id == ScriptVersionRow.script_id)
        .where(LineRow.id == call.line_id)
    )
    return row.one()


async def get_transcript(session: AsyncSession, call_id: UUID) -> Sequence[TranscriptTurnRow]:
    """Return what was said, in order."""
    turns = select(TranscriptTurnRow).where(TranscriptTurnRow.call_id == call_id)
    return (await session.scalars(turns.order_by(TranscriptTurnRow.number))).all()


async def get_events(session: AsyncSession, call_id: UUID) -> Sequence[CallEventRow]:
    """Return what else happened, in order."""
    events = select(CallEventRow).where(CallEventRow.call_id == call_id)
    return (await session.scalars(events.order_by(CallEventRow.number))).all()


async def append_turn(session: AsyncSession, call: CallRow, turn: TurnEntry) -> None:
    """Add a turn behind the others."""
    last = select(func.max(TranscriptTurnRow.number)).where(TranscriptTurnRow.call_id == call.id)
    number = (await session.scalar(last) or 0) + 1
    await session.execute(insert(TranscriptTurnRow), [_turn(call, number, turn)])


async def replace_turns(session: AsyncSession, call: CallRow, turns: Sequence[TurnEntry]) -> None:
    """Let the transcript be exactly ``turns``."""
    await session.execute(delete(TranscriptTurnRow).where(TranscriptTurnRow.call_id == call.id))
    rows = [_turn(call, number, turn) for number, turn in enumerate(turns, 1)]
    if rows:
        await session.execute(insert(TranscriptTurnRow), rows)


async def add_events(session: AsyncSession, given: Sequence[tuple[CallRow, Sequence[EventEntry]]]) -> None:
    """Keep the events of calls, each call's in order."""
    rows = [
        {
            "id": new_id(),
            "tenant_id": call.tenant_id,
            "call_id": call.id,
            "number": number,
            "at_ms": event.at_ms,
            "kind": event.kind,
            "data": event.data,
        }
        for call, events in given
        for number, event in enumerate(events, 1)
    ]
    if rows:
        await session.execute(insert(CallEventRow), rows)


async def delete_call_of_attempt(session: AsyncSession, attempt_id: UUID) -> None:
    """Forget the call of an attempt."""
    await session.execute(delete(CallRow).where(CallRow.attempt_id == attempt_id))


async def interrupt_calls(
    session: AsyncSession, attempt_ids: Sequence[UUID], values: dict[str, Any]
) -> list[CallRow]:
    """Close the calls of ``attempt_ids`` that are still open, with ``values``; return them."""
    closed = await session.scalars(
        update(CallRow)
        .where(CallRow.attempt_id.in_(attempt_ids), CallRow.ended_at.is_(None))
        .values(values)
        .returning(CallRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(closed)


_KEPT = (
    "interrupted",
    "sip_call_id",
    "dialled_at",
    "ringing_at",
    "answered_at",
    "ended_at",
    "talk_ms",
    "phone_state",
    "hung_up_by",
    "sip_code",
    "sip_reason",
    "grade",
    "grade_reasons",
    "collected",
    "path",
    "answer_to_audio_ms",
    "reply_ms",
    "media",
)
"""What a finished call and its row have by the same name."""


def _turn(call: CallRow, number: int, turn: TurnEntry) -> dict[str, Any]:
    return {
        "id": new_id(),
        "tenant_id": call.tenant_id,
        "call_id": call.id,
        "number": number,
        "who": turn.who,
        "from_ms": turn.from_ms,
        "to_ms": turn.to_ms,
        "text": turn.text,
        "intent": turn.intent,
        "score": turn.score,
        "interrupted": turn.interrupted,
    }


def _list_rows() -> Select[CallRow, str, str, int]:
    turns = (
        select(func.count())
        .select_from(TranscriptTurnRow)
        .where(TranscriptTurnRow.call_id == CallRow.id)
        .scalar_subquery()
    )
    return (
        select(CallRow, TaskRow.name, CustomerRow.name, turns)
        .select_from(CallRow)
        .join(TaskRow, TaskRow.id == CallRow.task_id)
        .join(CustomerRow, CustomerRow.id == CallRow.customer_id)
    )


def _conditions(wanted: CallFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.task_id is not None:
        conditions.append(CallRow.task_id == wanted.task_id)
    if wanted.phone_state is not None:
        conditions.append(CallRow.phone_state == wanted.phone_state)
    if wanted.grade is not None:
        conditions.append(CallRow.grade == wanted.grade)
    if wanted.min_talk_ms is not None:
        conditions.append(CallRow.talk_ms >= wanted.min_talk_ms)
    if wanted.text:
        in_name = CustomerRow.name.icontains(wanted.text, autoescape=True)
        conditions.append(or_(in_name, CallRow.phone.contains(wanted.text, autoescape=True)))
    return conditions
