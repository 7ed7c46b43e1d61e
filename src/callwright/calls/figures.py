"""Queries for the figures of one task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.calls.schemas import LiveCall, Percentiles
from callwright.db.tables.calls import CallRow, TranscriptTurnRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialing.attempt import IN_FLIGHT, ON_THE_NETWORK
from callwright.dialing.outcome import CustomerState

LATEST_CALLS = 1000
"""Reply times are those of so many calls, so that a large task's page stays quick."""


@dataclass(frozen=True, slots=True)
class CallTotals:
    """Calls that are over, counted."""

    calls: int
    recordings: int
    transcripts: int


async def count_in_flight(session: AsyncSession, task_id: UUID) -> int:
    """Return how many attempts are under way, planned ones included."""
    under_way = select(func.count()).where(AttemptRow.task_id == task_id, AttemptRow.state.in_(IN_FLIGHT))
    return await session.scalar(under_way) or 0


async def get_call_totals(session: AsyncSession, task_id: UUID) -> CallTotals:
    """Return the totals of the task's calls that are over."""
    spoken = (
        select(func.count(TranscriptTurnRow.call_id.distinct()))
        .join(CallRow, CallRow.id == TranscriptTurnRow.call_id)
        .where(CallRow.task_id == task_id, CallRow.ended_at.is_not(None))
        .scalar_subquery()
    )
    totals = select(func.count(), func.count(CallRow.recording_key), spoken).where(
        CallRow.task_id == task_id, CallRow.ended_at.is_not(None)
    )
    calls, recordings, transcripts = (await session.execute(totals)).one()
    return CallTotals(calls, recordings, transcripts)


async def get_reply_ms(session: AsyncSession, task_id: UUID) -> Percentiles | None:
    """Return how quickly the latest calls replied to what was said; ``None`` where none did yet."""
    latest = _latest_calls(task_id).subquery()
    each = func.jsonb_array_elements_text(latest.c.reply_ms).table_valued("value", name="reply")
    value = each.c.value.cast(Integer)
    return await _percentiles(session, select(*_both(value)).select_from(latest.join(each, onclause=true())))


async def get_answer_to_audio_ms(session: AsyncSession, task_id: UUID) -> Percentiles | None:
    """Return how soon after the answer the latest calls were heard; ``None`` where none was yet."""
    latest = _latest_calls(task_id).subquery()
    return await _percentiles(session, select(*_both(latest.c.answer_to_audio_ms)))


async def get_last_due(session: AsyncSession, task_id: UUID) -> datetime | None:
    """Return when the last of the customers who wait is to be called, at the soonest."""
    row = TaskCustomerRow
    return await session.scalar(
        select(func.max(row.due_at)).where(row.task_id == task_id, row.state == CustomerState.WAITING)
    )


async def get_live_calls(session: AsyncSession, task_id: UUID) -> list[LiveCall]:
    """Return what is on the network now, the longest first."""
    stage = case(
        (CallRow.answered_at.is_not(None), "connected"),
        (CallRow.ringing_at.is_not(None), "ringing"),
        else_="dialling",
    )
    rows = await session.execute(
        select(
            AttemptRow.id,
            CallRow.id,
            CustomerRow.name,
            CallRow.phone,
            stage,
            func.coalesce(CallRow.answered_at, CallRow.ringing_at, CallRow.dialled_at),
            select(func.count()).where(TranscriptTurnRow.call_id == CallRow.id).scalar_subquery(),
            _last_text(),
            CustomerRow.owner_id,
        )
        .select_from(AttemptRow)
        .join(CallRow, CallRow.attempt_id == AttemptRow.id)
        .join(CustomerRow, CustomerRow.id == CallRow.customer_id)
        .where(AttemptRow.task_id == task_id, AttemptRow.state.in_(ON_THE_NETWORK))
        .order_by(CallRow.dialled_at)
    )
    return [LiveCall(*row) for row in rows]


def _latest_calls(task_id: UUID) -> Select[int | None, Sequence[int]]:
    return (
        select(CallRow.answer_to_audio_ms, CallRow.reply_ms)
        .where(CallRow.task_id == task_id, CallRow.answered_at.is_not(None))
        .order_by(CallRow.id.desc())
        .limit(LATEST_CALLS)
    )


def _both(
    value: ColumnElement[int] | ColumnElement[int | None],
) -> tuple[ColumnElement[float | None], ColumnElement[float | None]]:
    return func.percentile_cont(0.5).within_group(value), func.percentile_cont(0.95).within_group(value)


async def _percentiles(session: AsyncSession, query: Select[float | None, float | None]) -> Percentiles | None:
    p50, p95 = (await session.execute(query)).one()
    return None if p50 is None or p95 is None else Percentiles(round(p50), round(p95))


def _last_text() -> ScalarSelect[str]:
    return (
        select(TranscriptTurnRow.text)
        .where(TranscriptTurnRow.call_id == CallRow.id)
        .order_by(TranscriptTurnRow.number.desc())
        .limit(1)
        .scalar_subquery()
    )
