"""What happened to a person's numbers on the time line: into the book and into tasks, consent, do-not-call."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import ConsentNoteRow, CustomerRow, DoNotCallRow
from callwright.db.tables.tasks import TaskCustomerRow, TaskRow
from callwright.timeline.placing import placed
from callwright.timeline.schemas import ConsentNoted, Entry, EntryKind, IntoBook, IntoTask, Listed, Person, Place


async def came(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return when each number came into the book."""
    row = CustomerRow
    query = select(row.created_at, row.id, row.phone).where(row.id.in_(person.customer_ids))
    rows = await session.execute(placed(query, row.created_at, row.id, EntryKind.BOOK, behind, most))
    return [Entry(EntryKind.BOOK, at, key, None, IntoBook(phone)) for at, key, phone in rows]


async def tasks(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return which tasks each number came into, by a file, a form or from another task."""
    row = TaskCustomerRow
    query = (
        select(row.created_at, row.id, row.task_id, TaskRow.name, CustomerRow.phone)
        .join(TaskRow, TaskRow.id == row.task_id)
        .join(CustomerRow, CustomerRow.id == row.customer_id)
        .where(row.customer_id.in_(person.customer_ids))
    )
    rows = await session.execute(placed(query, row.created_at, row.id, EntryKind.TASK, behind, most))
    return [
        Entry(EntryKind.TASK, at, key, None, IntoTask(task, name, phone)) for at, key, task, name, phone in rows
    ]


async def consents(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return what was noted of consent, once where it was noted under several numbers of theirs together."""
    row, same = ConsentNoteRow, aliased(ConsentNoteRow)
    under_another = exists().where(
        same.customer_id.in_(person.customer_ids),
        same.created_at == row.created_at,  # made in one transaction
        same.given == row.given,
        same.source == row.source,
        same.id < row.id,
    )
    query = (
        select(row, UserRow.name)
        .outerjoin(UserRow, UserRow.id == row.noted_by)
        .where(row.customer_id.in_(person.customer_ids), ~under_another)
    )
    rows = await session.execute(placed(query, row.created_at, row.id, EntryKind.CONSENT, behind, most))
    return [
        Entry(EntryKind.CONSENT, note.created_at, note.id, who, ConsentNoted(note.given, note.source, note.origin))
        for note, who in rows
    ]


async def listed(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return when a number was put on the company's do-not-call list. The installation's is no tenant's to read."""
    row = DoNotCallRow
    query = select(row, UserRow.name).outerjoin(UserRow, UserRow.id == row.added_by)
    query = placed(
        query.where(row.phone.in_(person.phones)), row.created_at, row.id, EntryKind.DO_NOT_CALL, behind, most
    )
    return [
        Entry(
            EntryKind.DO_NOT_CALL, one.created_at, one.id, who, Listed(one.phone, one.note, one.source, one.call_id)
        )
        for one, who in await session.execute(query)
    ]


async def taken_off(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
    """Return when a number was taken off that list."""
    row = DoNotCallRow
    query = select(row, UserRow.name).outerjoin(UserRow, UserRow.id == row.removed_by)
    query = query.where(row.phone.in_(person.phones), row.removed_at.is_not(None))
    query = placed(query, row.removed_at, row.id, EntryKind.CALL_AGAIN, behind, most)
    return [
        Entry(
            EntryKind.CALL_AGAIN,
            one.removed_at,
            one.id,
            who,
            Listed(one.phone, one.removed_why, one.source, one.call_id),
        )
        for one, who in await session.execute(query)
        if one.removed_at is not None
    ]
