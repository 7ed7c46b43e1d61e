"""What the person says: frames in, turns out, each with the recognition that was begun before it ended."""

import asyncio
from collections import deque
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from callwright.callroom.ear import Ear
from callwright.callroom.understanding import Understanding, Understood
from callwright.dialogue.model.state import EVERYDAY
from callwright.speech.port import Pcm
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, Frame
from callwright.turns import endpointing, surroundings
from callwright.turns.frames import frames
from callwright.turns.lexicon import Lexicon
from callwright.turns.patience import Expects, Patience, Said, patience

_SILENCE = np.zeros(FRAME_SAMPLES, np.int16)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A finished turn, or what was said ``after`` the part of one that was taken for all of it.

    Frames, counted from 1, are those of its first and last speech; the last was heard at ``ended_at``, monotonic.
    Who was only ``listening`` showed that they follow what we say, and wants no answer.
    """

    from_frame: int
    to_frame: int
    ended_at: float
    interrupting: bool
    delivered: bool
    after: str = ""
    listening: bool = False

    def joined_to(self, first: "SpokenTurn") -> "SpokenTurn":
        """Return the turn that began with ``first``."""
        return replace(self, from_frame=first.from_frame, interrupting=first.interrupting)

    @property
    def speech_ms(self) -> int:
        """How long it was."""
        return (self.to_frame - self.from_frame + 1) * FRAME_MS


@dataclass(frozen=True, slots=True)
class _Settling:
    turn: SpokenTurn
    audio: list[Frame]
    task: asyncio.Task[Understood]


class Told(Protocol):
    """Whom a listener tells what it hears, all outside the frame's time."""

    def guessed(self, meaning: Understood, *, complete: bool) -> bool:
        """This is what a turn will have meant, should the person stay silent; return whether it wants an answer.

        It is ``complete`` unless it sounds like the beginning of something.
        """
        ...

    def turn_ended(self, ended: endpointing.TurnEnded) -> None:
        """The person has finished, as is known now that they are understood: :meth:`Listener.finish` it."""
        ...

    def settled(self, turn: SpokenTurn, meaning: Understood | BaseException) -> None:
        """This is what a turn meant."""
        ...

    def unfinished(self, frame: int) -> str:
        """Return what a person who begins to speak in ``frame`` goes on with."""
        ...


@dataclass(frozen=True, slots=True)
class Manners:
    """How one listens: when a turn begins, how long one waits for more of it, in whose words."""

    endpointing: endpointing.Endpointing
    patience: Patience
    words: Lexicon
    pre_roll_ms: int


class Listener:
    """Hears one person. ``expects`` is what they were asked for.

    A person who goes on before the turn's meaning is known has not finished: both parts become one turn, and
    what was begun for the first is withdrawn. A turn cut for its length is not joined to what follows.
    """

    def __init__(self, ear: Ear, manners: Manners, understanding: Understanding, told: Told) -> None:
        self._ear = ear
        self._manners = manners
        self._rule = manners.endpointing
        self._understanding = understanding
        self._told = told
        self._turn = endpointing.Turn()
        self._heard = 0
        self._from_frame = 0
        self._after = ""
        self._audio: list[Frame] = []
        self._before: deque[Frame] = deque(maxlen=frames(manners.pre_roll_ms) + frames(self._rule.start_ms))
        self._speculation: asyncio.Task[Understood] | None = None
        self._settling: _Settling | None = None
        self._cut: set[asyncio.Task[Understood]] = set()
        self.sound = surroundings.NOTHING
        self.expects: Expects = "anything"

    @property
    def busy(self) -> bool:
        """Whether the person speaks, or what was said is not yet understood."""
        return self._turn.speaking or self._settling is not None or bool(self._cut)

    @property
    def in_turn(self) -> bool:
        """Whether the person has a turn, be it in a pause."""
        return self._turn.speaking

    @property
    def speech_ms(self) -> int:
        """How long the present turn is, without the silence after it."""
        return (self._heard - self._turn.silence - self._from_frame + 1) * FRAME_MS

    def hear(self, frame: Frame | None, *, urgent: bool = False) -> list[endpointing.Action]:
        """Take the next 20 ms, ``None`` where nothing came, and return what it means for the turn.

        It is ``urgent`` to know the words while we have fallen silent for them.
        After a TurnEnded among them :meth:`finish` must be called at once.
        """
        self._heard += 1
        self.sound = self._ear.hear(frame)
        self._keep(_SILENCE if frame is None else frame)
        self._turn, actions = endpointing.step(self._rule, self._turn, self.sound, urgent=urgent)
        for action in actions:
            if isinstance(action, endpointing.SpeechStarted):
                self._begin(action)
            elif isinstance(action, endpointing.Speculate):
                self._speculate()
            elif isinstance(action, endpointing.SpeculationWithdrawn):
                self._withdraw()
        return list(actions)

    def finish(
        self,
        ended: endpointing.TurnEnded,
        *,
        now: float,
        interrupting: bool,
        delivered: bool,
        listening: bool = False,
    ) -> None:
        """Understand the turn that just ended, and tell what it meant. ``now`` is monotonic."""
        turn = SpokenTurn(
            from_frame=self._from_frame,
            to_frame=self._heard - ended.silence_frames,
            ended_at=now - ended.silence_frames * FRAME_MS / 1000,
            interrupting=interrupting,
            delivered=delivered,
            after=self._after,
            listening=listening,
        )
        task = self._speculation or self._understanding.begin(self._pcm(), after=self._after)
        self._speculation = None
        if ended.cut:
            self._cut.add(task)
        else:
            self._settling = _Settling(turn, self._audio, task)
        self._audio = []
        self._before.clear()
        task.add_done_callback(lambda done: self._settle(turn, done))

    async def last_words(self, *, now: float) -> None:
        """Understand what was being said when the call ended, and what was said but not yet understood."""
        if self._turn.speaking:
            self.finish(endpointing.TurnEnded(self._turn.silence), now=now, interrupting=False, delivered=True)
            self._turn = endpointing.Turn()
        pending = [*self._cut, *([self._settling.task] if self._settling else [])]
        await asyncio.gather(*pending, return_exceptions=True)
        # The callbacks of what is done run once more of the loop has passed.
        await asyncio.sleep(0)

    def _keep(self, frame: Frame) -> None:
        if self._turn.speaking:
            self._audio.append(frame)
        else:
            self._before.append(frame)

    def _begin(self, started: endpointing.SpeechStarted) -> None:
        self._from_frame = self._heard - started.frames_ago
        self._audio = list(self._before)
        self._before.clear()
        if self._settling is None:
            self._after = self._told.unfinished(self._from_frame)
            return
        unfinished, self._settling = self._settling, None
        unfinished.task.cancel()
        self._from_frame = unfinished.turn.from_frame
        longest = frames(self._rule.max_turn_ms)
        self._audio = [*unfinished.audio, *self._audio][-longest:]

    def _speculate(self) -> None:
        self._speculation = self._understanding.begin(self._pcm(), after=self._after)
        self._speculation.add_done_callback(self._guessed)

    def _guessed(self, task: asyncio.Task[Understood]) -> None:
        if task is not self._speculation or task.cancelled():
            return
        wait_ms = self._manners.patience.usual_ms
        if task.exception() is None:
            meaning = task.result()
            patient_ms = self._patience(meaning)
            if self._told.guessed(meaning, complete=patient_ms < self._manners.patience.unfinished_ms):
                wait_ms = patient_ms
        self._turn, actions = endpointing.understood(self._turn, wait_ms)
        for action in actions:
            if isinstance(action, endpointing.TurnEnded):
                self._told.turn_ended(action)

    def _patience(self, meaning: Understood) -> int:
        # That it is none of what a language model's script teaches does not tell that it is all.
        surest = max((score for name, score in meaning.intents if name != EVERYDAY), default=0.0)
        said = Said(meaning.text, surest)
        return patience(self._manners.patience, self._manners.words, self.expects, said)

    def _withdraw(self) -> None:
        if self._speculation is not None:
            self._speculation.cancel()
            self._speculation = None

    def _pcm(self) -> Pcm:
        return np.concatenate(self._audio)

    def _settle(self, turn: SpokenTurn, task: asyncio.Task[Understood]) -> None:
        if task in self._cut:
            self._cut.discard(task)
        elif self._settling is not None and self._settling.task is task:
            self._settling = None
        else:
            return
        if task.cancelled():
            return
        self._told.settled(turn, task.exception() or task.result())
