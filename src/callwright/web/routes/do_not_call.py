"""The company's do-not-call list."""

from uuid import UUID

from fastapi import APIRouter, Request

from callwright.contacts.do_not_call_numbers import read_lines
from callwright.web import do_not_call
from callwright.web.access import DoNotCallAdder, DoNotCallChanger, DoNotCallReader
from callwright.web.do_not_call import OWN, Note, Wanted
from callwright.web.paging import After, Limit
from callwright.web.schemas.base import Page
from callwright.web.schemas.do_not_call import (
    DoNotCallAdded,
    DoNotCallDetail,
    DoNotCallEntry,
    DoNotCallRemoval,
    NewDoNotCall,
)
from callwright.web.uploads import FILE_FORM, take_upload

router = APIRouter(prefix="/do-not-call", tags=["do-not-call"])


@router.get("")
async def list_do_not_call(
    asking: DoNotCallReader, wanted: Wanted, limit: Limit = 50, after: After = None
) -> Page[DoNotCallEntry]:
    """Numbers that the company doesn't call, the newest first."""
    return await do_not_call.list_entries(asking, OWN, wanted, limit, after)


@router.post("")
async def add_to_do_not_call(body: NewDoNotCall, asking: DoNotCallAdder) -> DoNotCallAdded:
    """List numbers: every good one; the others are told with their reasons."""
    sheet = read_lines(body.phones, region=asking.who.region)
    return await do_not_call.add_lines(asking, OWN, sheet, body.note)


@router.post("/imports", openapi_extra=FILE_FORM)
async def import_do_not_call(asking: DoNotCallChanger, request: Request, note: Note = "") -> DoNotCallAdded:
    """List the numbers of a file: the column with a heading for them, or the first that holds any."""
    return await do_not_call.add_file(asking, OWN, await take_upload(request), note)


@router.get("/{entry_id}")
async def get_do_not_call(entry_id: UUID, asking: DoNotCallReader) -> DoNotCallDetail:
    """An entry, with everything that the list ever knew of its number."""
    return await do_not_call.get_entry(asking, OWN, entry_id)


@router.post("/{entry_id}/removal")
async def take_off_do_not_call(entry_id: UUID, body: DoNotCallRemoval, asking: DoNotCallChanger) -> DoNotCallDetail:
    """Take a number off the list; who did it, when and why stays with it."""
    return await do_not_call.take_off(asking, OWN, entry_id, body.why)
