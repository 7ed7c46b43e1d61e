"""What the person said, brought to the dialogue: words, noise, failures, and second thoughts."""

from typing import Generic, Protocol, TypeVar

from callwright.callroom.conductor import Conductor
from callwright.callroom.journal import Journal
from callwright.callroom.listener import SpokenTurn
from callwright.callroom.scribe import Scribe
from callwright.callroom.second_thoughts import SecondThoughts
from callwright.callroom.settings import RoomSettings
from callwright.callroom.understanding import Understood
from callwright.dialogue.port import Event, Heard, Speak
from callwright.dialogue.thought import Think
from callwright.turns.lexicon import Lexicon, only_listens

State = TypeVar("State")

_NOTHING = Understood("", "", 0.0, ())


class Floor(Protocol):
    """What answering needs of its room."""

    @property
    def replying(self) -> bool:
        """Whether we are saying something that the person may still go on before."""
        ...

    @property
    def ending(self) -> bool:
        """Whether the call is being ended."""
        ...

    def step(self, event: Event) -> None:
        """Step the dialogue; a fault ends the call."""
        ...

    def foresee(self, said: Speak) -> None:
        """Have this made, as it will probably be said."""
        ...

    def anticipate(self, asked: Think | None) -> None:
        """Ask the language model early for what will probably be asked, and for nothing else."""
        ...

    def give_up(self, error: BaseException) -> None:
        """End the call, as speech can't be had."""
        ...

    def fail(self, error: BaseException) -> None:
        """End the call because of ``error``."""
        ...


class Answering(Generic[State]):
    """Takes each turn as it is understood. More failures in a row than allowed end the call."""

    def __init__(
        self,
        floor: Floor,
        conductor: Conductor[State],
        scribe: Scribe,
        journal: Journal,
        settings: RoomSettings,
        words: Lexicon,
    ) -> None:
        self._words_of = words
        self._floor = floor
        self._conductor = conductor
        self._scribe = scribe
        self._journal = journal
        self._settings = settings
        self._failures = 0
        self.second_thoughts = SecondThoughts(conductor, journal, within_ms=settings.second_thought_ms)

    def guessed(self, meaning: Understood, *, complete: bool) -> None:
        """Have the reply made while it is not yet sure that the person has finished.

        The language model is asked for one only where what they said is ``complete`` for all that can be told.
        """
        heard = Heard(meaning.text, meaning.intents)
        asked: Think | None = None
        try:
            for action in self._conductor.foresee(heard, instead=meaning.text != meaning.part):
                if isinstance(action, Think):
                    asked = action
                else:
                    self._floor.foresee(action)
            self._floor.anticipate(asked if complete else None)
        except Exception as error:
            self._floor.fail(error)

    def understood(self, turn: SpokenTurn, meaning: Understood | BaseException) -> None:
        """Tell the dialogue, where it is to be told, and the transcript."""
        words = self._words(meaning)
        if words is None:
            return
        if turn.delivered and not self._floor.ending and not self._is_noise(turn, meaning):
            self._deliver(turn, words)
        elif words.part and not turn.listening and not self._is_heeded(turn, words):
            self._floor.step(Heard(words.text, self._meant(words), overheard=True))
            self._scribe.said(turn, words.part, words.confidence, self._conductor.intent)
        else:
            self._scribe.said(turn, words.part, words.confidence, None)

    def unfinished(self, frame: int) -> str:
        """Return what a person who begins to speak in ``frame`` goes on with, nothing if with nothing."""
        return self.second_thoughts.unfinished(frame) if self._floor.replying else ""

    def _meant(self, words: Understood) -> tuple[tuple[str, float], ...]:
        """Return what was meant by something said over a prompt that goes on: nothing by who only listens.

        Recognisers make "Thank you." of a hum, which would be a goodbye.
        """
        return () if only_listens(self._words_of, words.text) else words.intents

    def _is_noise(self, turn: SpokenTurn, meaning: Understood | BaseException) -> bool:
        wordless = isinstance(meaning, Understood) and not meaning.text
        return wordless and not turn.interrupting and turn.speech_ms < self._settings.noise_ms

    def _is_heeded(self, turn: SpokenTurn, words: Understood) -> bool:
        """Say whether a turn said ``after`` another means nothing that the first part did not mean already."""
        return bool(turn.after and words.intents) and words.intents[0][0] == self.second_thoughts.intent

    def _words(self, meaning: Understood | BaseException) -> Understood | None:
        """Return what was understood, nothing for a failure, and ``None`` when there were too many."""
        if isinstance(meaning, Understood):
            self._failures = 0
            return meaning
        self._failures += 1
        # A goodbye is said to its end, whatever could not be understood meanwhile.
        if not self._floor.ending and self._failures > self._settings.failures_allowed:
            self._floor.give_up(meaning)
            return None
        self._journal.speech_failed(meaning)
        return _NOTHING

    def _deliver(self, turn: SpokenTurn, words: Understood) -> None:
        if turn.after and words.text:
            turn = self.second_thoughts.take_back(turn)
        self.second_thoughts.delivering(turn, words.text)
        self._scribe.owe_reply(turn.ended_at)
        self._floor.step(Heard(words.text, words.intents, interrupting=turn.interrupting))
        written = self._scribe.said(turn, words.text, words.confidence, self._conductor.intent)
        if written is not None:
            self.second_thoughts.written(written)
