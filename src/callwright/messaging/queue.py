"""Messages on their way out: claimed by whoever keeps their channel open, handed over once, and what came of it.

A message is claimed and paid for in one transaction, and only then handed over. Whoever dies in between leaves it
claimed: nobody knows whether it was sent, so that it is never handed over again and is told as unanswered.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import lock_balances
from callwright.billing.message_money import MessageMoney, charge_messages, charged_among, refund_messages
from callwright.channels.port import Fate, Submitted
from callwright.db.tables.messaging import MessagePartRow, MessageRow
from callwright.messaging.consenting import Recipient, why_not
from callwright.messaging.hours import MessageHours, leaves_at, message_hours_of
from callwright.messaging.schemas import Claimed, MessageState, Why
from callwright.messaging.telling import changed, tell
from callwright.texting.windows import MessageKind

TOO_LATE = timedelta(hours=48)
"""Nobody wants to be thanked for a call of last week. It counts from when a message might leave: a weekend for
which it is held is no delay."""
CLAIMED_FOR = timedelta(minutes=5)
"""Far longer than handing a message over takes."""
PAUSES = tuple(timedelta(seconds=pause) for pause in (1, 2, 5, 15, 60, 300))
MOST_TRIES = len(PAUSES) + TOO_LATE // PAUSES[-1]
"""So often a busy network is asked: as long as a message may be late, for each try is due anew."""
DETAIL = 200
_WAITING = MessageRow.state.in_((MessageState.QUEUED, MessageState.HELD))


async def claim(session: AsyncSession, channel_id: UUID, *, by: UUID, most: int, now: datetime) -> list[Claimed]:
    """Return what is to be handed over now, paid for, in a transaction of the system.

    What may not leave now is held; what may never leave has failed.
    """
    row = MessageRow
    due = select(row).where(row.channel_id == channel_id, _WAITING, row.due_at <= now).order_by(row.due_at, row.id)
    rows = (await session.scalars(due.limit(most).with_for_update(skip_locked=True))).all()
    if not rows:
        return []
    hours = await message_hours_of(session, {one.tenant_id for one in rows})
    allowed = await _allowed(session, rows, now)
    leaving = [one for one in allowed if _within_hours(one, now, hours[one.tenant_id])]
    paid = await _paid(session, leaving, now)
    for one in paid:
        one.state, one.why, one.detail = MessageState.SENDING, "", ""
        one.claimed_by, one.claimed_at, one.tries = by, now, one.tries + 1
    await session.flush()
    await tell(session, [changed(one) for one in rows if one.state != MessageState.SENDING])
    return [_claimed(one, channel_id) for one in paid]


async def note(
    session: AsyncSession, results: Iterable[tuple[Claimed, Submitted]], *, by: UUID, now: datetime
) -> None:
    """Note what came of handing messages over, in a transaction of the system."""
    came = {claimed.id: submitted for claimed, submitted in results}
    found = select(MessageRow).where(MessageRow.id.in_(list(came)), _still(by)).order_by(MessageRow.id)
    rows = (await session.scalars(found.with_for_update())).all()
    for row in rows:
        submitted = came[row.id]
        _came_of(row, submitted, now)
        session.add_all(_part(row, number, name) for number, name in enumerate(submitted.network_ids, start=1))
    await session.flush()
    unsent = [row.id for row in rows if came[row.id].fate is Fate.REFUSED and not came[row.id].network_ids]
    await refund_messages(session, unsent)
    await tell(session, [changed(row) for row in rows])


async def give_up_lost(session: AsyncSession, now: datetime) -> int:
    """Let messages have failed whose worker died while it handed them over, or which waited for too long.

    Returns how many.
    """
    row = MessageRow
    lost = and_(row.state == MessageState.SENDING, row.claimed_at < now - CLAIMED_FOR)
    late = and_(_WAITING, row.due_at < now - TOO_LATE)
    gone: list[MessageRow] = []
    for which, why in ((lost, Why.UNANSWERED), (late, Why.TOO_LATE)):
        failed = update(row).where(which).values(state=MessageState.FAILED, why=why, ended_at=now).returning(row)
        gone += (await session.scalars(failed)).all()
    await refund_messages(session, [one.id for one in gone if one.why == Why.TOO_LATE])
    await tell(session, [changed(one) for one in gone])
    return len(gone)


async def _allowed(session: AsyncSession, rows: Sequence[MessageRow], now: datetime) -> list[MessageRow]:
    """Return those that nothing bars and that are not too late; the others have failed."""
    whom = {one.id: _recipient(one) for one in rows}
    barred = await why_not(session, set(whom.values()))
    allowed, failed = [], []
    for one in rows:
        why = barred.get(whom[one.id]) or (Why.TOO_LATE if _is_late(one, now) else None)
        if why is None:
            allowed.append(one)
        else:
            one.state, one.why, one.ended_at = MessageState.FAILED, why, now
            failed.append(one.id)
    await refund_messages(session, failed)
    return allowed


def _is_late(row: MessageRow, now: datetime) -> bool:
    return row.due_at < now - TOO_LATE or row.tries >= MOST_TRIES


def _recipient(row: MessageRow) -> Recipient:
    return Recipient(row.tenant_id, row.customer_id, row.recipient, MessageKind(row.kind))


def _within_hours(row: MessageRow, now: datetime, hours: MessageHours) -> bool:
    at = leaves_at(MessageKind(row.kind), row.recipient, now, hours)
    if at is None:
        row.state, row.why, row.ended_at = MessageState.FAILED, Why.UNKNOWN_HOURS, now
        return False
    if at > now:
        row.state, row.why, row.due_at = MessageState.HELD, Why.HOURS, at
        return False
    return True


async def _paid(session: AsyncSession, rows: Sequence[MessageRow], now: datetime) -> list[MessageRow]:
    """Return those that their company's balance pays for; the others have failed."""
    # Charged in the transaction that claims: what nobody claimed yet is not charged.
    again = [one.id for one in rows if one.tries]
    charged = await charged_among(session, again) if again else set()
    balances = await lock_balances(session, {one.tenant_id for one in rows})
    left = {tenant_id: balance.available for tenant_id, balance in balances.items()}
    paid, costs = [], []
    for one in rows:
        cost = 0 if one.id in charged else one.price * one.segments
        if cost > left.get(one.tenant_id, 0):
            one.state, one.why, one.ended_at = MessageState.FAILED, Why.NO_CREDIT, now
            continue
        if cost:
            left[one.tenant_id] -= cost
            costs.append(MessageMoney(one.tenant_id, one.task_id, one.id, cost))
        paid.append(one)
    await charge_messages(session, costs)
    return paid


def _still(by: UUID) -> ColumnElement[bool]:
    """Whether a message is still in the hands of whoever claimed it, or was given up as theirs."""
    row = MessageRow
    lost = and_(row.state == MessageState.FAILED, row.why == Why.UNANSWERED)
    return and_(row.claimed_by == by, or_(row.state == MessageState.SENDING, lost))


def _came_of(row: MessageRow, submitted: Submitted, now: datetime) -> None:
    row.why, row.detail = submitted.why, submitted.detail[:DETAIL]
    match submitted.fate:
        case Fate.ACCEPTED:
            row.state, row.why, row.sent_at, row.ended_at = MessageState.SENT, "", now, None
        case Fate.LATER:
            row.state, row.due_at = MessageState.QUEUED, now + PAUSES[min(row.tries, len(PAUSES)) - 1]
        case Fate.REFUSED | Fate.UNKNOWN:
            row.state, row.ended_at = MessageState.FAILED, now
        case Fate.NOTHING:
            row.state, row.ended_at = MessageState.UNSENT, now


def _part(row: MessageRow, number: int, network_id: str) -> MessagePartRow:
    assert row.channel_id is not None
    return MessagePartRow(
        tenant_id=row.tenant_id,
        message_id=row.id,
        number=number,
        channel_id=row.channel_id,
        network_id=network_id,
    )


def _claimed(row: MessageRow, channel_id: UUID) -> Claimed:
    return Claimed(
        row.id,
        row.tenant_id,
        row.call_id,
        row.task_id,
        row.customer_id,
        channel_id,
        row.sender,
        row.recipient,
        row.text,
        row.tries,
    )
