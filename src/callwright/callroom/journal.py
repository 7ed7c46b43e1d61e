"""The notes taken during a call, from which its record is made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import structlog

from callwright.callroom.observer import CallObserver
from callwright.callroom.record import CallEvent, CallRecord, Fact, Step, Turn
from callwright.dialogue.port import Grade
from callwright.dialogue.state import DO_NOT_CALL
from callwright.kit.clock import Clock
from callwright.telephony.port import Ended

log = structlog.get_logger(__name__)

News = TypeVar("News")


@dataclass(frozen=True, slots=True)
class _Moment:
    at: datetime
    monotonic: float


@dataclass(slots=True)
class _Note:
    monotonic: float
    kind: str
    data: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the notes, to which they can be taken back."""

    steps: int
    replies: int
    collected: dict[str, str]


@dataclass(slots=True)
class Journal:
    """Everything noted so far, with the moments it happened; the observer hears of it at once."""

    clock: Clock
    observer: CallObserver
    turns: list[Turn] = field(default_factory=list)
    path: list[Step] = field(default_factory=list)
    collected: dict[str, str] = field(default_factory=dict)
    reply_ms: list[int] = field(default_factory=list)
    barge_in_ms: list[int] = field(default_factory=list)
    answer_to_audio_ms: int | None = None
    hang_up_reason: str | None = None
    goodbye: str | None = None
    goodbye_words: str = ""
    error: str | None = None
    _notes: list[_Note] = field(default_factory=list)
    _started: _Moment = field(init=False)
    _ringing: _Moment | None = None
    _answered: _Moment | None = None
    _ended: _Moment | None = None

    def __post_init__(self) -> None:
        self._started = self._moment()

    @property
    def answered(self) -> bool:
        """Whether the call was answered."""
        return self._answered is not None

    def placed(self) -> None:
        """The call is being placed: what was before was making ready."""
        self._started = self._moment()

    def ringing(self) -> None:
        """The far end rings; only the first time counts."""
        self.event("ringing")
        if self._ringing is None:
            self._ringing = self._moment()
            self._tell(self.observer.ringing, self._ringing.at)

    def answer(self) -> None:
        """The far end answered."""
        self._answered = self._moment()
        self.event("answered")
        self._tell(self.observer.answered, self._answered.at)

    def end(self, ended: Ended) -> None:
        """The call is over."""
        self._ended = self._moment()
        self.event("ended", by=ended.by, phone_state=ended.phone_state)

    def event(self, kind: str, **data: Fact) -> None:
        """Note what happened."""
        self._notes.append(_Note(self.clock.monotonic(), kind, data))

    def turn(self, turn: Turn) -> None:
        """Note a turn of the transcript."""
        self.turns.append(turn)
        self._tell(self.observer.turn_added, turn)

    def mark(self) -> Mark:
        """Return this place in the notes."""
        return Mark(len(self.path), len(self.reply_ms), dict(self.collected))

    def take_back(self, mark: Mark, turn: Turn | None) -> None:
        """Strike out the path, values and replies noted since ``mark``, and ``turn``; the events stay."""
        self.event("taken_back")
        del self.path[mark.steps :]
        del self.reply_ms[mark.replies :]
        self.collected = dict(mark.collected)
        if turn is not None:
            self.turns.remove(turn)

    def step(self, node: str, kind: str) -> None:
        """Note a node of the script."""
        step = Step(self._at_ms(self.clock.monotonic()), node, kind)
        self.path.append(step)
        self._tell(self.observer.entered, step)

    def say_goodbye(self, reason: str, words: str) -> None:
        """The script says goodbye for ``reason``, after ``words``; a promise not to call again outlives others."""
        if self.goodbye == DO_NOT_CALL:
            return
        self.goodbye, self.goodbye_words = reason, words
        self._tell(lambda told: self.observer.goodbye(told, words), reason)

    def speech_failed(self, error: BaseException) -> None:
        """Note that a speech server could not do what was asked."""
        self.event("speech_error", error=type(error).__name__, message=str(error))

    def failed(self, error: BaseException) -> None:
        """Note what went wrong; the first error is the call's."""
        self.event("error", error=type(error).__name__, message=str(error))
        if self.error is None:
            self.error = f"{type(error).__name__}: {error}"

    def since_answer_ms(self) -> int:
        """Return how long ago the answer was."""
        return self._at_ms(self.clock.monotonic())

    def over(self, record: CallRecord) -> None:
        """Tell the observer how it ended."""
        self._tell(self.observer.ended, record)

    @property
    def talk_s(self) -> float:
        """For how long the call has been, or was, connected."""
        if self._answered is None:
            return 0.0
        return (self._ended or self._moment()).monotonic - self._answered.monotonic

    def record(self, call_id: str, ended: Ended, *, grade: Grade | None, recording: Path | None) -> CallRecord:
        """Return the finished record."""
        over = self._ended or self._moment()
        return CallRecord(
            call_id=call_id,
            started_at=self._started.at,
            ringing_at=self._ringing.at if self._ringing else None,
            answered_at=self._answered.at if self._answered else None,
            ended_at=over.at,
            phone_state=ended.phone_state,
            hung_up_by=ended.by,
            code=ended.code,
            reason=ended.reason,
            cause=ended.cause,
            hang_up_reason=self.hang_up_reason,
            goodbye=self.goodbye,
            goodbye_words=self.goodbye_words,
            turns=tuple(sorted(self.turns, key=lambda turn: turn.from_ms)),
            events=tuple(self._event(note) for note in self._notes),
            path=tuple(self.path),
            collected=dict(self.collected),
            grade=grade,
            talk_s=self.talk_s,
            reply_ms=tuple(self.reply_ms),
            answer_to_audio_ms=self.answer_to_audio_ms,
            barge_in_ms=tuple(self.barge_in_ms),
            recording=recording,
            media=ended.media,
            error=self.error,
        )

    def _event(self, note: _Note) -> CallEvent:
        return CallEvent(self._at_ms(note.monotonic), note.kind, note.data)

    def _at_ms(self, monotonic: float) -> int:
        return round((monotonic - (self._answered or self._started).monotonic) * 1000)

    def _moment(self) -> _Moment:
        return _Moment(self.clock.now(), self.clock.monotonic())

    def _tell(self, told: Callable[[News], None], news: News) -> None:
        # Whoever watches must not be able to end a call by failing.
        try:
            told(news)
        except Exception:
            log.exception("observer failed")
