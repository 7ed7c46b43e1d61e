"""Queries about imports."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.columns import Columns
from callwright.contacts.drafts import RowFault
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.imports import ImportRow
from callwright.db.tables.tasks import TaskRow
from callwright.imports.schemas import COLUMNS, FAULTS, ImportView, NewImport
from callwright.kit.ids import new_id


async def add(session: AsyncSession, sent: NewImport, columns: Columns, *, by: UUID | None) -> bool:
    """Make an import; return whether there was none under its key."""
    row = {
        "id": new_id(),
        "task_id": sent.task_id,
        "key": sent.key,
        "asked_by": by,
        "file_name": sent.file_name,
        "file_bytes": len(sent.content),
        "columns": COLUMNS.dump_python(columns, mode="json"),
    }
    made = insert(ImportRow).values(row).on_conflict_do_nothing().returning(ImportRow.id)
    return await session.scalar(made) is not None


async def get_import(session: AsyncSession, import_id: UUID) -> ImportView | None:
    """Return an import."""
    found = (await session.execute(_views().where(ImportRow.id == import_id))).one_or_none()
    return None if found is None else ImportView(*found)


async def get_by_key(session: AsyncSession, key: UUID) -> ImportView | None:
    """Return what was sent under a key."""
    found = (await session.execute(_views().where(ImportRow.key == key))).one_or_none()
    return None if found is None else ImportView(*found)


async def get_imports(
    session: AsyncSession, *, task_id: UUID | None, after: UUID | None, limit: int
) -> list[ImportView]:
    """Return imports, the newest first."""
    query = _views().order_by(ImportRow.id.desc()).limit(limit)
    if task_id is not None:
        query = query.where(ImportRow.task_id == task_id)
    if after is not None:
        query = query.where(ImportRow.id < after)
    return [ImportView(*found) for found in await session.execute(query)]


async def get_faults(session: AsyncSession, import_id: UUID) -> list[RowFault]:
    """Return the rows that were not taken, in their order."""
    kept = await session.scalar(select(ImportRow.faults).where(ImportRow.id == import_id))
    return FAULTS.validate_python(kept or [])


async def move(session: AsyncSession, import_id: UUID, states: Sequence[str], **values: object) -> bool:
    """Change an import that is in one of ``states``; return whether it was."""
    moving = update(ImportRow).where(ImportRow.id == import_id, ImportRow.state.in_(states)).values(**values)
    found = await session.scalar(moving.returning(ImportRow.id).execution_options(synchronize_session=False))
    return found is not None


def _views() -> Select[ImportRow, str, str | None]:
    return (
        select(ImportRow, TaskRow.name, UserRow.name)
        .join(TaskRow, TaskRow.id == ImportRow.task_id)
        .outerjoin(UserRow, UserRow.id == ImportRow.asked_by)
        .execution_options(populate_existing=True)
    )
