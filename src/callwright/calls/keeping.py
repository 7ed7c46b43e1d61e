"""Calls written, as they happen: opened at dialling, followed while they last, closed once and for all.

Each function is part of one transaction with what it means for the attempt, so that call and attempt never
disagree.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey
from callwright.calls import repository
from callwright.calls.schemas import FinishedCall, OpenedCall, TurnEntry
from callwright.contacts.do_not_call import put_on_list
from callwright.db.news import Channel, publish
from callwright.db.tables.calls import CallRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.tasks import attempts
from callwright.tasks.news import tell_browsers
from callwright.tasks.schemas import AttemptOutcome, InterruptedAttempt


async def open_call(session: AsyncSession, opened: OpenedCall, node_id: UUID) -> UUID:
    """Write down that a node is about to dial; return the call's id. Commit before dialling.

    Raises AttemptWithdrawnError where it may not dial.
    """
    await attempts.mark_dialling(session, opened.attempt_id, node_id, opened.dialled_at)
    call_id = new_id()
    session.add(
        CallRow(
            id=call_id,
            tenant_id=opened.tenant_id,
            attempt_id=opened.attempt_id,
            task_id=opened.task_id,
            customer_id=opened.customer_id,
            script_version_id=opened.script_version_id,
            line_id=opened.line_id,
            phone=opened.phone,
            caller_number=opened.caller_number,
            dialled_at=opened.dialled_at,
        )
    )
    await session.flush()
    return call_id


async def note_ringing(session: AsyncSession, attempt_id: UUID, at: datetime) -> None:
    """Write down that the far end rings. Raises NotFoundError."""
    call = await _get_call(session, attempt_id)
    call.ringing_at = at
    await tell_browsers(session, call.tenant_id, call.task_id)


async def note_answered(session: AsyncSession, attempt_id: UUID, at: datetime) -> None:
    """Write down that the customer answered. Raises NotFoundError, AttemptTransitionError."""
    await attempts.mark_connected(session, attempt_id, at)
    call = await _get_call(session, attempt_id)
    call.answered_at = at
    await tell_browsers(session, call.tenant_id, call.task_id)


async def note_turn(session: AsyncSession, attempt_id: UUID, turn: TurnEntry) -> None:
    """Write down what was just said. Raises NotFoundError."""
    call = await _get_call(session, attempt_id)
    if call.ended_at is None:
        await repository.append_turn(session, call, turn)
        await tell_browsers(session, call.tenant_id, call.task_id)


async def note_do_not_call(session: AsyncSession, attempt_id: UUID) -> None:
    """Put the number on the do-not-call list while the call lasts, where it stays. Raises NotFoundError."""
    call = await _get_call(session, attempt_id)
    await put_on_list(session, call.tenant_id, call.phone, call_id=call.id)


async def withdraw_call(session: AsyncSession, attempt_id: UUID, node_id: UUID, now: datetime) -> None:
    """Take back a call that surely never left this node; its customer waits again."""
    await attempts.give_back(session, attempt_id, node_id, now)
    await repository.delete_call_of_attempt(session, attempt_id)


async def close_call(session: AsyncSession, finished: FinishedCall) -> UUID | None:
    """Keep everything of a call that is over, and end its attempt; ``None`` where that was done before.

    A call that had been closed as interrupted, because its node was taken for dead, gets its true end. The number
    of a person who asked not to be called again goes on the do-not-call list, where :func:`note_do_not_call` has
    not put it already.
    """
    outcome = AttemptOutcome(
        finished.phone_state, finished.sip_code, finished.sip_reason, rang=finished.ringing_at is not None
    )
    attempt = await attempts.end_attempt(session, finished.attempt_id, outcome, finished.ended_at)
    if attempt is None:
        return None
    call = await _get_call(session, finished.attempt_id)
    _fill(call, finished)
    await session.flush()
    await repository.replace_turns(session, call, finished.turns)
    await repository.add_events(session, call, finished.events)
    if finished.do_not_call:
        await put_on_list(session, call.tenant_id, call.phone, call_id=call.id)
    await _tell_of_end(session, call)
    return call.id


async def interrupt_calls(session: AsyncSession, left: Sequence[InterruptedAttempt], now: datetime) -> None:
    """Close the calls that dead nodes leave behind: what is known of them ends here."""
    dialled = [attempt.id for attempt in left if attempt.dialled]
    values = {"ended_at": now, "interrupted": True, "hung_up_by": "network"}
    for call in await repository.interrupt_calls(session, dialled, values):
        await _tell_of_end(session, call)


async def abandon_call(session: AsyncSession, attempt_id: UUID, reason: str, now: datetime) -> None:
    """Close a call that failed on our side after it may have been dialled; its customer is not dialled again."""
    await attempts.give_up(session, attempt_id, reason, now)
    values = {"ended_at": now, "interrupted": True, "hung_up_by": "us", "sip_reason": reason}
    for call in await repository.interrupt_calls(session, [attempt_id], values):
        await _tell_of_end(session, call)


async def add_recording(session: AsyncSession, attempt_id: UUID, key: BlobKey) -> None:
    """Name the recording that a dead node left of a call. Raises NotFoundError."""
    call = await _get_call(session, attempt_id)
    call.recording_key = call.recording_key or str(key)


async def _get_call(session: AsyncSession, attempt_id: UUID) -> CallRow:
    call = await repository.get_call_of_attempt(session, attempt_id)
    if call is None:
        raise NotFoundError(thing="call of attempt", key=attempt_id)
    return call


def _fill(call: CallRow, finished: FinishedCall) -> None:
    call.interrupted = finished.interrupted
    call.sip_call_id = finished.sip_call_id
    call.dialled_at = finished.dialled_at
    call.ringing_at, call.answered_at = finished.ringing_at, finished.answered_at
    call.ended_at, call.talk_ms = finished.ended_at, finished.talk_ms
    call.phone_state, call.hung_up_by = finished.phone_state, finished.hung_up_by
    call.sip_code, call.sip_reason = finished.sip_code, finished.sip_reason
    call.grade, call.grade_reasons = finished.grade, finished.grade_reasons
    call.collected, call.path = finished.collected, finished.path
    call.answer_to_audio_ms, call.reply_ms = finished.answer_to_audio_ms, finished.reply_ms
    call.media, call.recording_key = finished.media, finished.recording


async def _tell_of_end(session: AsyncSession, call: CallRow) -> None:
    news = {"tenant": call.tenant_id, "task": call.task_id, "kind": "call", "call": call.id}
    await publish(session, Channel.BROWSER, news)
