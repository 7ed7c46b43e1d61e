"""Many customers of a task moved at once."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from callwright.calls.schemas import CustomerFilter
from callwright.dialing.moving import MoveAct, Refusal
from callwright.moving.schemas import Chosen
from callwright.web.schemas.base import Line, Moment, Named, Request, Response, Sought
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.customers import Tag
from callwright.web.schemas.exports import TalkLength
from callwright.web.schemas.tasks import CustomerStateName, TaskStateName

MOST_IDS = 10_000
MoveState = Literal["waiting", "running", "done", "failed", "cancelled", "undoing", "undone"]


class ChosenCustomers(Request):
    """Customers of a task: those that are named, or all that its list shows when filtered so."""

    ids: list[UUID] | None = Field(None, min_length=1, max_length=MOST_IDS)
    state: CustomerStateName | None = None
    phone_state: PhoneStateName | None = None
    grade: Annotated[Line, Field(max_length=20)] | None = None
    tag: Tag | None = None
    text: Sought | None = None
    min_talk_ms: TalkLength | None = None
    max_talk_ms: TalkLength | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.ids is not None and self.model_fields_set - {"ids"}:
            raise PydanticCustomError("ids_or_filter", "Give either ids or a filter")
        return self

    def chosen(self) -> Chosen:
        """Return who is meant."""
        ids = None if self.ids is None else tuple(dict.fromkeys(self.ids))
        return Chosen(CustomerFilter(**self.model_dump(exclude={"ids"})), ids)


class NewMove(Request):
    """What is to be done with customers of a task."""

    act: MoveAct = Field(description="`into` another task, called `again` in this one, or `out` of those to call.")
    chosen: ChosenCustomers = Field(description="Without ids or filter: all of the task.")
    to_task_id: UUID | None = Field(None, description="For `into`.")

    @model_validator(mode="after")
    def _a_task_to_go_into(self) -> Self:
        if (self.act is MoveAct.INTO) != (self.to_task_id is not None):
            raise PydanticCustomError("to_task_id", "Give to_task_id for into, and for nothing else")
        return self


class Move(Response):
    """Customers of a task that are, or were, moved."""

    id: UUID
    act: MoveAct
    task: Named
    to_task: Named | None
    asked_by: str | None
    asked_at: Moment
    ended_at: Moment | None
    state: MoveState
    failure: str | None = Field(description="Why it failed: a stable code. Who was moved before stays moved.")
    total: int = Field(description="How many were meant when it was asked.")
    looked_at: int
    moved: int
    already: int = Field(description="In the other task before; they stay in this one.")
    refused: dict[Refusal, int] = Field(description="How many stay, by the reason.")
    put_back: int = Field(description="How many came back as it was undone.")
    undo_until: Moment | None = Field(description="Null where it can't be undone.")


class MeantCustomers(Response):
    """How many customers a choice means, and with how many of them something can be done."""

    customers: int
    still_to_call: int = Field(description="Can be taken out.")
    callable_again: int = Field(description="Can be called again, unless they are on a do-not-call list.")


class Lack(Response):
    """A variable that a script needs, and how many of the customers have nothing there."""

    name: str
    label: str
    customers: int


class Destination(Response):
    """A task that customers may go into."""

    id: UUID
    name: str
    state: TaskStateName
    script: str
    why_not: Literal["finished", "same-task", "variables-missing"] | None
    lacks: list[Lack]


class DestinationsSought(Request):
    """For whom tasks are sought."""

    chosen: ChosenCustomers
    name: Annotated[Line, Field(max_length=200, description="Part of the task's name.")] | None = None
