"""When a customer who was not reached is dialled again (SPEC TASK-17).

The moment told here is the earliest; calling hours, caps and everything else stay the gate's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from callwright.kit.errors import InvalidInputError

SHORTEST_H = Decimal("0.1")
LONGEST_H = Decimal(720)
MOST_TRIES = 10


class RedialIntervalError(InvalidInputError):
    """{hours} hours can't lie between two tries: choose from {shortest} (6 minutes) to {longest} (30 days)."""

    code = "redial-interval"


class RedialTriesError(InvalidInputError):
    """{tries} redials can't be made: choose from 1 to {most}, or leave the outcome out."""

    code = "redial-tries"


class Redialled(StrEnum):
    """The phone states that may be dialled again.

    A connected call, a number that does not exist and a person who said no are not among them.
    """

    LOST = "lost"
    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    VOICEMAIL = "voicemail"
    TECHNICAL_FAULT = "technical_fault"


@dataclass(frozen=True, slots=True)
class RedialRule:
    """After how many hours, and how many times at most after the first call. Raises an InvalidInputError."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    interval_h: Decimal
    tries: int

    def __post_init__(self) -> None:
        if not self.interval_h.is_finite() or not SHORTEST_H <= self.interval_h <= LONGEST_H:
            raise RedialIntervalError(hours=self.interval_h, shortest=SHORTEST_H, longest=LONGEST_H)
        if not 1 <= self.tries <= MOST_TRIES:
            raise RedialTriesError(tries=self.tries, most=MOST_TRIES)


RedialPlan = Mapping[Redialled, RedialRule]
"""What a task does after each outcome; an outcome that is not named is not dialled again."""

PROMISED: RedialPlan = {Redialled.TECHNICAL_FAULT: RedialRule(Decimal("0.5"), 1)}
"""What a task does that was told nothing else: whoever heard our apology was promised another call."""


def is_called_again(plan: RedialPlan, *, faults: int) -> bool:
    """Tell whether a customer is whose call ends in a technical fault, after ``faults`` others in this task."""
    rule = plan.get(Redialled.TECHNICAL_FAULT)
    return rule is not None and faults < rule.tries


def next_try(
    plan: RedialPlan, phone_state: str, *, redials_so_far: int, ended_at: datetime, do_not_call: bool
) -> datetime | None:
    """Return the earliest moment to dial a customer again whose call ended in ``phone_state``; ``None`` for never.

    ``redials_so_far``: how often this task has dialled the customer again, whatever the outcomes were; after a
    technical fault, how often after another one.
    ``do_not_call``: the person asked not to be called.
    """
    rule = {outcome.value: rule for outcome, rule in plan.items()}.get(phone_state)
    if rule is None or do_not_call or redials_so_far >= rule.tries:
        return None
    return ended_at + timedelta(seconds=int(rule.interval_h * 3600))
