"""Customers taken out of those that a task has still to call, and put back among them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

COMES_BACK = """(
    known.state = 'withdrawn'
    OR known.state = 'called' AND (known.taken_out_by IS NOT NULL OR known.taken_out_why IS NOT NULL)
)"""
"""Whoever was taken out comes back by any way into the task, like somebody new, also where they had been called and
were to be called again: their calls then count for the arm that they were drawn into."""

# Whoever was called in the task stays in it, as called; the others are in it no longer.
TAKE_OUT = text("""
    UPDATE task_customers
    SET state = CASE WHEN last_called_at IS NULL THEN 'withdrawn' ELSE 'called' END,
        due_before = due_at, due_at = NULL, taken_out_by = :by
    WHERE id = ANY (CAST(:ids AS uuid[])) AND state IN ('uncalled', 'waiting')
""")
KEEP_OUT = text("""
    UPDATE task_customers SET taken_out_by = :by, due_before = NULL
    WHERE id = ANY (CAST(:ids AS uuid[])) AND taken_out_by IS NOT NULL AND taken_out_by <> :by
""")
# Somebody may have come back meanwhile by another way.
PUT_IN = text("""
    UPDATE task_customers
    SET state = CASE WHEN due_before IS NULL THEN 'uncalled' ELSE 'waiting' END,
        due_at = due_before, due_before = NULL, taken_out_by = NULL, taken_out_why = NULL
    WHERE id IN (
        SELECT id FROM task_customers WHERE taken_out_by = :by AND state IN ('withdrawn', 'called')
        ORDER BY id LIMIT :most FOR NO KEY UPDATE
    )
    RETURNING id
""")


async def take_out(session: AsyncSession, ids: Collection[UUID], *, by: UUID) -> None:
    """Take entries out of those still to be called; ``by`` names the move, by which they can be put back."""
    await session.execute(TAKE_OUT, {"ids": list(ids), "by": by})


async def keep_out(session: AsyncSession, ids: Collection[UUID], *, by: UUID) -> None:
    """Let entries other moves took out count as taken out by ``by``, so that those put none of them back."""
    await session.execute(KEEP_OUT, {"ids": list(ids), "by": by})


async def put_in(session: AsyncSession, *, by: UUID, most: int) -> set[UUID]:
    """Put back up to ``most`` entries that the move ``by`` took out, as they stood; return which."""
    return set(await session.scalars(PUT_IN, {"by": by, "most": most}))
