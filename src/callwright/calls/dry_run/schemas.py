"""What a dry run answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callwright.calls.dry_run.customers import Entry
from callwright.calls.dry_run.recorded import Basis
from callwright.dialing.gate import GateRule


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure of the run in the middle, and its least and most over all runs."""

    typical: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Finish:
    """When the last call ends, in the run in the middle, the quickest and the slowest."""

    typical: datetime
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class HourOfCalls:
    """An hour of the run in the middle."""

    at: datetime
    calls: int
    cost: int


@dataclass(frozen=True, slots=True)
class DryRunWait:
    """Nobody is called from ``begins`` to ``until``, which is ``None`` where somebody has to do something first."""

    reason: str
    begins: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Barrier:
    """Customers whom the gate lets nobody dial: ``final`` where in this task never, else not before ``until``.

    ``until`` is the first moment for any of them, ``None`` where somebody has to do something first. ``exact``:
    they were counted, not estimated from some. ``customers`` are the first of them that were looked at.
    """

    rule: GateRule
    final: bool
    count: int
    exact: bool
    until: datetime | None
    customers: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a task would do from ``begins`` on.

    ``customers`` are still to be called, ``reached_out`` of them are called in the end. ``finish`` is ``None``
    where nobody can be called. Money is in micros; ``runs_out_at`` is the hour in which the balance covers no
    further call. ``one_by_one``: every call was simulated, else the task went on at the pace of the first ones. The
    figures rest on ``basis_calls`` calls of ``basis``.
    """

    begins: datetime
    finish: Finish | None
    customers: int
    reached_out: int
    calls: Spread
    connected: Spread
    lost: Spread
    lost_percent: float
    cost: Spread
    balance: int
    covered: bool
    runs_out_at: datetime | None
    seats: int
    seats_peak: int
    seats_mean: float
    by_hour: Sequence[HourOfCalls]
    waits: Sequence[DryRunWait]
    cannot_be_called: Sequence[Barrier]
    basis: Basis
    basis_calls: int
    one_by_one: bool
    runs: int
