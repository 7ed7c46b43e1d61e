"""When a task may call the people it has, who live by different clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callwright.dialing.window import Closed, Open, Opening, opening, soonest
from callwright.tasks.rules import timetable_of
from callwright.tasks.running import RunningTask


@dataclass(frozen=True, slots=True)
class Hours:
    """Which of a task's ``zones`` are open now, and how the whole task stands: nothing where nobody is in it."""

    open_zones: Sequence[str]
    standing: Opening | None


CLOSED = Hours((), None)
"""Of a task whose hours can't be read: nobody is called."""


def hours_now(task: RunningTask, now: datetime) -> Hours:
    """Return when ``task`` may call at ``now``: by each person's clock, the company's where that is unknown."""
    table = timetable_of(task.row, task.tenant)
    openings = {
        zones: opening(table, tuple(zones.split()) or (task.tenant.time_zone,), now) for zones in task.zones
    }
    return Hours(
        open_zones=[zones for zones, found in openings.items() if isinstance(found, Open)],
        standing=soonest(openings.values()),
    )


def next_opening(task: RunningTask, now: datetime) -> Closed | None:
    """Return the opening that comes first of those zones that are closed now, nothing where all are open."""
    table = timetable_of(task.row, task.tenant)
    found = [opening(table, tuple(zones.split()) or (task.tenant.time_zone,), now) for zones in task.zones]
    closed = soonest(one for one in found if isinstance(one, Closed))
    return closed if isinstance(closed, Closed) else None
