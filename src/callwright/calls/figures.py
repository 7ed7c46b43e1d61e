"""Queries for the figures of one task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, case, extract, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.calls.schemas import LiveCall, Percentiles
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.calls import CallRow, TranscriptTurnRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.dialing.attempt import IN_FLIGHT, ON_THE_NETWORK, AttemptState
from callwright.dialing.outcome import CustomerState

LATEST_CALLS = 1000
"""Reply times are those of so many calls, so that a large task's page stays quick."""
LATEST_ATTEMPTS = 50
"""The pace is that of so many attempts."""


@dataclass(frozen=True, slots=True)
class CallTotals:
    """Calls that are over, counted."""

    calls: int
    recordings: int
    transcripts: int


async def count_customers_by_state(session: AsyncSession, task_id: UUID) -> dict[str, int]:
    """Return how many customers of the task are in each state."""
    state = TaskCustomerRow.state
    return await _counts(
        session, select(state, func.count()).where(TaskCustomerRow.task_id == task_id).group_by(state)
    )


async def count_dialled(session: AsyncSession, task_id: UUID) -> int:
    """Return how many attempts were dialled."""
    dialled = select(func.count()).where(AttemptRow.task_id == task_id, AttemptRow.dialled_at.is_not(None))
    return await session.scalar(dialled) or 0


async def count_in_flight(session: AsyncSession, task_id: UUID) -> int:
    """Return how many attempts are under way, planned ones included."""
    under_way = select(func.count()).where(AttemptRow.task_id == task_id, AttemptRow.state.in_(IN_FLIGHT))
    return await session.scalar(under_way) or 0


async def count_by_phone_state(session: AsyncSession, task_id: UUID) -> dict[str, int]:
    """Return how many diallings ended in each phone state, and how many were ``interrupted`` on our side."""
    state = func.coalesce(AttemptRow.phone_state, "interrupted")
    ended = select(state, func.count()).where(
        AttemptRow.task_id == task_id, AttemptRow.dialled_at.is_not(None), AttemptRow.ended_at.is_not(None)
    )
    return await _counts(session, ended.group_by(state))


async def count_by_grade(session: AsyncSession, task_id: UUID) -> dict[str, int]:
    """Return how many calls got each grade."""
    graded = select(CallRow.grade, func.count()).where(CallRow.task_id == task_id, CallRow.grade.is_not(None))
    return await _counts(session, graded.group_by(CallRow.grade).order_by(CallRow.grade))


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


async def get_talk_ms(session: AsyncSession, task_id: UUID) -> int:
    """Return for how long the task's calls that are over were talked."""
    talked = select(func.coalesce(func.sum(CallRow.talk_ms), 0)).where(
        CallRow.task_id == task_id, CallRow.ended_at.is_not(None)
    )
    return int(await session.scalar(talked) or 0)


async def get_spent(session: AsyncSession, task_id: UUID) -> int:
    """Return what the task's calls have cost, in millionths of the tenant's currency."""
    charged = select(func.coalesce(func.sum(-LedgerEntryRow.amount), 0)).where(
        LedgerEntryRow.task_id == task_id, LedgerEntryRow.kind == "charge"
    )
    return int(await session.scalar(charged) or 0)


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


async def get_seconds_per_attempt(session: AsyncSession, task_id: UUID) -> float | None:
    """Return how long the latest attempts took from planning to end, on average."""
    latest = (
        select(extract("epoch", AttemptRow.ended_at - AttemptRow.planned_at).label("seconds"))
        .where(AttemptRow.task_id == task_id, AttemptRow.state == AttemptState.ENDED)
        .order_by(AttemptRow.id.desc())
        .limit(LATEST_ATTEMPTS)
        .subquery()
    )
    seconds = await session.scalar(select(func.avg(latest.c.seconds)))
    return None if seconds is None else float(seconds)


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
        )
        .select_from(AttemptRow)
        .join(CallRow, CallRow.attempt_id == AttemptRow.id)
        .join(CustomerRow, CustomerRow.id == CallRow.customer_id)
        .where(AttemptRow.task_id == task_id, AttemptRow.state.in_(ON_THE_NETWORK))
        .order_by(CallRow.dialled_at)
    )
    return [LiveCall(*row) for row in rows]


async def _counts(session: AsyncSession, query: Select[str | None, int]) -> dict[str, int]:
    rows = await session.execute(query)
    return {key: count for key, count in rows if key is not None}


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
