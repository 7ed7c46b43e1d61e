"""The life of an attempt: one dialling of one customer.

::

    planned ──▶ claimed ──▶ dialling ──▶ connected ──▶ ended
       │           │            │  └───────────────────▲ ▲
       └───────────┴────────────┴──▶ interrupted ────────┘

The leader plans, a node claims; ``dialling`` is written before the first SIP message leaves, so that whatever
dies afterwards, nobody is dialled a second time for one attempt. ``interrupted`` is an attempt that nobody carries
on: withdrawn, given back, or its node died. A node that was only taken for dead brings its result all the same,
hence the way from ``interrupted`` to ``ended``.
"""

from collections.abc import Mapping
from enum import StrEnum

from callwright.kit.errors import ConflictError


class AttemptState(StrEnum):
    """Where an attempt stands."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    DIALLING = "dialling"
    CONNECTED = "connected"
    ENDED = "ended"
    INTERRUPTED = "interrupted"


class AttemptTransitionError(ConflictError):
    """An attempt that is {state} can't become {to}."""

    code = "attempt-state"


_NEXT: Mapping[AttemptState, frozenset[AttemptState]] = {
    AttemptState.PLANNED: frozenset({AttemptState.CLAIMED, AttemptState.INTERRUPTED}),
    AttemptState.CLAIMED: frozenset({AttemptState.DIALLING, AttemptState.INTERRUPTED}),
    AttemptState.DIALLING: frozenset({AttemptState.CONNECTED, AttemptState.ENDED, AttemptState.INTERRUPTED}),
    AttemptState.CONNECTED: frozenset({AttemptState.ENDED, AttemptState.INTERRUPTED}),
    AttemptState.ENDED: frozenset(),
    AttemptState.INTERRUPTED: frozenset({AttemptState.ENDED}),
}

IN_FLIGHT = frozenset({AttemptState.PLANNED, AttemptState.CLAIMED, AttemptState.DIALLING, AttemptState.CONNECTED})
"""The states that use a seat and a channel."""

ON_THE_NETWORK = frozenset({AttemptState.DIALLING, AttemptState.CONNECTED})
"""The states in which the customer's telephone may have rung."""


def move(state: AttemptState, to: AttemptState) -> AttemptState:
    """Return ``to`` where an attempt may go there from ``state``, else raise AttemptTransitionError."""
    if to not in _NEXT[state]:
        raise AttemptTransitionError(state=state.value, to=to.value)
    return to


def before(to: AttemptState) -> frozenset[AttemptState]:
    """Return the states from which an attempt may become ``to``."""
    return frozenset(state for state, following in _NEXT.items() if to in following)
