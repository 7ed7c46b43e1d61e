"""What networks and people tell of messages: receipts, replies, and who wants no more. All of it as the system."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.port import Incoming, Receipt, Reply
from callwright.db.tables.messaging import MessageOptOutRow, MessagePartRow, MessageReplyRow, MessageRow
from callwright.kit.ids import first_id_at, new_id
from callwright.kit.phone import InvalidPhoneNumberError, to_e164
from callwright.kit.storable import storable
from callwright.messaging.schemas import MessageState, Why
from callwright.messaging.telling import changed, tell
from callwright.texting.opt_out import asks_for_no_more

ANSWERED_WITHIN = timedelta(days=90)
"""So long after the latest message somebody's words are an answer to it."""
LONGEST = 2000
WORDS = 200
"""Of what somebody said to opt out so much is kept with it."""


async def take_in(session: AsyncSession, channel_id: UUID, incoming: Incoming, *, now: datetime) -> bool:
    """Keep what a channel told; return whether it is about anything that was sent over it."""
    if isinstance(incoming, Receipt):
        return await _take_receipt(session, channel_id, incoming, now)
    return await _take_reply(session, channel_id, incoming, now)


async def _take_receipt(session: AsyncSession, channel_id: UUID, receipt: Receipt, now: datetime) -> bool:
    part = MessagePartRow
    named = select(part).where(part.channel_id == channel_id, part.network_id == receipt.network_id)
    # A network may use an id again; the latest is meant.
    found = await session.scalar(named.order_by(part.id.desc()).limit(1))
    if found is None:
        return False
    # The message first: its parts are told of at the same moment.
    message = await session.scalar(select(MessageRow).where(MessageRow.id == found.message_id).with_for_update())
    assert message is not None
    await session.refresh(found)
    found.state = MessageState.DELIVERED if receipt.delivered else MessageState.FAILED
    await session.flush()
    states = set(await session.scalars(select(part.state).where(part.message_id == message.id)))
    if message.state == MessageState.SENT and MessageState.FAILED in states:
        message.state, message.why, message.ended_at = MessageState.FAILED, Why.UNDELIVERABLE, now
        message.detail = receipt.detail
        await tell(session, [changed(message)])
    elif message.state == MessageState.SENT and states == {MessageState.DELIVERED}:
        message.state, message.ended_at = MessageState.DELIVERED, now
        await tell(session, [changed(message)])
    return True


async def _take_reply(session: AsyncSession, channel_id: UUID, reply: Reply, now: datetime) -> bool:
    phone = _phone(reply.sender)
    sent = await _latest_sent(session, channel_id, phone, now) if phone else []
    if not sent:
        return False
    ends = asks_for_no_more(reply.text)
    tenant_id, message_id = sent[0]
    session.add(
        MessageReplyRow(tenant_id=tenant_id, message_id=message_id, text=_shown(reply.text), opted_out=ends)
    )
    if ends:
        # Whoever wrote to them from there may be meant.
        said = _shown(reply.text)[:WORDS]
        rows = [
            {"id": new_id(), "tenant_id": tenant, "phone": phone, "said": said, "removed_why": ""}
            for tenant, _ in sent
        ]
        put = insert(MessageOptOutRow).values(rows)
        await session.execute(
            put.on_conflict_do_update(
                index_elements=["tenant_id", "phone"],
                index_where=MessageOptOutRow.removed_at.is_(None),
                set_={"said": put.excluded.said, "asked_at": now},
            )
        )
    await session.flush()
    return True


async def _latest_sent(
    session: AsyncSession, channel_id: UUID, phone: str, now: datetime
) -> Sequence[tuple[UUID, UUID]]:
    """Return (tenant, message) of the latest message of each company that wrote to a number, the latest first."""
    row = MessageRow
    written = select(row.tenant_id, row.id).where(
        row.channel_id == channel_id,
        row.recipient == phone,
        row.id > first_id_at(now - ANSWERED_WITHIN),
        row.tries > 0,
    )
    latest: dict[UUID, UUID] = {}
    for tenant_id, message_id in await session.execute(written.order_by(row.id.desc())):
        latest.setdefault(tenant_id, message_id)
    return list(latest.items())


def _phone(sender: str) -> str:
    """Return a number as networks write it, with or without its +, as E.164; empty where it is none."""
    try:
        return to_e164("+" + sender.strip().removeprefix("+").removeprefix("00"), "US")
    except InvalidPhoneNumberError:
        return ""


def _shown(text: str) -> str:
    return storable(text)[:LONGEST]
