"""Exports: a list asked for as a file, called off; what became of it, and who took the file."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey, Blobs
from callwright.db.jobs import Queue, enqueue
from callwright.db.news import Channel, publish
from callwright.db.tables.exports import ExportRow
from callwright.dialing.window import zone_named
from callwright.exports import repository
from callwright.exports.errors import ExportFileGoneError, ExportKeyError, ExportStateError, TooManyExportsError
from callwright.exports.lists import opened
from callwright.exports.schemas import SHOWN, BookShown, CallsShown, ExportView, NewExport, Shown
from callwright.exports.words import WORDS
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.names import UNSHOWABLE
from callwright.tasks.service import get_task

JOB = "export"
MOST_UNDER_WAY = 5
"""So many exports of a company wait or are under way at once."""


def file_key(tenant_id: UUID, export_id: UUID) -> BlobKey:
    """Return where the file of an export is kept."""
    return BlobKey(tenant_id, f"exports/{export_id}")


async def ask(session: AsyncSession, wanted: NewExport, *, by: UUID, now: datetime) -> ExportView:
    """Have a list written to a file; what was asked before under the same key is that export.

    Raises NotFoundError, UnknownTimeZoneError, ExportColumnsError, ExportKeyError, TooManyExportsError.
    """
    await opened(session, wanted.shown, language=wanted.language, time_zone=wanted.time_zone)
    task_id = _task_of(wanted.shown)
    task_name = None if task_id is None else (await get_task(session, task_id)).name
    today = now.astimezone(zone_named(wanted.time_zone)).date()
    row = ExportRow(
        id=new_id(),
        key=wanted.key,
        asked_by=by,
        what=wanted.shown.what,
        task_id=task_id,
        shown=SHOWN.dump_python(wanted.shown, mode="json"),
        file_kind=wanted.file_kind,
        language=wanted.language,
        time_zone=wanted.time_zone,
        file_name=UNSHOWABLE.sub(
            "",
            " - ".join(part for part in (task_name, WORDS[wanted.language][wanted.shown.what], f"{today}") if part)
            + f".{wanted.file_kind}",
        ),
    )
    await repository.wait_for_turn(session)
    known = await repository.get_by_key(session, wanted.key)
    if known is not None:
        return await _again(session, known, row)
    if (waiting := await repository.count_under_way(session)) >= MOST_UNDER_WAY:
        raise TooManyExportsError(waiting=waiting)
    session.add(row)
    await session.flush()
    await enqueue(session, JOB, row.id, Queue.EXPORTING)
    await tell(session, row)
    return await get(session, row.id)


async def get(session: AsyncSession, export_id: UUID) -> ExportView:
    """Return an export. Raises NotFoundError."""
    found = await repository.get_export(session, export_id)
    if found is None:
        raise NotFoundError(thing="export", key=export_id)
    return found


async def list_exports(session: AsyncSession, *, after: UUID | None = None, limit: int = 50) -> list[ExportView]:
    """Return exports, the newest first."""
    return await repository.get_exports(session, after=after, limit=limit)


async def call_off(session: AsyncSession, export_id: UUID, *, now: datetime) -> ExportView:
    """Let a list not be written: there is no file. Raises NotFoundError, ExportStateError where it is over."""
    called_off = await repository.move(session, export_id, state="cancelled", ended_at=now)
    if called_off:
        await repository.forget_searched(session, export_id)
    view = await get(session, export_id)  # as it is by now: it may have been done a moment before
    if not called_off:
        raise ExportStateError(state=view.row.state, needed="is not over", act="called off")
    await tell(session, view.row)
    return view


async def take_file(session: AsyncSession, export_id: UUID, *, by: UUID, now: datetime) -> ExportView:
    """Return an export whose file is there, noting who takes it.

    Raises NotFoundError, ExportStateError, ExportFileGoneError.
    """
    view = await get(session, export_id)
    if view.row.state != "done":
        raise ExportStateError(state=view.row.state, needed="is done", act="downloaded")
    if view.row.file_deleted_at is not None:
        raise ExportFileGoneError(file_name=view.row.file_name, deleted=view.row.file_deleted_at)
    await repository.note_download(session, export_id, by=by, now=now)
    return view


async def tell_progress(session: AsyncSession, row: ExportRow, progress: float) -> bool:
    """Note how much is done, 0 to 1; return whether it is to go on."""
    goes_on = await repository.move(session, row.id, state="running", progress=progress)
    if goes_on:
        await tell(session, row)
    return goes_on


async def finish(
    session: AsyncSession, blobs: Blobs, row: ExportRow, written: Path, *, rows: int, now: datetime
) -> None:
    """Keep the file, unless it was called off meanwhile."""
    # Held meanwhile, so that whoever calls it off comes before, and no file is kept, or finds it done.
    if not await repository.hold(session, row.id):
        return
    key = file_key(row.tenant_id, row.id)
    await blobs.put_file(key, written)
    size = await blobs.size(key)
    await repository.move(session, row.id, state="done", progress=1.0, ended_at=now, rows=rows, file_bytes=size)
    await tell(session, row)


async def fail(session: AsyncSession, export_id: UUID, why: str, *, now: datetime) -> None:
    """Note that a list can't be written, and why: a stable code."""
    if await repository.move(session, export_id, state="failed", failure=why, ended_at=now):
        await tell(session, (await get(session, export_id)).row)


async def tell(session: AsyncSession, row: ExportRow) -> None:
    """Tell open pages that an export got on."""
    news = {"tenant": row.tenant_id, "export": row.id, "kind": "export"}
    await publish(session, Channel.BROWSER, news)


def _task_of(shown: Shown) -> UUID | None:
    if isinstance(shown, BookShown):
        return None
    return shown.filter.task_id if isinstance(shown, CallsShown) else shown.task_id


async def _again(session: AsyncSession, known: ExportRow, asked: ExportRow) -> ExportView:
    asked_for = ("asked_by", "shown", "file_kind", "language", "time_zone")
    if any(getattr(known, name) != getattr(asked, name) for name in asked_for):
        raise ExportKeyError(key=known.key)
    return await get(session, known.id)
