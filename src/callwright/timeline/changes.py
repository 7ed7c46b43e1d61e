"""What people changed of a customer on the time line, one source for each kind of change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, cast, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerChangeRow
from callwright.timeline.placing import placed
from callwright.timeline.schemas import (
    Changed,
    Entry,
    EntryKind,
    FollowUpChanged,
    InBulk,
    NothingMore,
    OwnerChanged,
    Person,
    Place,
    Source,
    What,
)

OF_THEIR_OWN = {
    EntryKind.NOTE: "notes",
    EntryKind.FOLLOW_UP: "follow_up_at",
    EntryKind.OWNER: "owner_id",
    EntryKind.MERGE: "merged",
}
"""The parts that are told each as a kind of its own."""
GIVEN = aliased(UserRow)


def changes(kind: EntryKind) -> Source:
    """Return the source of one kind of change."""

    async def found(session: AsyncSession, person: Person, behind: Place | None, most: int) -> Sequence[Entry]:
        row = CustomerChangeRow
        given_to = cast(row.detail["owner_id"].astext, Uuid)
        query = (
            select(row, UserRow.name, GIVEN.name)
            .outerjoin(UserRow, UserRow.id == row.changed_by)
            .outerjoin(GIVEN, GIVEN.id == given_to)
            .where(row.customer_id.in_(person.customer_ids))
        )
        if kind is EntryKind.CHANGE:
            others = row.what.op("-")(literal([*OF_THEIR_OWN.values()], ARRAY(Text)))
            query = query.where(others != literal([], JSONB))
        else:
            query = query.where(row.what.op("?")(OF_THEIR_OWN[kind]))
        rows = await session.execute(placed(query, row.changed_at, row.id, kind, behind, most))
        return [
            Entry(kind, change.changed_at, change.id, who, _what(kind, change, owner))
            for change, who, owner in rows
        ]

    return found


def _what(kind: EntryKind, row: CustomerChangeRow, owner: str | None) -> What:
    detail: Mapping[str, Any] = row.detail or {}
    bulk = InBulk(detail["act"], detail.get("value"), detail["undone"]) if "act" in detail else None
    if kind is EntryKind.CHANGE:
        return Changed([part for part in row.what if part not in OF_THEIR_OWN.values()], bulk)
    if kind is EntryKind.OWNER:
        # Who is gone since was somebody: that the customer was nobody's would be wrong.
        known = "owner_id" in detail and (detail["owner_id"] is None or owner is not None)
        return OwnerChanged(owner, known, bulk)
    if kind is EntryKind.FOLLOW_UP:
        due = detail.get("follow_up_at")
        return FollowUpChanged(datetime.fromisoformat(due) if due else None, "follow_up_at" in detail)
    return NothingMore()
