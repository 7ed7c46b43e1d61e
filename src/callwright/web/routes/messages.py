"""Messages that were sent to customers or wait to be; and what gateways tell of them."""

import hmac
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from callwright.calls.service import get_call
from callwright.channels.gateway import told_by
from callwright.channels.gateway_template import GatewayTemplate
from callwright.kit.errors import NotFoundError
from callwright.kit.phone import masked
from callwright.messaging.answers import take_in
from callwright.messaging.channels import get_channel
from callwright.messaging.listing import MessageFilter, list_messages
from callwright.messaging.schemas import MessageState, MessageView, Provider, ReplyView
from callwright.web.access import CallReader, MessageReader
from callwright.web.masking import without_numbers
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.parts import parts_of
from callwright.web.schemas.base import Named, Page
from callwright.web.schemas.messages import Message, MessageReply

router = APIRouter(tags=["messages"])


@router.get("/messages")
async def list_sent_messages(
    asking: MessageReader,
    state: Annotated[MessageState | None, Query()] = None,
    task_id: Annotated[UUID | None, Query()] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[Message]:
    """Messages to customers, the newest first."""
    wanted = MessageFilter(state=state, task_id=task_id)
    async with asking.transaction() as session:
        found = await list_messages(session, wanted, scope=asking.scope, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda view: view.id)
    return Page(items=[_shown(view, masks=asking.masks) for view in shown], next=cursor)


@router.get("/calls/{call_id}/messages")
async def list_call_messages(call_id: UUID, asking: CallReader) -> list[Message]:
    """Messages that a call led to."""
    async with asking.transaction() as session:
        await get_call(session, call_id, scope=asking.scope)
        found = await list_messages(session, MessageFilter(call_id=call_id), scope=asking.scope)
    return [_shown(view, masks=asking.masks) for view in found]


@router.post("/message-callbacks/{channel_id}", status_code=204)
async def take_message_callback(
    channel_id: UUID, request: Request, key: Annotated[str, Query(max_length=200, description="What proves it.")]
) -> None:
    """Take what a gateway tells: receipts and replies, as JSON or as a form. Nobody signs in: the key proves it."""
    parts = parts_of(request)
    body = (await request.body()).decode(errors="replace")
    async with parts.database.system() as session:
        row = await get_channel(session, channel_id)
        if row.provider != Provider.GATEWAY or not hmac.compare_digest(
            parts.box.open(row.callback_key).encode(), key.encode()
        ):
            raise NotFoundError(thing="channel", key=channel_id)
        for incoming in told_by(GatewayTemplate.model_validate(row.config), body):
            await take_in(session, channel_id, incoming, now=parts.clock.now())


def _shown(view: MessageView, *, masks: bool) -> Message:
    return Message(
        id=view.id,
        created_at=view.created_at,
        call_id=view.call_id,
        task=Named(id=view.task_id, name=view.task_name),
        customer=Named(id=view.customer_id, name=view.customer_name),
        recipient=masked(view.recipient) if masks else view.recipient,
        kind=view.kind,
        text=without_numbers(view.text) if masks else view.text,
        segments=view.segments,
        price=view.price,
        sends_nothing=view.sends_nothing,
        state=view.state,
        why=view.why,
        detail=view.detail,
        due_at=view.due_at,
        sent_at=view.sent_at,
        ended_at=view.ended_at,
        replies=[_reply(one, masks=masks) for one in view.replies],
    )


def _reply(one: ReplyView, *, masks: bool) -> MessageReply:
    return MessageReply(at=one.at, text=without_numbers(one.text) if masks else one.text, opted_out=one.opted_out)
