"""Calls read: lists, one with everything, its recording."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey
from callwright.calls import listing, repository, views
from callwright.calls.errors import NoRecordingError
from callwright.calls.schemas import CallFilter, CallOrder, CallPlace, CallSummary, CallView
from callwright.dialogue.loading import any_script_from
from callwright.tasks.schemas import LineRef


async def list_calls(
    session: AsyncSession,
    wanted: CallFilter,
    order: CallOrder = CallOrder.NEWEST,
    *,
    scope: UUID | None = None,
    after: CallPlace | None = None,
    limit: int = 50,
) -> list[CallSummary]:
    """Return calls that are over, in their order, those behind the place ``after``.

    With a person's ``scope``, here and below, only those of customers who are theirs or in the public pool.
    """
    rows = await listing.list_ended(session, wanted, order, scope=scope, after=after, limit=limit)
    return [views.summary(row) for row in rows]


async def count_calls(session: AsyncSession, wanted: CallFilter) -> int:
    """Return how many calls :func:`list_calls` would return at most."""
    return await listing.count_ended(session, wanted)


async def get_call_summary(session: AsyncSession, call_id: UUID) -> CallSummary:
    """Return a call as a list shows it. Raises NotFoundError."""
    return views.summary(await listing.get_list_row(session, call_id, scope=None))


async def get_summaries(session: AsyncSession, ids: Collection[UUID]) -> list[CallSummary]:
    """Return these calls as a list shows them, in no order."""
    return [views.summary(row) for row in await listing.get_list_rows(session, ids)]


async def get_reached(session: AsyncSession, ids: Collection[UUID], *, scope: UUID | None) -> set[UUID]:
    """Return those of these calls that :func:`get_call` returns."""
    return await listing.get_reached(session, ids, scope=scope) if ids else set()


async def get_call(session: AsyncSession, call_id: UUID, *, scope: UUID | None = None) -> CallView:
    """Return a call with everything kept of it, also while it is under way. Raises NotFoundError."""
    row = await listing.get_list_row(session, call_id, scope=scope)
    call = row[0]
    line_name, content = await repository.get_names(session, call)
    answered = call.answered_at
    return CallView(
        summary=views.summary(row),
        sip_call_id=call.sip_call_id,
        caller_number=call.caller_number,
        line=LineRef(call.line_id, line_name),
        labels=views.labels(any_script_from(content)),
        ringing_at=call.ringing_at,
        grade_reasons=call.grade_reasons,
        collected=call.collected,
        path=call.path,
        transcript=[views.turn(turn) for turn in await repository.get_transcript(session, call_id)],
        events=[views.event(event) for event in await repository.get_events(session, call_id)],
        answer_to_audio_ms=call.answer_to_audio_ms,
        reply_ms=call.reply_ms,
        media=call.media,
        answered_after_ms=None if answered is None else views.milliseconds(call.dialled_at, answered),
    )


async def recording_key(session: AsyncSession, call_id: UUID, *, scope: UUID | None = None) -> BlobKey:
    """Return where the call's recording is kept. Raises NotFoundError, NoRecordingError."""
    call = (await listing.get_list_row(session, call_id, scope=scope))[0]
    if call.recording_key is None:
        raise NoRecordingError(key=call_id)
    return BlobKey.parse(call.recording_key)
