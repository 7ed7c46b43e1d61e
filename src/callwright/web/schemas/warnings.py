"""Warnings, and who is to be told of them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callwright.accounts.roles import Role
from callwright.warnings.schemas import WarningKind
from callwright.web.schemas.base import Moment, Request, Response
from callwright.web.schemas.money import MICROS

MOST_AT_ONCE = 200
MOST_MONEY = 10**15
People = Annotated[list[UUID], Field(max_length=MOST_AT_ONCE)]


class OwnWarning(Response):
    """Something that needs a person, as one finds it who was told of it."""

    id: UUID
    kind: WarningKind
    about_id: UUID = Field(description="The task, line, pack of seats, webhook or company that it is about.")
    stage: str = Field(
        description="Of `seat_expiry`: 30, 7 or 0 days before the end, or -7, as many days after it; else empty."
    )
    details: dict[str, str | int | float] = Field(
        description="What it was like then: `name`, `customers`, `done`, `balance`, `threshold`, `currency`,"
        " `fault`, `seats`, `needed`, `expires_at`, as far as they belong to its kind."
    )
    raised_at: Moment
    cleared_at: Moment | None = Field(description="When it was mended.")
    read_at: Moment | None


class Unread(Response):
    """How many warnings one has not read."""

    unread: int


class ReadWarnings(Request):
    """Which of one's warnings were read."""

    ids: People | None = Field(None, description="All of them where it is left out.")


class Person(Response):
    """Somebody who can be told."""

    id: UUID
    name: str
    role: Role


class WarningSettingsBase(Request):
    """Who is told of what, and from when on."""

    low_balance: Annotated[int, Field(ge=0, le=MOST_MONEY, description=f"Warn under this balance. {MICROS}")]
    everyday: People = Field(description="Told of all that has nobody of its own; empty: who leads the company.")
    people: dict[WarningKind, People] = Field(description="Told of one kind, in the place of the others.")


class WarningSettings(Response):
    """The same as it stands, with who can be chosen."""

    low_balance: int = Field(description=f"Warned under this balance. {MICROS}")
    everyday: list[UUID]
    people: dict[WarningKind, list[UUID]]
    currency: str
    choices: list[Person]
