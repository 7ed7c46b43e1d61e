"""What call nodes know of lines: each writes what it sees, the tenant sees the worst of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.news import Channel, publish
from callwright.db.tables.lines import LineRow, LineStatusRow
from callwright.db.tables.nodes import NodeRow
from callwright.kit.ids import new_id
from callwright.telephony.port import TrunkState, TrunkStatus

_FROM_WORST = (
    TrunkState.UNRESOLVED,
    TrunkState.REFUSED,
    TrunkState.UNREACHABLE,
    TrunkState.REGISTERING,
    TrunkState.READY,
    TrunkState.REGISTERED,
)


@dataclass(frozen=True, slots=True)
class LineStatus:
    """How a line stands since ``since``; ``sip_code`` and ``detail`` as the carrier gave them, or our own words."""

    state: str
    sip_code: int | None
    detail: str
    since: datetime


async def set_status(session: AsyncSession, node_id: UUID, line: LineRow, seen: TrunkStatus) -> None:
    """Keep what a call node sees of a line from now on, and tell open pages."""
    shown = {
        "state": seen.state.value,
        "sip_code": seen.code,
        "detail": seen.reason,
        "since": func.clock_timestamp(),
    }
    await session.execute(
        insert(LineStatusRow)
        .values(id=new_id(), tenant_id=line.tenant_id, line_id=line.id, node_id=node_id, **shown)
        .on_conflict_do_update(constraint="uq_line_status_line_id_node_id", set_=shown)
    )
    await tell_browsers(session, line.tenant_id, line.id)


async def get_statuses(session: AsyncSession, line_ids: Iterable[UUID]) -> dict[UUID, LineStatus]:
    """Return the worst that a living call node sees of each line; a line that none has seen is missing."""
    found = await session.scalars(
        select(LineStatusRow)
        .join(NodeRow, NodeRow.id == LineStatusRow.node_id)
        .where(LineStatusRow.line_id.in_(list(line_ids)), NodeRow.ended_at.is_(None))
    )
    worst: dict[UUID, LineStatusRow] = {}
    for row in found:
        if row.line_id not in worst or _badness(row) > _badness(worst[row.line_id]):
            worst[row.line_id] = row
    return {line_id: LineStatus(row.state, row.sip_code, row.detail, row.since) for line_id, row in worst.items()}


def _badness(row: LineStatusRow) -> int:
    return -_FROM_WORST.index(TrunkState(row.state))


async def forget_ended_nodes(session: AsyncSession) -> None:
    """Drop what call nodes saw that are no more; in a system transaction."""
    ended = select(NodeRow.id).where(NodeRow.ended_at.is_not(None))
    await session.execute(
        delete(LineStatusRow).where(LineStatusRow.node_id.in_(ended)).execution_options(synchronize_session=False)
    )


async def tell_browsers(session: AsyncSession, tenant_id: UUID, line_id: UUID) -> None:
    """Tell open pages that something of the line changed."""
    await publish(session, Channel.BROWSER, {"tenant": tenant_id, "line": line_id, "kind": "line"})
