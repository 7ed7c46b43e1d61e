"""Live news of a call, for whoever keeps its progress."""

from datetime import datetime
from typing import Protocol

from callwright.callroom.record import CallRecord, Step, Turn


class CallObserver(Protocol):
    """Told as things happen, on the event loop: each method returns at once and does its work elsewhere."""

    def ringing(self, at: datetime) -> None:
        """The far end rings."""
        ...

    def answered(self, at: datetime) -> None:
        """The far end answered."""
        ...

    def turn_added(self, turn: Turn) -> None:
        """Someone finished a turn."""
        ...

    def entered(self, step: Step) -> None:
        """The dialogue reached a node of its script."""
        ...

    def goodbye(self, reason: str, words: str) -> None:
        """The script says goodbye, for its own ``reason``; told again where the person then asks for another.

        ``words`` is what they said or keyed in last, nothing where they did neither.
        """
        ...

    def ended(self, record: CallRecord) -> None:
        """The call is over; told once, last."""
        ...


class Unobserved:
    """Nobody watches."""

    def ringing(self, at: datetime) -> None:
        """Let it pass."""

    def answered(self, at: datetime) -> None:
        """Let it pass."""

    def turn_added(self, turn: Turn) -> None:
        """Let it pass."""

    def entered(self, step: Step) -> None:
        """Let it pass."""

    def goodbye(self, reason: str, words: str) -> None:
        """Let it pass."""

    def ended(self, record: CallRecord) -> None:
        """Let it pass."""
