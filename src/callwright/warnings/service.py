"""Warnings as those find them who were told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.warnings import WarnedPersonRow, WarningRow
from callwright.warnings.schemas import ToldWarning, WarningKind


async def list_warnings(
    session: AsyncSession, user_id: UUID, *, standing: bool = False, after: UUID | None = None, limit: int = 50
) -> Sequence[ToldWarning]:
    """Return what a person was told of, the newest first; ``standing``: only what is not mended."""
    told = WarnedPersonRow
    found = (
        select(WarningRow, told.read_at)
        .join(told, told.warning_id == WarningRow.id)
        .where(told.user_id == user_id)
        .order_by(told.warning_id.desc())
        .limit(limit)
    )
    if standing:
        found = found.where(WarningRow.cleared_at.is_(None))
    if after is not None:
        found = found.where(told.warning_id < after)
    return [_told(row, read_at) for row, read_at in await session.execute(found)]


async def count_unread(session: AsyncSession, user_id: UUID) -> int:
    """Return how many warnings a person was told of and has not read."""
    told = WarnedPersonRow
    unread = select(func.count()).where(told.user_id == user_id, told.read_at.is_(None))
    return await session.scalar(unread) or 0


async def note_read(
    session: AsyncSession, user_id: UUID, warning_ids: Sequence[UUID] | None, *, now: datetime
) -> None:
    """Note that a person has read warnings, or all of theirs where ``None``; what isn't theirs changes nothing."""
    told = WarnedPersonRow
    read = update(told).where(told.user_id == user_id, told.read_at.is_(None)).values(read_at=now)
    if warning_ids is not None:
        read = read.where(told.warning_id.in_(warning_ids))
    await session.execute(read)


def _told(row: WarningRow, read_at: datetime | None) -> ToldWarning:
    return ToldWarning(
        row.id,
        WarningKind(row.kind),
        row.about_id,
        row.stage,
        row.details,
        row.raised_at,
        row.cleared_at,
        read_at,
    )
