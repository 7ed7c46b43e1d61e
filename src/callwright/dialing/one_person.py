"""A person under several numbers is called once in a task: which of their places in it stays. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from callwright.dialing.outcome import STILL_TO_CALL, CustomerState


@dataclass(frozen=True, slots=True)
class PlaceInTask:
    """Where one of a person's numbers stands in a task; ``first`` is the number that their card has first."""

    id: UUID
    state: CustomerState
    called_before: bool
    first: bool
    position: int


def superfluous(places: Sequence[PlaceInTask], came_last: Collection[UUID] = ()) -> list[UUID]:
    """Return which of one person's places in a task are to be taken out, so that one alone is still to be called.

    Whoever is on the phone stays, and is the one. Else what was there stays before what ``came_last``; then one
    that was called before and is to be called again, as its tries count; then the card's first number; then the
    order.
    """
    waiting = [one for one in places if one.state in STILL_TO_CALL]
    if any(one.state is CustomerState.CALLING for one in places):
        return [one.id for one in waiting]
    ordered = sorted(
        waiting, key=lambda one: (one.id in came_last, not one.called_before, not one.first, one.position, one.id)
    )
    return [one.id for one in ordered[1:]]
