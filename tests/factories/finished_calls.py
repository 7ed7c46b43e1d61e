"""A call that is over, with words, events, grade and the key of a recording."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from callwright.db.events import CallEnded
from callwright.db.session import Database
from callwright.db.tables.calls import CallEventRow, CallRow, TranscriptTurnRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskLineRow, TaskRow
from callwright.kit.ids import new_id
from tests.factories.calling import phone

DIALLED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ANSWERED = DIALLED + timedelta(seconds=5)
ENDED = DIALLED + timedelta(seconds=35)


async def add_finished_call(
    database: Database, tenant_id: UUID, task_id: UUID, *, position: int = 1, number: int = 1
) -> UUID:
    """Record a connected call, the ``number``-th, to the task's customer at ``position``; return its id."""
    call_id = new_id()
    async with database.tenant(tenant_id) as session:
        task = (await session.scalars(select(TaskRow).where(TaskRow.id == task_id))).one()
        in_task = select(TaskCustomerRow).where(TaskCustomerRow.task_id == task_id)
        customer = (await session.scalars(in_task.order_by(TaskCustomerRow.position))).all()[position - 1]
        customer.state, customer.last_talk_ms = "called", 30_000
        line_id = (await session.scalars(select(TaskLineRow.line_id).where(TaskLineRow.task_id == task_id))).one()
        attempt = _attempt(customer, line_id, number)
        session.add(attempt)
        await session.flush()
        call = _call(task, customer, attempt, call_id)
        call.phone = phone(position - 1)
        call.recording_key = f"{tenant_id}/recordings/{call_id}.wav"
        session.add(call)
        await session.flush()
        session.add(_turn(call_id))
        session.add(CallEventRow(call_id=call_id, number=1, at_ms=0, kind="answered", data={}))
    return call_id


def _attempt(customer: TaskCustomerRow, line_id: UUID, number: int) -> AttemptRow:
    return AttemptRow(
        task_id=customer.task_id,
        task_customer_id=customer.id,
        line_id=line_id,
        number=number,
        state="ended",
        planned_at=DIALLED,
        dialled_at=DIALLED,
        connected_at=ANSWERED,
        ended_at=ENDED,
        phone_state="connected",
    )


def _call(task: TaskRow, customer: TaskCustomerRow, attempt: AttemptRow, call_id: UUID) -> CallRow:
    return CallRow(
        id=call_id,
        attempt_id=attempt.id,
        task_id=task.id,
        customer_id=customer.customer_id,
        script_version_id=task.script_version_id,
        line_id=attempt.line_id,
        caller_number="+12125550100",
        sip_call_id="8f1c@callwright.test",
        dialled_at=DIALLED,
        answered_at=ANSWERED,
        ended_at=ENDED,
        talk_ms=30_000,
        phone_state="connected",
        hung_up_by="us",
        grade="A",
        grade_reasons=[{"rule": "A day was agreed", "quote": "Tuesday"}],
        collected={"day": "Tuesday"},
        path=[{"node": "greeting", "kind": "say", "at_ms": 120}],
        answer_to_audio_ms=120,
        reply_ms=[400, 500],
    )


def _turn(call_id: UUID) -> TranscriptTurnRow:
    return TranscriptTurnRow(
        call_id=call_id,
        number=1,
        who="customer",
        from_ms=900,
        to_ms=1500,
        text="Tuesday",
        intent="pick_day",
        score=0.8,
    )


def ended_like(call: CallRow, grade: str | None = "A", *, interrupted: bool = False) -> CallEnded:
    """Return what is told of a call's end."""
    assert call.ended_at is not None
    return CallEnded(
        call_id=call.id,
        task_id=call.task_id,
        customer_id=call.customer_id,
        dialled_at=call.dialled_at,
        ended_at=call.ended_at,
        phone_state=call.phone_state,
        talk_ms=call.talk_ms,
        hung_up_by="us",
        interrupted=interrupted,
        grade=grade,
    )
