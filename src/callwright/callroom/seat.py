"""Where a person who answered gets an AI seat of their task (TASK-7, TASK-8)."""

from collections.abc import Sequence
from typing import Protocol

from callwright.callroom.batching import Batch
from callwright.db.session import Database
from callwright.tasks.reserving import take_seats
from callwright.tasks.schemas import ClaimedAttempt

AT_ONCE = 200


class SeatDesk(Protocol):
    """Gives out seats to one call; asked again and again, but never twice at once."""

    async def take(self) -> bool:
        """Return whether the call has a seat now; it keeps one that it has. Raises where that can't be known."""
        ...


class Seating:
    """Seats whoever answers the calls of one node on the seats that their tasks have reserved.

    Those of one moment together; their seats fall free as the attempts end.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batch: Batch[ClaimedAttempt, bool] = Batch(self._take, most=AT_ONCE)

    async def take(self, attempt: ClaimedAttempt) -> bool:
        """Return whether the person of this attempt has a seat now. Raises DatabaseUnavailableError."""
        try:
            return await self._batch.do(attempt)
        except Exception:
            # Another of its batch may have been what was refused.
            (seated,) = await self._take([attempt])
            return seated

    async def _take(self, attempts: Sequence[ClaimedAttempt]) -> list[bool]:
        async with self._database.system() as session:
            seated = await take_seats(session, [(attempt.task_id, attempt.id) for attempt in attempts])
        return [attempt.id in seated for attempt in attempts]


class TaskDesk:
    """The seats of an attempt's task."""

    def __init__(self, seating: Seating, attempt: ClaimedAttempt) -> None:
        self._seating = seating
        self._attempt = attempt

    async def take(self) -> bool:
        """Return whether the person of this attempt has a seat now. Raises DatabaseUnavailableError."""
        return await self._seating.take(self._attempt)
