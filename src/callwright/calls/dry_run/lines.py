"""The lines of a dry run: those that can be used now, alike ones taken together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from callwright.dialing.rehearsal.facts import Line
from callwright.dialing.routing import LineStanding, RouteLine, standing
from callwright.lines.standing import LineFacts
from callwright.rating.tariff import charge


def usable_lines(
    facts: Mapping[UUID, LineFacts], priorities: Mapping[UUID, int], busy: Mapping[UUID, int], now: datetime
) -> list[Line]:
    """Return what a task may call over now; ``busy`` are the channels that other tasks use.

    A line that no call node has looked at yet is taken to work.
    """
    return _join(facts, priorities, busy, now, repaired=False)


def repaired_lines(facts: Mapping[UUID, LineFacts], priorities: Mapping[UUID, int], now: datetime) -> list[Line]:
    """Return what a task could call over if all its lines worked, but for expired ones, and none were busy."""
    return _join(facts, priorities, {}, now, repaired=True)


def _join(
    facts: Mapping[UUID, LineFacts],
    priorities: Mapping[UUID, int],
    busy: Mapping[UUID, int],
    now: datetime,
    *,
    repaired: bool,
) -> list[Line]:
    alike: defaultdict[object, list[Line]] = defaultdict(list)
    for line_id, priority in priorities.items():
        if line_id in facts:
            line = _line(facts[line_id], priority, busy.get(line_id, 0), now, repaired=repaired)
            if standing(line.route, now) is LineStanding.USABLE:
                route, tariff = line.route, facts[line_id].tariff
                alike[route.home, route.priority, route.expires_at, tariff].append(line)
    return [_together(lines) for lines in alike.values()]


def _line(facts: LineFacts, priority: int, busy: int, now: datetime, *, repaired: bool) -> Line:
    route = facts.route(now, priority=priority, free=1, paid=True)
    channels = max(0, route.channels - busy)
    return Line(
        RouteLine(
            id=str(route.id),
            priority=route.priority,
            home=route.home,
            channels=channels,
            free=channels,
            on=repaired or route.on is not False,
            paid=True,
            faulty=route.faulty and not repaired,
            expires_at=route.expires_at,
        ),
        facts.row.calls_per_second,
        partial(charge, facts.tariff),
    )


def _together(lines: Sequence[Line]) -> Line:
    channels = sum(line.route.channels for line in lines)
    route = replace(lines[0].route, channels=channels, free=channels)
    return replace(lines[0], route=route, calls_per_second=sum(line.calls_per_second for line in lines))
