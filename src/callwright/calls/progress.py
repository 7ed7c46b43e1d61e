"""Where a task stands, for its page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import figures
from callwright.calls.schemas import Progress
from callwright.dialing.estimate import finishing_about
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import CustomerState
from callwright.tasks.nodes import get_trouble
from callwright.tasks.schemas import TaskView
from callwright.tasks.service import get_task


async def get_progress(session: AsyncSession, task_id: UUID, *, now: datetime) -> Progress:
    """Return where the task stands. Raises NotFoundError."""
    task = await get_task(session, task_id)
    by_state = await figures.count_customers_by_state(session, task_id)
    uncalled = by_state.get(CustomerState.UNCALLED, 0)
    calling = by_state.get(CustomerState.CALLING, 0)
    by_phone_state = await figures.count_by_phone_state(session, task_id)
    totals = await figures.get_call_totals(session, task_id)
    return Progress(
        task_id=task_id,
        state=task.state,
        state_reason=task.state_reason,
        customers=sum(by_state.values()),
        uncalled=uncalled,
        calling=calling,
        called=by_state.get(CustomerState.CALLED, 0),
        do_not_call=by_state.get(CustomerState.DO_NOT_CALL, 0),
        attempts=await figures.count_dialled(session, task_id),
        connected=by_phone_state.get("connected", 0),
        by_phone_state=by_phone_state,
        by_grade=await figures.count_by_grade(session, task_id),
        talk_ms=totals.talk_ms,
        seats=task.seats,
        seats_in_use=await figures.count_in_flight(session, task_id),
        reply_ms=await figures.get_reply_ms(session, task_id),
        answer_to_audio_ms=await figures.get_answer_to_audio_ms(session, task_id),
        started_at=task.started_at,
        finished_at=task.finished_at,
        finishing_about=await _finishing_about(session, task, uncalled + calling, now),
        live=await figures.get_live_calls(session, task_id),
        trouble=await get_trouble(session) if task.state == TaskState.RUNNING else None,
    )


async def _finishing_about(session: AsyncSession, task: TaskView, remaining: int, now: datetime) -> datetime | None:
    if task.state != TaskState.RUNNING:
        return None
    seconds = await figures.get_seconds_per_attempt(session, task.id)
    return finishing_about(now, remaining=remaining, concurrency=task.concurrency, seconds_per_attempt=seconds)
