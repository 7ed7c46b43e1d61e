"""What is asked for with many customers at once, and what the services hand out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter

from callwright.calls.schemas import CustomerFilter
from callwright.db.tables.moves import CustomerMoveRow
from callwright.dialing.moving import MoveAct

UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which customers of a task are meant: those with these ``ids``, or else all that match the filter."""

    filter: CustomerFilter = field(default_factory=CustomerFilter)
    ids: tuple[UUID, ...] | None = None


CHOSEN: TypeAdapter[Chosen] = TypeAdapter(Chosen)


@dataclass(frozen=True, slots=True)
class NewMove:
    """What somebody asks for. ``key`` is their own, so that what is asked twice is done once."""

    key: UUID
    act: MoveAct
    task_id: UUID
    chosen: Chosen
    to_task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move, with the names of its tasks and of who asked for it."""

    row: CustomerMoveRow
    task_name: str
    to_task_name: str | None
    asked_by: str | None

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be undone; nothing where it can't."""
        row = self.row
        can_be = row.act == MoveAct.OUT and row.state in ("done", "cancelled", "failed") and row.moved
        return row.ended_at + UNDO_WITHIN if can_be and row.ended_at is not None else None


@dataclass(frozen=True, slots=True)
class Meant:
    """How many customers are meant, and with how many of them something can be done."""

    customers: int
    still_to_call: int
    callable_again: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A variable that a script needs, and how many of the customers have nothing there."""

    name: str
    label: str
    customers: int


@dataclass(frozen=True, slots=True)
class Destination:
    """A task that customers may go into; ``lacks`` and ``why_not`` tell why they can't."""

    id: UUID
    name: str
    state: str
    script: str
    why_not: str | None
    """``finished``, ``same-task``, ``variables-missing``, or nothing."""
    lacks: Sequence[Lack]
