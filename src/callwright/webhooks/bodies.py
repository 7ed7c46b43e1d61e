"""What a webhook is sent: the envelope of Standard Webhooks around what happened."""

import json
from datetime import UTC, datetime
from uuid import UUID

from callwright.db.outbox import StoredEvent
from callwright.webhooks.schemas import TEST


def of_event(event: StoredEvent) -> str:
    """Return the body that tells of an event."""
    return _body(event.data.kind, event.at, event.data.model_dump(mode="json"))


def of_test(webhook_id: UUID, now: datetime) -> str:
    """Return the body of a test."""
    return _body(TEST, now, {"webhook_id": str(webhook_id)})


def _body(kind: str, at: datetime, data: dict[str, object]) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": moment, "data": data}, separators=(",", ":"))
