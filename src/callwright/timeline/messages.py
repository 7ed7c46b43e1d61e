"""Messages on the time line: when they were written down, with how far they are now."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.messaging import MessageChannelRow, MessageRow
from callwright.messaging.schemas import Provider
from callwright.timeline.placing import placed
from callwright.timeline.schemas import Entry, EntryKind, MessageSent, Person, Place


async def messages(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return messages to any number of theirs."""
    row, channel = MessageRow, MessageChannelRow
    query = select(row, channel.provider).outerjoin(channel, channel.id == row.channel_id)
    query = query.where(row.customer_id.in_(person.customer_ids))
    found = await session.execute(placed(query, row.created_at, row.id, EntryKind.MESSAGE, behind, most))
    return [
        Entry(
            EntryKind.MESSAGE,
            one.created_at,
            one.id,
            None,
            MessageSent(one.call_id, one.text, provider == Provider.NULL, one.state, one.why, one.detail),
        )
        for one, provider in found
    ]
