"""Movements of money as the API shows them."""

from uuid import UUID

from callwright.billing.statement import Entry
from callwright.web.schemas.base import Named
from callwright.web.schemas.money import LedgerEntry


def entry(found: Entry) -> LedgerEntry:
    """Show a movement."""
    return LedgerEntry.model_validate(
        {
            "id": found.id,
            "at": found.at,
            "kind": found.kind,
            "amount": found.amount,
            "task": _named(found.task_id, found.task),
            "test_call": found.is_for_test_call,
            "line": _named(found.line_id, found.line),
            "call_id": found.call_id,
            "entered_by": found.entered_by,
            "note": found.note,
        }
    )


def _named(key: UUID | None, name: str | None) -> Named | None:
    return Named(id=key, name=name) if key is not None and name is not None else None
