"""Lists written to files: asked for, called off, taken."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from callwright.exports import service as exports
from callwright.web import present_exports
from callwright.web.access import Exporter
from callwright.web.downloads import attached
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.exports import Export, NewExport

router = APIRouter(prefix="/exports", tags=["exports"])


@router.post("", status_code=202)
async def ask_for_export(body: NewExport, asking: Exporter) -> Export:
    """Have a job worker write a list to a file; asked twice under one key, it is written once."""
    async with asking.transaction() as session:
        wanted = await present_exports.wanted(session, asking, body)
        view = await exports.ask(session, wanted, by=asking.who.user_id, now=asking.now)
        return present_exports.an_export(view)


@router.get("")
async def list_exports(asking: Exporter, limit: Limit = 50, after: After = None) -> Page[Export]:
    """Lists that were written to files, the newest first: who asked for which, and who took the file."""
    async with asking.transaction() as session:
        found = await exports.list_exports(session, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda view: view.row.id)
    return Page(items=[present_exports.an_export(view) for view in shown], next=cursor)


@router.get("/{export_id}")
async def get_export(export_id: UUID, asking: Exporter) -> Export:
    """An export, and how it gets on."""
    async with asking.transaction() as session:
        return present_exports.an_export(await exports.get(session, export_id))


@router.post("/{export_id}/cancel")
async def call_off_export(export_id: UUID, asking: Exporter) -> Export:
    """Let a list not be written: there is no file."""
    async with asking.transaction() as session:
        return present_exports.an_export(await exports.call_off(session, export_id, now=asking.now))


@router.get("/{export_id}/file", response_class=StreamingResponse)
async def get_export_file(export_id: UUID, asking: Exporter) -> StreamingResponse:
    """The file. That it was taken, by whom and when, is noted."""
    async with asking.transaction() as session:
        view = await exports.take_file(session, export_id, by=asking.who.user_id, now=asking.now)
    chunks = asking.parts.blobs.read(exports.file_key(asking.who.tenant_id, export_id))
    return StreamingResponse(chunks, media_type="application/octet-stream", headers=attached(view.row.file_name))
