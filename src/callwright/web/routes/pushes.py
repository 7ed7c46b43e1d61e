"""What people were told in their chats, sending it again, and the links in it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.calls.service import get_call
from callwright.chats.service import list_reachable
from callwright.pushing import service
from callwright.pushing.links import call_of
from callwright.pushing.schemas import PushState
from callwright.pushing.service import PushFilter
from callwright.web.access import CallReader, PushKeeper, TaskChanger
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.present_pushes import shown_push
from callwright.web.schemas.base import Page
from callwright.web.schemas.pushing import Push, PushedCall, PushLink, Reachable

router = APIRouter(tags=["pushes"])


@router.get("/pushers")
async def list_pushers(asking: TaskChanger) -> list[Reachable]:
    """Who can be told in a chat: people of the company who have one bound."""
    async with asking.transaction() as session:
        return [Reachable.model_validate(one) for one in await list_reachable(session)]


@router.get("/pushes")
async def list_pushes(
    asking: PushKeeper,
    state: Annotated[PushState | None, Query()] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[Push]:
    """What people were told in chats or are to be, the newest first; tests are not among it."""
    async with asking.transaction() as session:
        found = await service.list_pushes(session, PushFilter(state=state), after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda view: view.id)
    return Page(items=[shown_push(view) for view in shown], next=cursor)


@router.post("/pushes/{push_id}/again", status_code=202)
async def send_push_again(push_id: UUID, asking: PushKeeper) -> Push:
    """Send a push again, and keep trying for four hours if need be."""
    async with asking.transaction() as session:
        return shown_push(await service.send_again(session, push_id, now=asking.now))


@router.get("/calls/{call_id}/pushes")
async def list_call_pushes(call_id: UUID, asking: CallReader) -> list[Push]:
    """Who was told of a call."""
    async with asking.transaction() as session:
        await get_call(session, call_id, scope=asking.scope)
        found = await service.list_pushes(session, PushFilter(call_id=call_id), limit=1000)
    return [shown_push(view) for view in found]


@router.post("/push-links")
async def open_push_link(body: PushLink, asking: CallReader) -> PushedCall:
    """Find the call that a link in a chat leads to, for two weeks."""
    call_id = call_of(body.token, asking.who.tenant_id, box=asking.parts.box, now=asking.now)
    async with asking.transaction() as session:
        await get_call(session, call_id, scope=asking.scope)
    return PushedCall(call_id=call_id)
