"""From rows to what is handed out."""

from datetime import datetime

from callwright.calls.listing import CallListRow
from callwright.calls.schemas import CalledCustomer, CallSummary, NumberedEvent, NumberedTurn, ScriptLabels
from callwright.db.tables.calls import CallEventRow, TranscriptTurnRow
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph import Intent, Question
from callwright.tasks.schemas import ScriptRef


def summary(row: CallListRow) -> CallSummary:
    """Return a call as a list shows it."""
    call, task_name, customer_name, owner_id, turns, script_id, script_name, version, arm = row
    return CallSummary(
        id=call.id,
        tenant_id=call.tenant_id,
        task_id=call.task_id,
        task_name=task_name,
        customer=CalledCustomer(call.customer_id, customer_name, call.phone, owner_id),
        dialled_at=call.dialled_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        talk_ms=call.talk_ms,
        phone_state=call.phone_state,
        sip_code=call.sip_code,
        sip_reason=call.sip_reason,
        hung_up_by=call.hung_up_by,
        grade=call.grade,
        interrupted=call.interrupted,
        has_recording=call.recording_key is not None,
        turns=turns,
        script=ScriptRef(script_id, script_name, version),
        arm=arm,
    )


def turn(row: TranscriptTurnRow) -> NumberedTurn:
    """Return a turn of the transcript."""
    return NumberedTurn(
        row.number, row.who, row.from_ms, row.to_ms, row.text, row.intent, row.score, row.interrupted
    )


def event(row: CallEventRow) -> NumberedEvent:
    """Return an event."""
    return NumberedEvent(row.number, row.at_ms, row.kind, row.data)


def labels(script: AnyScript) -> ScriptLabels:
    """Return the labels that a script gives to its parts; those without one keep their names."""
    meant: dict[str, Intent | Question] = {**script.intents, **script.knowledge}
    return ScriptLabels(
        intents={name: part.label for name, part in meant.items() if part.label},
        variables={variable.name: variable.label for variable in script.variables},
        grades=dict(script.grades.names),
    )


def milliseconds(begin: datetime, end: datetime) -> int:
    """Return the time between two moments."""
    return round((end - begin).total_seconds() * 1000)
