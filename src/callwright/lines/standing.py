"""What decides whether a line can take a call, for the leader's choice and for the gate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow, LineStatusRow
from callwright.db.tables.nodes import NodeRow
from callwright.dialing.line_health import Health, from_data, probe_due
from callwright.dialing.routing import RouteLine
from callwright.kit.phone_place import Region
from callwright.rating.tariff import Tariff
from callwright.telephony.port import TrunkState

# A carrier that leaves our OPTIONS unanswered may take calls all the same; one that refuses us, or whose name leads
# nowhere, does not.
_ON = frozenset({TrunkState.READY, TrunkState.REGISTERED, TrunkState.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line and how it stands; ``on`` is ``None`` while no call node has looked at it."""

    row: LineRow
    on: bool | None
    health: Health

    @property
    def tariff(self) -> Tariff:
        """What its calls cost."""
        return Tariff(self.row.price_per_minute, self.row.billed_first_s, self.row.billed_next_s)

    def route(self, now: datetime, *, priority: int, free: int, paid: bool | None) -> RouteLine[UUID]:
        """Return the line as routing looks at it."""
        return RouteLine(
            id=self.row.id,
            priority=priority,
            home=region_from_text(self.row.home_region),
            channels=self.row.channels,
            free=free,
            on=self.on,
            paid=paid,
            faulty=self.health.fault is not None,
            probe_due=probe_due(self.health, now),
            expires_at=self.row.expires_at,
            retired=self.row.retired_at is not None,
        )


async def get_line_facts(session: AsyncSession, line_ids: Iterable[UUID]) -> dict[UUID, LineFacts]:
    """Return the lines with how the living call nodes see them, the best of what they see."""
    ids = set(line_ids)
    rows = await session.scalars(
        select(LineRow).where(LineRow.id.in_(ids)).execution_options(populate_existing=True)
    )
    seen = await session.execute(
        select(LineStatusRow.line_id, LineStatusRow.state)
        .join(NodeRow, NodeRow.id == LineStatusRow.node_id)
        .where(LineStatusRow.line_id.in_(ids), NodeRow.ended_at.is_(None))
    )
    on: dict[UUID, bool] = {}
    for line_id, state in seen:
        on[line_id] = on.get(line_id, False) or TrunkState(state) in _ON
    return {row.id: LineFacts(row, on.get(row.id), from_data(row.health)) for row in rows}


def region_to_text(region: Region) -> str:
    """Return a region as it is kept: ``country/province/city``, a lone ``/`` for a number at home nowhere."""
    return "/".join((region.country, region.province, region.city)).rstrip("/") or "/"


def region_from_text(kept: str | None) -> Region | None:
    """Return the region as it was kept, nothing where nothing was."""
    return Region(*kept.split("/", 2)) if kept else None
