"""The do-not-call lists as people keep them: looked through, added to, taken from. Nothing is ever forgotten."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, String, Uuid, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.contacts.do_not_call_numbers import NumberSheet
from callwright.contacts.errors import NotListedError
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import DoNotCallEverywhereRow, DoNotCallRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id

AT_ONCE = 5000
Table = type[DoNotCallRow] | type[DoNotCallEverywhereRow]
"""Which list: the tenant's (in its transaction), or the installation's (in a system transaction)."""


class Standing(StrEnum):
    """Which entries are wanted."""

    LISTED = "listed"
    REMOVED = "removed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """A number on a list, or once on it. ``added_by`` and ``removed_by`` are names of people."""

    id: UUID
    phone: str
    source: str
    call_id: UUID | None
    added_at: datetime
    added_by: str | None
    note: str
    removed_at: datetime | None
    removed_by: str | None
    removed_why: str


async def list_entries(
    session: AsyncSession,
    table: Table,
    *,
    standing: Standing = Standing.LISTED,
    text: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Return entries, newest first, those older than ``after``; ``text`` is part of a number as typed."""
    conditions: list[ColumnElement[bool]] = []
    if standing is Standing.LISTED:
        conditions.append(table.removed_at.is_(None))
    elif standing is Standing.REMOVED:
        conditions.append(table.removed_at.is_not(None))
    if text:
        conditions.append(table.phone.contains(_as_kept(text), autoescape=True))
    if after is not None:
        conditions.append(table.id < after)
    found = await session.execute(_entries(table).where(*conditions).order_by(table.id.desc()).limit(limit))
    return [_entry(*row) for row in found]


async def get_entry(session: AsyncSession, table: Table, entry_id: UUID) -> Entry:
    """Return one entry. Raises NotFoundError."""
    row = (await session.execute(_entries(table).where(table.id == entry_id))).one_or_none()
    if row is None:
        raise NotFoundError(thing="entry of the do-not-call list", key=entry_id)
    return _entry(*row)


async def get_history(session: AsyncSession, table: Table, phone: str) -> list[Entry]:
    """Return every entry that a number ever had, the newest first."""
    found = await session.execute(_entries(table).where(table.phone == phone).order_by(table.id.desc()))
    return [_entry(*row) for row in found]


async def add_numbers(
    session: AsyncSession, table: Table, sheet: NumberSheet, *, source: str, by: UUID, note: str
) -> int:
    """Put a file's or a form's good numbers on the list; return how many were not on it."""
    added = 0
    for begin in range(0, len(sheet.phones), AT_ONCE):
        added += await _add(session, table, sheet.phones[begin : begin + AT_ONCE], source, by, note)
    return added


async def take_off(
    session: AsyncSession, table: Table, entry_id: UUID, *, by: UUID, why: str, now: datetime
) -> Entry:
    """Take a number off the list, keeping who did and why. Raises NotFoundError, NotListedError."""
    wanted: Select[Any] = select(table).where(table.id == entry_id).with_for_update()
    row: DoNotCallRow | DoNotCallEverywhereRow | None = await session.scalar(wanted)
    if row is None:
        raise NotFoundError(thing="entry of the do-not-call list", key=entry_id)
    if row.removed_at is not None:
        raise NotListedError
    row.removed_at, row.removed_by, row.removed_why = now, by, why
    await session.flush()
    return await get_entry(session, table, entry_id)


async def _add(session: AsyncSession, table: Table, phones: Sequence[str], source: str, by: UUID, note: str) -> int:
    ids = literal([new_id() for _ in phones], ARRAY(Uuid))
    given = func.unnest(ids, literal(list(phones), ARRAY(String))).table_valued("id", "phone").render_derived()
    row = select(
        given.c.id, given.c.phone, literal(source), literal(by, Uuid), literal(note, String), literal("", String)
    )
    columns = ["id", "phone", "source", "added_by", "note", "removed_why"]
    statement = insert(table).from_select(columns, row, include_defaults=False)
    made = await session.scalars(statement.on_conflict_do_nothing().returning(table.id))
    return len(made.all())


def _entries(table: Table) -> Select[*tuple[Any, ...]]:
    adder, remover = aliased(UserRow), aliased(UserRow)
    return (
        select(table, adder.name, remover.name)
        .outerjoin(adder, adder.id == table.added_by)
        .outerjoin(remover, remover.id == table.removed_by)
    )


def _entry(row: DoNotCallRow | DoNotCallEverywhereRow, added_by: str | None, removed_by: str | None) -> Entry:
    return Entry(
        id=row.id,
        phone=row.phone,
        source=row.source,
        call_id=row.call_id if isinstance(row, DoNotCallRow) else None,
        added_at=row.created_at,
        added_by=added_by,
        note=row.note,
        removed_at=row.removed_at,
        removed_by=removed_by,
        removed_why=row.removed_why,
    )


def _as_kept(text: str) -> str:
    """Return part of a number as E.164 has it: its digits, without what is dialled before them at home."""
    digits = re.sub(r"\D", "", text)
    return (digits if text.strip().startswith("+") else digits.lstrip("0")) or text
