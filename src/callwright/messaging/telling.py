"""What is told of messages to those who act upon it."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.events import MessageStateChanged
from callwright.db.outbox import Event, publish

TOLD = ("held", "sent", "delivered", "failed", "unsent")


class Moved(Protocol):
    """A message with its state."""

    id: UUID
    tenant_id: UUID
    call_id: UUID
    task_id: UUID
    customer_id: UUID
    state: str
    why: str


def changed(message: Moved) -> Event | None:
    """Return what is told of a message that came into its state; nothing of one that is only on its way."""
    if message.state not in TOLD:
        return None
    data = MessageStateChanged(
        message_id=message.id,
        call_id=message.call_id,
        task_id=message.task_id,
        customer_id=message.customer_id,
        state=message.state,  # type: ignore[arg-type]
        why=message.why,
    )
    return Event(message.tenant_id, data)


async def tell(session: AsyncSession, events: Iterable[Event | None]) -> None:
    """Publish what there is to tell."""
    await publish(session, [event for event in events if event is not None])
