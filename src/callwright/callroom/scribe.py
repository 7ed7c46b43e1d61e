"""Writes the transcript of a call, and how long its answers took."""

from callwright.callroom.journal import Journal
from callwright.callroom.listener import SpokenTurn
from callwright.callroom.player import Prompt
from callwright.callroom.record import Speaker, Turn
from callwright.dialogue.port import IntentMet
from callwright.dialogue.spoken.sentences import joined
from callwright.kit.clock import Clock
from callwright.telephony.port import FRAME_MS


class Scribe:
    """Turns frame numbers (from 1, as recorded) into the transcript's times."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._prompt_from_ms = 0
        self._owed_since: float | None = None
        self._paused_at: int | None = None
        self._stop_ms = 0

    def owe_reply(self, since: float) -> None:
        """The person finished at ``since`` (monotonic) and waits for an answer."""
        self._owed_since = since

    def owe_nothing(self) -> None:
        """What we say next answers nobody."""
        self._owed_since = None

    def prompt_started(self, frame: int) -> None:
        """Our first sound of a prompt is sent in ``frame``."""
        self._prompt_from_ms = _begin_ms(frame)
        if self._journal.answer_to_audio_ms is None:
            self._journal.answer_to_audio_ms = self._journal.since_answer_ms()
        if self._owed_since is not None:
            self._journal.reply_ms.append(round((self._clock.monotonic() - self._owed_since) * 1000))
            self._owed_since = None

    def paused(self, frame: int, frames_ago: int) -> None:
        """The person began to speak so long ago, and in ``frame`` we fall silent."""
        self._paused_at = frame
        # From the beginning of their first frame to the end of the 5 ms fade in ours.
        self._stop_ms = (frames_ago + 1) * FRAME_MS + 5

    def resumed(self) -> None:
        """It was nothing."""
        self._paused_at = None
        self._journal.event("paused", stop_ms=self._stop_ms)

    def yielded(self) -> None:
        """The person took the floor."""
        self._journal.barge_in_ms.append(self._stop_ms)
        self._journal.event("barge_in", stop_ms=self._stop_ms)

    def prompt_ended(self, prompt: Prompt, frame: int, *, interrupted: bool) -> None:
        """Our last sound of ``prompt`` was sent in ``frame``, or before we paused for the person."""
        if interrupted and self._paused_at is not None:
            frame = self._paused_at
        self._paused_at = None
        text = joined(prompt.begun) if interrupted else prompt.text
        if prompt.samples:
            turn = Turn(Speaker.AI, self._prompt_from_ms, frame * FRAME_MS, text, interrupted=interrupted)
            self._journal.turn(turn)

    def said(self, turn: SpokenTurn, text: str, confidence: float, intent: IntentMet | None) -> Turn | None:
        """The person said ``text``, which the dialogue took for ``intent``; noise is no turn."""
        begin_ms, end_ms = _begin_ms(turn.from_frame), turn.to_frame * FRAME_MS
        if not text:
            self._journal.event("noise", from_ms=begin_ms, to_ms=end_ms)
            return None
        written = Turn(
            Speaker.CUSTOMER,
            begin_ms,
            end_ms,
            text,
            intent=intent.intent if intent else None,
            score=intent.score if intent else None,
            confidence=confidence,
            delivered=turn.delivered,
        )
        self._journal.turn(written)
        return written


def _begin_ms(frame: int) -> int:
    return max(0, frame - 1) * FRAME_MS
