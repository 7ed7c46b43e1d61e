"""Money: whole millionths of the company's currency."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from callwright.web.schemas.base import Line, Moment, Named, Request, Response

MovementKind = Literal["top_up", "correction", "hold", "release", "charge", "message_charge", "message_refund"]
MICROS = "In millionths of the company's currency."


class Balance(Response):
    """What new calls may use, and what calls under way hold."""

    available: int = Field(description=MICROS)
    held: int = Field(description=MICROS)
    currency: str


class LedgerEntry(Response):
    """One movement of money."""

    id: UUID
    at: Moment
    kind: MovementKind
    amount: int = Field(description=f"{MICROS} Below 0: taken.")
    task: Named | None
    test_call: bool = Field(description="It is for a test call, which belongs to no task.")
    line: Named | None
    call_id: UUID | None
    entered_by: str | None
    note: str


class Spent(Response):
    """What calls and messages cost together: of a task or a line (nameless once removed), or of a day.

    Messages have no line: by line, theirs stand in a row of their own.
    """

    id: UUID | None
    name: str | None
    day: date | None
    calls: int
    messages: int = Field(description="Without those that were given back.")
    amount: int = Field(description=MICROS)


class NewMovement(Request):
    """Money that the operator enters for a company."""

    kind: Literal["top_up", "correction"]
    amount: Line = Field(max_length=32, examples=["250.00"], description="As people write it, in the currency.")
    note: Line = Field("", max_length=500, examples=["Invoice 2026-114"])
    key: str = Field(
        min_length=8, max_length=100, description="Made up once per movement: sent twice, it is entered once."
    )


class MovementEntered(Response):
    """A movement that stands in the ledger, and the balance with it."""

    id: UUID
    balance: Balance
