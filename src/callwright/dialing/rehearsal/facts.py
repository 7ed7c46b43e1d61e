"""What a dry run is told: who would be called, over which lines, and how such calls have gone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from callwright.dialing.concurrency import Concurrency
from callwright.dialing.gate import Decision, GateFacts, GateRules, decide
from callwright.dialing.redial import RedialPlan
from callwright.dialing.routing import LineStanding, RouteLine
from callwright.kit.phone_place import Region

CONNECTED, VOICEMAIL, LOST, TECHNICAL_FAULT = "connected", "voicemail", "lost", "technical_fault"
PICKED_UP = frozenset({CONNECTED, VOICEMAIL})


@dataclass(frozen=True, slots=True)
class Draw:
    """How one recorded call went: it rang for ``ring_s``, and held a seat for ``talk_s`` if somebody picked up.

    A person who picked up is ``connected`` here; whether a seat is free for them is for the dry run to find out.
    """

    phone_state: str
    ring_s: float
    talk_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """A customer who is still to be called, as the gate looks at them; ``zones`` as far as the number tells.

    ``due_at``: not before, for one who is to be called again. ``outcomes``: earlier diallings in this task by phone
    state. ``rules``: which of the task's rules hold for the number.
    """

    zones: tuple[str, ...]
    region: Region
    rules: GateRules
    number_valid: bool = True
    listed: bool = False
    listed_everywhere: bool = False
    consent: bool | None = None
    calls: tuple[datetime, ...] = ()
    lost: tuple[datetime, ...] = ()
    due_at: datetime | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or several that are alike. ``price`` turns talk in milliseconds into micros."""

    route: RouteLine[str]
    calls_per_second: float
    price: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Plan:
    """A task to be tried. Each of ``people`` stands for ``weight`` customers, in calling order.

    ``zone_rules`` are those by which the planner opens a zone: the task's hours, without any country's. ``nodes``
    is how many calls the call nodes take for it.
    """

    now: datetime
    people: Sequence[Person]
    weight: float
    zone_rules: GateRules
    lines: Sequence[Line]
    concurrency: Concurrency
    hold_s: float
    redial: RedialPlan
    draws: Sequence[Draw]
    nodes: int


def judge(person: Person, calls: tuple[datetime, ...], lost: tuple[datetime, ...], now: datetime) -> Decision:
    """Return what the gate says of ``person`` at ``now``, given a line, a seat and money.

    Of the calls of other tenants a dry run knows nothing.
    """
    facts = GateFacts(
        number_valid=person.number_valid,
        do_not_call=person.listed,
        do_not_call_installation=person.listed_everywhere,
        region=person.region,
        zones=person.zones,
        consent=person.consent,
        calls=calls,
        own_calls=calls,
        lost=lost,
        in_a_call=False,
        line=LineStanding.USABLE,
        seat_free=True,
        money_covers=True,
    )
    return decide(person.rules, facts, now)
