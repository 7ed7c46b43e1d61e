"""Who wants no more messages of the company."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.kit.phone import masked
from callwright.messaging.opting_out import OptOut, Standing, list_opt_outs, take_back_opt_out
from callwright.web.access import Asking, MessageChanger, MessageReader
from callwright.web.masking import hides
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Named, Page
from callwright.web.schemas.message_opt_outs import MessageOptOut, OptOutRemoval, OptOutStanding

router = APIRouter(prefix="/message-opt-outs", tags=["messages"])


@router.get("")
async def list_message_opt_outs(
    asking: MessageReader,
    state: OptOutStanding = "listed",
    text: Annotated[str | None, Query(max_length=64, description="Part of a number.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[MessageOptOut]:
    """Numbers that opted out, the newest first."""
    async with asking.transaction() as session:
        found = await list_opt_outs(
            session, standing=Standing(state), text=text, after=after_id(after), limit=limit + 1
        )
    shown, cursor = page([] if hides(asking, text) else found, limit, lambda one: one.id)
    return Page(items=[_shown(one, asking) for one in shown], next=cursor)


@router.post("/{opt_out_id}/removal")
async def take_back_message_opt_out(opt_out_id: UUID, body: OptOutRemoval, asking: MessageChanger) -> MessageOptOut:
    """Let a number be written to again; who did it, when and why stays with it."""
    async with asking.transaction() as session:
        taken = await take_back_opt_out(
            session, opt_out_id, seen=body.at, by=asking.who.user_id, why=body.why, now=asking.now
        )
    return _shown(taken, asking)


def _shown(one: OptOut, asking: Asking) -> MessageOptOut:
    customer = None if one.customer_id is None else Named(id=one.customer_id, name=one.customer_name)
    return MessageOptOut(
        id=one.id,
        phone=masked(one.phone) if asking.masks else one.phone,
        customer=customer,
        at=one.at,
        said=one.said,
        removed_at=one.removed_at,
        removed_by=one.removed_by,
        removed_why=one.removed_why,
    )
