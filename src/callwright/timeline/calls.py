"""Calls on the time line: those that are over, when they were dialled."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.service import get_summaries
from callwright.db.tables.calls import CallRow
from callwright.timeline.placing import placed
from callwright.timeline.schemas import Entry, EntryKind, Person, Place


async def calls(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return calls to any number of theirs."""
    query = select(CallRow.id).where(CallRow.customer_id.in_(person.customer_ids), CallRow.ended_at.is_not(None))
    ids = (await session.scalars(placed(query, CallRow.dialled_at, CallRow.id, EntryKind.CALL, behind, most))).all()
    found = {call.id: call for call in await get_summaries(session, ids)}
    return [Entry(EntryKind.CALL, found[one].dialled_at, one, None, found[one]) for one in ids]
