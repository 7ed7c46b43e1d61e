"""What an adaptive task learns from its calls, read from the database as they go on and end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.dialing.adaptive import Floor
from callwright.dialing.concurrency import Concurrency, calls_to_start
from callwright.dialing.outcome import ANSWERED
from callwright.dialing.outlook import look_ahead
from callwright.dialing.pacing_state import (
    PacingEvent,
    PacingState,
    PersonAnswered,
    RingEnded,
    TalkEnded,
    begin,
    step,
)

LATE = timedelta(seconds=15)
"""A result may be written so long after its call ended; what ended before was seen."""
LAST_CALLS = 400
SAYS_NOTHING = frozenset({"line_fault", "invalid_number"})
"""Phone states that tell of the line or the number, not of when people answer."""

TOTALS = text("""
    SELECT count(*), count(*) FILTER (WHERE phone_state = 'lost')
    FROM attempts WHERE task_id = :task AND phone_state = ANY (CAST(:answered AS text[]))
""")
LATEST = text("""
    SELECT id, dialled_at, connected_at, ended_at, phone_state FROM attempts
    WHERE task_id = :task AND phone_state IS NOT NULL AND ended_at > :since
    ORDER BY ended_at DESC LIMIT :most
""")
LIVE = text("""
    SELECT attempts.id, dialled_at, connected_at, reserved_seats.id IS NOT NULL
    FROM attempts LEFT JOIN reserved_seats ON reserved_seats.attempt_id = attempts.id
    WHERE attempts.task_id = :task AND state IN ('planned', 'claimed', 'dialling', 'connected')
""")


@dataclass(frozen=True, slots=True)
class _Ended:
    id: UUID
    dialled_at: datetime | None
    connected_at: datetime | None
    ended_at: datetime
    phone_state: str


class Pacer:
    """One adaptive task as the leader follows it. Whoever leads next begins anew, from the task's own history."""

    def __init__(self, task_id: UUID, state: PacingState, since: datetime) -> None:
        self._task_id = task_id
        self._state = state
        self._since = since
        self._rang: dict[UUID, datetime] = {}
        self._seated: dict[UUID, datetime] = {}
        self._ended: dict[UUID, datetime] = {}
        self._decided_at = since

    @classmethod
    async def begin(cls, session: AsyncSession, task_id: UUID, now: datetime) -> "Pacer":
        """Return a pacer that knows how the task's calls went so far."""
        totals = (await session.execute(TOTALS, {"task": task_id, "answered": [*ANSWERED]})).one()
        latest = await _get_ended(session, task_id, datetime.min.replace(tzinfo=now.tzinfo))
        lost = sum(one.phone_state == "lost" for one in latest)
        people = sum(one.phone_state in ANSWERED for one in latest)
        pacer = cls(task_id, begin(people=totals[0] - people, lost=totals[1] - lost), now)
        for one in latest:
            pacer._note_end(one)
        return pacer

    async def calls_to_start(
        self, session: AsyncSession, chosen: Concurrency, now: datetime, *, hold_s: float
    ) -> int:
        """Return how many calls the task may start now, after what has happened since it was last asked."""
        for one in await _get_ended(session, self._task_id, self._since - LATE):
            self._note_end(one)
        floor = await self._floor(session, chosen.seats, now)
        self._since = self._decided_at = now
        self._forget(now)
        return calls_to_start(chosen, look_ahead(self._state, hold_s=hold_s), floor)

    async def _floor(self, session: AsyncSession, seats: int, now: datetime) -> Floor:
        talking, ringing, holding = [], [], 0
        for attempt_id, dialled_at, connected_at, seated in await session.execute(LIVE, {"task": self._task_id}):
            if connected_at is None:
                ringing.append(0.0 if dialled_at is None else _seconds(dialled_at, now))
                continue
            self._note_answer(attempt_id, dialled_at, connected_at)
            if seated:
                talking.append(_seconds(connected_at, now))
                self._note_seat(attempt_id, connected_at)
            else:
                holding += 1
        elapsed_s = _seconds(self._decided_at, now)
        return Floor(seats, talking, ringing, holding, elapsed_s)

    def _note_answer(self, attempt_id: UUID, dialled_at: datetime, connected_at: datetime) -> None:
        if attempt_id not in self._rang:
            self._rang[attempt_id] = connected_at
            self._learn(RingEnded(_seconds(dialled_at, connected_at), answered=True))

    def _note_seat(self, attempt_id: UUID, connected_at: datetime) -> None:
        if attempt_id not in self._seated:
            self._seated[attempt_id] = connected_at
            self._learn(PersonAnswered(lost=False))

    def _note_end(self, one: _Ended) -> None:
        if one.id in self._ended:
            return
        self._ended[one.id] = one.ended_at
        for event in self._events(one):
            self._learn(event)

    def _events(self, one: _Ended) -> Iterator[PacingEvent]:
        if one.dialled_at is None:
            return
        if one.connected_at is None:
            if one.phone_state not in SAYS_NOTHING:
                yield RingEnded(_seconds(one.dialled_at, one.ended_at), answered=False)
            return
        if one.id not in self._rang:
            yield RingEnded(_seconds(one.dialled_at, one.connected_at), answered=True)
        lost = one.phone_state == "lost"
        if not lost:
            yield TalkEnded(_seconds(one.connected_at, one.ended_at))
        if one.id not in self._seated:
            yield PersonAnswered(lost=lost)

    def _learn(self, event: PacingEvent) -> None:
        self._state = step(self._state, event)

    def _forget(self, now: datetime) -> None:
        """Drop what can't be read a second time any more."""
        for known in (self._rang, self._seated):
            for attempt_id in known.keys() & self._ended.keys():
                if self._ended[attempt_id] < now - 2 * LATE:
                    del known[attempt_id]
        self._ended = {key: at for key, at in self._ended.items() if at >= now - 2 * LATE}


async def _get_ended(session: AsyncSession, task_id: UUID, since: datetime) -> list[_Ended]:
    rows = await session.execute(LATEST, {"task": task_id, "since": since, "most": LAST_CALLS})
    return [_Ended(*row) for row in reversed(rows.all())]


def _seconds(begin_at: datetime, end_at: datetime) -> float:
    return max(0.0, (end_at - begin_at).total_seconds())


def forget_others(pacers: dict[UUID, Pacer], running: Mapping[UUID, object]) -> None:
    """Let go of the pacers of tasks that run no more."""
    for task_id in pacers.keys() - running.keys():
        del pacers[task_id]
