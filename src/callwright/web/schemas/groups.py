"""Policy groups: lines that a task calls over together."""

from uuid import UUID

from pydantic import Field

from callwright.dialing.routing import LineStanding, Why
from callwright.lines.groups import LOWEST_PRIORITY
from callwright.web.schemas.base import Line, Moment, Named, Request, Response
from callwright.web.schemas.lines import LineKind, RegionName

LINES = 500


class NewGroup(Request):
    """A policy group to be made; its company binds the lines."""

    name: Line = Field(min_length=1, max_length=200, examples=["Nationwide"])


class BoundLineIn(Request):
    """A line to be in a group."""

    line_id: UUID
    priority: int = Field(examples=[1], description=f"From 1, which goes first, to {LOWEST_PRIORITY}.")


class GroupLines(Request):
    """The lines of a group: exactly these."""

    lines: list[BoundLineIn] = Field(max_length=LINES)


class BoundLine(Response):
    """A line in a group."""

    id: UUID
    name: str
    kind: LineKind
    home: RegionName | None
    priority: int


class PolicyGroup(Response):
    """Lines with priorities, in their order, that a task may call over together."""

    id: UUID
    name: str
    lines: list[BoundLine]
    tasks: list[Named] = Field(description="Unfinished tasks that call over it.")


class RouteLine(BoundLine):
    """How a line of the group stands at this moment."""

    standing: LineStanding
    channels: int
    free: int
    expires_at: Moment | None
    next_probe_at: Moment | None


class Route(Response):
    """Which line would be taken for a number now, and why."""

    phone: str
    region: RegionName | None = Field(description="Where the number is at home; null for satellites and the like.")
    line: Named | None
    why: Why | None
    standing: LineStanding = Field(description="The chosen line's, else that of the line nearest to usable.")
    lines: list[RouteLine]
