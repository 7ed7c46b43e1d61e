"""Queries about crowds."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from callwright.crowds.schemas import CrowdView, Mode
from callwright.db.locks import Lock, take
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.crowds import CrowdConversationRow, CrowdRunRow
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow

UNDER_WAY = ("waiting", "running")
SAYS = func.encode(func.sha256(func.convert_to(cast(ScriptVersionRow.content, Text), "UTF8")), "hex")
"""The hash of what a version says now."""


def has_passed(version_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Return the condition that a version, as it reads now, has passed before a crowd that writes.

    Those that speak are too small to prove it.
    """
    return exists().where(
        CrowdRunRow.script_version_id == version_id,
        CrowdRunRow.passed.is_(True),
        CrowdRunRow.mode == Mode.TEXT,
        ScriptVersionRow.id == CrowdRunRow.script_version_id,
        CrowdRunRow.content_sha256 == SAYS,
    )


async def get_hash(session: AsyncSession, version_id: UUID) -> str:
    """Return the hash of what a version says."""
    found: str = (await session.execute(select(SAYS).where(ScriptVersionRow.id == version_id))).scalar_one()
    return found


async def get_crowd(session: AsyncSession, crowd_id: UUID) -> CrowdView | None:
    """Return a crowd."""
    row = (await session.execute(_views().where(CrowdRunRow.id == crowd_id))).one_or_none()
    return None if row is None else CrowdView(*row)


async def get_crowds(
    session: AsyncSession, *, script_id: UUID | None, after: UUID | None, limit: int
) -> list[CrowdView]:
    """Return crowds, the newest first, from behind ``after``."""
    query = _views().order_by(CrowdRunRow.id.desc()).limit(limit)
    if script_id is not None:
        query = query.where(CrowdRunRow.script_id == script_id)
    if after is not None:
        query = query.where(CrowdRunRow.id < after)
    return [CrowdView(*row) for row in await session.execute(query)]


async def count_under_way(session: AsyncSession, tenant_id: UUID) -> int:
    """Return how many crowds the company has waiting or running; whoever else counts waits for this transaction."""
    await take(session, Lock.CROWDS, tenant_id)
    under_way = select(func.count()).select_from(CrowdRunRow).where(CrowdRunRow.state.in_(UNDER_WAY))
    return await session.scalar(under_way) or 0


async def move(session: AsyncSession, crowd_id: UUID, **values: object) -> bool:
    """Change a crowd that is under way; return whether it still was."""
    moving = update(CrowdRunRow).where(CrowdRunRow.id == crowd_id, CrowdRunRow.state.in_(UNDER_WAY))
    return await session.scalar(moving.values(**values).returning(CrowdRunRow.id)) is not None


async def get_conversations(
    session: AsyncSession, crowd_id: UUID, *, wish: str | None, went_wrong: bool | None, after: int, limit: int
) -> Sequence[CrowdConversationRow]:
    """Return kept conversations of a crowd in the order of its people, behind number ``after``."""
    row = CrowdConversationRow
    query = select(row).where(row.crowd_run_id == crowd_id, row.number > after).order_by(row.number).limit(limit)
    if wish is not None:
        query = query.where(row.wish == wish)
    if went_wrong is not None:
        query = query.where(row.went_wrong == went_wrong)
    return (await session.scalars(query)).all()


async def get_conversation(session: AsyncSession, crowd_id: UUID, number: int) -> CrowdConversationRow | None:
    """Return one kept conversation."""
    row = CrowdConversationRow
    return (
        await session.scalars(select(row).where(row.crowd_run_id == crowd_id, row.number == number))
    ).one_or_none()


def _views() -> Select[CrowdRunRow, str, int, str | None, bool]:
    return (
        select(
            CrowdRunRow,
            ScriptRow.name,
            ScriptVersionRow.number,
            UserRow.name,
            CrowdRunRow.content_sha256 != SAYS,
        )
        .join(ScriptRow, ScriptRow.id == CrowdRunRow.script_id)
        .join(ScriptVersionRow, ScriptVersionRow.id == CrowdRunRow.script_version_id)
        .outerjoin(UserRow, UserRow.id == CrowdRunRow.asked_by)
    )
