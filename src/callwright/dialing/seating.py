"""Which tasks get the AI seats they ask for (SPEC TASK-6)."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class SeatWish(Generic[Key]):
    """A task of a tenant, and how many seats it would have or has."""

    task: Key
    tenant: Key
    seats: int


def take_back(holders: Sequence[SeatWish[Key]], total: Mapping[Key, int]) -> set[Key]:
    """Return the tasks that lose their seats as their tenant owns fewer than they hold: a pack has expired.

    Those behind in the order of ``holders`` lose theirs first. A tenant that is not named owns none.
    """
    left = dict(total)
    lost: set[Key] = set()
    for holder in holders:
        if holder.seats > left.get(holder.tenant, 0):
            lost.add(holder.task)
        else:
            left[holder.tenant] -= holder.seats
    return lost


def grant(wishes: Sequence[SeatWish[Key]], free: Mapping[Key, int]) -> set[Key]:
    """Return the tasks whose seats are all free now, given in the order of ``wishes``.

    Behind a task that waits no other of its tenant is served, however few it asks for, or the large one would wait
    for ever. A tenant that is not named has no free seat.
    """
    left = dict(free)
    granted: set[Key] = set()
    waits: set[Key] = set()
    for wish in wishes:
        if wish.tenant in waits or wish.seats > left.get(wish.tenant, 0):
            waits.add(wish.tenant)
            continue
        left[wish.tenant] -= wish.seats
        granted.add(wish.task)
    return granted
