"""Where a person who answered gets an AI seat of their task (TASK-7, TASK-8)."""

from typing import Protocol

from callwright.db.session import Database
from callwright.tasks.reserving import take_seat
from callwright.tasks.schemas import ClaimedAttempt


class SeatDesk(Protocol):
    """Gives out seats to one call; asked again and again, but never twice at once."""

    async def take(self) -> bool:
        """Return whether the call has a seat now; it keeps one that it has. Raises where that can't be known."""
        ...


class TaskSeats:
    """The seats that an attempt's task has reserved; they fall free as the attempt ends."""

    def __init__(self, database: Database, attempt: ClaimedAttempt) -> None:
        self._database = database
        self._attempt = attempt

    async def take(self) -> bool:
        """Seat the person of this attempt. Raises DatabaseUnavailableError."""
        async with self._database.tenant(self._attempt.tenant_id) as session:
            return await take_seat(session, self._attempt.task_id, self._attempt.id)
