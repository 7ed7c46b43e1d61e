"""The figures of a task, as the demo prints them in the end."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import figures
from callwright.calls.schemas import Summary
from callwright.tasks.tallies import Tally, get_tallies


async def summarise(session: AsyncSession, task_id: UUID) -> Summary:
    """Return the figures of a task: its calls that are over."""
    totals = await figures.get_call_totals(session, task_id)
    tallies = await get_tallies(session, task_id)
    by_phone_state = tallies.of(Tally.ENDED)
    return Summary(
        calls=totals.calls,
        attempts=tallies.total(Tally.DIALLED),
        connected=by_phone_state.get("connected", 0),
        by_phone_state=by_phone_state,
        by_grade=tallies.of(Tally.GRADED),
        recordings=totals.recordings,
        transcripts=totals.transcripts,
        reply_ms=await figures.get_reply_ms(session, task_id),
        answer_to_audio_ms=await figures.get_answer_to_audio_ms(session, task_id),
    )
