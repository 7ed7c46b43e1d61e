"""The outbox: events written with the change that they tell of, and handed to those who act upon them.

``publish`` is part of the transaction that changes something, so that there is no change without its event and no
event without its change. A worker hands each event to every handler of its kind.
"""

import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.events import KINDS, EventData
from callwright.db.news import Channel
from callwright.db.session import Database
from callwright.db.tables.events import EventRow
from callwright.kit.ids import first_id_at, new_id

log = structlog.get_logger(__name__)

# In one statement with the news of it, as calls end one every few milliseconds.
ADD = text(f"""
    WITH added AS (
        INSERT INTO events (id, tenant_id, kind, data)
        SELECT id, tenant_id, kind, data
        FROM jsonb_to_recordset(CAST(:events AS jsonb)) AS given (id uuid, tenant_id uuid, kind text, data jsonb)
        RETURNING 1
    )
    SELECT pg_notify('{Channel.EVENTS}', '{{}}') FROM added LIMIT 1
""")  # noqa: S608 - made of constants alone
FORGET = text("""
    DELETE FROM events WHERE id IN
        (SELECT id FROM events WHERE id < :before AND handled_at IS NOT NULL LIMIT :most FOR UPDATE SKIP LOCKED)
    RETURNING id
""")
FORGOTTEN_AT_ONCE = 5000
UNREADABLE_KNOWN = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a tenant's things."""

    tenant_id: UUID
    data: EventData


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it is handed on; ``at`` is when it was written."""

    id: UUID
    tenant_id: UUID
    at: datetime
    data: EventData


@dataclass(frozen=True, slots=True)
class Handler:
    """Who acts upon events of some kinds.

    ``handle`` gets events of one tenant, in a transaction of that tenant, and writes there what is to be done about
    them, with the jobs that do it: it talks to nobody outside, and does not wait. What it writes is committed
    together with the fact that the events are handled, so that it acts once upon each. Where it raises, they are
    handed to it one by one, later and again, while other handlers go on.
    """

    name: str
    of: Collection[type[EventData]]
    handle: Callable[[AsyncSession, Sequence[StoredEvent]], Awaitable[None]]


async def publish(session: AsyncSession, events: Sequence[Event]) -> None:
    """Write events, in their order; they become known when the transaction of ``session`` commits."""
    if not events:
        return
    rows = [
        {
            "id": str(key),
            "tenant_id": str(event.tenant_id),
            "kind": event.data.kind,
            "data": event.data.model_dump(mode="json"),
        }
        for key, event in zip(sorted(new_id() for _ in events), events, strict=True)
    ]
    await session.execute(ADD, {"events": json.dumps(rows)})


async def tenants_with_news(session: AsyncSession) -> Sequence[UUID]:
    """Return whose events wait to be handled, in a transaction of the system."""
    waiting = select(EventRow.tenant_id).where(EventRow.handled_at.is_(None)).distinct()
    return (await session.scalars(waiting)).all()


async def take(session: AsyncSession, *, most: int) -> list[StoredEvent]:
    """Return events of the transaction's tenant that wait, the oldest first, held until the transaction ends.

    What a later version of the program wrote otherwise waits for a worker of that version.
    """
    waiting = select(EventRow).where(EventRow.handled_at.is_(None), EventRow.kind.in_(list(KINDS)))
    held = waiting.order_by(EventRow.id).limit(most).with_for_update(skip_locked=True)
    return [event for row in await session.scalars(held) if (event := _readable(row)) is not None]


async def note_handled(session: AsyncSession, events: Sequence[StoredEvent]) -> None:
    """Let events be handled, but for what :func:`leave` left of them."""
    of_them = update(EventRow).where(EventRow.id.in_([event.id for event in events]))
    await session.execute(of_them.values(handled_at=func.now()).execution_options(synchronize_session=False))


async def leave(session: AsyncSession, events: Sequence[StoredEvent], handler: str) -> None:
    """Note that a handler has yet to act upon events."""
    of_them = update(EventRow).where(EventRow.id.in_([event.id for event in events]))
    left = func.jsonb_build_array(handler)
    await session.execute(
        of_them.values(left_to=EventRow.left_to.op("||")(left)).execution_options(synchronize_session=False)
    )


async def take_left(session: AsyncSession, event_id: UUID, handler: str) -> StoredEvent | None:
    """Return an event that was left to a handler, ``None`` where it acted already; with this transaction it has."""
    row = await session.scalar(select(EventRow).where(EventRow.id == event_id).with_for_update())
    if row is None or handler not in row.left_to:
        return None
    row.left_to = [name for name in row.left_to if name != handler]
    return _stored(row)


async def forget_events(database: Database, now: datetime, *, kept: timedelta) -> int:
    """Delete events that were handled and are older than ``kept``; return how many."""
    forgotten = 0
    while True:
        async with database.system() as session:
            given = {"before": first_id_at(now - kept), "most": FORGOTTEN_AT_ONCE}
            gone = len((await session.scalars(FORGET, given)).all())
        forgotten += gone
        if gone < FORGOTTEN_AT_ONCE:
            return forgotten


def _stored(row: EventRow) -> StoredEvent:
    return StoredEvent(row.id, row.tenant_id, row.created_at, KINDS[row.kind].model_validate(row.data))


def _readable(row: EventRow) -> StoredEvent | None:
    try:
        return _stored(row)
    except ValidationError as error:
        _tell_unreadable(row.id, row.kind, error.error_count())
        return None


@lru_cache(maxsize=UNREADABLE_KNOWN)
def _tell_unreadable(event_id: UUID, kind: str, faults: int) -> None:
    """Log it once, though the event is met in every round."""
    log.warning("an event can't be read", id=str(event_id), kind=kind, faults=faults)
