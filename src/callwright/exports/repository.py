"""Queries about exports."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.db.locks import Lock, take_of_company
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.exports import ExportRow
from callwright.db.tables.tasks import TaskRow
from callwright.exports.schemas import ExportView

UNDER_WAY = ("waiting", "running")
# One after the other, exports of a company are counted, and told from what was asked before.
SEARCHED_NOBODY = text("""
    jsonb_set(jsonb_set(jsonb_set(shown, '{text}', 'null', false), '{filter,text}', 'null', false),
              '{filter,field}', 'null', false)
""")
"""The list without the text and the value that were searched for, which may be a person's name or number."""
TAKER = aliased(UserRow)


async def wait_for_turn(session: AsyncSession) -> None:
    """Wait until no other export of the tenant's is being asked for, until the transaction ends."""
    await take_of_company(session, Lock.EXPORTS)


async def count_under_way(session: AsyncSession) -> int:
    """Return how many exports of the tenant are not over."""
    found = select(func.count()).select_from(ExportRow).where(ExportRow.state.in_(UNDER_WAY))
    return await session.scalar(found) or 0


async def get_export(session: AsyncSession, export_id: UUID) -> ExportView | None:
    """Return an export."""
    found = (await session.execute(_views().where(ExportRow.id == export_id))).one_or_none()
    return None if found is None else ExportView(*found)


async def get_by_key(session: AsyncSession, key: UUID) -> ExportRow | None:
    """Return what was asked for under a key."""
    return await session.scalar(select(ExportRow).where(ExportRow.key == key))


async def get_exports(session: AsyncSession, *, after: UUID | None, limit: int) -> list[ExportView]:
    """Return exports, the newest first."""
    query = _views().order_by(ExportRow.id.desc()).limit(limit)
    if after is not None:
        query = query.where(ExportRow.id < after)
    return [ExportView(*found) for found in await session.execute(query)]


async def hold(session: AsyncSession, export_id: UUID) -> bool:
    """Hold an export that is under way as it is until the transaction ends; return whether it is."""
    held = select(ExportRow.id).where(ExportRow.id == export_id, ExportRow.state.in_(UNDER_WAY)).with_for_update()
    return await session.scalar(held) is not None


async def move(session: AsyncSession, export_id: UUID, **values: object) -> bool:
    """Change an export that is under way; return whether it was."""
    moving = update(ExportRow).where(ExportRow.id == export_id, ExportRow.state.in_(UNDER_WAY)).values(**values)
    found = await session.scalar(moving.returning(ExportRow.id).execution_options(synchronize_session=False))
    return found is not None


async def note_download(session: AsyncSession, export_id: UUID, *, by: UUID, now: datetime) -> None:
    """Note that the file was taken."""
    await session.execute(
        update(ExportRow)
        .where(ExportRow.id == export_id)
        .values(downloads=ExportRow.downloads + 1, downloaded_at=now, downloaded_by=by)
    )


async def get_to_delete(
    session: AsyncSession, *, done_before: datetime, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Return (tenant, export) of files that are not kept any longer (in a system transaction)."""
    row = ExportRow
    over = or_(row.state.in_(("cancelled", "failed")), and_(row.state == "done", row.ended_at < done_before))
    found = select(row.tenant_id, row.id).where(row.file_deleted_at.is_(None), over).order_by(row.id).limit(limit)
    if after is not None:
        found = found.where(row.id > after)
    return [(tenant_id, export_id) for tenant_id, export_id in await session.execute(found)]


async def forget_searched(session: AsyncSession, export_id: UUID) -> None:
    """Forget whose name or number was searched for."""
    await session.execute(update(ExportRow).where(ExportRow.id == export_id).values(shown=SEARCHED_NOBODY))


async def note_deleted(session: AsyncSession, export_id: UUID, now: datetime) -> None:
    """Note that the file is gone, and with it whose name or number was searched for."""
    values = {"file_deleted_at": now, "shown": SEARCHED_NOBODY}
    await session.execute(update(ExportRow).where(ExportRow.id == export_id).values(values))


def _views() -> Select[ExportRow, str | None, str | None, str | None]:
    return (
        select(ExportRow, TaskRow.name, UserRow.name, TAKER.name)
        .outerjoin(TaskRow, TaskRow.id == ExportRow.task_id)
        .outerjoin(UserRow, UserRow.id == ExportRow.asked_by)
        .outerjoin(TAKER, TAKER.id == ExportRow.downloaded_by)
        .execution_options(populate_existing=True)
    )
