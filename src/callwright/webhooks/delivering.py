"""What a worker sends to one webhook: claimed, sent, and what came of it noted.

What is claimed is due again after LEASE unless something was noted, so that a worker that dies loses nothing; the
message's id stays the same.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.webhooks import WebhookDeliveryRow, WebhookRow
from callwright.kit.secrets import SecretBox
from callwright.webhooks.retrying import is_given_up, next_try
from callwright.webhooks.schemas import TEST, Claimed, DeliveryState, Sending, Sent

LEASE = timedelta(seconds=60)
ANSWER_KEPT = 500

_DUE = WebhookDeliveryRow.state == DeliveryState.WAITING
_WANTED = or_(WebhookRow.active, WebhookDeliveryRow.kind == TEST)


async def claim(
    session: AsyncSession, webhook_id: UUID, *, box: SecretBox, most: int, now: datetime
) -> Sending | None:
    """Return what is due at a webhook, the longest due first; nothing where nothing is."""
    row = WebhookDeliveryRow
    due = (
        select(row, WebhookRow)
        .join(WebhookRow, WebhookRow.id == row.webhook_id)
        .where(row.webhook_id == webhook_id, _DUE, _WANTED, row.next_at <= now)
        .order_by(row.next_at, row.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=row)
    )
    pairs = (await session.execute(due)).all()
    if not pairs:
        return None
    for delivery, _ in pairs:
        delivery.next_at, delivery.tries = now + LEASE, delivery.tries + 1
    webhook = pairs[0][1]
    claimed = [Claimed(one.id, one.event_id, one.body, one.tries) for one, _ in pairs]
    return Sending(webhook.url, box.open(webhook.secret), claimed)


async def note(session: AsyncSession, webhook_id: UUID, sent: Sequence[Sent]) -> None:
    """Note what came of deliveries, when to try again, and whether the webhook works or is given up."""
    # The webhook first, as with whoever deletes it.
    wanted = select(WebhookRow).where(WebhookRow.id == webhook_id).with_for_update()
    webhook = await session.scalar(wanted)
    if webhook is None:
        return
    for one in sent:
        await session.execute(
            update(WebhookDeliveryRow)
            .where(WebhookDeliveryRow.id == one.delivery.id, _DUE, _is_news(one))
            .values(**_outcome(one))
            .execution_options(synchronize_session=False)
        )
    _note_health(webhook, sent)


async def find_due(session: AsyncSession, now: datetime) -> list[tuple[UUID, UUID]]:
    """Return (tenant, webhook) of each webhook at which something is due, in a transaction of the system."""
    row = WebhookDeliveryRow
    due = (
        select(WebhookRow.tenant_id, WebhookRow.id)
        .join(row, row.webhook_id == WebhookRow.id)
        .where(_DUE, _WANTED, row.next_at <= now)
        .distinct()
    )
    return [(tenant_id, webhook_id) for tenant_id, webhook_id in await session.execute(due)]


def _is_news(sent: Sent) -> ColumnElement[bool]:
    # Who was thought dead and comes late tells of a success alone: whoever tries since knows more of the rest.
    return true() if sent.succeeded else WebhookDeliveryRow.tries == sent.delivery.tries


def _outcome(sent: Sent) -> dict[str, object]:
    again = None if sent.succeeded else next_try(sent.delivery.id, sent.delivery.tries, sent.at)
    state = DeliveryState.DELIVERED if sent.succeeded else DeliveryState.FAILED
    return {
        "state": state if again is None else DeliveryState.WAITING,
        "next_at": again or sent.at,
        "tried_at": sent.at,
        "status": sent.status,
        "took_ms": sent.took_ms,
        "failure": sent.failure,
        "answer": sent.answer[:ANSWER_KEPT],
    }


def _note_health(webhook: WebhookRow, sent: Sequence[Sent]) -> None:
    last = sent[-1]
    if any(one.succeeded for one in sent):
        webhook.failing_since = None
        return
    if webhook.active and is_given_up(webhook.failing_since, last.status, last.at):
        webhook.active, webhook.given_up_at = False, last.at
    webhook.failing_since = webhook.failing_since or last.at
