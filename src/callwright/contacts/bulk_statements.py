"""How one batch of customers is changed, and changed back: a statement each, which notes what it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.contacts import BulkChangeRow

MOST_TAGS = 30


class BulkAct(StrEnum):
    """What can be done with many customers at once."""

    ADD_TAG = "add_tag"
    REMOVE_TAG = "remove_tag"
    SET_CATEGORY = "set_category"
    ASSIGN = "assign"
    RELEASE = "release"
    """Give them back to the public pool."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an act ``sets`` where it ``applies``, and what it ``restores`` where that is ``still`` so.

    ``before`` is what has to be kept for that.
    """

    part: str
    sets: str
    applies: str
    restores: str
    still: str
    before: str = "NULL"


_TAGGED = "array_append(c.tags, CAST(:value AS varchar))"
_UNTAGGED = "array_remove(c.tags, CAST(:value AS varchar))"
_HAS = "CAST(:value AS varchar) = ANY (c.tags)"
_HAS_ROOM = f"NOT {_HAS} AND cardinality(c.tags) < {MOST_TAGS}"
_OWNED = "owner_id = CAST(:owner AS uuid)"
_BEFORE = "(SELECT users.id FROM users WHERE users.id = CAST(held.before AS uuid))"
_KINDS = {
    BulkAct.ADD_TAG: _Kind("tags", f"tags = {_TAGGED}", _HAS_ROOM, f"tags = {_UNTAGGED}", _HAS),
    BulkAct.REMOVE_TAG: _Kind("tags", f"tags = {_UNTAGGED}", _HAS, f"tags = {_TAGGED}", _HAS_ROOM),
    BulkAct.SET_CATEGORY: _Kind(
        "category",
        "category = CAST(:value AS varchar)",
        "c.category <> CAST(:value AS varchar)",
        "category = held.before",
        "c.category = CAST(:value AS varchar)",
        "c.category",
    ),
    BulkAct.ASSIGN: _Kind(
        "owner_id",
        _OWNED,
        "c.owner_id IS DISTINCT FROM CAST(:owner AS uuid)",
        f"owner_id = {_BEFORE}",
        "c." + _OWNED,
        "c.owner_id",
    ),
    BulkAct.RELEASE: _Kind(
        "owner_id",
        "owner_id = NULL",
        "c.owner_id IS NOT NULL",
        f"owner_id = {_BEFORE}",
        "c.owner_id IS NULL",
        "c.owner_id",
    ),
}
# An import locks customers in the order of their numbers, too: neither ever waits for the other in a circle.
_HELD = """
    WITH held AS MATERIALIZED (
        SELECT c.id, CAST({before} AS varchar) AS before FROM customers AS c {joined}
        WHERE c.id = ANY (CAST(:ids AS uuid[]))
          AND (CAST(:seen_by AS uuid) IS NULL OR c.owner_id IS NULL OR c.owner_id = CAST(:seen_by AS uuid))
        ORDER BY c.phone FOR UPDATE OF c
    ), changed AS (
        UPDATE customers AS c SET {sets}, revision = c.revision + 1 FROM held
        WHERE c.id = held.id AND {where} RETURNING c.id, c.revision, c.owner_id, held.before
    ), noted AS (
        INSERT INTO customer_changes (id, customer_id, revision, what, changed_by, changed_at, detail)
        SELECT gen_random_uuid(), id, revision, jsonb_build_array(CAST(:part AS varchar)), CAST(:by AS uuid),
            CAST(:now AS timestamptz),
            jsonb_build_object('act', CAST(:act AS varchar), 'undone', CAST(:undone AS boolean)) || {told}
        FROM changed
    )
"""
_VALUE = "jsonb_build_object('value', CAST(:value AS varchar))"
_NOTED = """
    INSERT INTO bulk_changed (id, bulk_change_id, customer_id, before)
    SELECT gen_random_uuid(), CAST(:change AS uuid), id, before FROM changed ON CONFLICT DO NOTHING RETURNING 1
"""
_APPLY = _HELD + _NOTED
_RESTORE = _HELD + " SELECT 1 FROM changed"  # noqa: S608 - made of constants alone
_JOINED = "JOIN bulk_changed AS was ON was.customer_id = c.id AND was.bulk_change_id = CAST(:change AS uuid)"


def _statements(kind: _Kind) -> tuple[TextClause, TextClause]:
    told = "jsonb_build_object('owner_id', owner_id)" if kind.part == "owner_id" else _VALUE
    return (
        text(_APPLY.format(before=kind.before, joined="", sets=kind.sets, where=kind.applies, told=told)),
        text(_RESTORE.format(before="was.before", joined=_JOINED, sets=kind.restores, where=kind.still, told=told)),
    )


_TEXTS = {act: _statements(kind) for act, kind in _KINDS.items()}


async def apply_to(
    session: AsyncSession, row: BulkChangeRow, ids: Sequence[UUID], *, seen_by: UUID | None, now: datetime
) -> int:
    """Change those of them whom ``seen_by`` sees, noting what was there; return how many were otherwise before."""
    statement, _ = _TEXTS[BulkAct(row.act)]
    given = _given(row, ids, row.asked_by, now)
    return len((await session.execute(statement, {**given, "seen_by": seen_by})).all())


async def restore(session: AsyncSession, row: BulkChangeRow, ids: Sequence[UUID], *, now: datetime) -> int:
    """Change those back who are still as the change left them; return how many."""
    _, statement = _TEXTS[BulkAct(row.act)]
    given = _given(row, ids, row.undone_by, now)
    return len((await session.execute(statement, {**given, "seen_by": None, "undone": True})).all())


def _given(row: BulkChangeRow, ids: Sequence[UUID], by: UUID | None, now: datetime) -> dict[str, Any]:
    return {
        "change": row.id,
        "ids": list(ids),
        "value": row.value,
        "owner": row.owner_id,
        "act": row.act,
        "undone": False,
        "part": _KINDS[BulkAct(row.act)].part,
        "by": by,
        "now": now,
    }
