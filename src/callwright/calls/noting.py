"""Calls while they last: what happens in many of them, written down together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import repository
from callwright.calls.schemas import TurnEntry
from callwright.contacts.do_not_call import put_on_list
from callwright.lines.health import note_results
from callwright.tasks.news import tell_browsers

CONNECTED_STATE = "connected"
RANG = text("""
    UPDATE calls SET ringing_at = given.at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:at AS timestamptz[])) AS given (id, at)
    WHERE calls.attempt_id = given.id
""")
# An attempt that was given up meanwhile stays so; its result will tell. In the order of their ids, as everywhere.
CONNECTED = text("""
    UPDATE attempts SET state = 'connected', connected_at = answered.at
    FROM (
        SELECT dialled.id, given.at
        FROM unnest(CAST(:ids AS uuid[]), CAST(:at AS timestamptz[])) AS given (id, at)
        JOIN attempts AS dialled ON dialled.id = given.id AND dialled.state = 'dialling'
        ORDER BY dialled.id FOR NO KEY UPDATE OF dialled
    ) AS answered
    WHERE attempts.id = answered.id
    RETURNING attempts.line_id, answered.at
""")
ANSWERED = text("""
    UPDATE calls SET answered_at = given.at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:at AS timestamptz[])) AS given (id, at)
    WHERE calls.attempt_id = given.id AND calls.ended_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened in a call: it rang, was answered, something was said, or never again was wished."""

    attempt_id: UUID
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    turn: TurnEntry | None = None
    never_again: bool = False
    words: str = ""
    """By which it was wished."""


async def write_notes(session: AsyncSession, notes: Sequence[Note]) -> None:
    """Write notes down, those of one call in their order; of calls that are gone or over, only the wishes."""
    # Attempts first, then calls: the order in which calls are closed.
    answered = _moments((note.attempt_id, note.answered_at) for note in notes)
    connected = await session.execute(CONNECTED, answered)
    calls = {
        call.attempt_id: call
        for call in await repository.lock_calls_of_attempts(session, [note.attempt_id for note in notes])
    }
    await session.execute(RANG, _moments((note.attempt_id, note.ringing_at) for note in notes))
    await session.execute(ANSWERED, answered)
    for note in notes:
        if (call := calls.get(note.attempt_id)) is None:
            continue
        if note.turn is not None and not call.over:
            await repository.append_turn(session, call, note.turn)
        if note.never_again:
            await put_on_list(session, call.tenant_id, call.phone, call_id=call.id, words=note.words)
    # A line is known to work from the answer on, not only once the conversation is over.
    await note_results(session, [(line_id, CONNECTED_STATE, at) for line_id, at in connected])
    for tenant_id, task_id in {(call.tenant_id, call.task_id) for call in calls.values()}:
        await tell_browsers(session, tenant_id, task_id)


def _moments(given: Iterable[tuple[UUID, datetime | None]]) -> dict[str, list[Any]]:
    known = sorted((attempt_id, at) for attempt_id, at in given if at is not None)
    return {"ids": [attempt_id for attempt_id, _ in known], "at": [at for _, at in known]}
