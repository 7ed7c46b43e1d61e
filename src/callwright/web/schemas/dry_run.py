"""Dry runs: what a task would do."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from callwright.calls.dry_run.recorded import Basis
from callwright.dialing.gate import GateRule
from callwright.dialing.lifecycle import Waiting as TaskWaiting
from callwright.dialing.window import ClosedReason
from callwright.web.schemas.base import Moment, Response

WaitReason = Literal[
    ClosedReason.UNKNOWN_ZONE,
    ClosedReason.HOLIDAY,
    ClosedReason.DAY_OFF,
    ClosedReason.BEFORE_HOURS,
    ClosedReason.AFTER_HOURS,
    ClosedReason.NO_DIAL_PERIOD,
    TaskWaiting.SEATS,
    TaskWaiting.LINES,
    TaskWaiting.NODES,
    TaskWaiting.DUE,
]


class Spread(Response):
    """A figure of the simulated run in the middle, and its least and most over all runs."""

    typical: int
    least: int
    most: int


class Finish(Response):
    """When the last call ends: in the run in the middle, the quickest and the slowest."""

    typical: Moment
    earliest: Moment
    latest: Moment


class HourOfCalls(Response):
    """An hour in which calls are made or end; `cost` in millionths of the currency."""

    at: Moment
    calls: int
    cost: int


class DryRunWait(Response):
    """Nobody is called for a while; `until` is null where somebody has to do something first."""

    reason: WaitReason
    begins: Moment
    until: Moment | None


class BarredCustomer(Response):
    """A customer who can't be called."""

    id: UUID
    name: str
    phone: str
    phone_masked: bool


class Barrier(Response):
    """Customers who can't be called as things stand."""

    rule: GateRule
    final: bool = Field(description="Never in this task; else not before `until`.")
    count: int
    exact: bool = Field(description="Counted, not estimated from some of the customers.")
    until: Moment | None = Field(
        description="The first moment for any of them; null: somebody has to do something."
    )
    customers: list[BarredCustomer] = Field(description="The first of them that were looked at.")


class DryRun(Response):
    """What a task would do from `begins` on. Money is in millionths of the company's currency."""

    begins: Moment
    finish: Finish | None = Field(description="Null where nobody can be called.")
    currency: str
    customers: int = Field(description="Still to be called.")
    reached_out: int = Field(description="Of them, how many are called in the end.")
    calls: Spread
    connected: Spread
    lost: Spread
    lost_percent: float = Field(description="Of those who answer.")
    lost_limit_percent: float | None = Field(description="What an adaptive task keeps to; null for others.")
    cost: Spread
    balance: int
    covered: bool
    runs_out_at: Moment | None = Field(description="The hour in which the balance covers no further call.")
    seats: int
    seats_peak: int
    seats_mean: float = Field(description="While calls are under way.")
    by_hour: list[HourOfCalls]
    waits: list[DryRunWait]
    cannot_be_called: list[Barrier]
    basis: Basis = Field(description="Which recorded calls the figures rest on; `assumed`: on none.")
    basis_calls: int
    one_by_one: bool = Field(description="Every call was simulated, not only the pace of the first ones.")
    runs: int


class DryRunOut(Response):
    """A dry run: asked for, under way, or answered."""

    id: UUID
    asked_at: Moment
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    progress: float = Field(ge=0, le=1, description="How much of it is done.")
    failure: str | None = Field(description="Why it failed: a stable code.")
    answer: DryRun | None = Field(description="Once it is done.")
