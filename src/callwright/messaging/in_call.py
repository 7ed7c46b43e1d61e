"""Messages that a script sends while it talks: written down once for each node of a call, and followed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.calls import CallRow
from callwright.db.tables.messaging import (
    MessageRow,
    MessageTemplateRow,
    MessageTemplateVersionRow,
)
from callwright.dialogue.messages import Outcome, SendMessage
from callwright.messaging.channels import get_account
from callwright.messaging.composing import (
    Occasion,
    calls_with_values,
    composed,
    purpose_of_node,
    standing_for,
)
from callwright.messaging.schemas import Account, MessageState, TemplateState, Why
from callwright.messaging.telling import changed, tell

COMPANY = "company"
"""Who writes is who the operator knows, not whom a script calls itself."""
_OUTCOMES: dict[str, Outcome] = {
    MessageState.SENT: "sent",
    MessageState.DELIVERED: "sent",
    MessageState.HELD: "held",
    MessageState.FAILED: "failed",
    MessageState.UNSENT: "failed",
}


async def write_in_call(
    session: AsyncSession, attempt_id: UUID, wanted: SendMessage, *, now: datetime
) -> UUID | None:
    """Write down what the script of a call wants sent, in a transaction of its company; return the message's id.

    Once for each node of a call: again it is the same message. ``None`` where there is no call, or no approved
    version of that template, so that there is nothing to send. Over a channel that is in trouble it has failed: who
    was told in a call that nothing could be sent must not get it later. Over a channel that sends nothing it is
    unsent from the start: nobody may be told that it waits.
    """
    version = await _usable(session, wanted.template)
    told = {name: value for name, value in wanted.values if value and name != COMPANY}
    occasions = [
        Occasion(call, version, values | told)
        async for call, values in calls_with_values(session, CallRow.attempt_id == attempt_id)
        if version is not None
    ]
    if not occasions:
        return None
    (occasion,) = occasions
    row, standing = MessageRow, await standing_for(session, occasions)
    made = composed(occasion, purpose_of_node(wanted.key), standing, now)
    if not made["why"] or made["why"] == Why.HOURS:
        made |= _as_channel_is(await get_account(session, now), now)
    entered = insert(row).values(made).on_conflict_do_nothing(index_elements=["call_id", "purpose"])
    await tell(session, [changed(one) for one in await session.scalars(entered.returning(row))])
    return await session.scalar(
        select(row.id).where(row.call_id == occasion.call.id, row.purpose == made["purpose"])
    )


def _as_channel_is(account: Account, now: datetime) -> dict[str, object]:
    """Return what becomes of a message at once, where its channel sends nothing now, or ever."""
    if account.trouble:
        return {"state": MessageState.FAILED, "why": Why.NO_CHANNEL, "detail": account.trouble}
    return {"state": MessageState.UNSENT, "why": "", "due_at": now} if account.sends_nothing else {}


async def find_in_call(session: AsyncSession, attempt_id: UUID, key: str) -> UUID | None:
    """Return the id of the message that was written down for a node of a call; ``None`` where none was."""
    row = MessageRow
    of_call = select(row.id).join(CallRow, CallRow.id == row.call_id).where(CallRow.attempt_id == attempt_id)
    return await session.scalar(of_call.where(row.purpose == purpose_of_node(key)))


async def outcome_in_call(session: AsyncSession, message_id: UUID) -> Outcome | None:
    """Return what became of a message; ``None`` while it is on its way to the network."""
    state = await session.scalar(select(MessageRow.state).where(MessageRow.id == message_id))
    return _OUTCOMES.get(state or MessageState.FAILED)


async def _usable(session: AsyncSession, name: str) -> MessageTemplateVersionRow | None:
    version, template = MessageTemplateVersionRow, MessageTemplateRow
    newest = (
        select(version)
        .join(template, template.id == version.template_id)
        .where(template.name == name, template.retired_at.is_(None), version.state == TemplateState.APPROVED)
        .order_by(version.number.desc())
        .limit(1)
    )
    return await session.scalar(newest)
