"""Lines and groups as the API shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow
from callwright.dialing.line_health import from_data
from callwright.kit.phone_place import Region
from callwright.lines.groups import BoundLine as BoundLineView
from callwright.lines.standing import region_from_text
from callwright.lines.status import LineStatus, get_statuses
from callwright.tasks.removing_lines import LineUsers
from callwright.tasks.running import count_under_way_by_line
from callwright.web.schemas.base import Named
from callwright.web.schemas.groups import BoundLine
from callwright.web.schemas.lines import ExpiryName, LineDetail, LineHealth, LineOut, RegionName

EXPIRES_SOON = timedelta(days=14)
_ELSEWHERE = {"status", "register_", "home", "in_use", "expiry", "health"}


@dataclass(frozen=True, slots=True)
class Live:
    """What is known of lines at this moment."""

    statuses: Mapping[UUID, LineStatus]
    in_use: Mapping[UUID, int]
    now: datetime


async def get_live(session: AsyncSession, line_ids: Iterable[UUID], now: datetime) -> Live:
    """Return how lines stand and how many calls they have."""
    return Live(await get_statuses(session, line_ids), await count_under_way_by_line(session), now)


def line(row: LineRow, live: Live) -> LineOut:
    """Show a line and how it stands."""
    return LineOut.model_validate(_line(row, live))


def line_detail(row: LineRow, live: Live, users: LineUsers) -> LineDetail:
    """Show a line with what calls over it."""
    return LineDetail.model_validate(
        {
            **_line(row, live),
            "tasks": [Named.model_validate(one) for one in users.tasks],
            "groups": [Named.model_validate(one) for one in users.groups],
        }
    )


def bound_line(bound: BoundLineView) -> BoundLine:
    """Show a line in its group."""
    row = bound.line
    return BoundLine.model_validate(
        {"id": row.id, "name": row.name, "kind": row.kind, "home": home(row), "priority": bound.priority}
    )


def home(row: LineRow) -> RegionName | None:
    """Show where a line is at home."""
    return region(region_from_text(row.home_region))


def region(found: Region | None) -> RegionName | None:
    """Show a region; nothing where not even its country is known."""
    if found is None or not found.country:
        return None
    return RegionName(country=found.country, province=found.province, city=found.city)


def _line(row: LineRow, live: Live) -> dict[str, Any]:
    names = LineOut.model_fields.keys() - _ELSEWHERE
    return {name: getattr(row, name) for name in names} | {
        "register": row.register,
        "home": home(row),
        "in_use": live.in_use.get(row.id, 0),
        "expiry": _expiry(row.expires_at, live.now),
        "health": _health(row),
        # A call node looks after a retired line no more.
        "status": live.statuses.get(row.id) if row.retired_at is None else None,
    }


def _health(row: LineRow) -> LineHealth:
    health = from_data(row.health)
    return LineHealth(
        fault=health.fault,
        since=health.faulty_since,
        next_probe_at=health.next_probe_at,
        connect_rate=health.rate if health.calls else None,
    )


def _expiry(expires_at: datetime | None, now: datetime) -> ExpiryName:
    if expires_at is None:
        return "none"
    if expires_at <= now:
        return "expired"
    return "soon" if expires_at <= now + EXPIRES_SOON else "later"
