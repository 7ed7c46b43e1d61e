"""Why a running task dials nobody now, in the codes that its page puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callwright.dialer.calendar import Hours
from callwright.dialing.lifecycle import Waiting
from callwright.dialing.routing import LineStanding
from callwright.dialing.window import Closed, ClosedReason


@dataclass(frozen=True, slots=True)
class Wait:
    """A reason, until when where that is known, and what else there is to say; no reason: it does not wait."""

    reason: Waiting | ClosedReason | None = None
    until: datetime | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def why_closed(closed: Closed) -> Wait:
    """Return the wait for calling hours to open."""
    return Wait(closed.reason, closed.opens_at)


def why_nobody(hours: Hours, due_at: datetime | None, opens: Closed | None) -> Wait:
    """Return the wait of a task that has nobody to call now: until hours open, or somebody's moment comes.

    ``due_at`` is when the first of those is due who are to be called again, ``opens`` the next opening elsewhere.
    """
    if isinstance(hours.standing, Closed):
        return why_closed(hours.standing)
    if opens is None or (due_at is not None and opens.opens_at is not None and due_at < opens.opens_at):
        return Wait(Waiting.DUE, due_at)
    return why_closed(opens)


_STUCK: Mapping[LineStanding, Waiting] = {
    LineStanding.UNPAID: Waiting.CREDIT,
    LineStanding.BUSY: Waiting.CHANNELS,
}


def why_stuck(standing: LineStanding) -> Wait:
    """Return the wait of a task that found no line for its next customer."""
    reason = _STUCK.get(standing, Waiting.LINES)
    return Wait(reason, detail={"standing": standing.value} if reason is Waiting.LINES else {})
