"""What is told of calls to those who act upon it."""

from callwright.calls.repository import HeldCall
from callwright.calls.schemas import FinishedCall
from callwright.db.events import CallEnded, CustomerGraded
from callwright.db.outbox import Event
from callwright.db.tables.calls import CallRow


def of_end(call: HeldCall, finished: FinishedCall) -> list[Event]:
    """Return what is told of a call that is over."""
    ended = CallEnded(
        call_id=call.id,
        task_id=call.task_id,
        customer_id=call.customer_id,
        dialled_at=finished.dialled_at,
        ended_at=finished.ended_at,
        phone_state=finished.phone_state,
        talk_ms=finished.talk_ms,
        hung_up_by=finished.hung_up_by,
        interrupted=finished.interrupted,
        grade=finished.grade,
    )
    told = [Event(call.tenant_id, ended)]
    if finished.grade is not None:
        told.append(of_grade(call, finished.grade))
    return told


def of_interruption(call: CallRow) -> Event:
    """Return what is told of a call whose process died, or which failed on our side."""
    assert call.ended_at is not None
    ended = CallEnded(
        call_id=call.id,
        task_id=call.task_id,
        customer_id=call.customer_id,
        dialled_at=call.dialled_at,
        ended_at=call.ended_at,
        phone_state=call.phone_state,
        talk_ms=call.talk_ms,
        hung_up_by=call.hung_up_by,
        interrupted=call.interrupted,
        grade=call.grade,
    )
    return Event(call.tenant_id, ended)


def of_grade(call: HeldCall | CallRow, grade: str, *, by_person: bool = False) -> Event:
    """Return what is told of a grade that a call's customer got."""
    graded = CustomerGraded(
        call_id=call.id,
        task_id=call.task_id,
        customer_id=call.customer_id,
        grade=grade,
        by="person" if by_person else "call",
    )
    return Event(call.tenant_id, graded)
