"""Trial calls as the API shows them."""

from typing import Any
from uuid import UUID

from callwright.calls.trials import TrialView
from callwright.web.schemas.trials import TrialCall


def trial(view: TrialView, *, to: UUID) -> TrialCall:
    """Show a trial with everything; its code only to whoever asked for it, and while it is of use."""
    call, row = view.call, view.row
    seconds = call.seconds
    return TrialCall.model_validate(
        {
            "id": call.id,
            "script": {"id": row.script_id, "name": view.script_name, "version": row.version},
            "draft": row.draft,
            "asked_by": None if view.asked_by is None else {"id": view.asked_by, "name": view.asker},
            "own": view.asked_by == to,
            "line": None if call.line_id is None else {"id": call.line_id, "name": view.line_name},
            "phone": call.phone,
            "confirmation": view.confirmation,
            "code": view.code if view.confirmation == "awaited" and view.asked_by == to else None,
            "variables": row.variables,
            "state": call.state,
            "gate": call.gate,
            "asked_at": call.asked_at,
            "dialled_at": call.dialled_at,
            "ringing_at": call.ringing_at,
            "answered_at": call.answered_at,
            "ended_at": call.ended_at,
            "talk_ms": 0 if seconds is None else round(seconds * 1000),
            "phone_state": call.phone_state,
            "sip_code": call.sip_code,
            "sip_reason": call.reason,
            "hung_up_by": row.hung_up_by,
            "caller_number": row.caller_number,
            "grade": row.grade,
            "grade_reasons": row.grade_reasons,
            "labels": view.labels,
            "collected": row.collected,
            "path": row.path,
            "transcript": _numbered(row.turns),
            "events": _numbered(row.events),
            "answer_to_audio_ms": row.answer_to_audio_ms,
            "reply_ms": row.reply_ms,
            "has_recording": row.recording_key is not None,
            "listed": row.listed,
        }
    )


def _numbered(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"number": number, **entry} for number, entry in enumerate(entries, 1)]
