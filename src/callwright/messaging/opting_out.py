"""Who wants no more messages of a company, as people keep the list: looked through, and taken from."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import MessageOptOutRow
from callwright.kit.errors import NotFoundError
from callwright.messaging.errors import NotOptedOutError, OptedOutAgainError

TICK = timedelta(milliseconds=1)
"""Moments are told no finer."""


class Standing(StrEnum):
    """Which opt-outs are wanted."""

    LISTED = "listed"
    REMOVED = "removed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class OptOut:
    """A number that opted out, last at ``at``, by the words ``said``; ``removed_by`` is the name of a person."""

    id: UUID
    phone: str
    customer_id: UUID | None
    customer_name: str
    at: datetime
    said: str
    removed_at: datetime | None
    removed_by: str | None
    removed_why: str


async def list_opt_outs(
    session: AsyncSession,
    *,
    standing: Standing = Standing.LISTED,
    text: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[OptOut]:
    """Return opt-outs, the newest first, those older than ``after``; ``text`` is part of a number as typed."""
    row = MessageOptOutRow
    conditions: list[ColumnElement[bool]] = []
    if standing is not Standing.ALL:
        gone = row.removed_at.is_not(None)
        conditions.append(gone if standing is Standing.REMOVED else ~gone)
    if text:
        conditions.append(row.phone.contains(re.sub(r"\D", "", text) or text, autoescape=True))
    if after is not None:
        conditions.append(row.id < after)
    found = await session.execute(_opt_outs().where(*conditions).order_by(row.id.desc()).limit(limit))
    return [_view(*one) for one in found]


async def take_back_opt_out(
    session: AsyncSession, opt_out_id: UUID, *, seen: datetime, by: UUID, why: str, now: datetime
) -> OptOut:
    """Let a number be written to again, keeping who did so and why.

    ``seen`` is when they last asked for the opt-out as far as ``by`` knows: a later wish stands. Raises
    NotFoundError, NotOptedOutError, OptedOutAgainError.
    """
    row = await session.scalar(select(MessageOptOutRow).where(MessageOptOutRow.id == opt_out_id).with_for_update())
    if row is None:
        raise NotFoundError(thing="opt-out", key=opt_out_id)
    if row.removed_at is not None:
        raise NotOptedOutError
    if _asked_at(row) - seen >= TICK:
        raise OptedOutAgainError
    row.removed_at, row.removed_by, row.removed_why = now, by, why
    await session.flush()
    return _view(*(await session.execute(_opt_outs().where(MessageOptOutRow.id == opt_out_id))).one())


def _asked_at(row: MessageOptOutRow) -> datetime:
    return row.asked_at or row.created_at


def _opt_outs() -> Select[*tuple[Any, ...]]:
    row = MessageOptOutRow
    return (
        select(row, CustomerRow.id, CustomerRow.name, UserRow.name)
        .outerjoin(CustomerRow, CustomerRow.phone == row.phone)
        .outerjoin(UserRow, UserRow.id == row.removed_by)
    )


def _view(
    row: MessageOptOutRow, customer_id: UUID | None, customer_name: str | None, removed_by: str | None
) -> OptOut:
    return OptOut(
        row.id,
        row.phone,
        customer_id,
        customer_name or "",
        _asked_at(row),
        row.said,
        row.removed_at,
        removed_by,
        row.removed_why,
    )
