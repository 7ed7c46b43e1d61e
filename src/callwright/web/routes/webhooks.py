"""Webhooks: made, changed, tested; the log of what was sent, and sending it again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.db.events import KINDS
from callwright.web.access import WebhookKeeper
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.webhooks import Delivery, MadeWebhook, Webhook, WebhookDraft, WebhookSecret
from callwright.webhooks import schemas, service
from callwright.webhooks.schemas import DeliveryState

router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@router.get("")
async def list_webhooks(asking: WebhookKeeper) -> list[Webhook]:
    """Webhooks, the oldest first."""
    async with asking.transaction() as session:
        return [Webhook.model_validate(row) for row in await service.list_webhooks(session)]


@router.post("", status_code=201)
async def make_webhook(body: WebhookDraft, asking: WebhookKeeper) -> MadeWebhook:
    """Make a webhook. Its secret is told this once."""
    async with asking.transaction() as session:
        row, secret = await service.make_webhook(
            session, _draft(body), reach=asking.parts.reach, box=asking.parts.box
        )
    return MadeWebhook(**Webhook.model_validate(row).model_dump(), secret=secret)


@router.get("/kinds")
async def list_event_kinds(asking: WebhookKeeper) -> list[str]:
    """The kinds of events that there are."""
    return list(KINDS)


@router.get("/{webhook_id}")
async def get_webhook(webhook_id: UUID, asking: WebhookKeeper) -> Webhook:
    """A webhook."""
    async with asking.transaction() as session:
        return Webhook.model_validate(await service.get_webhook(session, webhook_id))


@router.put("/{webhook_id}")
async def change_webhook(webhook_id: UUID, body: WebhookDraft, asking: WebhookKeeper) -> Webhook:
    """Change a webhook, switch it off or on; switched on, it gets what waits."""
    async with asking.transaction() as session:
        changed = await service.change_webhook(session, webhook_id, _draft(body), reach=asking.parts.reach)
        return Webhook.model_validate(changed)


@router.delete("/{webhook_id}", status_code=204)
async def delete_webhook(webhook_id: UUID, asking: WebhookKeeper) -> None:
    """Delete a webhook, with the log of what was sent to it."""
    async with asking.transaction() as session:
        await service.delete_webhook(session, webhook_id)


@router.post("/{webhook_id}/secret")
async def change_webhook_secret(webhook_id: UUID, asking: WebhookKeeper) -> WebhookSecret:
    """Have another secret sign from now on; it is told this once."""
    async with asking.transaction() as session:
        return WebhookSecret(secret=await service.change_secret(session, webhook_id, box=asking.parts.box))


@router.post("/{webhook_id}/test", status_code=202)
async def test_webhook(webhook_id: UUID, asking: WebhookKeeper) -> Delivery:
    """Send a test, also to a webhook that is switched off; the log tells what came of it."""
    async with asking.transaction() as session:
        return Delivery.model_validate(await service.test_webhook(session, webhook_id, now=asking.now))


@router.get("/{webhook_id}/deliveries")
async def list_deliveries(
    webhook_id: UUID,
    asking: WebhookKeeper,
    state: Annotated[DeliveryState | None, Query()] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[Delivery]:
    """What was sent to a webhook or waits to be, the newest first."""
    async with asking.transaction() as session:
        found = await service.list_deliveries(
            session, webhook_id, state=state, after=after_id(after), limit=limit + 1
        )
    shown, cursor = page(found, limit, lambda row: row.id)
    return Page(items=[Delivery.model_validate(row) for row in shown], next=cursor)


@router.get("/{webhook_id}/deliveries/{delivery_id}")
async def get_delivery(webhook_id: UUID, delivery_id: UUID, asking: WebhookKeeper) -> Delivery:
    """Something that was sent to a webhook, or waits to be."""
    async with asking.transaction() as session:
        return Delivery.model_validate(await service.get_delivery(session, webhook_id, delivery_id))


@router.post("/{webhook_id}/deliveries/{delivery_id}/replay", status_code=202)
async def replay_delivery(webhook_id: UUID, delivery_id: UUID, asking: WebhookKeeper) -> Delivery:
    """Send something again under the same id, and keep trying for a day if need be."""
    async with asking.transaction() as session:
        return Delivery.model_validate(await service.replay(session, webhook_id, delivery_id, now=asking.now))


def _draft(body: WebhookDraft) -> schemas.WebhookDraft:
    return schemas.WebhookDraft(body.name, body.url, tuple(dict.fromkeys(body.kinds)), body.active)
