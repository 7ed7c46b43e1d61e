"""Customers in a task, looked at together so that something can be done with them before anybody else does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.drafts import NAME_VARIABLES
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.dialing.outcome import CustomerState
from callwright.dialogue.graph import Variable


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """A customer in a task, theirs until the transaction ends; ``name`` and ``fields`` are the book's."""

    id: UUID
    customer_id: UUID
    phone: str
    name: str
    fields: Mapping[str, str]
    variables: Mapping[str, str]
    zones: str
    state: CustomerState
    due_at: datetime | None
    last_phone_state: str | None

    def known(self, variables: Sequence[Variable]) -> dict[str, str]:
        """Return of each variable what is known: from this task, else from the customer book, else nothing."""
        return {one.name: self._known(one.name) for one in variables}

    def missing(self, variables: Sequence[Variable]) -> list[str]:
        """Return which of ``variables`` have to be known and are not."""
        return [one.name for one in variables if one.required and not self._known(one.name)]

    def _known(self, name: str) -> str:
        said = [self.variables.get(name, ""), self.fields.get(name, "")]
        if name in NAME_VARIABLES:
            said.append(self.name)
        return next((value.strip() for value in said if value.strip()), "")


async def hold_entries(session: AsyncSession, ids: Collection[UUID]) -> list[HeldEntry]:
    """Lock entries of tasks, in calling order; left out are those that somebody has at this moment to call them."""
    entry = TaskCustomerRow
    query = (
        select(
            entry.id,
            entry.customer_id,
            CustomerRow.phone,
            CustomerRow.name,
            CustomerRow.fields,
            entry.variables,
            entry.zones,
            entry.state,
            entry.due_at,
            entry.last_phone_state,
        )
        .join(CustomerRow, CustomerRow.id == entry.customer_id)
        .where(entry.id.in_(ids))
        .order_by(entry.position, entry.id)
        # The leader waits for nobody. What merely refers to an entry, as an attempt does, locks nobody out.
        .with_for_update(key_share=True, of=entry, skip_locked=True)
    )
    return [
        HeldEntry(entry_id, customer_id, phone, name, fields, variables, zones, CustomerState(state), due_at, last)
        for entry_id, customer_id, phone, name, fields, variables, zones, state, due_at, last in (
            await session.execute(query)
        )
    ]
