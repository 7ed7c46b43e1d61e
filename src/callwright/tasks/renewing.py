"""What a file says otherwise of people who are in the task already, and whom it has not called yet.

An entry holds what its calls were held by, to be played again and written of. It takes other values until the first
of them: from the moment at which the leader plans that, the call has those that stood there, whole. Whoever was
dialled was called, also where nobody knows how that ended, as the node that did it died.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.repository import get_task_row
from callwright.tasks.taking_out import COMES_BACK

# What is left empty is left as it is, as in the customer book. Looked at is only of whom the file says something
# else, and an empty value is something else, too: hence twice. Whoever is still to come back was refused.
SAID_OTHERWISE = f"""
    incoming_entries AS entry JOIN incoming_customers AS book USING (place)
    JOIN task_customers AS known
      ON known.task_id = :task AND known.customer_id = book.id AND NOT known.variables @> entry.variables
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(key, value) AS variables
        FROM jsonb_each(entry.variables) WHERE value <> '""'
    ) AS told
    WHERE NOT known.variables @> told.variables AND NOT {COMES_BACK}
"""  # noqa: S608 - made of constants alone
COUNT = text(f"SELECT count(*) FROM {SAID_OTHERWISE}")  # noqa: S608 - made of constants alone
# Who is held by others at this moment, be it to plan them, is waited for, in the order of the ids: they may let go
# of them as they were, whose call would then be held by what the file corrects. The leader waits for nobody.
# Whoever was denied before any call can be called once more. OFFSET has attempts looked at entry by entry, by their
# index, and never all that there are at once.
RENEW = text(f"""
    WITH renewed AS MATERIALIZED (
        SELECT known.id, told.variables FROM {SAID_OTHERWISE}
          AND known.state IN ('uncalled', 'waiting', 'denied') AND known.last_called_at IS NULL
          AND NOT EXISTS (
            SELECT FROM attempts WHERE task_customer_id = known.id AND dialled_at IS NOT NULL OFFSET 0
          )
        ORDER BY known.id FOR NO KEY UPDATE OF known
    )
    UPDATE task_customers AS known SET variables = known.variables || renewed.variables
    FROM renewed WHERE known.id = renewed.id
    RETURNING known.id
""")  # noqa: S608 - made of constants alone


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many entries took what was said otherwise of them, and how many did not, for which it came too late."""

    renewed: int = 0
    too_late: int = 0


async def renew_entries(session: AsyncSession, task_id: UUID) -> Renewed:
    """Bring those up to date who were to be entered last and are in the task already (in their transaction)."""
    # Counted first: most files that come again say nothing else, and are gone through once.
    otherwise = await session.scalar(COUNT, {"task": task_id})
    if not otherwise:
        return Renewed()
    renewed = (await session.scalars(RENEW, {"task": task_id})).all()
    if renewed:
        # Whom the leader passed over meanwhile it finds again.
        await wake_leader(session, task_id)
        await tell_browsers(session, (await get_task_row(session, task_id)).tenant_id, task_id)
    # Counted as they stand: somebody may have been taken out while they were waited for.
    left = await session.scalar(COUNT, {"task": task_id}) if len(renewed) < otherwise else 0
    return Renewed(len(renewed), too_late=left or 0)
