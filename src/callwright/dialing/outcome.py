"""What the end of an attempt means for its customer and its line.

Each customer is called once in a task. The exception is an attempt of which the customer's telephone can know
nothing: the line failed before anything rang. Such a customer waits again, until it shows that the line serves
others and only this number fails.
"""

from collections.abc import Sequence
from enum import StrEnum

LINE_FAULT = "line_fault"
FAULTS_IN_A_ROW = 5
"""So many diallings of a line in a row that failed in the line itself stop the task from burning its customers."""
FAULTS_OF_ONE_NUMBER = 3
"""So many line faults of one number, on a line that serves others, are the number's."""


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


STILL_TO_CALL = frozenset({CustomerState.UNCALLED, CustomerState.WAITING})


def line_is_down(latest: Sequence[str]) -> bool:
    """Say whether a line whose latest diallings ended in the phone states ``latest`` is out of order.

    Look at FAULTS_IN_A_ROW of them. After a pause the old faults still count, so that the first new one pauses
    again, while the first call that gets through clears them.
    """
    return len(latest) >= FAULTS_IN_A_ROW and _all_faults(latest)


def customer_after(phone_state: str, *, rang: bool, faults: int, latest: Sequence[str]) -> CustomerState:
    """Return the state of a customer whose attempt ended in ``phone_state``.

    ``rang``: the far end rang or answered. ``faults``: this customer's line faults in this task so far, this one
    included. ``latest``: the phone states of the line's latest diallings.
    """
    if phone_state != LINE_FAULT or rang:
        return CustomerState.CALLED
    if faults >= FAULTS_OF_ONE_NUMBER and not _all_faults(latest):
        return CustomerState.CALLED
    return CustomerState.UNCALLED


def customer_after_interruption(*, dialled: bool) -> CustomerState:
    """Return the state of a customer whose attempt nobody carries on: free again only if surely never dialled."""
    return CustomerState.CALLED if dialled else CustomerState.UNCALLED


def _all_faults(latest: Sequence[str]) -> bool:
    return all(state == LINE_FAULT for state in latest)
