"""Queries about scripts and their versions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.db.tables.accounts import UserRow
from callwright.db.tables.scripts import ScriptChangeRow, ScriptRow, ScriptVersionRow
from callwright.scripts.schemas import Change, ChangeKind, ScriptView, VersionView


async def get_script(session: AsyncSession, script_id: UUID) -> ScriptView | None:
    """Return a script with its current and its published version."""
    return await _one(session, _scripts().where(ScriptRow.id == script_id))


async def get_script_by_name(session: AsyncSession, name: str) -> ScriptView | None:
    """Return the script of this name with its current and its published version."""
    return await _one(session, _scripts().where(ScriptRow.name == name))


async def get_scripts(
    session: AsyncSession, *, name: str | None, archived: bool, after: UUID | None, limit: int
) -> Sequence[ScriptView]:
    """Return scripts whose name contains ``name``, the newest first, from behind ``after``."""
    at = ScriptRow.archived_at
    found = _scripts().where(at.is_not(None) if archived else at.is_(None)).order_by(ScriptRow.id.desc())
    if name:
        found = found.where(ScriptRow.name.icontains(name, autoescape=True))
    if after is not None:
        found = found.where(ScriptRow.id < after)
    return [ScriptView(*row) for row in await session.execute(found.limit(limit))]


async def lock_script(session: AsyncSession, script_id: UUID) -> ScriptRow | None:
    """Return a script, locked: whoever changes it does so one after another."""
    return await session.scalar(select(ScriptRow).where(ScriptRow.id == script_id).with_for_update())


async def lock_script_by_name(session: AsyncSession, name: str) -> ScriptRow | None:
    """Return the script of this name, locked, so that two new versions of it get different numbers."""
    return await session.scalar(select(ScriptRow).where(ScriptRow.name == name).with_for_update())


async def get_highest_number(session: AsyncSession, script_id: UUID) -> int:
    """Return the highest number of a script's versions, 0 when it has none."""
    found = select(func.max(ScriptVersionRow.number)).where(ScriptVersionRow.script_id == script_id)
    return await session.scalar(found) or 0


async def get_version(session: AsyncSession, version_id: UUID) -> ScriptVersionRow | None:
    """Return a version of a script."""
    return await session.scalar(select(ScriptVersionRow).where(ScriptVersionRow.id == version_id))


async def get_numbered(session: AsyncSession, script_id: UUID, number: int) -> ScriptVersionRow | None:
    """Return the version of a script that has this number."""
    found = select(ScriptVersionRow).where(ScriptVersionRow.script_id == script_id)
    return await session.scalar(found.where(ScriptVersionRow.number == number))


async def get_versions(session: AsyncSession, script_id: UUID, number: int | None = None) -> list[VersionView]:
    """Return a script's versions (or the one of a number) with their people, the newest first."""
    changer, publisher = aliased(UserRow), aliased(UserRow)
    found = (
        select(ScriptVersionRow, ScriptRow, changer.name, publisher.name)
        .join(ScriptRow, ScriptRow.id == ScriptVersionRow.script_id)
        .outerjoin(changer, changer.id == ScriptVersionRow.changed_by)
        .outerjoin(publisher, publisher.id == ScriptVersionRow.published_by)
        .where(ScriptVersionRow.script_id == script_id)
        .order_by(ScriptVersionRow.number.desc())
    )
    if number is not None:
        found = found.where(ScriptVersionRow.number == number)
    return [VersionView(*row) for row in await session.execute(found)]


async def get_changes(
    session: AsyncSession, script_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Change]:
    """Return what was done to a script, the latest first, from behind ``after``."""
    row = ScriptChangeRow
    found = (
        select(row, UserRow.name).outerjoin(UserRow, UserRow.id == row.made_by).where(row.script_id == script_id)
    )
    if after is not None:
        found = found.where(row.id < after)
    rows = await session.execute(found.order_by(row.id.desc()).limit(limit))
    return [Change(one.id, one.created_at, ChangeKind(one.kind), one.number, name, one.note) for one, name in rows]


async def get_user_name(session: AsyncSession, user_id: UUID | None) -> str | None:
    """Return what a person is called."""
    return await session.scalar(select(UserRow.name).where(UserRow.id == user_id))


async def get_last_change(session: AsyncSession, script_id: UUID) -> ScriptChangeRow | None:
    """Return the latest thing done to a script."""
    found = select(ScriptChangeRow).where(ScriptChangeRow.script_id == script_id)
    return await session.scalar(found.order_by(ScriptChangeRow.id.desc()).limit(1))


async def _one(session: AsyncSession, found: Select[*tuple[Any, ...]]) -> ScriptView | None:
    row = (await session.execute(found)).one_or_none()
    return None if row is None else ScriptView(*row)


def _scripts() -> Select[*tuple[Any, ...]]:
    current, published, counted = (aliased(ScriptVersionRow) for _ in range(3))
    number = func.coalesce(ScriptRow.draft_number, ScriptRow.published_number)
    versions = select(func.count()).where(counted.script_id == ScriptRow.id)
    return (
        select(ScriptRow, current, published, versions.scalar_subquery(), UserRow.name)
        .select_from(ScriptRow)
        .join(current, (current.script_id == ScriptRow.id) & (current.number == number))
        .outerjoin(
            published, (published.script_id == ScriptRow.id) & (published.number == ScriptRow.published_number)
        )
        .outerjoin(UserRow, UserRow.id == ScriptRow.changed_by)
    )
