"""Queries about lines."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow


async def get_line(session: AsyncSession, line_id: UUID, *, shared: bool = False) -> LineRow | None:
    """Return a line; ``shared``, so that nobody changes it before the transaction ends."""
    found = select(LineRow).where(LineRow.id == line_id)
    if shared:
        found = found.with_for_update(read=True).execution_options(populate_existing=True)
    return (await session.scalars(found)).one_or_none()


async def get_line_by_name(session: AsyncSession, name: str) -> LineRow | None:
    """Return the line of this name."""
    return (await session.scalars(select(LineRow).where(LineRow.name == name))).one_or_none()


async def get_lines(session: AsyncSession, *, retired: bool, after: UUID | None, limit: int) -> Sequence[LineRow]:
    """Return lines, retired or not, the newest first, from behind ``after``."""
    found = (
        select(LineRow).where(LineRow.retired_at.is_not(None) == retired).order_by(LineRow.id.desc()).limit(limit)
    )
    if after is not None:
        found = found.where(LineRow.id < after)
    return (await session.scalars(found)).all()
