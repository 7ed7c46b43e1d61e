"""What happened with a customer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.timeline.schemas import EntryKind
from callwright.timeline.service import list_timeline
from callwright.web import present_timeline
from callwright.web.access import CustomerReader
from callwright.web.book_asked import editor_of
from callwright.web.paging import After, Limit, after_entry, entry_cursor, page
from callwright.web.schemas.timeline import Timeline

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/{customer_id}/timeline")
async def get_timeline(
    customer_id: UUID,
    asking: CustomerReader,
    kind: Annotated[set[EntryKind] | None, Query(description="Only of these kinds; else of all.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Timeline:
    """Everything that happened with the person, under whichever of their numbers, the latest first."""
    behind, editor = after_entry(after), editor_of(asking)
    async with asking.transaction() as session:
        found = await list_timeline(session, customer_id, editor, kinds=kind or (), behind=behind, limit=limit + 1)
    shown, following = page(found, limit, entry_cursor)
    return present_timeline.timeline(shown, following, masks=asking.masks)
