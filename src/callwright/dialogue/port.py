"""The shape of a dialogue engine: ``step(state, event) -> state, actions``, without I/O and without a clock.

Both engines (the graph of a script, a language model) keep it. The room turns what happens on the phone into
events, asks :meth:`Dialogue.step`, and carries the actions out in order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from callwright.dialogue.messages import MessageTold, SendMessage
from callwright.dialogue.thought import (
    SentenceThought,
    StopThinking,
    Think,
    ThoughtDropped,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
)

State = TypeVar("State")


# What happened --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """The person answered; the first thing said follows."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Everything asked to be spoken has been heard to its end."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The person finished a turn. ``intents`` are (intent, score) best first; ``text`` may be empty (noise).

    ``interrupting`` tells that the turn began while we spoke and stopped us; ``overheard`` that all of it fell into
    a prompt that may not be stopped, so that it answers nothing: only what counts at any moment may be heeded.
    What is said once the call is being ended is overheard, too.
    """

    text: str
    intents: tuple[tuple[str, float], ...]
    interrupting: bool = False
    overheard: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key was pressed: one of ``0-9*#A-D``."""

    digit: str


@dataclass(frozen=True, slots=True)
class StayedSilent:
    """Nobody spoke for as long as the last :class:`Listen` allowed."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The person hung up, or the network ended the call. No further action will be carried out."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The seconds of the last :class:`Watch` have passed."""


Event = (
    Answered
    | Spoken
    | Heard
    | Pressed
    | StayedSilent
    | TimeUp
    | SentenceThought
    | ToolAsked
    | ThoughtEnded
    | ThoughtFailed
    | ThoughtDropped
    | MessageTold
    | HungUp
)


# What to do -----------------------------------------------------------------------------------------------


Expects = Literal["anything", "yes_or_no", "number", "phone", "date", "time", "moment", "name", "text"]
"""What a person is expected to say next: it tells how long a pause may be the middle of it."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Say ``text`` (variables filled in). ``interruptible`` lets the person stop it by speaking.

    ``recording`` is the hash of recorded speech to play for it, empty where it is synthesised.
    """

    text: str
    interruptible: bool = True
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Listen:
    """After speaking, wait for the person: at most ``silence_s`` seconds of nobody speaking."""

    silence_s: float = 5.0
    expects: Expects = "anything"


@dataclass(frozen=True, slots=True)
class Watch:
    """Tell, by :class:`TimeUp`, when ``seconds`` have passed; in place of any earlier wish of the kind."""

    seconds: float


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call, once what was said before has been heard."""

    reason: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The dialogue reached a node: kept as the call's path through the script."""

    node: str
    kind: str


@dataclass(frozen=True, slots=True)
class IntentMet:
    """What the person said was taken as ``intent``; kept beside the turn in the transcript."""

    intent: str
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing that the script teaches was meant surely enough, or it lacks the answer: what it would have to learn.

    ``intent`` is what came nearest, with its ``score``; empty where nothing came near.
    """

    text: str
    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Collected:
    """A value was taken from what the person said."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A sentence of the language model was not said; ``why`` names the rule that it broke."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ToolUsed:
    """The language model had something done; ``result`` is what it was told: a receipt or, ``refused``, why not."""

    name: str
    arguments: str
    result: str
    refused: bool


Action = (
    Speak
    | Listen
    | Watch
    | Think
    | StopThinking
    | HangUp
    | Entered
    | IntentMet
    | NotUnderstood
    | Collected
    | HeldBack
    | ToolUsed
    | SendMessage
)


# The result -----------------------------------------------------------------------------------------------


ReasonKind = Literal["rule", "reached", "met", "ended", "collected", "turns", "talked", "technical_fault"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a grade was given: the rule in words, and what was said or done that met it.

    A ``rule`` is in its author's words. Whatever else a reason is (evidence of its kind) can be worded from
    ``values``, whose keys are the kind's: ``node``, ``intent``, ``ending``, ``variable`` and ``value``, ``count``,
    ``seconds``. A ``technical_fault`` is why there is no grade.
    """

    rule: str
    quote: str = ""
    kind: ReasonKind = "rule"
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grade:
    """An intention grade with its reasons."""

    name: str
    reasons: tuple[Reason, ...]


class Dialogue(Protocol, Generic[State]):
    """One published script version, ready to be played; holds no state of any call."""

    @property
    def examples(self) -> Mapping[str, Sequence[str]]:
        """Every intent, knowledge questions included, with its example sentences: what a classifier learns."""
        ...

    def begin(self, variables: Mapping[str, str]) -> State:
        """Return the state of a call that has not been answered. Raises MissingVariableError, naming them."""
        ...

    def step(self, state: State, event: Event) -> tuple[State, Sequence[Action]]:
        """Return the state after ``event`` and what to do now. Never raises for an event out of turn.

        After its HangUp it is still told what is overheard and pressed until the line is dead. Nothing is said or
        done any more, but a second HangUp, for the wish not to be called again, takes the place of the first.
        """
        ...

    def take_back(self, before: State, now: State) -> State:
        """Return ``before``, since when nothing shall have been heard, with whatever of ``now`` can't be undone."""
        ...

    def grade(self, state: State, *, talk_s: float) -> Grade:
        """Return the grade of a call that was connected for ``talk_s`` seconds."""
        ...

    def prompts(self, variables: Mapping[str, str]) -> Sequence[Speak]:
        """Return everything that this call may speak, the first one first, so that it can be made beforehand."""
        ...
