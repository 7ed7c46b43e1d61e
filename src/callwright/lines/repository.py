"""Queries about lines."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow


async def get_line(session: AsyncSession, line_id: UUID) -> LineRow | None:
    """Return a line."""
    return (await session.scalars(select(LineRow).where(LineRow.id == line_id))).one_or_none()


async def get_line_by_name(session: AsyncSession, name: str) -> LineRow | None:
    """Return the line of this name."""
    return (await session.scalars(select(LineRow).where(LineRow.name == name))).one_or_none()


async def get_lines(session: AsyncSession, *, after: UUID | None, limit: int) -> Sequence[LineRow]:
    """Return lines, the newest first, from behind ``after``."""
    found = select(LineRow).order_by(LineRow.id.desc()).limit(limit)
    if after is not None:
        found = found.where(LineRow.id < after)
    return (await session.scalars(found)).all()
