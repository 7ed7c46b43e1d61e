"""Which customer is called next, by which task, over which line.

What is scarce goes to whoever has the least under way, one call at a time, so that a task with a million customers
does not hold up one with ten.
"""

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from callwright.dialing.routing import Choice, LineStanding, RouteLine, Why, choose
from callwright.kit.phone_place import Region

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Demand(Generic[Key]):
    """A task that would start calls to ``customers``, the next one first, each at home in a region.

    ``lines`` are those it may use; ``free`` of a line is what all tasks together may still start there.
    """

    task: Key
    under_way: int
    customers: Sequence[tuple[Key, Region]]
    lines: Sequence[RouteLine[Key]]


@dataclass(frozen=True, slots=True)
class Placement(Generic[Key]):
    """A call to start."""

    task: Key
    customer: Key
    region: Region
    line: Key
    why: Why


@dataclass(frozen=True, slots=True)
class Placed(Generic[Key]):
    """The calls to start, and of each task that found no line for its next customer what stood in the way."""

    calls: Sequence[Placement[Key]]
    stuck: Mapping[Key, LineStanding]


def place(demands: Sequence[Demand[Key]], *, nodes: int, at_most: int, now: datetime) -> Placed[Key]:
    """Return what to start now: ``at_most`` calls in all, and no more than ``nodes`` can still take."""
    left = min(nodes, at_most)
    used: dict[Key, int] = {}
    probed: set[Key] = set()
    calls: list[Placement[Key]] = []
    stuck: dict[Key, LineStanding] = {}
    queue = [(demand.under_way, order, 0) for order, demand in enumerate(demands) if demand.customers]
    heapq.heapify(queue)
    while queue and len(calls) < left:
        under_way, order, following = heapq.heappop(queue)
        demand = demands[order]
        customer, region = demand.customers[following]
        choice = _choose(demand.lines, region, used, probed, now)
        if choice.line is None or choice.why is None:
            stuck[demand.task] = choice.standing
            continue
        used[choice.line] = used.get(choice.line, 0) + 1
        if choice.why is Why.PROBE:
            probed.add(choice.line)
        calls.append(Placement(demand.task, customer, region, choice.line, choice.why))
        if following + 1 < len(demand.customers):
            heapq.heappush(queue, (under_way + 1, order, following + 1))
    return Placed(calls, stuck)


def _choose(
    lines: Sequence[RouteLine[Key]], region: Region, used: Mapping[Key, int], probed: set[Key], now: datetime
) -> Choice[Key]:
    return choose([_as_used(line, used.get(line.id, 0), line.id in probed) for line in lines], region, now)


def _as_used(line: RouteLine[Key], calls: int, probed: bool) -> RouteLine[Key]:
    if not calls:
        return line
    free = None if line.free is None else line.free - calls
    return replace(line, free=free, probe_due=line.probe_due and not probed)
