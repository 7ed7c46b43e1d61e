"""Consent noted of a task's customers, and what it means for their place in tasks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.consent import note_by_person
from callwright.contacts.drafts import Consent
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.kit.errors import NotFoundError
from callwright.tasks.news import tell_browsers, wake_leader

# Whoever the gate held for want of consent would else be asked about once a day.
RELEASE = text("""
    UPDATE task_customers AS entry SET due_at = :now
    WHERE entry.customer_id = ANY (CAST(:customers AS uuid[])) AND entry.state = 'waiting' AND entry.due_at > :now
      AND (
        SELECT gate_rule FROM attempts WHERE task_customer_id = entry.id ORDER BY number DESC LIMIT 1
      ) = 'unknown-consent'
    RETURNING entry.task_id
""")


async def note_consent(
    session: AsyncSession, task_id: UUID, task_customer_id: UUID, consent: Consent, *, by: UUID, now: datetime
) -> None:
    """Note that a customer of a task agreed to be called, or took that back. Raises NotFoundError."""
    found = await session.execute(
        select(TaskCustomerRow.customer_id, TaskCustomerRow.tenant_id).where(
            TaskCustomerRow.id == task_customer_id, TaskCustomerRow.task_id == task_id
        )
    )
    entry = found.one_or_none()
    if entry is None:
        raise NotFoundError(thing="customer", key=task_customer_id)
    noted = await note_by_person(session, entry.customer_id, consent, by=by)
    await release_held(session, noted, now)
    await tell_browsers(session, entry.tenant_id, task_id)


async def release_held(session: AsyncSession, customer_ids: Collection[UUID], now: datetime) -> None:
    """Let the gate be asked again about customers whom it held as nobody knew whether they agreed."""
    for task_id in set(await session.scalars(RELEASE, {"customers": list(customer_ids), "now": now})):
        await wake_leader(session, task_id)
