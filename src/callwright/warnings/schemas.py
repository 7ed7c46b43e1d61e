"""What the warning services take and hand out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

Details = dict[str, str | int | float]


class WarningKind(StrEnum):
    """What a warning is about (SPEC TASK-15), and what else stops without anybody noticing."""

    OUT_OF_CREDIT = "out_of_credit"
    """A task dials nobody, as the balance covers no further call; about the task."""
    SEAT_EXPIRY = "seat_expiry"
    """Seats expire, or have expired, that tasks need; about the pack."""
    LOW_BALANCE = "low_balance"
    """About the company."""
    LINE_FAULT = "line_fault"
    """About the line."""
    NEARLY_DONE = "nearly_done"
    """About the task."""
    DONE = "done"
    """About the task."""
    WEBHOOK_GIVEN_UP = "webhook_given_up"
    """About the webhook."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why somebody is to be warned: it holds now.

    One that is not ``fresh`` keeps a warning that stands, and raises none.
    """

    kind: WarningKind
    about_id: UUID
    stage: str = ""
    details: Details = field(default_factory=dict)
    fresh: bool = True

    @property
    def key(self) -> tuple[str, UUID, str]:
        """What tells it from other causes."""
        return self.kind.value, self.about_id, self.stage


@dataclass(frozen=True, slots=True)
class ToldWarning:
    """A warning as one person who was told of it finds it."""

    id: UUID
    kind: WarningKind
    about_id: UUID
    stage: str
    details: Mapping[str, Any]
    raised_at: datetime
    cleared_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class WarningSettings:
    """Who is told of what, and from when on.

    ``people`` holds those chosen for a kind; for the others it is ``everyday``, and where that is empty too those
    who lead the company.
    """

    low_balance: int
    everyday: Sequence[UUID]
    people: Mapping[WarningKind, Sequence[UUID]]
