"""A person's time line: its sources asked each for its next entries, and those put into one order."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.reaching import seen_by
from callwright.contacts.schemas import Editor
from callwright.db.tables.contacts import CustomerRow
from callwright.kit.errors import NotFoundError
from callwright.timeline.book import came, consents, listed, taken_off, tasks
from callwright.timeline.calls import calls
from callwright.timeline.changes import OF_THEIR_OWN, changes
from callwright.timeline.messages import messages
from callwright.timeline.schemas import Entry, EntryKind, Person, Place, Source

SOURCES: Mapping[EntryKind, Source] = {
    EntryKind.BOOK: came,
    EntryKind.TASK: tasks,
    EntryKind.CHANGE: changes(EntryKind.CHANGE),
    **{kind: changes(kind) for kind in OF_THEIR_OWN},
    EntryKind.CONSENT: consents,
    EntryKind.DO_NOT_CALL: listed,
    EntryKind.CALL_AGAIN: taken_off,
    EntryKind.CALL: calls,
    EntryKind.MESSAGE: messages,
}
"""Every kind has one. Whatever else is to stand on the time line is a ``EntryKind``, and a source of it here."""


async def list_timeline(
    session: AsyncSession,
    customer_id: UUID,
    editor: Editor,
    *,
    kinds: Collection[EntryKind] = (),
    behind: Place | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Return what happened with the whole person, of these ``kinds`` or all, the latest first.

    Raises NotFoundError, also where it is a colleague's customer.
    """
    person = await _person(session, customer_id, editor)
    found = [entry for kind in kinds or SOURCES for entry in await SOURCES[kind](session, person, behind, limit)]
    return sorted(found, key=lambda entry: entry.place, reverse=True)[:limit]


async def _person(session: AsyncSession, customer_id: UUID, editor: Editor) -> Person:
    card = select(func.coalesce(CustomerRow.merged_into, CustomerRow.id)).where(CustomerRow.id == customer_id)
    whose = select(CustomerRow.id).where(CustomerRow.id == card.scalar_subquery())
    if not editor.leading:
        whose = whose.where(seen_by(editor.id))
    key = await session.scalar(whose)
    if key is None:
        raise NotFoundError(thing="customer", key=customer_id)
    same = select(CustomerRow.id, CustomerRow.phone).where(
        or_(CustomerRow.id == key, CustomerRow.merged_into == key)
    )
    rows = (await session.execute(same)).all()
    return Person([one for one, _ in rows], [phone for _, phone in rows])
