"""Queries about imports."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.columns import Columns
from callwright.contacts.drafts import RowFault
from callwright.db.locks import Lock, take_of_company
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.imports import ImportRow
from callwright.db.tables.tasks import TaskRow
from callwright.imports.schemas import COLUMNS, FAULTS, ImportView, NewImport
from callwright.kit.ids import new_id

OPEN = ("taken", "waiting", "running")
ABANDONED = "not-started"
"""Why it is over that nobody started."""

FAULTS_FROM = text("SELECT jsonb_path_query_array(faults, CAST(:part AS jsonpath)) FROM imports WHERE id = :id")
FORGET_LIKENESS = text("""
    UPDATE imports SET columns = columns || '{"alike": ""}' WHERE id = :id AND state <> 'done'
""")
REASONS = text("""
    SELECT fault.row, fault.code, fault.fields
    FROM imports, jsonb_to_recordset(faults) AS fault (row integer, code text, fields jsonb)
    WHERE id = :id
""")


async def wait_for_turn(session: AsyncSession) -> None:
    """Wait until no other file of the tenant's is being taken; none is until the transaction ends.

    One after the other, files of a company are counted, and told from what was sent before.
    """
    await take_of_company(session, Lock.IMPORTS)


async def add(
    session: AsyncSession, sent: NewImport, sha256: str, columns: Columns, *, by: UUID | None
) -> ImportView:
    """Make an import."""
    row = ImportRow(
        id=new_id(),
        task_id=sent.task_id,
        key=sent.key,
        asked_by=by,
        file_name=sent.file_name,
        file_bytes=len(sent.content),
        file_sha256=sha256,
        columns=COLUMNS.dump_python(columns, mode="json"),
    )
    session.add(row)
    await session.flush()
    made = await get_import(session, row.id)
    assert made is not None
    return made


async def count_open(session: AsyncSession) -> int:
    """Return how many files of the tenant are not over."""
    found = select(func.count()).select_from(ImportRow).where(ImportRow.state.in_(OPEN))
    return await session.scalar(found) or 0


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


async def get_columns_alike(session: AsyncSession, task_id: UUID, alike: str) -> Columns | None:
    """Return how the last file was read that was imported into the task with such headings."""
    row = ImportRow
    before = (row.task_id == task_id, row.state == "done", row.columns["alike"].as_string() == alike)
    found = await session.scalar(select(row.columns).where(*before).order_by(row.id.desc()).limit(1))
    return None if found is None else COLUMNS.validate_python(found)


async def get_faults(session: AsyncSession, import_id: UUID, first: int, count: int) -> list[RowFault]:
    """Return ``count`` of the rows that were not taken, in their order, from the ``first`` (0) on."""
    part = f"$[{first:d} to {first + count - 1:d}]"
    return FAULTS.validate_python(await session.scalar(FAULTS_FROM, {"id": import_id, "part": part}))


async def get_reasons(
    session: AsyncSession, import_id: UUID
) -> AsyncIterator[tuple[int, str, dict[str, str | int]]]:
    """Yield (row, code, fields) of each row that was not taken."""
    async for row, code, fields in await session.stream(REASONS, {"id": import_id}):
        yield row, code, fields


async def abandon(session: AsyncSession, *, sent_before: datetime, now: datetime) -> None:
    """Call off what nobody started (in a system transaction)."""
    await session.execute(
        update(ImportRow)
        .where(ImportRow.state == "taken", ImportRow.created_at < sent_before)
        .values(state="cancelled", failure=ABANDONED, ended_at=now)
    )


async def get_to_delete(
    session: AsyncSession, *, done_before: datetime, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Return (tenant, import) of files that nobody needs any more (in a system transaction)."""
    row = ImportRow
    over = or_(row.state.in_(("cancelled", "failed")), and_(row.state == "done", row.ended_at < done_before))
    found = select(row.tenant_id, row.id).where(row.file_deleted_at.is_(None), over).order_by(row.id).limit(limit)
    if after is not None:
        found = found.where(row.id > after)
    return [(tenant_id, import_id) for tenant_id, import_id in await session.execute(found)]


async def note_deleted(session: AsyncSession, import_id: UUID, now: datetime) -> None:
    """Note that the file is gone, and with it what it said of people whose rows were not taken.

    Of one that was not imported nobody said that its first row is headings: what was told from it goes as well.
    """
    await session.execute(update(ImportRow).where(ImportRow.id == import_id).values(file_deleted_at=now, faults=[]))
    await session.execute(FORGET_LIKENESS, {"id": import_id})


async def hold(session: AsyncSession, import_id: UUID, states: Sequence[str]) -> bool:
    """Hold an import that is in one of ``states`` as it is until the transaction ends; return whether it is."""
    held = select(ImportRow.id).where(ImportRow.id == import_id, ImportRow.state.in_(states)).with_for_update()
    return await session.scalar(held) is not None


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
