"""What holds for the whole installation, kept by its operator: numbers that no company here may call."""

from uuid import UUID

from fastapi import APIRouter, Request

from callwright.contacts.do_not_call_numbers import read_lines
from callwright.web import do_not_call
from callwright.web.access import InstallationKeeper
from callwright.web.do_not_call import INSTALLATION, Note, Wanted
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

router = APIRouter(prefix="/installation/do-not-call", tags=["installation"])


@router.get("")
async def list_installation_do_not_call(
    asking: InstallationKeeper, wanted: Wanted, limit: Limit = 50, after: After = None
) -> Page[DoNotCallEntry]:
    """Numbers that nobody in this installation calls, the newest first."""
    return await do_not_call.list_entries(asking, INSTALLATION, wanted, limit, after)


@router.post("")
async def add_to_installation_do_not_call(body: NewDoNotCall, asking: InstallationKeeper) -> DoNotCallAdded:
    """List numbers: every good one; the others are told with their reasons."""
    sheet = read_lines(body.phones, region=asking.who.region)
    return await do_not_call.add_lines(asking, INSTALLATION, sheet, body.note)


@router.post("/imports", openapi_extra=FILE_FORM)
async def import_installation_do_not_call(
    asking: InstallationKeeper, request: Request, note: Note = ""
) -> DoNotCallAdded:
    """List the numbers of a file: the column with a heading for them, or the first that holds any."""
    return await do_not_call.add_file(asking, INSTALLATION, await take_upload(request), note)


@router.get("/{entry_id}")
async def get_installation_do_not_call(entry_id: UUID, asking: InstallationKeeper) -> DoNotCallDetail:
    """An entry, with everything that the list ever knew of its number."""
    return await do_not_call.get_entry(asking, INSTALLATION, entry_id)


@router.post("/{entry_id}/removal")
async def take_off_installation_do_not_call(
    entry_id: UUID, body: DoNotCallRemoval, asking: InstallationKeeper
) -> DoNotCallDetail:
    """Take a number off the list; who did it, when and why stays with it."""
    return await do_not_call.take_off(asking, INSTALLATION, entry_id, body.why)
