"""Files of customers: sent, looked at, imported by a job worker, and the rows that failed taken back."""

import asyncio
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from callwright.contacts.failed_rows import failed_rows
from callwright.contacts.field_list import list_fields
from callwright.imports import service as imports
from callwright.imports.forgetting import forget_file
from callwright.imports.schemas import COLUMNS, ImportView, NewImport
from callwright.kit.ids import new_id
from callwright.tasks import service as tasks
from callwright.tasks.service import variables_of
from callwright.web import present_imports
from callwright.web.access import Asking, TaskChanger, TaskReader
from callwright.web.downloads import attached
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page, RowFault
from callwright.web.schemas.imports import Import, ImportPreview, ImportTaken, StartImport
from callwright.web.schemas.keys import IdempotencyKey
from callwright.web.uploads import A_WORKBOOK, FILE_FORM, XLSX, upload_within

router = APIRouter(tags=["imports"])
FAULTS_TOLD = 200


@router.post("/tasks/{task_id}/imports", status_code=201, openapi_extra=FILE_FORM)
async def send_file(
    task_id: UUID,
    asking: TaskChanger,
    request: Request,
    start: Annotated[bool, Query(description="Import it at once, as its headings are understood.")] = False,
    idempotency_key: IdempotencyKey = None,
) -> ImportTaken:
    """Send a file of customers, and see how it is understood."""
    async with asking.transaction() as session:
        await tasks.get_task(session, task_id)  # an unknown task is told before a large file is read
    async with upload_within(request, asking.parts.reading_files) as upload:
        sent = NewImport(task_id, idempotency_key or new_id(), upload.file_name, upload.content, start)
        async with asking.transaction() as session:
            taken = await imports.take(session, sent, by=asking.who.user_id)
            variables, fields = await variables_of(session, task_id), await list_fields(session)
        view = await _kept(asking, taken, sent)
    shown = present_imports.preview(taken.preview, variables, fields)
    return ImportTaken.model_validate({"import": present_imports.an_import(view), "preview": shown})


async def _kept(asking: Asking, taken: imports.Taken, sent: NewImport) -> ImportView:
    try:
        async with asking.transaction() as session:
            return await imports.keep(session, asking.parts.blobs, taken, sent)
    except OSError:  # the disk is full: nothing is left to be started
        async with asking.transaction() as session:
            await imports.call_off(session, taken.view.row.id, now=asking.now)
        raise


@router.get("/imports")
async def list_imports(
    asking: TaskReader, task_id: UUID | None = None, limit: Limit = 50, after: After = None
) -> Page[Import]:
    """Files that were sent, the newest first."""
    async with asking.transaction() as session:
        found = await imports.list_imports(session, task_id=task_id, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda view: view.row.id)
    return Page(items=[present_imports.an_import(view) for view in shown], next=cursor)


@router.get("/imports/{import_id}")
async def get_import(import_id: UUID, asking: TaskReader) -> Import:
    """An import, and how it gets on."""
    async with asking.transaction() as session:
        return present_imports.an_import(await imports.get(session, import_id))


@router.get("/imports/{import_id}/preview")
async def get_preview(import_id: UUID, asking: TaskChanger) -> ImportPreview:
    """The beginning of a file, and how its columns were understood."""
    async with asking.parts.reading_files, asking.transaction() as session:
        taken = await imports.look_at(session, asking.parts.blobs, asking.who.tenant_id, import_id)
        variables, fields = await variables_of(session, taken.view.row.task_id), await list_fields(session)
    return present_imports.preview(taken.preview, variables, fields)


@router.post("/imports/{import_id}/start", status_code=202)
async def start_import(import_id: UUID, asking: TaskChanger, body: StartImport) -> Import:
    """Have a job worker import the file; started twice, it is imported once."""
    async with asking.transaction() as session:
        view = await imports.start(session, import_id, heading_row=body.heading_row, places=body.places)
        return present_imports.an_import(view)


@router.post("/imports/{import_id}/cancel")
async def call_off_import(import_id: UUID, asking: TaskChanger) -> Import:
    """Let a file not be imported: nothing of it is."""
    async with asking.transaction() as session:
        await imports.call_off(session, import_id, now=asking.now)
    await forget_file(asking.parts.database, asking.parts.blobs, asking.who.tenant_id, import_id, asking.now)
    return await get_import(import_id, asking)


@router.get("/imports/{import_id}/faults")
async def list_faults(
    import_id: UUID,
    asking: TaskReader,
    first: Annotated[int, Query(ge=0, le=1_000_000, description="How many of them to pass over.")] = 0,
) -> list[RowFault]:
    """Up to 200 rows that were not taken, each with its reason."""
    async with asking.transaction() as session:
        found = await imports.get_faults(session, import_id, first=first, count=FAULTS_TOLD)
    return present_imports.faults(found, masks=asking.masks)


@router.get("/imports/{import_id}/failed-rows", response_class=Response, responses=A_WORKBOOK)
async def get_failed_rows(
    import_id: UUID, asking: TaskChanger, language: Annotated[Literal["en", "zh"], Query()] = "en"
) -> Response:
    """An XLSX of the rows that were not taken, as they were sent, with the reason in a last column."""
    async with asking.transaction() as session:
        view = await imports.get_with_failed_rows(session, import_id)
    async with asking.parts.reading_files:
        async with asking.transaction() as session:
            reasons = await imports.get_reasons(session, import_id, language)
        book = await asyncio.to_thread(
            failed_rows,
            await imports.read_file(asking.parts.blobs, asking.who.tenant_id, import_id),
            file_name=view.row.file_name,
            columns=COLUMNS.validate_python(view.row.columns),
            reasons=reasons,
            language=language,
        )
    stem = view.row.file_name.rsplit(".", 1)[0]
    return Response(book, media_type=XLSX, headers=attached(f"{stem} - failed rows.xlsx"))


@router.get("/imports/{import_id}/file", response_class=StreamingResponse)
async def get_file(import_id: UUID, asking: TaskChanger) -> StreamingResponse:
    """The file as it was sent."""
    async with asking.transaction() as session:
        view = await imports.get_with_file(session, import_id)
    chunks = asking.parts.blobs.read(imports.file_key(asking.who.tenant_id, import_id))
    return StreamingResponse(chunks, media_type="application/octet-stream", headers=attached(view.row.file_name))
