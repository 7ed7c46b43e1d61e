"""What the end of an attempt means for its customer and its line.

Each customer is called once in a task, and again only as its redial rules say. The exception is an attempt of which
the customer's telephone can know nothing: the line failed before anything rang. Such a customer waits a little and
is called again, until it shows that only this number fails: a line that fails for everybody is not used meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callwright.dialing.redial import Redialled, RedialPlan, next_try

ANSWERED = frozenset({"connected", "lost", "technical_fault"})
"""The phone states of calls that a person answered."""
LINE_FAULT = "line_fault"
FAULTS_IN_A_ROW = 5
"""So many diallings of a line in a row that failed in the line itself are the line's fault."""
FAULTS_OF_ONE_NUMBER = 3
"""So many line faults of one number are the number's."""
FAULT_PAUSE = timedelta(seconds=60)


class CustomerState(StrEnum):
    """Where a customer stands in a task."""

    UNCALLED = "uncalled"
    WAITING = "waiting"
    """To be called, but not before a moment: held by the gate, or to be called again."""
    CALLING = "calling"
    CALLED = "called"
    DO_NOT_CALL = "do_not_call"
    """The number is on a do-not-call list; nobody dials it."""
    DENIED = "denied"
    """The gate lets nobody dial it, for another reason that stands with the attempt."""
    WITHDRAWN = "withdrawn"
    """Taken out of the task by a person before any call."""


STILL_TO_CALL = frozenset({CustomerState.UNCALLED, CustomerState.WAITING})
DONE = frozenset({CustomerState.CALLED, CustomerState.DO_NOT_CALL, CustomerState.DENIED})
"""Whom a task need not dial any more: called as often as its rules say, or never to be called.

A task has come as far as these are of its customers, so that one with nobody left has come to its end. Whoever is
withdrawn is in neither number.
"""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a customer stands from now on; ``due_at`` is when one who waits is to be called."""

    state: CustomerState
    due_at: datetime | None = None

    @classmethod
    def waiting(cls, due_at: datetime) -> "Whereabouts":
        """Return the place of somebody to be called at ``due_at``, or as soon after as may be."""
        return cls(CustomerState.WAITING, due_at)


@dataclass(frozen=True, slots=True)
class EndedDialling:
    """A dialling that is over; ``rang``: the far end rang or answered. ``never_again``: the person asked for that.

    ``outcomes`` counts how the customer's diallings in this task ended, this one included, by phone state.
    """

    phone_state: str
    ended_at: datetime
    rang: bool
    never_again: bool
    outcomes: Mapping[str, int]


def customer_after(ended: EndedDialling, plan: RedialPlan) -> Whereabouts:
    """Return where the customer of a dialling stands that is over."""
    if ended.never_again:
        return Whereabouts(CustomerState.DO_NOT_CALL)
    faults = ended.outcomes.get(LINE_FAULT, 0)
    if ended.phone_state == LINE_FAULT and not ended.rang and faults < FAULTS_OF_ONE_NUMBER:
        return Whereabouts.waiting(ended.ended_at + FAULT_PAUSE)
    due_at = next_try(
        plan,
        ended.phone_state,
        redials_so_far=_redials_so_far(ended.phone_state, ended.outcomes),
        ended_at=ended.ended_at,
        do_not_call=False,
    )
    return Whereabouts(CustomerState.CALLED) if due_at is None else Whereabouts.waiting(due_at)


def _redials_so_far(phone_state: str, outcomes: Mapping[str, int]) -> int:
    # Whoever heard our apology was promised another call, however often nobody had been reached before.
    if phone_state == Redialled.TECHNICAL_FAULT:
        return outcomes.get(phone_state, 0) - 1
    return max(0, sum(outcomes.values()) - outcomes.get(LINE_FAULT, 0) - 1)


def customer_after_interruption(*, dialled: bool) -> CustomerState:
    """Return the state of a customer whose attempt nobody carries on: free again only if surely never dialled."""
    return CustomerState.CALLED if dialled else CustomerState.UNCALLED
