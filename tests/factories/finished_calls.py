"""A call that is over, with words, events, grade and the key of a recording."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from callwright.db.session import Database
from callwright.db.tables.calls import CallEventRow, CallRow, TranscriptTurnRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow, TaskRow
from callwright.kit.ids import new_id

DIALLED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


async def add_finished_call(database: Database, tenant_id: UUID, task_id: UUID, *, position: int = 1) -> UUID:
    """Record a connected call to the task's customer at ``position``; return its id."""
    call_id = new_id()
    async with database.tenant(tenant_id) as session:
        task = (await session.scalars(select(TaskRow).where(TaskRow.id == task_id))).one()
        customer = (
            await session.scalars(
                select(TaskCustomerRow).where(TaskCustomerRow.task_id == task_id).order_by(TaskCustomerRow.position)
            )
        ).all()[position - 1]
        customer.state = "called"
        answered, ended = DIALLED + timedelta(seconds=5), DIALLED + timedelta(seconds=35)
        attempt = AttemptRow(
            task_id=task_id,
            task_customer_id=customer.id,
            line_id=task.line_id,
            number=1,
            state="ended",
            planned_at=DIALLED,
            dialled_at=DIALLED,
            connected_at=answered,
            ended_at=ended,
            phone_state="connected",
        )
        session.add(attempt)
        await session.flush()
        session.add(
            CallRow(
                id=call_id,
                attempt_id=attempt.id,
                task_id=task_id,
                customer_id=customer.customer_id,
                script_version_id=task.script_version_id,
                line_id=task.line_id,
                phone=f"+12125550{position - 1:03}",
                caller_number="+12125550100",
                dialled_at=DIALLED,
                answered_at=answered,
                ended_at=ended,
                talk_ms=30_000,
                phone_state="connected",
                hung_up_by="us",
                grade="A",
                grade_reasons=[{"rule": "A day was agreed", "quote": "Tuesday"}],
                collected={"day": "Tuesday"},
                path=[{"node": "greeting", "kind": "say", "at_ms": 120}],
                answer_to_audio_ms=120,
                reply_ms=[400, 500],
                recording_key=f"{tenant_id}/recordings/{call_id}.wav",
            )
        )
        await session.flush()
        session.add(
            TranscriptTurnRow(
                call_id=call_id,
                number=1,
                who="customer",
                from_ms=900,
                to_ms=1500,
                text="Tuesday",
                intent="pick_day",
                score=0.8,
            )
        )
        session.add(CallEventRow(call_id=call_id, number=1, at_ms=0, kind="answered", data={}))
    return call_id
