"""What a task counts, read from sums that the database keeps with every change, not from the rows themselves."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow, TaskTallyRow

FOLD = text("""
    WITH loose AS (
        DELETE FROM task_tallies WHERE id IN (
            SELECT id FROM task_tallies WHERE NOT folded ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
        )
        RETURNING tenant_id, task_id, kind, key, amount
    ), kept AS (
        INSERT INTO task_tallies AS known (id, tenant_id, task_id, kind, key, amount, folded)
        SELECT gen_random_uuid(), tenant_id, task_id, kind, key, sum(amount), true
        FROM loose WHERE task_id IN (SELECT id FROM tasks)
        GROUP BY tenant_id, task_id, kind, key
        ON CONFLICT (task_id, kind, key) WHERE folded DO UPDATE SET amount = known.amount + excluded.amount
    )
    SELECT
""")
MOST = 20_000
"""So many rows are folded at once."""


class Tally(StrEnum):
    """What is counted; ``key`` is the customers' state, the phone state or the grade, or nothing."""

    CUSTOMERS = "customers"
    DIALLED = "dialled"
    ENDED = "ended"
    GRADED = "graded"
    TALK_MS = "talk_ms"
    SPENT = "spent"


async def get_tally(session: AsyncSession, task_id: UUID, kind: Tally) -> dict[str, int]:
    """Return how many there are of each key, in the keys' order; those without any are left out."""
    amount = _sum()
    query = (
        select(TaskTallyRow.key, amount)
        .where(TaskTallyRow.task_id == task_id, TaskTallyRow.kind == kind)
        .group_by(TaskTallyRow.key)
        .having(amount != 0)
        .order_by(TaskTallyRow.key)
    )
    return dict(iter(await session.execute(query)))


def tally_of_row(kind: Tally, key: str | None = None) -> ColumnElement[int]:
    """Return how many there are in the task of each row of a query of tasks, of one key or of all."""
    counted: Select[int] = select(_sum()).where(TaskTallyRow.task_id == TaskRow.id, TaskTallyRow.kind == kind)
    return (counted if key is None else counted.where(TaskTallyRow.key == key)).scalar_subquery()


async def fold_tallies(session: AsyncSession) -> None:
    """Fold what was counted one by one, or as much of it as one statement may."""
    await session.execute(FOLD, {"most": MOST})


def _sum() -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(TaskTallyRow.amount), 0), BigInteger)
