"""Events: what happened that somebody outside, or a feature further up, may want to act upon.

Past tense, small, and without anybody's name or number: ids lead to those, for whoever may read them. Events are
kept for days and read by versions of the program that did not write them, so a field is only ever added, with a
default.
"""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class EventData(BaseModel):
    """What an event tells, by its kind."""

    model_config = ConfigDict(frozen=True)

    kind: ClassVar[str]


class CallEnded(EventData):
    """A call to a customer of a task is over.

    One whose process died is told of as interrupted; should its true end be learnt later, it is told of again.
    """

    kind: ClassVar[str] = "call.ended"

    call_id: UUID
    task_id: UUID
    customer_id: UUID
    dialled_at: datetime
    ended_at: datetime
    phone_state: str | None = Field(description="How the telephone answered; null where that is not known.")
    talk_ms: int = Field(description="From the answer to the end, in milliseconds; 0 where nobody answered.")
    hung_up_by: str | None = Field(description="us, them or network.")
    interrupted: bool = Field(description="The process that held the call died; what is known of it ends there.")
    grade: str | None = Field(description="The intention grade, null where there is none.")


class CustomerGraded(EventData):
    """A customer got an intention grade: by a call, or by somebody who corrected a call's."""

    kind: ClassVar[str] = "customer.graded"

    call_id: UUID
    task_id: UUID
    customer_id: UUID
    grade: str
    by: Literal["call", "person"]


class TaskStateChanged(EventData):
    """A call task was started, paused, resumed or finished, by somebody or by itself."""

    kind: ClassVar[str] = "task.state_changed"

    task_id: UUID
    state: Literal["running", "paused", "finished"]
    reason: str = Field(description="Why, as a code, where nobody asked for it; else empty.")


class ImportDone(EventData):
    """An import of customers is over."""

    kind: ClassVar[str] = "import.done"

    import_id: UUID
    task_id: UUID
    state: Literal["done", "failed", "cancelled"]
    failure: str = Field(description="Why it failed, as a code; else empty.")
    rows: int = Field(description="Rows in the file; 0 unless it is done, as are the others.")
    imported: int
    updated: int = Field(description="Known customers whom the file changed.")
    unchanged: int = Field(default=0, description="Known customers of whom it adds nothing to what is known.")
    duplicates: int
    changed_in_task: int = Field(
        default=0, description="In the task already and never called: a first call is held by what the file says."
    )
    too_late: int = Field(
        default=0,
        description="In the task already, called, being called, or barred from it by a do-not-call list: what the"
        " file says else is in the book alone.",
    )
    already_in_task: int = Field(description="In the task already: the file says nothing else for their calls.")
    failed: int = Field(description="Rows that were not taken.")


class MessageStateChanged(EventData):
    """A message to a customer was held, sent, delivered, failed, or went to a channel that sends nothing."""

    kind: ClassVar[str] = "message.state_changed"

    message_id: UUID
    call_id: UUID
    task_id: UUID
    customer_id: UUID
    state: Literal["held", "sent", "delivered", "failed", "unsent"]
    why: str = Field(description="Why it is held or failed, as a code; else empty.")


class WarningRaised(EventData):
    """Something needs a person."""

    kind: ClassVar[str] = "warning.raised"

    warning: str = Field(description="What it is about, as a code.")
    about_id: UUID = Field(description="The thing that it is about.")
    warning_id: UUID | None = Field(default=None, description="The warning.")


class WarningCleared(EventData):
    """What needed a person is mended."""

    kind: ClassVar[str] = "warning.cleared"

    warning: str
    about_id: UUID


KINDS: dict[str, type[EventData]] = {
    one.kind: one
    for one in (
        CallEnded,
        CustomerGraded,
        TaskStateChanged,
        ImportDone,
        MessageStateChanged,
        WarningRaised,
        WarningCleared,
    )
}
