"""Where a task stands, for its page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import figures
from callwright.calls.by_line import get_line_totals
from callwright.calls.pace import get_latest_starts, get_pace, get_seconds_per_call
from callwright.calls.schemas import Progress
from callwright.dialing.estimate import finishing_about, pace_lately
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import ANSWERED, STILL_TO_CALL, CustomerState
from callwright.tasks import reserving
from callwright.tasks.nodes import get_trouble
from callwright.tasks.schemas import TaskView
from callwright.tasks.service import get_task
from callwright.tasks.tallies import Tally, get_tallies


async def get_progress(session: AsyncSession, task_id: UUID, *, now: datetime) -> Progress:
    """Return where the task stands. Raises NotFoundError."""
    task = await get_task(session, task_id)
    tallies = await get_tallies(session, task_id)
    by_state, by_phone_state = tallies.of(Tally.CUSTOMERS), tallies.of(Tally.ENDED)
    connected, lost = by_phone_state.get("connected", 0), by_phone_state.get("lost", 0)
    answered = sum(by_phone_state.get(state, 0) for state in ANSWERED)
    to_start = sum(by_state.get(state, 0) for state in STILL_TO_CALL)
    seconds = await get_seconds_per_call(session, task_id)
    seats = (await reserving.get_held(session, [task_id])).get(task_id, reserving.NONE)
    return Progress(
        task_id=task_id,
        state=task.state,
        state_reason=task.state_reason,
        customers=tallies.total(Tally.CUSTOMERS),
        done=tallies.done(),
        uncalled=by_state.get(CustomerState.UNCALLED, 0),
        waiting=by_state.get(CustomerState.WAITING, 0),
        calling=by_state.get(CustomerState.CALLING, 0),
        called=by_state.get(CustomerState.CALLED, 0),
        denied=by_state.get(CustomerState.DENIED, 0),
        do_not_call=by_state.get(CustomerState.DO_NOT_CALL, 0),
        withdrawn=by_state.get(CustomerState.WITHDRAWN, 0),
        attempts=tallies.total(Tally.DIALLED),
        calls=tallies.total(Tally.ENDED),
        connected=connected,
        lost=lost,
        lost_percent=100 * lost / answered if answered else None,
        by_phone_state=by_phone_state,
        by_grade=tallies.of(Tally.GRADED),
        talk_ms=tallies.total(Tally.TALK_MS),
        spent=tallies.total(Tally.SPENT),
        by_line=await get_line_totals(session, tallies),
        pace=await get_pace(session, task, seconds_per_call=seconds, now=now),
        under_way=await figures.count_in_flight(session, task_id),
        seats=task.seats,
        seats_reserved=seats.reserved,
        seats_busy=seats.busy,
        reply_ms=await figures.get_reply_ms(session, task_id),
        answer_to_audio_ms=await figures.get_answer_to_audio_ms(session, task_id),
        started_at=task.started_at,
        finished_at=task.finished_at,
        finishing_about=await _finishing_about(session, task, to_start, seconds, now),
        live=await figures.get_live_calls(session, task_id),
        wait=task.waiting,
        trouble=await get_trouble(session) if task.state == TaskState.RUNNING else None,
    )


async def _finishing_about(
    session: AsyncSession, task: TaskView, to_start: int, seconds: float | None, now: datetime
) -> datetime | None:
    wait = task.waiting
    if task.state != TaskState.RUNNING or (wait.reason and wait.until is None):
        return None
    starts = await get_latest_starts(session, task.id, calls_at_once=task.concurrency)
    return finishing_about(
        max(now, wait.until) if wait.until else now,
        to_start=to_start,
        pace=pace_lately(starts, now, calls_at_once=task.concurrency, seconds_per_call=seconds),
        seconds_per_call=seconds,
        last_due=await figures.get_last_due(session, task.id),
    )
