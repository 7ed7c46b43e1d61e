"""Calls written, as they happen: opened at dialling, followed while they last, closed once and for all.

Each function is part of one transaction with what it means for the attempt, so that call and attempt never
disagree.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey
from callwright.calls import repository
from callwright.calls.events import of_end, of_interruption
from callwright.calls.repository import HeldCall
from callwright.calls.schemas import FinishedCall, OpenedCall
from callwright.calls.unanswered import Ended, note_unanswered
from callwright.contacts.do_not_call import put_on_list
from callwright.db.news import Channel, publish_many
from callwright.db.outbox import publish
from callwright.db.tables.calls import CallRow
from callwright.dialing.attempt import AttemptState
from callwright.kit.errors import NotFoundError
from callwright.lines.health import note_results
from callwright.tasks import attempts
from callwright.tasks.ending import end_attempts
from callwright.tasks.news import tell_browsers
from callwright.tasks.schemas import AttemptOutcome, InterruptedAttempt, LockedAttempt


async def open_calls(session: AsyncSession, opened: Sequence[OpenedCall]) -> None:
    """Write down the calls that a node is about to dial, their attempts being marked in the same transaction."""
    if opened:
        await repository.open_calls(session, opened)
        for tenant_id, task_id in {(call.tenant_id, call.task_id) for call in opened}:
            await tell_browsers(session, tenant_id, task_id)


async def withdraw_call(session: AsyncSession, attempt_id: UUID, node_id: UUID, now: datetime) -> bool:
    """Take back a call that surely never left this node; its customer waits again.

    ``False`` where the node does not have it any more, and nothing is changed.
    """
    if not await attempts.give_back(session, attempt_id, node_id, now):
        return False
    await repository.delete_call_of_attempt(session, attempt_id)
    return True


async def close_calls(session: AsyncSession, finished: Sequence[FinishedCall]) -> dict[UUID, LockedAttempt]:
    """Keep everything of calls that are over, and end their attempts; return those not known before, as they stood.

    A call that had been closed as interrupted, because its node was taken for dead, gets its true end. The number
    of a person who asked not to be called again goes on the do-not-call list, unless ``noting`` put it there.
    """
    ended = await end_attempts(session, [_outcome(one) for one in finished])
    news = {one.attempt_id: one for one in finished if one.attempt_id in ended}
    calls = await repository.lock_calls_of_attempts(session, list(news))
    await repository.fill(session, [news[call.attempt_id] for call in calls])
    await repository.note_last_calls(session, calls)
    for call in calls:
        if (one := news[call.attempt_id]).do_not_call:
            await put_on_list(session, call.tenant_id, call.phone, call_id=call.id, words=one.do_not_call_words)
    # Calls, then customers' last ones, then the list, then lines: the order in which ``noting`` holds them, too.
    await note_results(
        session,
        [
            (ended[one.attempt_id].line_id, one.phone_state, one.ended_at)
            for one in news.values()
            if ended[one.attempt_id].state is not AttemptState.CONNECTED  # known since the answer
        ],
    )
    answered = [call for call in calls if news[call.attempt_id].answered_at is not None]
    await repository.replace_turns(session, [(call, news[call.attempt_id].turns) for call in answered])
    await repository.add_events(session, [(call, news[call.attempt_id].events) for call in calls])
    await note_unanswered(
        session,
        [
            Ended(call.id, call.tenant_id, call.over, news[call.attempt_id].turns, news[call.attempt_id].events)
            for call in calls
        ],
    )
    await _tell_of_end(session, calls)
    await publish(session, [event for call in calls for event in of_end(call, news[call.attempt_id])])
    return ended


async def interrupt_calls(session: AsyncSession, left: Sequence[InterruptedAttempt], now: datetime) -> None:
    """Close the calls that dead nodes leave behind: what is known of them ends here."""
    dialled = [attempt.id for attempt in left if attempt.dialled]
    values = {"ended_at": now, "interrupted": True, "hung_up_by": "network"}
    await _interrupt(session, dialled, values)


async def abandon_call(session: AsyncSession, attempt_id: UUID, reason: str, now: datetime) -> None:
    """Close a call that failed on our side after it may have been dialled; its customer is not dialled again."""
    await attempts.give_up(session, attempt_id, reason, now)
    values = {"ended_at": now, "interrupted": True, "hung_up_by": "us", "sip_reason": reason}
    await _interrupt(session, [attempt_id], values)


async def add_recording(session: AsyncSession, attempt_id: UUID, key: BlobKey) -> None:
    """Name the recording that a dead node left of a call. Raises NotFoundError."""
    call = await _get_call(session, attempt_id)
    call.recording_key = call.recording_key or str(key)


async def _get_call(session: AsyncSession, attempt_id: UUID) -> CallRow:
    call = await repository.get_call_of_attempt(session, attempt_id)
    if call is None:
        raise NotFoundError(thing="call of attempt", key=attempt_id)
    return call


async def _interrupt(session: AsyncSession, attempt_ids: Sequence[UUID], values: dict[str, Any]) -> None:
    interrupted = await repository.interrupt_calls(session, attempt_ids, values)
    await _tell_of_end(session, interrupted)
    await publish(session, [of_interruption(call) for call in interrupted])


def _outcome(finished: FinishedCall) -> AttemptOutcome:
    return AttemptOutcome(
        finished.attempt_id,
        finished.dialled_at,
        finished.ended_at,
        finished.phone_state,
        finished.grade,
        finished.talk_ms,
        finished.sip_code,
        finished.sip_reason,
        rang=finished.ringing_at is not None,
        never_again=finished.do_not_call,
    )


async def _tell_of_end(session: AsyncSession, calls: Sequence[CallRow | HeldCall]) -> None:
    news = [{"tenant": one.tenant_id, "task": one.task_id, "kind": "call", "call": one.id} for one in calls]
    await publish_many(session, Channel.BROWSER, news)
