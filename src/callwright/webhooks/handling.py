"""From an event to what is to be sent: one delivery for each webhook that wants it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.events import KINDS
from callwright.db.jobs import Queue, enqueue
from callwright.db.outbox import Handler, StoredEvent
from callwright.db.tables.webhooks import WebhookDeliveryRow, WebhookRow
from callwright.kit.ids import new_id
from callwright.webhooks import bodies
from callwright.webhooks.service import JOB


async def _note_deliveries(session: AsyncSession, events: Sequence[StoredEvent]) -> None:
    for webhook in await session.scalars(select(WebhookRow).where(WebhookRow.active)):
        wanted = [event for event in events if event.data.kind in webhook.kinds]
        if wanted:
            rows = [
                {
                    "id": new_id(),
                    "tenant_id": event.tenant_id,
                    "webhook_id": webhook.id,
                    "event_id": event.id,
                    "kind": event.data.kind,
                    "body": bodies.of_event(event),
                    "next_at": event.at,
                }
                for event in wanted
            ]
            await session.execute(insert(WebhookDeliveryRow).values(rows).on_conflict_do_nothing())
            await enqueue(session, JOB, webhook.id, Queue.WEBHOOKS)


WEBHOOKS = Handler("webhooks", tuple(KINDS.values()), _note_deliveries)
