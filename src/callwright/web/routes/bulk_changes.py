"""Changes of many customers at once: asked for, looked at, taken back."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Act, require
from callwright.contacts import bulk
from callwright.contacts.bulk import BulkChangeView, Whom
from callwright.contacts.bulk_statements import BulkAct
from callwright.web.access import Asking, CustomerChanger, CustomerReader
from callwright.web.book_asked import editor_of, filter_of
from callwright.web.masking import hides_of_book
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.bulk_changes import Assign, BulkChange, NewBulkChange

router = APIRouter(prefix="/customers/bulk-changes", tags=["customers"])


@router.post("", status_code=202)
async def ask_for_bulk_change(body: NewBulkChange, asking: CustomerChanger) -> BulkChange:
    """Have a job worker change many customers; asked twice under one key, it is done once."""
    if isinstance(body.change, Assign):
        require(asking.who.role, Act.ASSIGN_CUSTOMERS)
    given = body.change.model_dump()
    async with asking.transaction() as session:
        wanted = bulk.NewBulkChange(
            key=body.key,
            act=BulkAct(body.change.act),
            whom=await _whom(session, asking, body),
            value=given.get("tag") or given.get("category") or "",
            owner_id=given.get("owner_id"),
        )
        return _shown(await bulk.ask(session, wanted, by=asking.who.user_id))


@router.get("")
async def list_bulk_changes(asking: CustomerReader, limit: Limit = 50, after: After = None) -> Page[BulkChange]:
    """Changes of many customers, the newest first."""
    async with asking.transaction() as session:
        found = await bulk.list_changes(session, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda view: view.row.id)
    return Page(items=[_shown(view) for view in shown], next=cursor)


@router.get("/{bulk_change_id}")
async def get_bulk_change(bulk_change_id: UUID, asking: CustomerReader) -> BulkChange:
    """A change, and how it gets on."""
    async with asking.transaction() as session:
        return _shown(await bulk.get(session, bulk_change_id))


@router.post("/{bulk_change_id}/undo", status_code=202)
async def undo_bulk_change(bulk_change_id: UUID, asking: CustomerChanger) -> BulkChange:
    """Have a change taken back of those customers whom nobody changed likewise since."""
    async with asking.transaction() as session:
        return _shown(await bulk.undo(session, bulk_change_id, editor_of(asking)))


async def _whom(session: AsyncSession, asking: Asking, body: NewBulkChange) -> Whom:
    scope = asking.scope
    if body.matching is None:
        return Whom(scope, ids=sorted(set(body.ids or ())))
    wanted = filter_of(asking, body.matching)
    hides = await hides_of_book(session, asking, wanted)
    return Whom(scope, ids=()) if hides else Whom(scope, matching=wanted)


def _shown(view: BulkChangeView) -> BulkChange:
    row = view.row
    shown = {name: getattr(row, name) for name in BulkChange.model_fields.keys() & set(dir(row))}
    names = {"asked_by": view.asked_by, "owner": view.owner}
    return BulkChange.model_validate({**shown, **names, "asked_at": row.created_at, "failure": row.failure or None})
