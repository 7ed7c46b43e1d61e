"""Queries about scripts and their versions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow

Found = tuple[ScriptRow, ScriptVersionRow, ScriptVersionRow | None]
"""A script, its newest version, and its newest published one."""


def _with_versions() -> Select[ScriptRow, ScriptVersionRow, ScriptVersionRow]:
    newest, published = aliased(ScriptVersionRow), aliased(ScriptVersionRow)
    numbers = aliased(ScriptVersionRow)
    last = select(func.max(numbers.number)).where(numbers.script_id == ScriptRow.id)
    last_published = last.where(numbers.published_at.is_not(None))
    return (
        select(ScriptRow, newest, published)
        .select_from(ScriptRow)
        .join(newest, (newest.script_id == ScriptRow.id) & (newest.number == last.scalar_subquery()))
        .outerjoin(
            published,
            (published.script_id == ScriptRow.id) & (published.number == last_published.scalar_subquery()),
        )
    )


async def get_script(session: AsyncSession, script_id: UUID) -> Found | None:
    """Return a script with its newest and its published version."""
    row = (await session.execute(_with_versions().where(ScriptRow.id == script_id))).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def get_script_by_name(session: AsyncSession, name: str) -> Found | None:
    """Return the script of this name with its newest and its published version."""
    row = (await session.execute(_with_versions().where(ScriptRow.name == name))).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def get_script_row_by_name(session: AsyncSession, name: str) -> ScriptRow | None:
    """Return the script of this name, locked, so that two new versions of it get different numbers."""
    found = select(ScriptRow).where(ScriptRow.name == name).with_for_update()
    return (await session.scalars(found)).one_or_none()


async def get_newest_number(session: AsyncSession, script_id: UUID) -> int:
    """Return the number of a script's newest version, 0 when it has none."""
    found = select(func.max(ScriptVersionRow.number)).where(ScriptVersionRow.script_id == script_id)
    return await session.scalar(found) or 0


async def get_scripts(
    session: AsyncSession, *, name: str | None, after: UUID | None, limit: int
) -> Sequence[Found]:
    """Return scripts whose name contains ``name``, the newest first, from behind ``after``."""
    found = _with_versions().order_by(ScriptRow.id.desc()).limit(limit)
    if name:
        found = found.where(ScriptRow.name.icontains(name, autoescape=True))
    if after is not None:
        found = found.where(ScriptRow.id < after)
    return [(row[0], row[1], row[2]) for row in await session.execute(found)]


async def get_version(session: AsyncSession, version_id: UUID) -> ScriptVersionRow | None:
    """Return a version of a script."""
    return (await session.scalars(select(ScriptVersionRow).where(ScriptVersionRow.id == version_id))).one_or_none()
