"""From what a call was to what is kept of it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from callwright.callroom.record import CallRecord, Fact, Speaker, Turn
from callwright.calls.schemas import EventEntry, FinishedCall, TurnEntry
from callwright.dialogue.port import Reason
from callwright.dialogue.state import DO_NOT_CALL
from callwright.telephony.port import HangupSide, PhoneState

SURE_ENOUGH = 0.4
NOT_HEARD = Reason("Ended by a technical fault: the speech server did not answer", kind="technical_fault")
"""Why a call has no grade in which our speech failed."""


def turn_entry(turn: Turn) -> TurnEntry:
    """Return a turn as the transcript keeps it."""
    return TurnEntry(
        who=turn.who.value,
        from_ms=turn.from_ms,
        to_ms=turn.to_ms,
        text=plain(turn.text),
        intent=turn.intent,
        score=turn.score,
        interrupted=turn.interrupted,
    )


def finished_call(attempt_id: UUID, record: CallRecord) -> FinishedCall:
    """Return everything that is kept of a call that is over; its recording gets its place later."""
    grade = record.grade
    return FinishedCall(
        attempt_id=attempt_id,
        sip_call_id=record.call_id,
        dialled_at=record.started_at,
        ringing_at=record.ringing_at,
        answered_at=record.answered_at,
        ended_at=record.ended_at,
        talk_ms=round(record.talk_s * 1000),
        phone_state=record.phone_state.value,
        sip_code=record.code,
        sip_reason=plain(record.reason),
        hung_up_by=record.hung_up_by.value,
        grade=grade.name if grade else None,
        grade_reasons=[_reason(why) for why in (grade.reasons if grade else _ungraded(record))],
        collected={name: plain(value) for name, value in record.collected.items()},
        path=[
            {"node": step.node, "kind": step.kind, "title": _title(step.node), "at_ms": step.at_ms}
            for step in record.path
        ],
        answer_to_audio_ms=record.answer_to_audio_ms,
        reply_ms=list(record.reply_ms),
        media=asdict(record.media) if record.media else {},
        recording=None,
        do_not_call=asked_not_to_be_called(record),
        do_not_call_words=plain(_wish_of(record)),
        interrupted=record.hang_up_reason == "cancelled",  # this process was asked to end
        turns=[turn_entry(turn) for turn in record.turns],
        events=[EventEntry(event.at_ms, event.kind, _plain_data(event.data)) for event in record.events],
    )


def asked_not_to_be_called(record: CallRecord) -> bool:
    """Say whether the person asked not to be called again: we promised it, or they clearly said so."""
    return record.goodbye == DO_NOT_CALL or any(is_wish(turn) for turn in record.turns)


def is_wish(turn: Turn) -> bool:
    """Say whether the person clearly said in ``turn`` not to be called again."""
    return turn.who is Speaker.CUSTOMER and turn.intent == DO_NOT_CALL and (turn.score or 0.0) >= SURE_ENOUGH


def _ungraded(record: CallRecord) -> tuple[Reason, ...]:
    return (NOT_HEARD,) if record.phone_state is PhoneState.TECHNICAL_FAULT else ()


def _wish_of(record: CallRecord) -> str:
    """Return the words by which the person asked not to be called again, as far as there are any."""
    if record.goodbye == DO_NOT_CALL and record.goodbye_words:
        return record.goodbye_words
    return next((turn.text for turn in record.turns if is_wish(turn)), "")


def line_fault(attempt_id: UUID, dialled_at: datetime, ended_at: datetime, reason: str) -> FinishedCall:
    """Return a call that failed before anything left this machine, because its line can't be used."""
    return FinishedCall(
        attempt_id=attempt_id,
        sip_call_id="",
        dialled_at=dialled_at,
        ringing_at=None,
        answered_at=None,
        ended_at=ended_at,
        talk_ms=0,
        phone_state=PhoneState.LINE_FAULT.value,
        sip_code=None,
        sip_reason=reason,
        hung_up_by=HangupSide.NETWORK.value,
        grade=None,
        grade_reasons=[],
        collected={},
        path=[],
        answer_to_audio_ms=None,
        reply_ms=[],
        media={},
        recording=None,
    )


def _title(node: str) -> str:
    return node.replace("_", " ").capitalize()


def _reason(why: Reason) -> dict[str, Any]:
    values = {key: plain(value) for key, value in why.values.items()}
    return {"rule": plain(why.rule), "quote": plain(why.quote), "kind": why.kind, "values": values}


def plain(text: str) -> str:
    """Return ``text`` as the database can keep it."""
    # PostgreSQL keeps every character but this one.
    return text.replace("\0", "")


def _plain_data(data: Mapping[str, Fact]) -> dict[str, Fact]:
    return {key: plain(value) if isinstance(value, str) else value for key, value in data.items()}
