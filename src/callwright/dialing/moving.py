"""Customers of a task who are asked for together: what may become of each of them.

They go *into* another task, are called *again* in theirs, or are taken *out* of those still to be called. Whoever
is on a do-not-call list goes nowhere, and nobody is moved while the telephone rings; what is left is the gate's to
decide, as with every call.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from callwright.dialing.outcome import STILL_TO_CALL, CustomerState

NOT_IN_USE = "invalid_number"
"""The phone state of a number that nobody has."""


class MoveAct(StrEnum):
    """What is asked of customers of a task."""

    INTO = "into"
    """Into another task: from among those still to be called, or once more after a call here."""
    AGAIN = "again"
    """To be called once more in this task."""
    OUT = "out"
    """Out of those still to be called."""


class Refusal(StrEnum):
    """Why somebody stays where they are."""

    ON_THE_PHONE = "on-the-phone"
    DO_NOT_CALL = "do-not-call"
    NOT_IN_USE = "number-not-in-use"
    VARIABLES_MISSING = "variables-missing"
    NOT_TO_BE_CALLED = "not-to-be-called"
    """Nobody would have called them in this task anyway."""
    STILL_TO_CALL = "still-to-call"
    """They are to be called in this task anyway."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer in a task at this moment; ``barred``: a do-not-call list has the number.

    ``missing``: what the script of the task they would go into needs and nobody knows of them.
    """

    state: CustomerState
    last_phone_state: str | None = None
    barred: bool = False
    missing: Collection[str] = ()


def refusal(act: MoveAct, who: Standing) -> Refusal | None:
    """Return why ``act`` can't be done with a customer, ``None`` where it can."""
    if who.state is CustomerState.CALLING:
        return Refusal.ON_THE_PHONE
    if act is MoveAct.OUT:
        return None if who.state in STILL_TO_CALL else Refusal.NOT_TO_BE_CALLED
    if who.barred or who.state is CustomerState.DO_NOT_CALL:
        return Refusal.DO_NOT_CALL
    if act is MoveAct.AGAIN:
        return Refusal.STILL_TO_CALL if who.state in STILL_TO_CALL else None
    if who.last_phone_state == NOT_IN_USE:
        return Refusal.NOT_IN_USE
    return Refusal.VARIABLES_MISSING if who.missing else None
