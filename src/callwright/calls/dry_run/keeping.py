"""A dry run as it is kept: its answer as JSON, in which customers are only their ids."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.dry_run.schemas import DryRun
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskCustomerRow

_ANSWERS = TypeAdapter(DryRun)


def to_json(told: DryRun) -> dict[str, Any]:
    """Return an answer to be kept, without names and numbers."""
    kept: dict[str, Any] = _ANSWERS.dump_python(told, mode="json")
    for customer in _named(kept):
        customer.update(name="", phone="")
    return kept


async def from_json(session: AsyncSession, kept: Mapping[str, Any]) -> DryRun:
    """Return a kept answer with the customers as they are called now; who is gone by now is left out."""
    ids = [UUID(customer["id"]) for customer in _named(kept)]
    found = await session.execute(
        select(TaskCustomerRow.id, CustomerRow.name, CustomerRow.phone)
        .join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)
        .where(TaskCustomerRow.id.in_(ids))
    )
    known = {str(key): {"id": str(key), "name": name, "phone": phone} for key, name, phone in found}
    barriers = [
        {**barrier, "customers": [known[one["id"]] for one in barrier["customers"] if one["id"] in known]}
        for barrier in kept["cannot_be_called"]
    ]
    return _ANSWERS.validate_python({**kept, "cannot_be_called": barriers})


def _named(kept: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (customer for barrier in kept["cannot_be_called"] for customer in barrier["customers"])
