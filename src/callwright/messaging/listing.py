"""Messages as people look through them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.reaching import reach_of
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import MessageChannelRow, MessageReplyRow, MessageRow
from callwright.db.tables.tasks import TaskRow
from callwright.messaging.schemas import MessageState, MessageView, Provider, ReplyView
from callwright.texting.windows import MessageKind


@dataclass(frozen=True, slots=True)
class MessageFilter:
    """Which messages: all, or those of one task, call, customer or state."""

    state: MessageState | None = None
    task_id: UUID | None = None
    call_id: UUID | None = None
    customer_id: UUID | None = None


async def list_messages(
    session: AsyncSession,
    wanted: MessageFilter,
    *,
    scope: UUID | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[MessageView]:
    """Return messages, the newest first, those older than ``after``.

    With a person's ``scope`` only those to customers who are theirs or in the public pool.
    """
    row = MessageRow
    found = (
        select(row, MessageChannelRow.provider, TaskRow.name, CustomerRow.name)
        .outerjoin(MessageChannelRow, MessageChannelRow.id == row.channel_id)
        .join(TaskRow, TaskRow.id == row.task_id)
        .join(CustomerRow, CustomerRow.id == row.customer_id)
        .order_by(row.id.desc())
        .limit(limit)
    )
    for column, value in (
        (row.state, wanted.state),
        (row.task_id, wanted.task_id),
        (row.call_id, wanted.call_id),
        (row.customer_id, wanted.customer_id),
    ):
        if value is not None:
            found = found.where(column == value)
    if after is not None:
        found = found.where(row.id < after)
    reach = await reach_of(session, scope)
    if reach is not None:
        found = found.where(reach.among(row.customer_id))
    rows = (await session.execute(found)).all()
    replies = await _replies(session, [message.id for message, *_ in rows])
    return [
        _view(message, provider, task, customer, replies[message.id]) for message, provider, task, customer in rows
    ]


async def _replies(session: AsyncSession, ids: Sequence[UUID]) -> defaultdict[UUID, list[ReplyView]]:
    row = MessageReplyRow
    found = defaultdict(list)
    for one in await session.scalars(select(row).where(row.message_id.in_(ids)).order_by(row.id)):
        found[one.message_id].append(ReplyView(one.created_at, one.text, one.opted_out))
    return found


def _view(row: MessageRow, provider: str | None, task: str, customer: str, replies: list[ReplyView]) -> MessageView:
    return MessageView(
        row.id,
        row.created_at,
        row.call_id,
        row.task_id,
        task,
        row.customer_id,
        customer,
        row.recipient,
        MessageKind(row.kind),
        row.text,
        row.segments,
        row.price,
        provider == Provider.NULL,
        MessageState(row.state),
        row.why,
        row.detail,
        row.due_at,
        row.sent_at,
        row.ended_at,
        replies,
    )
