"""What is kept of a call: everything said, done and measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from callwright.dialogue.port import Grade
from callwright.telephony.port import HangupSide, MediaStats, PhoneState


class Speaker(StrEnum):
    """Who spoke a turn."""

    CUSTOMER = "customer"
    AI = "ai"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the transcript; times in ms from the answer, as in the recording.

    An ``interrupted`` turn is one of ours that the person stopped: its text is what had been begun.
    ``delivered`` is false where the person spoke while we did, without stopping us: the dialogue only overheard it.
    """

    who: Speaker
    from_ms: int
    to_ms: int
    text: str
    intent: str | None = None
    score: float | None = None
    confidence: float | None = None
    interrupted: bool = False
    delivered: bool = True


Fact = str | int | float | bool


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something that happened, ``at_ms`` from the answer (negative before it)."""

    at_ms: int
    kind: str
    data: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Step:
    """The dialogue reached ``node`` of its script, ``at_ms`` from the answer."""

    at_ms: int
    node: str
    kind: str


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call from placing to end.

    Times are aware, UTC. For a call that was never answered ``at_ms`` counts from its placing and ``grade``,
    ``recording`` and ``answer_to_audio_ms`` are ``None``. ``hang_up_reason`` is why we ended it: the script's own
    reason, or ``duration_cap``, ``speech_unavailable``, ``error``, ``cancelled``, ``not_answered``, ``lost``. The
    phone state of a call held for an AI seat until it ended, whoever ended it, is ``lost``, and ``grade`` ``None``.
    That of one in which our speech failed before a goodbye was begun, whoever ended it, is ``technical_fault``;
    ``grade`` is ``None`` there, unless the person's words show it.
    ``goodbye`` is the reason of the script's own goodbye once that was begun, however the call then ended; the wish
    not to be called again, where it was said or keyed into another goodbye. ``goodbye_words``: said or keyed in
    last before it.
    ``reply_ms`` is from the end of the person's speech to the first frame of our reply, ``barge_in_ms`` from the
    beginning of their speech to our last frame; both as heard in this room.
    """

    call_id: str
    started_at: datetime
    ringing_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime
    phone_state: PhoneState
    hung_up_by: HangupSide
    code: int | None
    reason: str
    cause: int | None
    hang_up_reason: str | None
    goodbye: str | None
    turns: tuple[Turn, ...]
    events: tuple[CallEvent, ...]
    path: tuple[Step, ...]
    collected: Mapping[str, str]
    grade: Grade | None
    talk_s: float
    reply_ms: tuple[int, ...]
    answer_to_audio_ms: int | None
    barge_in_ms: tuple[int, ...]
    recording: Path | None
    media: MediaStats | None
    error: str | None
    goodbye_words: str = ""
