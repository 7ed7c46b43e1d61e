"""Imports: a file taken and looked at, told to be imported, called off; what became of it."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey, Blobs
from callwright.contacts.columns import Columns, choose, correct, missing_columns, possible_keys
from callwright.contacts.custom_fields import CustomField
from callwright.contacts.drafts import RowFault
from callwright.contacts.field_list import list_fields
from callwright.contacts.importing import Preview, preview_customers
from callwright.contacts.reasons import reason_for
from callwright.db import outbox
from callwright.db.events import ImportDone
from callwright.db.jobs import enqueue
from callwright.db.news import Channel, publish
from callwright.db.outbox import Event
from callwright.db.tables.imports import ImportRow
from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialogue.graph import Variable
from callwright.imports import repository
from callwright.imports.errors import (
    ColumnsNotChosenError,
    ImportFileGoneError,
    ImportKeyError,
    ImportStateError,
    NoFailedRowsError,
    NoSuchColumnError,
    TooManyImportsError,
)
from callwright.imports.schemas import COLUMNS, FAULTS, ImportView, NewImport
from callwright.kit.errors import NotFoundError
from callwright.kit.tabular import SpreadsheetColumnsError
from callwright.tasks.importing import ImportResult
from callwright.tasks.repository import get_task_row
from callwright.tasks.service import variables_of

JOB = "import"
UNDER_WAY = ("waiting", "running")
COUNTS = (
    "rows",
    "imported",
    "updated",
    "unchanged",
    "duplicates",
    "changed_in_task",
    "too_late",
    "already_in_task",
    "failed",
)
MOST_COLUMNS = 500
MOST_OPEN = 20
"""So many files of a company may be looked at, wait or be under way at once."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An import, with the beginning of its file."""

    view: ImportView
    preview: Preview


def file_key(tenant_id: UUID, import_id: UUID) -> BlobKey:
    """Return where the file of an import is kept."""
    return BlobKey(tenant_id, f"imports/{import_id}")


async def read_file(blobs: Blobs, tenant_id: UUID, import_id: UUID) -> bytes:
    """Return the file of an import as it was sent. Raises BlobNotFoundError."""
    return b"".join([chunk async for chunk in blobs.read(file_key(tenant_id, import_id))])


async def take(session: AsyncSession, sent: NewImport, *, by: UUID | None) -> Taken:
    """Enter a file for a task and look at its beginning; once that is committed, :func:`keep` keeps it.

    What was sent before under the same key is that import. Raises NotFoundError, TaskStateError, ImportKeyError,
    TooManyImportsError, SpreadsheetUnreadableError, SpreadsheetTooLargeError, and for one that is to start
    SpreadsheetColumnsError where the headings say too little.
    """
    task = await get_task_row(session, sent.task_id)
    after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    sha256 = (await asyncio.to_thread(hashlib.sha256, sent.content)).hexdigest()
    if (before := await repository.get_by_key(session, sent.key)) is not None:
        return await _take_again(session, before, sent, sha256)
    preview = await _look(session, sent.task_id, sent.content, sent.file_name)
    await repository.wait_for_turn(session)
    if (meanwhile := await repository.get_by_key(session, sent.key)) is not None:
        return await _take_again(session, meanwhile, sent, sha256)
    _check_headings(sent, preview)
    if (waiting := await repository.count_open(session)) >= MOST_OPEN:
        raise TooManyImportsError(waiting=waiting)
    return Taken(await repository.add(session, sent, sha256, preview.columns, by=by), preview)


async def keep(session: AsyncSession, blobs: Blobs, taken: Taken, sent: NewImport) -> ImportView:
    """Keep a file that was taken; one that is to start is imported at once. What was started stays as it is."""
    row = taken.view.row
    # Held meanwhile, so that whoever calls it off comes before or after, and its file is deleted in either case.
    if await repository.hold(session, row.id, ("taken",)):
        await blobs.put(file_key(row.tenant_id, row.id), sent.content)
        if sent.start:
            await _begin(session, row, taken.preview.columns)
    return await get(session, row.id)


async def look_at(session: AsyncSession, blobs: Blobs, tenant_id: UUID, import_id: UUID) -> Taken:
    """Return an import with the beginning of its file. Raises NotFoundError, ImportFileGoneError."""
    view = await get_with_file(session, import_id)
    content = await read_file(blobs, tenant_id, import_id)
    return Taken(view, await _look_again(session, view.row, content))


async def start(
    session: AsyncSession, import_id: UUID, *, heading_row: int | None, places: Mapping[str, int] | None
) -> ImportView:
    """Have a file imported; ``places`` as a person chose them, else as it was shown.

    One that was started stays as it is. Raises NotFoundError, ImportStateError, ColumnsNotChosenError,
    NoSuchColumnError.
    """
    view = await get(session, import_id)
    if view.row.state not in ("taken", "waiting", "running", "done"):
        raise ImportStateError(file_name=view.row.file_name, state=view.row.state, needed="was not", act="started")
    if view.row.state != "taken":
        return view
    variables, fields = await variables_of(session, view.row.task_id), await list_fields(session)
    columns = _kept(view.row, variables, fields)
    if places is not None:
        columns = choose(columns, columns.heading_row if heading_row is None else heading_row, places)
        _check(columns, variables, fields, view.row.file_name)
    if missing := missing_columns(columns, variables):
        raise ColumnsNotChosenError(file_name=view.row.file_name, missing=", ".join(missing), where="places")
    await _begin(session, view.row, columns)
    return await get(session, import_id)


async def get(session: AsyncSession, import_id: UUID) -> ImportView:
    """Return an import. Raises NotFoundError."""
    found = await repository.get_import(session, import_id)
    if found is None:
        raise NotFoundError(thing="import", key=import_id)
    return found


async def get_with_file(session: AsyncSession, import_id: UUID) -> ImportView:
    """Return an import whose file is still kept. Raises NotFoundError, ImportFileGoneError."""
    view = await get(session, import_id)
    if view.row.file_deleted_at is not None:
        raise ImportFileGoneError(file_name=view.row.file_name, deleted=view.row.file_deleted_at)
    return view


async def get_with_failed_rows(session: AsyncSession, import_id: UUID) -> ImportView:
    """Return an import that is done and has rows to be repaired.

    Raises NotFoundError, ImportStateError, NoFailedRowsError, ImportFileGoneError.
    """
    view = await get(session, import_id)
    if view.row.state != "done":
        raise ImportStateError(
            file_name=view.row.file_name, state=view.row.state, needed="is done", act="asked for failed rows"
        )
    if view.row.failed == 0:
        raise NoFailedRowsError(file_name=view.row.file_name)
    return await get_with_file(session, import_id)


async def list_imports(
    session: AsyncSession, *, task_id: UUID | None = None, after: UUID | None = None, limit: int = 50
) -> list[ImportView]:
    """Return imports, the newest first."""
    return await repository.get_imports(session, task_id=task_id, after=after, limit=limit)


async def call_off(session: AsyncSession, import_id: UUID, *, now: datetime) -> ImportView:
    """Let a file not be imported: nothing of it is. Raises NotFoundError, ImportStateError where it is over."""
    called_off = await repository.move(session, import_id, repository.OPEN, state="cancelled", ended_at=now)
    view = await get(session, import_id)  # as it is by now: it may have been done a moment before
    if not called_off:
        raise ImportStateError(
            file_name=view.row.file_name, state=view.row.state, needed="is not over", act="called off"
        )
    await _tell_of_end(session, import_id)
    return view


async def tell_progress(session: AsyncSession, row: ImportRow, progress: float) -> bool:
    """Note how much is done, 0 to 1; return whether it is to go on."""
    goes_on = await repository.move(session, row.id, UNDER_WAY, state="running", progress=progress)
    if goes_on:
        await tell(session, row)
    return goes_on


async def finish(session: AsyncSession, row: ImportRow, result: ImportResult, *, now: datetime) -> bool:
    """Note what became of the rows, unless it was called off meanwhile; return whether it was noted."""
    done = await repository.move(
        session,
        row.id,
        UNDER_WAY,
        state="done",
        progress=1.0,
        ended_at=now,
        rows=result.rows,
        imported=result.imported,
        updated=result.updated,
        unchanged=result.unchanged,
        duplicates=result.duplicates,
        changed_in_task=result.changed_in_task,
        too_late=result.too_late,
        already_in_task=result.already_in_task,
        failed=len(result.faults),
        faults=FAULTS.dump_python(result.faults, mode="json"),
    )
    if done:
        await _tell_of_end(session, row.id)
    return done


async def fail(session: AsyncSession, import_id: UUID, why: str, *, now: datetime) -> bool:
    """Note that a file can't be imported, and why: a stable code; return whether it was under way."""
    failed = await repository.move(session, import_id, UNDER_WAY, state="failed", failure=why, ended_at=now)
    if failed:
        await _tell_of_end(session, import_id)
    return failed


async def tell(session: AsyncSession, row: ImportRow) -> None:
    """Tell open pages that an import got on."""
    news = {"tenant": row.tenant_id, "import": row.id, "kind": "import"}
    await publish(session, Channel.BROWSER, news)


async def get_faults(session: AsyncSession, import_id: UUID, *, first: int, count: int) -> Sequence[RowFault]:
    """Return some of the rows that were not taken, in their order. Raises NotFoundError."""
    await get(session, import_id)
    return await repository.get_faults(session, import_id, first, count)


async def get_reasons(session: AsyncSession, import_id: UUID, language: str) -> dict[int, str]:
    """Return why each row was not taken, in words, by its number."""
    told: dict[str, str] = {}  # a hundred thousand rows have a handful of reasons
    found = repository.get_reasons(session, import_id)
    return {
        row: told.setdefault(why, why)
        async for row, code, fields in found
        for why in (reason_for(code, fields, language),)
    }


async def _take_again(session: AsyncSession, view: ImportView, sent: NewImport, sha256: str) -> Taken:
    if (view.row.task_id, view.row.file_sha256) != (sent.task_id, sha256):
        raise ImportKeyError(key=sent.key)
    preview = await _look_again(session, view.row, sent.content)
    if view.row.state == "taken":
        _check_headings(sent, preview)
    return Taken(view, preview)


async def _begin(session: AsyncSession, row: ImportRow, columns: Columns) -> None:
    kept = COLUMNS.dump_python(columns, mode="json")
    if await repository.move(session, row.id, ("taken",), state="waiting", columns=kept):
        await enqueue(session, JOB, row.id)
        await tell(session, row)


async def _tell_of_end(session: AsyncSession, import_id: UUID) -> None:
    row = (await get(session, import_id)).row
    await tell(session, row)
    counts = {name: getattr(row, name) for name in COUNTS}
    done = {"import_id": row.id, "task_id": row.task_id, "state": row.state, "failure": row.failure, **counts}
    await outbox.publish(session, [Event(row.tenant_id, ImportDone.model_validate(done))])


async def _look(session: AsyncSession, task_id: UUID, content: bytes, file_name: str) -> Preview:
    """Return the beginning of a file, its columns corrected as they were for one with the same headings before."""
    variables, fields = await variables_of(session, task_id), await list_fields(session)
    preview = await asyncio.to_thread(
        preview_customers, content, file_name=file_name, variables=variables, fields=fields
    )
    before = await repository.get_columns_alike(session, task_id, preview.columns.alike)
    if before is None:
        return preview
    columns = correct(preview.columns, before.corrected, possible_keys(variables, fields))
    return replace(preview, columns=columns, missing=missing_columns(columns, variables))


async def _look_again(session: AsyncSession, row: ImportRow, content: bytes) -> Preview:
    """Return the beginning of a file as it is read once it is started, whatever was imported since it was sent."""
    variables, fields = await variables_of(session, row.task_id), await list_fields(session)
    columns = _kept(row, variables, fields)
    return await asyncio.to_thread(
        preview_customers, content, file_name=row.file_name, variables=variables, fields=fields, columns=columns
    )


def _kept(row: ImportRow, variables: Sequence[Variable], fields: Sequence[CustomField]) -> Columns:
    """Return how a file is read, without what no longer can stand in a column."""
    columns, possible = COLUMNS.validate_python(row.columns), possible_keys(variables, fields)
    return replace(columns, places={key: place for key, place in columns.places.items() if key in possible})


def _check_headings(sent: NewImport, preview: Preview) -> None:
    if sent.start and preview.missing:
        found = [heading for heading in preview.headings if heading]
        raise SpreadsheetColumnsError(file_name=sent.file_name, missing=list(preview.missing), found=found)


def _check(columns: Columns, variables: Sequence[Variable], fields: Sequence[CustomField], file_name: str) -> None:
    possible = possible_keys(variables, fields)
    for key, place in columns.places.items():
        if key not in possible or not 0 <= place < MOST_COLUMNS:
            raise NoSuchColumnError(file_name=file_name, key=key, place=place + 1, where="places")
