"""How a person behaves on the telephone: ``step(state, event) -> state, actions``, without clock or sound.

A person hears that the caller speaks and falls silent, understands what was asked (or, where nobody recognises the
caller's words, goes by the order of turns), thinks for a moment and answers; and leaves when it is over, when it
takes too long, or when nobody says anything. All times are in seconds since the person answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from callwright.simulator.asks import Ask, understand
from callwright.simulator.keys import pressed
from callwright.simulator.people import Person, Wish
from callwright.simulator.replies import Talk, answered, begin_talk, hello, interruption, nudge, reply
from callwright.simulator.words import Intent, Words

LONGEST_CALL_S = 180.0
"""No person stays longer, whatever the caller does."""

_LONGEST_SPEECH_S = 45.0
_HANGS_UP_AFTER_S = 1.6
_INTERRUPTS_AFTER_S = 1.8
_TURN_OF_RUDENESS = 1
_MORE_MAY_COME_S = 0.6
_BLIP_S = 1.5
"""How much longer people wait after words that ask nothing, and after a sound that was no words."""

_ORDER = (Ask.OFFER, Ask.DAY, Ask.CONFIRM)


@dataclass(frozen=True, slots=True)
class Answered:
    """The person has picked up."""

    now: float


@dataclass(frozen=True, slots=True)
class CallerStarted:
    """The caller began to speak."""

    now: float


@dataclass(frozen=True, slots=True)
class CallerStopped:
    """The caller has fallen silent, at ``since``. ``words`` is what was said, ``None`` where nobody can tell."""

    now: float
    since: float
    words: str | None


@dataclass(frozen=True, slots=True)
class Finished:
    """What the person had to say is said."""

    now: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""

    now: float


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller has left."""

    now: float


Event = Answered | CallerStarted | CallerStopped | Finished | Tick | HungUp


@dataclass(frozen=True, slots=True)
class Say:
    """Say ``text``, meaning ``intent``."""

    text: str
    intent: Intent


@dataclass(frozen=True, slots=True)
class HangUp:
    """Leave the call."""

    why: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press keys of the telephone."""

    digits: str


Action = Say | Press | HangUp


class Phase(StrEnum):
    """What the person is doing."""

    RINGING = "ringing"
    WAITING = "waiting"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class State:
    """A person in a call. ``due`` is when something happens by itself, if nothing else happens before.

    ``heard`` holds the words to reply to: ``None`` when there are none, ``(None,)`` when nobody could tell them.
    While ``interrupting``, what the caller had begun to say is not listened to.
    """

    person: Person
    talk: Talk
    phase: Phase = Phase.RINGING
    due: float = 0.0
    heard: tuple[str | None, ...] | None = None
    turns: int = 0
    caller_speaks: bool = False
    interrupting: bool = False
    nudged: bool = False
    leaving: bool = False


Outcome = tuple[State, Sequence[Action]]


def begin(person: Person) -> State:
    """Return the state of a person whose telephone rings."""
    return State(person, begin_talk(person))


def step(state: State, event: Event) -> Outcome:
    """Return the state after ``event``, and what the person does now; nothing after the end of the call."""
    if state.phase is Phase.GONE:
        return state, ()
    if isinstance(event, HungUp):
        return replace(state, phase=Phase.GONE), ()
    if event.now >= LONGEST_CALL_S:
        return _leave(state, "too long")
    return _go_on(state, event)


def _go_on(state: State, event: Answered | CallerStarted | CallerStopped | Finished | Tick) -> Outcome:
    match event:
        case Answered(now):
            return _answered(state, now), ()
        case CallerStarted(now):
            return _caller_started(state, now), ()
        case CallerStopped():
            return _caller_stopped(state, event), ()
        case Finished(now):
            return _finished(state, now)
        case Tick(now):
            return _tick(state, now)


def _answered(state: State, now: float) -> State:
    if state.person.says_hello and state.person.wish is not Wish.SILENT:
        return replace(state, phase=Phase.THINKING, due=now + state.person.reaction_s)
    return replace(state, phase=Phase.WAITING, due=now + state.person.patience_s)


def _caller_started(state: State, now: float) -> State:
    state = replace(state, caller_speaks=True)
    if state.phase is Phase.SPEAKING:
        return state
    longest = _LONGEST_SPEECH_S
    if state.turns == _TURN_OF_RUDENESS and state.person.wish is Wish.HANGS_UP:
        longest = _HANGS_UP_AFTER_S
    if state.turns == _TURN_OF_RUDENESS and state.person.wish is Wish.INTERRUPTS:
        longest = _INTERRUPTS_AFTER_S
    return replace(state, phase=Phase.LISTENING, due=now + longest)


def _caller_stopped(state: State, event: CallerStopped) -> State:
    state = replace(state, caller_speaks=False)
    if state.phase is Phase.SPEAKING and state.interrupting:
        return replace(state, interrupting=False)
    heard = (*(state.heard or ()), event.words)
    if state.phase is Phase.SPEAKING:
        return replace(state, heard=heard)
    state = replace(state, phase=Phase.THINKING, heard=heard, nudged=False)
    return replace(state, due=max(event.now, event.since + state.person.reaction_s) + _extra_wait_s(state))


def _extra_wait_s(state: State) -> float:
    ask = _ask(state)
    if ask is None:
        return _BLIP_S
    return _MORE_MAY_COME_S if ask is Ask.STATEMENT else 0.0


def _finished(state: State, now: float) -> Outcome:
    if state.phase is not Phase.SPEAKING:
        return state, ()
    if state.leaving:
        return _leave(state, "said goodbye")
    state = replace(state, interrupting=False)
    if state.caller_speaks:
        return replace(state, phase=Phase.LISTENING, due=now + _LONGEST_SPEECH_S), ()
    if state.heard is not None:
        due = now + state.person.reaction_s + _extra_wait_s(state)
        return replace(state, phase=Phase.THINKING, due=due), ()
    return replace(state, phase=Phase.WAITING, due=now + state.person.patience_s), ()


def _tick(state: State, now: float) -> Outcome:
    if now < state.due or state.phase is Phase.RINGING:
        return state, ()
    if state.phase is Phase.THINKING:
        return _answer(state, now)
    if state.phase is Phase.LISTENING:
        return _heard_enough(state)
    if state.phase is Phase.SPEAKING or state.nudged or state.person.wish is Wish.SILENT:
        return _leave(state, "silence")
    words = nudge(state.person)
    return _speak(replace(state, nudged=True), words)


def _heard_enough(state: State) -> Outcome:
    if state.person.wish is Wish.INTERRUPTS and state.turns == _TURN_OF_RUDENESS:
        talk, words = interruption(state.talk)
        return _speak(replace(state, talk=talk, turns=state.turns + 1, interrupting=True), words)
    return _leave(state, "had heard enough")


def _answer(state: State, now: float) -> Outcome:
    if state.heard is None:
        words = hello(state.person)
        return _speak(state, words)
    ask, keys = _ask(state), _keys(state)
    turns, state = state.turns, replace(state, turns=state.turns + 1, heard=None)
    waiting = replace(state, phase=Phase.WAITING, due=now + state.person.patience_s)
    if state.person.wish is Wish.SILENT:
        return waiting, ()
    if keys:
        return replace(waiting, talk=answered(state.talk)), (Press(keys),)
    talk, words, leaving = reply(state.talk, ask, turns)
    return _speak(replace(state, talk=talk, leaving=leaving), words)


def _ask(state: State) -> Ask | None:
    """What was asked; ``None`` for words that made no sense, the usual order of a call where nobody recognises."""
    heard = state.heard or ()
    if all(words is None for words in heard):
        return _ORDER[state.talk.answers] if state.talk.answers < len(_ORDER) else Ask.GOODBYE
    words = " ".join(part for part in heard if part)
    return understand(words) if words.strip() else None


def _keys(state: State) -> str:
    """What is keyed in for what was asked, once nothing else is on the person's mind; mostly nothing."""
    return "" if state.talk.agenda else pressed(state.person, " ".join(part for part in state.heard or () if part))


def _speak(state: State, words: Words) -> Outcome:
    return replace(state, phase=Phase.SPEAKING, due=LONGEST_CALL_S), (Say(words.text, words.intent),)


def _leave(state: State, why: str) -> Outcome:
    return replace(state, phase=Phase.GONE), (HangUp(why),)
