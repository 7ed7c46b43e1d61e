"""What a task counts, read from sums that the database keeps with every change, not from the rows themselves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow, TaskTallyRow
from callwright.dialing.outcome import DONE, CustomerState

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
OUT_OF_TASK = (CustomerState.WITHDRAWN.value,)
MOST = 20_000
"""So many rows are folded at once."""


class Tally(StrEnum):
    """What is counted; ``key`` is the customers' state, the phone state, the grade or the line's id, or nothing."""

    CUSTOMERS = "customers"
    DIALLED = "dialled"
    ENDED = "ended"
    GRADED = "graded"
    TALK_MS = "talk_ms"
    SPENT = "spent"
    LINE_CALLS = "line_calls"
    LINE_CONNECTED = "line_connected"
    LINE_LOST = "line_lost"
    LINE_TALK_MS = "line_talk_ms"
    LINE_SPENT = "line_spent"


@dataclass(frozen=True, slots=True)
class Tallies:
    """Everything that one task counts."""

    counted: Mapping[str, dict[str, int]]

    def of(self, kind: Tally) -> dict[str, int]:
        """How many there are of each key, in the keys' order; those without any are left out."""
        return self.counted.get(kind, {})

    def done(self) -> int:
        """How many customers the task is done with."""
        return sum(self.of(Tally.CUSTOMERS).get(state, 0) for state in DONE)

    def total(self, kind: Tally) -> int:
        """How many there are of all keys; customers who were taken out of the task are in it no longer."""
        return sum(amount for key, amount in self.of(kind).items() if key not in OUT_OF_TASK)


async def get_tallies(session: AsyncSession, task_id: UUID) -> Tallies:
    """Return what the task counts."""
    row, amount = TaskTallyRow, _sum()
    query = select(row.kind, row.key, amount).where(row.task_id == task_id).group_by(row.kind, row.key)
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for kind, key, count in await session.execute(query.having(amount != 0).order_by(row.key)):
        counted[kind][key] = count
    return Tallies(counted)


def tally_of_row(kind: Tally, *keys: str) -> ColumnElement[int]:
    """Return how many there are in the task of each row of a query of tasks, of these keys or of all."""
    counted: Select[int] = select(_sum()).where(TaskTallyRow.task_id == TaskRow.id, TaskTallyRow.kind == kind)
    wanted = TaskTallyRow.key.in_(keys) if keys else TaskTallyRow.key.not_in(OUT_OF_TASK)
    return counted.where(wanted).scalar_subquery()


async def fold_tallies(session: AsyncSession) -> None:
    """Fold what was counted one by one, or as much of it as one statement may."""
    await session.execute(FOLD, {"most": MOST})


def _sum() -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(TaskTallyRow.amount), 0), BigInteger)
