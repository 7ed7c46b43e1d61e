"""What a company is to be warned of now, read from how things stand."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.billing import BalanceRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.messaging import MessageRow
from callwright.db.tables.tasks import TaskRow
from callwright.db.tables.warnings import WarningRow
from callwright.db.tables.webhooks import WebhookRow
from callwright.dialing.lifecycle import TaskState, Waiting
from callwright.dialing.outcome import DONE
from callwright.seats.counting import total_at
from callwright.seats.service import list_packs
from callwright.tasks.tallies import Tally, tally_of_row
from callwright.warnings.expiry import stage_of
from callwright.warnings.schemas import Cause, Details, WarningKind

NEARLY = 0.9
NEWS = timedelta(days=1)
"""So long after it ended a task's end is news."""
LATEST = 100
UNPAID = "no_credit"
"""Why a message failed that the balance did not pay for."""


async def find_causes(session: AsyncSession, tenant: TenantRow, *, low_balance: int, now: datetime) -> list[Cause]:
    """Return every cause that holds, in the tenant's transaction."""
    return [
        *await _of_tasks(session, now),
        *await _of_seats(session, ZoneInfo(tenant.time_zone), now),
        *await _of_balance(session, tenant, low_balance),
        *await _of_lines(session),
        *await _of_webhooks(session),
    ]


async def _of_tasks(session: AsyncSession, now: datetime) -> list[Cause]:
    warned = select(WarningRow.about_id).where(WarningRow.cleared_at.is_(None))
    done = tally_of_row(Tally.CUSTOMERS, *(state.value for state in DONE))
    going = TaskRow.state.in_([TaskState.RUNNING, TaskState.PAUSED])
    wanted = or_(going, TaskRow.finished_at > now - NEWS, TaskRow.id.in_(warned))
    found = await session.execute(
        select(TaskRow, tally_of_row(Tally.CUSTOMERS), done).where(TaskRow.state != TaskState.DRAFT, wanted)
    )
    return [cause for task, customers, done in found for cause in _of_task(task, customers, done)]


def _of_task(task: TaskRow, customers: int, done: int) -> list[Cause]:
    causes = []
    named: Details = {"name": task.name}
    if task.state == TaskState.RUNNING and task.waiting_reason == Waiting.CREDIT:
        causes.append(Cause(WarningKind.OUT_OF_CREDIT, task.id, details=named))
    counted: Details = {**named, "customers": customers, "done": done}
    if customers > 0 and done >= customers * NEARLY:
        causes.append(Cause(WarningKind.NEARLY_DONE, task.id, details=counted, fresh=done < customers))
    if 0 < customers <= done:
        causes.append(Cause(WarningKind.DONE, task.id, details=counted))
    return causes


async def _of_seats(session: AsyncSession, zone: ZoneInfo, now: datetime) -> list[Cause]:
    needed = await _seats_needed(session)
    if needed == 0:
        return []
    packs = await list_packs(session)
    causes = []
    for pack in packs:
        stage = "" if pack.expires_at is None else stage_of(pack.expires_at, now, zone)
        if stage and pack.expires_at is not None and total_at(packs, max(now, pack.expires_at)) < needed:
            details: Details = {"seats": pack.seats, "expires_at": pack.expires_at.isoformat(), "needed": needed}
            causes.append(Cause(WarningKind.SEAT_EXPIRY, pack.id, stage, details))
    return causes


async def _seats_needed(session: AsyncSession) -> int:
    """Return how many seats the tasks want that call, or will once somebody or the clock lets them."""
    going = TaskRow.state.in_([TaskState.RUNNING, TaskState.PAUSED])
    wanted = or_(going, (TaskRow.state == TaskState.DRAFT) & TaskRow.starts_at.is_not(None))
    return await session.scalar(select(func.coalesce(func.sum(TaskRow.seats), 0)).where(wanted)) or 0


async def _of_balance(session: AsyncSession, tenant: TenantRow, low_balance: int) -> list[Cause]:
    balance = await session.get(BalanceRow, tenant.id)
    # Who never paid and is never asked to has no balance that could be low.
    if balance is None and not await _has_unpaid(session):
        return []
    whole = balance.available + balance.held if balance else 0
    if whole >= low_balance:
        return []
    details: Details = {"balance": whole, "threshold": low_balance, "currency": tenant.currency}
    return [Cause(WarningKind.LOW_BALANCE, tenant.id, details=details)]


async def _has_unpaid(session: AsyncSession) -> bool:
    """Tell whether one of the latest messages failed because nothing paid for it."""
    latest = select(MessageRow.why).order_by(MessageRow.id.desc()).limit(LATEST).subquery()
    return bool(await session.scalar(select(exists().where(latest.c.why == UNPAID))))


async def _of_lines(session: AsyncSession) -> list[Cause]:
    fault = LineRow.health["fault"].astext
    wanted = select(LineRow.id, LineRow.name, fault).where(fault.is_not(None), LineRow.retired_at.is_(None))
    return [
        Cause(WarningKind.LINE_FAULT, line_id, details={"name": name, "fault": why})
        for line_id, name, why in await session.execute(wanted)
    ]


async def _of_webhooks(session: AsyncSession) -> list[Cause]:
    wanted = select(WebhookRow.id, WebhookRow.name).where(WebhookRow.given_up_at.is_not(None))
    return [
        Cause(WarningKind.WEBHOOK_GIVEN_UP, webhook_id, details={"name": name})
        for webhook_id, name in await session.execute(wanted)
    ]
