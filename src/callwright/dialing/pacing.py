"""How many calls each task may start now, out of what all of them share.

A task asks for a number of calls under way (``concurrency``); customers, seats, channels and call nodes may allow
fewer. What is scarce goes to whoever has the least under way, one call at a time, so that a task with a million
customers does not hold up one with ten.
"""

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TaskFacts(Generic[Key]):
    """A running task: how many calls it wants under way, how many it has, how many customers still wait.

    ``seats``: the AI seats it may use at once; its calls beyond them take none from the supply, since they are
    started ahead of a seat that will be free. ``None``: every call takes a seat.
    """

    task: Key
    tenant: Key
    line: Key
    concurrency: int
    in_flight: int
    waiting: int
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Supply(Generic[Key]):
    """What is free now: AI seats by tenant, channels by line, and calls that the nodes together can still take.

    A tenant or line that is not named has nothing free.
    """

    seats: Mapping[Key, int]
    channels: Mapping[Key, int]
    nodes: int


def plan(tasks: Sequence[TaskFacts[Key]], supply: Supply[Key], *, at_most: int) -> dict[Key, int]:
    """Return how many calls each task starts now, ``at_most`` in all; tasks that start none are left out."""
    seats, channels = dict(supply.seats), dict(supply.channels)
    left = min(at_most, supply.nodes)
    queue = [(facts.in_flight, order) for order, facts in enumerate(tasks) if _room(facts) > 0]
    heapq.heapify(queue)
    starts: dict[Key, int] = {}
    while queue and left > 0:
        under_way, order = heapq.heappop(queue)
        facts = tasks[order]
        takes_seat = facts.seats is None or under_way < facts.seats
        if (takes_seat and seats.get(facts.tenant, 0) <= 0) or channels.get(facts.line, 0) <= 0:
            continue
        if takes_seat:
            seats[facts.tenant] -= 1
        channels[facts.line] -= 1
        left -= 1
        starts[facts.task] = starts.get(facts.task, 0) + 1
        if starts[facts.task] < _room(facts):
            heapq.heappush(queue, (under_way + 1, order))
    return starts


def _room(facts: TaskFacts[Key]) -> int:
    return min(facts.concurrency - facts.in_flight, facts.waiting)
