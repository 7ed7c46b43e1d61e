"""What came of a task's calls over each of its lines."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.schemas import LineTotals
from callwright.db.tables.lines import LineRow
from callwright.tasks.schemas import LineRef
from callwright.tasks.tallies import Tallies, Tally


async def get_line_totals(session: AsyncSession, tallies: Tallies) -> list[LineTotals]:
    """Return what each line brought over which a call is over, in the order of their names."""
    calls, connected, lost, talk_ms, spent = (
        tallies.of(kind)
        for kind in (
            Tally.LINE_CALLS,
            Tally.LINE_CONNECTED,
            Tally.LINE_LOST,
            Tally.LINE_TALK_MS,
            Tally.LINE_SPENT,
        )
    )
    if not calls:
        return []
    ids = [UUID(line) for line in calls]
    lines = select(LineRow.id, LineRow.name).where(LineRow.id.in_(ids)).order_by(LineRow.name, LineRow.id)
    return [
        LineTotals(
            LineRef(line_id, name),
            calls=calls[line],
            connected=connected.get(line, 0),
            lost=lost.get(line, 0),
            talk_ms=talk_ms.get(line, 0),
            spent=spent.get(line, 0),
        )
        for line_id, name in await session.execute(lines)
        for line in [str(line_id)]
    ]
