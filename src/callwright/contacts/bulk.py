"""Changes of many customers at once: asked for, carried out by a job, taken back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import to_json
from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.book import count_book, matching
from callwright.contacts.bulk_statements import BulkAct
from callwright.contacts.card import check_owner
from callwright.contacts.errors import (
    BulkChangeKeyError,
    BulkChangeNotUndoneError,
    TooManyBulkChangesError,
)
from callwright.contacts.reaching import seen_by
from callwright.contacts.schemas import BookFilter, Editor
from callwright.db.jobs import Queue, enqueue
from callwright.db.locks import Lock, take_of_company
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import BulkChangeRow, CustomerRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id

JOB = "bulk-change"
UNDER_WAY = ("waiting", "running", "undoing")
MOST_UNDER_WAY = 3
"""So many of a company wait or are under way at once."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Those with these ``ids``, or all that ``matching`` finds; never anybody whom ``seen_by`` does not see."""

    seen_by: UUID | None
    ids: Sequence[UUID] | None = None
    matching: BookFilter | None = None


WHOM: TypeAdapter[Whom] = TypeAdapter(Whom)


@dataclass(frozen=True, slots=True)
class NewBulkChange:
    """What shall be done with whom; ``value`` is a tag or a category. ``key`` tells what is asked twice."""

    key: UUID
    act: BulkAct
    whom: Whom
    value: str = ""
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BulkChangeView:
    """A change with the names of who asked for it and who was given the customers."""

    row: BulkChangeRow
    asked_by: str | None
    owner: str | None


async def ask(session: AsyncSession, wanted: NewBulkChange, *, by: UUID) -> BulkChangeView:
    """Have many customers changed; what was asked before under the same key is that change.

    Whoever comes into the book later is not among them. Raises NotFoundError where nobody of that id can have
    customers, BulkChangeKeyError, TooManyBulkChangesError.
    """
    await check_owner(session, wanted.owner_id)
    # No secret is in it: whoever could guess a searched number by it reads the database, where numbers stand as
    # they are. The key, in it too, makes it unlike that of any other change for the same number.
    digest = hashlib.sha256(to_json((wanted, by))).hexdigest()
    row = BulkChangeRow(
        id=new_id(),
        key=wanted.key,
        asked_by=by,
        act=wanted.act.value,
        value=wanted.value,
        owner_id=wanted.owner_id,
        digest=digest,
        whom=WHOM.dump_python(wanted.whom, mode="json"),
        state="waiting",
        total=await count(session, wanted.whom),
    )
    await take_of_company(session, Lock.BULK_CHANGES)
    known = await session.scalar(select(BulkChangeRow).where(BulkChangeRow.key == wanted.key))
    if known is not None:
        if known.digest != digest:
            raise BulkChangeKeyError(key=wanted.key)
        return await get(session, known.id)
    under_way = select(func.count()).select_from(BulkChangeRow).where(BulkChangeRow.state.in_(UNDER_WAY))
    if (waiting := await session.scalar(under_way) or 0) >= MOST_UNDER_WAY:
        raise TooManyBulkChangesError(waiting=waiting)
    session.add(row)
    await session.flush()
    await enqueue(session, JOB, row.id, Queue.EXPORTING)
    return await get(session, row.id)


async def count(session: AsyncSession, whom: Whom) -> int:
    """Return how many customers are meant."""
    if whom.matching is not None:
        return await count_book(session, whom.matching)
    meant = select(func.count()).select_from(CustomerRow)
    return await session.scalar(meant.where(*_among(whom))) or 0


async def next_ids(session: AsyncSession, whom: Whom, *, after: UUID | None, before: UUID, most: int) -> list[UUID]:
    """Return who follows the customer ``after``, oldest first, of those who came into the book ``before``."""
    query = select(CustomerRow.id).where(CustomerRow.id < before).order_by(CustomerRow.id).limit(most)
    if after is not None:
        query = query.where(CustomerRow.id > after)
    if whom.matching is None:
        return list(await session.scalars(query.where(*_among(whom))))
    return list(await session.scalars(await matching(session, query, whom.matching)))


async def get(session: AsyncSession, change_id: UUID) -> BulkChangeView:
    """Return a change. Raises NotFoundError."""
    found = await list_changes(session, only=change_id)
    if not found:
        raise NotFoundError(thing="bulk change", key=change_id)
    return found[0]


async def list_changes(
    session: AsyncSession, *, only: UUID | None = None, after: UUID | None = None, limit: int = 1
) -> list[BulkChangeView]:
    """Return changes, the newest first."""
    row = BulkChangeRow
    asker = select(UserRow.name).where(UserRow.id == row.asked_by).scalar_subquery()
    owner = select(UserRow.name).where(UserRow.id == row.owner_id).scalar_subquery()
    query = select(row, asker, owner).order_by(row.id.desc()).limit(limit)
    if only is not None:
        query = query.where(row.id == only)
    if after is not None:
        query = query.where(row.id < after)
    found = await session.execute(query.execution_options(populate_existing=True))
    return [BulkChangeView(*one) for one in found]


async def undo(session: AsyncSession, change_id: UUID, editor: Editor) -> BulkChangeView:
    """Have a change taken back, where nobody changed the same since. Who does not lead takes back their own alone.

    Raises NotFoundError, BulkChangeNotUndoneError.
    """
    row = await session.scalar(select(BulkChangeRow).where(BulkChangeRow.id == change_id).with_for_update())
    if row is None or (not editor.leading and row.asked_by != editor.id):
        raise NotFoundError(thing="bulk change", key=change_id)
    if row.state not in ("undoing", "undone"):
        if not row.undoable:
            raise BulkChangeNotUndoneError(state=row.state)
        row.state, row.after, row.looked_at, row.undone_by = "undoing", None, 0, editor.id
        await session.flush()
        await enqueue(session, JOB, change_id, Queue.EXPORTING)
    return await get(session, change_id)


async def fail(session: AsyncSession, change_id: UUID, why: str, *, now: datetime) -> None:
    """Note that a change was given up, and why: a stable code. What was done of it stays, and can be undone."""
    row = await session.scalar(select(BulkChangeRow).where(BulkChangeRow.id == change_id).with_for_update())
    if row is not None and row.state in UNDER_WAY:
        row.failure = why
        finish(row, now)


def finish(row: BulkChangeRow, now: datetime) -> None:
    """Note that nobody is changed any more, and forget whom it meant."""
    row.state, row.ended_at, row.undoable, row.whom = "done", now, row.changed > 0, None


def _among(whom: Whom) -> list[ColumnElement[bool]]:
    among = [
        CustomerRow.id == any_(literal(list(whom.ids or ()), ARRAY(Uuid))),
        CustomerRow.merged_into.is_(None),
    ]
    return among if whom.seen_by is None else [*among, seen_by(whom.seen_by)]
