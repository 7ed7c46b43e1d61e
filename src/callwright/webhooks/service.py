"""Webhooks of a company: made, changed, tested, deleted; what was sent to them, and sending it again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.addresses import Reach, read_target
from callwright.db.events import KINDS
from callwright.db.jobs import Queue, enqueue
from callwright.db.tables.webhooks import WebhookDeliveryRow, WebhookRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.secrets import SecretBox
from callwright.webhooks import bodies
from callwright.webhooks.errors import StillWaitingError, TooManyWebhooksError, UnknownEventKindError
from callwright.webhooks.schemas import TEST, DeliveryState, WebhookDraft
from callwright.webhooks.signing import new_secret

JOB = "webhook"
MOST = 20
"""Webhooks of a company."""


async def list_webhooks(session: AsyncSession) -> Sequence[WebhookRow]:
    """Return the webhooks, the oldest first."""
    return (await session.scalars(select(WebhookRow).order_by(WebhookRow.id))).all()


async def get_webhook(session: AsyncSession, webhook_id: UUID, *, lock: bool = False) -> WebhookRow:
    """Return a webhook. Raises NotFoundError."""
    wanted = select(WebhookRow).where(WebhookRow.id == webhook_id)
    row = await session.scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise NotFoundError(thing="webhook", key=webhook_id)
    return row


async def make_webhook(
    session: AsyncSession, draft: WebhookDraft, *, reach: Reach, box: SecretBox
) -> tuple[WebhookRow, str]:
    """Make a webhook; return it with its secret, which nothing tells again.

    Raises OutsideAddressError, UnknownEventKindError, TooManyWebhooksError.
    """
    _check(draft, reach)
    if (await session.scalar(select(func.count()).select_from(WebhookRow)) or 0) >= MOST:
        raise TooManyWebhooksError(most=MOST)
    secret = new_secret()
    row = WebhookRow(
        id=new_id(),
        name=draft.name,
        url=draft.url,
        kinds=list(draft.kinds),
        active=draft.active,
        secret=box.seal(secret),
    )
    session.add(row)
    await session.flush()
    return row, secret


async def change_webhook(
    session: AsyncSession, webhook_id: UUID, draft: WebhookDraft, *, reach: Reach
) -> WebhookRow:
    """Change a webhook; switched on, it gets what waits. Raises NotFoundError, and as :func:`make_webhook` does."""
    _check(draft, reach)
    row = await get_webhook(session, webhook_id, lock=True)
    switched_on = draft.active and not row.active
    row.name, row.url, row.kinds, row.active = draft.name, draft.url, list(draft.kinds), draft.active
    if switched_on:
        row.failing_since = row.given_up_at = None
        await enqueue(session, JOB, row.id, Queue.WEBHOOKS)
    await session.flush()
    return row


async def change_secret(session: AsyncSession, webhook_id: UUID, *, box: SecretBox) -> str:
    """Give a webhook another secret and return it; the former signs nothing any more. Raises NotFoundError."""
    row, secret = await get_webhook(session, webhook_id, lock=True), new_secret()
    row.secret = box.seal(secret)
    return secret


async def delete_webhook(session: AsyncSession, webhook_id: UUID) -> None:
    """Delete a webhook with the log of what was sent to it. Raises NotFoundError."""
    await session.delete(await get_webhook(session, webhook_id, lock=True))


async def test_webhook(session: AsyncSession, webhook_id: UUID, *, now: datetime) -> WebhookDeliveryRow:
    """Send a webhook a test, also while it is switched off. Raises NotFoundError."""
    await get_webhook(session, webhook_id)
    event_id = new_id()
    row = WebhookDeliveryRow(
        id=new_id(),
        webhook_id=webhook_id,
        event_id=event_id,
        kind=TEST,
        body=bodies.of_test(webhook_id, now),
        next_at=now,
    )
    session.add(row)
    await session.flush()
    await enqueue(session, JOB, webhook_id, Queue.WEBHOOKS)
    return row


async def list_deliveries(
    session: AsyncSession,
    webhook_id: UUID,
    *,
    state: DeliveryState | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[WebhookDeliveryRow]:
    """Return what was sent to a webhook, the newest first. Raises NotFoundError."""
    await get_webhook(session, webhook_id)
    row = WebhookDeliveryRow
    found = select(row).where(row.webhook_id == webhook_id).order_by(row.id.desc()).limit(limit)
    if state is not None:
        found = found.where(row.state == state)
    if after is not None:
        found = found.where(row.id < after)
    return (await session.scalars(found)).all()


async def get_delivery(
    session: AsyncSession, webhook_id: UUID, delivery_id: UUID, *, lock: bool = False
) -> WebhookDeliveryRow:
    """Return something that was sent to a webhook or waits to be. Raises NotFoundError."""
    row = WebhookDeliveryRow
    wanted = select(row).where(row.id == delivery_id, row.webhook_id == webhook_id)
    found = await session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise NotFoundError(thing="delivery", key=delivery_id)
    return found


async def replay(
    session: AsyncSession, webhook_id: UUID, delivery_id: UUID, *, now: datetime
) -> WebhookDeliveryRow:
    """Send something again that was sent or given up, under the same id, for a day if need be.

    Raises NotFoundError, StillWaitingError.
    """
    found = await get_delivery(session, webhook_id, delivery_id, lock=True)
    if found.state == DeliveryState.WAITING:
        raise StillWaitingError
    found.state, found.tries, found.next_at = DeliveryState.WAITING, 0, now
    await session.flush()
    await enqueue(session, JOB, webhook_id, Queue.WEBHOOKS)
    return found


async def forget_deliveries(session: AsyncSession, before: UUID) -> int:
    """Delete what was entered before the id ``before``; return how much."""
    row = WebhookDeliveryRow
    gone = await session.scalars(delete(row).where(row.id < before).returning(row.id))
    return len(gone.all())


def _check(draft: WebhookDraft, reach: Reach) -> None:
    read_target(draft.url, reach)
    for kind in draft.kinds:
        if kind not in KINDS:
            raise UnknownEventKindError(kind=kind, known=", ".join(KINDS), where="kinds")
