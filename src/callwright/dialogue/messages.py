"""Messages that are sent while somebody is talked with: what a dialogue asks for, and what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

State = TypeVar("State")

Outcome = Literal["sent", "held", "failed"]
"""The network took it; it waits for the hours in which it may leave; it is not sent."""


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send the person a message by the approved template of that name.

    ``key`` tells it from the other messages of the call: each is sent once. ``values`` are (name, value) of all
    that the dialogue knows.
    """

    key: str
    template: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MessageTold:
    """What became of the message ``key``."""

    key: str
    outcome: Outcome


def outcome_of(told: Sequence[MessageTold], key: str) -> Outcome | None:
    """Return what became of a message; ``None`` where nothing was told of it."""
    return next((one.outcome for one in told if one.key == key), None)


def with_told(told: tuple[MessageTold, ...], news: MessageTold) -> tuple[MessageTold, ...]:
    """Return what was told with ``news``; the first of a message stands."""
    return told if outcome_of(told, news.key) else (*told, news)


def suppose_sent(
    step: Callable[[State, MessageTold], tuple[State, Sequence[Any]]], state: State, actions: Sequence[Any]
) -> tuple[State, Sequence[Any]]:
    """Return where ``step`` leads if every message that is asked for is sent, with all actions in their order."""
    if not any(isinstance(action, SendMessage) for action in actions):
        return state, actions
    done = list(actions)
    for action in done:  # which grows on the way
        if isinstance(action, SendMessage):
            state, more = step(state, MessageTold(action.key, "sent"))
            done.extend(more)
    return state, tuple(done)
