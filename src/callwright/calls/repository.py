"""Queries about calls."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import TextClause, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.schemas import EventEntry, FinishedCall, OpenedCall, TurnEntry
from callwright.calls.sql import ADD_EVENTS, ADD_TURNS, CLOSE, FORGET_TURNS, LOCK, NOTE_LAST, OPEN
from callwright.db.tables.calls import CallEventRow, CallRow, TranscriptTurnRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id

_FINISHED = TypeAdapter(list[FinishedCall])


async def get_call_of_attempt(session: AsyncSession, attempt_id: UUID) -> CallRow | None:
    """Return the call of an attempt, locked until the transaction ends."""
    return await session.scalar(select(CallRow).where(CallRow.attempt_id == attempt_id).with_for_update())


@dataclass(frozen=True, slots=True)
class HeldCall:
    """A call that this transaction holds still; ``over`` once its end is known."""

    id: UUID
    tenant_id: UUID
    task_id: UUID
    attempt_id: UUID
    customer_id: UUID
    phone: str
    over: bool


async def lock_calls_of_attempts(session: AsyncSession, attempt_ids: Sequence[UUID]) -> list[HeldCall]:
    """Return the calls of attempts, locked until the transaction ends."""
    return [HeldCall(*row) for row in await session.execute(LOCK, {"attempts": list(attempt_ids)})]


async def open_calls(session: AsyncSession, opened: Sequence[OpenedCall]) -> None:
    """Add calls that are about to be dialled."""
    rows = [{"id": new_id(), **_values(one)} for one in opened]
    await session.execute(OPEN, {"calls": json.dumps(rows, default=str)})


async def fill(session: AsyncSession, finished: Sequence[FinishedCall]) -> None:
    """Write down what calls that are over were."""
    await session.execute(CLOSE, {"calls": _FINISHED.dump_json(list(finished)).decode()})


async def note_last_calls(session: AsyncSession, calls: Sequence[HeldCall]) -> None:
    """Let the customers of calls that are over know these as their latest ones."""
    await session.execute(NOTE_LAST, {"calls": [call.id for call in calls]})


async def get_call(session: AsyncSession, call_id: UUID) -> CallRow:
    """Return a call. Raises NotFoundError."""
    call = await session.scalar(select(CallRow).where(CallRow.id == call_id))
    if call is None:
        raise NotFoundError(thing="call", key=call_id)
    return call


async def get_names(session: AsyncSession, call: CallRow) -> tuple[str, dict[str, Any]]:
    """Return the name of the call's line, and its script's content."""
    row = await session.execute(
        select(LineRow.name, ScriptVersionRow.content)
        .select_from(LineRow)
        .join(ScriptVersionRow, ScriptVersionRow.id == call.script_version_id)
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


async def append_turn(session: AsyncSession, call: HeldCall, turn: TurnEntry) -> None:
    """Add a turn behind the others."""
    last = select(func.max(TranscriptTurnRow.number)).where(TranscriptTurnRow.call_id == call.id)
    number = (await session.scalar(last) or 0) + 1
    await _add(session, ADD_TURNS, [_part(call, number, turn)])


async def replace_turns(session: AsyncSession, given: Sequence[tuple[HeldCall, Sequence[TurnEntry]]]) -> None:
    """Let the transcripts of calls be exactly these turns."""
    if given:
        await session.execute(FORGET_TURNS, {"calls": [call.id for call, _ in given]})
        await _add(session, ADD_TURNS, _parts(given))


async def add_events(session: AsyncSession, given: Sequence[tuple[HeldCall, Sequence[EventEntry]]]) -> None:
    """Keep the events of calls, each call's in order."""
    await _add(session, ADD_EVENTS, _parts(given))


async def delete_call_of_attempt(session: AsyncSession, attempt_id: UUID) -> None:
    """Forget the call of an attempt."""
    await session.execute(delete(CallRow).where(CallRow.attempt_id == attempt_id))


async def interrupt_calls(
    session: AsyncSession, attempt_ids: Sequence[UUID], values: dict[str, Any]
) -> list[CallRow]:
    """Close the calls of ``attempt_ids`` that are still open, with ``values``; return them."""
    still_open = select(CallRow.id).where(CallRow.attempt_id.in_(attempt_ids), CallRow.ended_at.is_(None))
    closed = await session.scalars(
        update(CallRow)
        .where(CallRow.id.in_(still_open.order_by(CallRow.id).with_for_update()))
        .values(values)
        .returning(CallRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(closed)


_Part = dict[str, Any]


def _parts(given: Sequence[tuple[HeldCall, Sequence[TurnEntry | EventEntry]]]) -> list[_Part]:
    return [_part(call, number, entry) for call, entries in given for number, entry in enumerate(entries, 1)]


def _part(call: HeldCall, number: int, entry: TurnEntry | EventEntry) -> _Part:
    """Return the row of what is ``number`` among the turns or the events of a call."""
    return {
        "id": new_id(),
        "tenant_id": call.tenant_id,
        "call_id": call.id,
        "number": number,
        **_values(entry),
    }


def _values(entry: OpenedCall | TurnEntry | EventEntry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


async def _add(session: AsyncSession, statement: TextClause, parts: Sequence[_Part]) -> None:
    if parts:
        await session.execute(statement, {"rows": json.dumps(parts, default=str)})
