"""One person's whole call with the dialogue, as a generator: it asks what a sentence is taken for, and goes on."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from callwright.dialogue.graph import Collect, Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import (
    Action,
    Answered,
    Event,
    Heard,
    HungUp,
    IntentMet,
    Listen,
    Pressed,
    Speak,
    StayedSilent,
)
from callwright.dialogue.state import DO_NOT_CALL, Phase, State
from callwright.personas.bank import Bank, Meaning
from callwright.personas.customers import customer_of
from callwright.personas.meaning_names import intents_for
from callwright.personas.meant import Kind, Meant, key_for, node_at
from callwright.personas.mind import Mind
from callwright.personas.noise import spoken
from callwright.personas.outlook import Outlook
from callwright.personas.people import Persona
from callwright.personas.tempo import reaction_s, speaking_s
from callwright.personas.values import say_value, taken
from callwright.personas.wordings import WHOLE, Wording, Wordings

Scores = tuple[tuple[str, float], ...]
"""Every intent with its score, best first."""
EVENTS_AT_MOST = 90
LOST_SENTENCE = 0.1
"""Of what the recogniser gets wrong, how much it doesn't hear at all."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence to be understood by the classifier of ``fold``."""

    text: str
    fold: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """What we said, what the person meant and said, and what it was taken for.

    ``right`` is ``None`` where there is nothing to be right about; ``unseen``: the classifier was never taught the
    sentence; ``noisy``: the line or the recogniser changed it. ``said`` are the words as spoken, where
    there was sound.
    """

    node: str
    heard_before: tuple[str, ...]
    meant: Meant
    text: str
    understood: str = ""
    score: float = 0.0
    ranked: Scores = ()
    right: bool | None = None
    unseen: bool = False
    fold: int = WHOLE
    noisy: bool = False
    interrupting: bool = False
    key: bool = False
    said: str = ""

    @property
    def tells(self) -> bool:
        """Whether this shows how well what people mean is understood: words, never taught, that mean an intent."""
        return self.meant.kind is Kind.INTENT and self.unseen and bool(self.text) and not self.key


@dataclass(frozen=True, slots=True)
class Conversation:
    """A call that is over. ``left``: the person hung up at ``node``. ``heeded``: the wish never to be called again
    was, ``None`` where nobody had it."""

    persona: Persona
    exchanges: tuple[Exchange, ...]
    path: tuple[str, ...]
    exits: frozenset[tuple[str, str]]
    ended: str
    left: bool
    node: str
    grade: str
    because: str
    turns: int
    seconds: float
    heeded: bool | None
    last_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """What all conversations of a crowd share."""

    dialogue: GraphDialogue
    meanings: Mapping[str, Meaning]
    wordings: Wordings
    bank: Bank
    outlook: Outlook

    @property
    def script(self) -> Script:
        """The script that is played."""
        return self.dialogue.script


Talk = Generator[Asked, Scores, Conversation]


def converse(stage: Stage, persona: Persona, *, perfect: bool = False) -> Talk:
    """Talk until the call is over. With ``perfect`` hearing all is taken as it was meant, and nothing asked."""
    call = Call(stage, persona, perfect)
    call.take(Answered())
    for _ in range(EVENTS_AT_MOST):
        if call.state.phase is not Phase.LISTENING:
            break
        if call.mind.leaves():
            call.leave()
            break
        yield from call.turn()
    else:
        call.leave()
    return call.over()


class Call:
    """One call under way, in writing."""

    def __init__(self, stage: Stage, persona: Persona, perfect: bool) -> None:
        self._stage, self._persona, self._perfect = stage, persona, perfect
        self.mind = Mind(persona, stage.script, stage.meanings, stage.outlook)
        self.state: State = stage.dialogue.begin(customer_of(stage.script, persona.luck("customer")))
        self._exchanges: list[Exchange] = []
        self._exits: set[tuple[str, str]] = set()
        self._spoken: tuple[Speak, ...] = ()
        self._silence_s = 0.0
        self._seconds = 0.0
        self._left = False
        self._texts: list[str] = []

    def take(self, event: Event) -> Sequence[Action]:
        """Let the dialogue take an event, and hear what it says."""
        self.state, actions = self._stage.dialogue.step(self.state, event)
        self._spoken = tuple(action for action in actions if isinstance(action, Speak))
        waits = [action.silence_s for action in actions if isinstance(action, Listen)]
        self._silence_s = waits[-1] if waits else self._silence_s
        language = self._stage.script.language
        self._seconds += sum(speaking_s(speak.text, language) for speak in self._spoken)
        return actions

    def leave(self) -> None:
        """Hang up."""
        self._left = True
        self.state, _ = self._stage.dialogue.step(self.state, HungUp())

    def turn(self) -> Generator[Asked, Scores, None]:
        """Take one turn: say something, press a key, or stay silent."""
        meant = self.mind.next(self.state)
        if meant.kind is Kind.SILENCE:
            self._stay_silent(meant)
            return
        key = key_for(self._stage.script, self.state, meant) if self._persona.keys else None
        if key is not None:
            self._press(meant, key)
            return
        yield from self._say(meant)

    def _stay_silent(self, meant: Meant) -> None:
        self._note(Exchange(self.state.node, self._words(), meant, ""))
        self._seconds += self._silence_s
        self.take(StayedSilent())

    def _press(self, meant: Meant, key: str) -> None:
        node, words = self.state.node, self._words()
        self.mind.spoke += 1
        self._seconds += reaction_s(self._dice("reacts"))
        self.take(Pressed(key))
        self._exits.add((node, f"keys.{key}"))
        self._note(Exchange(node, words, meant, key, meant.name, 1.0, right=True, key=True))

    def _say(self, meant: Meant) -> Generator[Asked, Scores, None]:
        wording, expected = self._wording(meant)
        text, noisy = wording.text, False
        if not self._perfect:
            text, noisy = spoken(wording.text, self._stage.bank, self._persona.noise, self._dice("noise"))
            text = "" if noisy and self._dice("lost").random() < LOST_SENTENCE else text
        scores = yield from self._scores(meant, text, wording.fold)
        interrupting = self._interrupts()
        node, words, before = self.state.node, self._words(), self.state
        self.mind.spoke += 1
        self._texts.append(wording.text)
        self._seconds += reaction_s(self._dice("reacts")) + speaking_s(wording.text, self._stage.script.language)
        actions = self.take(Heard(text, scores, interrupting=interrupting))
        exchange = Exchange(
            node,
            words,
            meant,
            text,
            ranked=scores[:SHOWN],
            unseen=wording.unseen and not self._stage.wordings.knows(text, wording.fold),
            fold=wording.fold,
            noisy=noisy,
            interrupting=interrupting,
        )
        exchange = self._judged(exchange, before, actions, expected)
        self.mind.annoyed += exchange.right is False or not text
        self._note(exchange)

    def _scores(self, meant: Meant, text: str, fold: int) -> Generator[Asked, Scores, Scores]:
        if self._perfect:
            return ((meant.name, 1.0),) if meant.kind is Kind.INTENT else ()
        if not text:
            return ()
        return (yield Asked(text, fold))

    def _wording(self, meant: Meant) -> tuple[Wording, str | None]:
        """Return how it is said, and the value that is then to be taken, where one is meant."""
        bank, dice = self._stage.bank, self._dice("says", meant.kind, meant.name)
        match meant.kind:
            case Kind.INTENT:
                never = self._stage.meanings.get(meant.name) is Meaning.NEVER
                return self._stage.wordings.say(meant.name, dice, self._texts, as_played=never), None
            case Kind.CONFIRM | Kind.DENY:
                return Wording(dice.choice(bank.confirm[meant.kind is Kind.CONFIRM]), WHOLE), None
            case Kind.UNKNOWN_TO_SCRIPT:
                return Wording(dice.choice(bank.meanings[Meaning(meant.name)]), WHOLE), None
            case Kind.VALUE:
                return self._value(dice)
        return Wording(dice.choice(bank.off_topic), WHOLE), None

    def _value(self, dice: Random) -> tuple[Wording, str | None]:
        node = node_at(self._stage.script, self.state)
        assert isinstance(node, Collect)
        said = say_value(node, self._stage.bank, dice)
        after, _ = self._stage.dialogue.step(self.state, Heard(said.text, ()))
        self.mind.expected = said.digits or taken(after, node.variable)
        return Wording(said.text, WHOLE), self.mind.expected

    def _judged(
        self, exchange: Exchange, before: State, actions: Sequence[Action], expected: str | None
    ) -> Exchange:
        """Return the exchange with what the dialogue made of it."""
        met = next((action for action in actions if isinstance(action, IntentMet)), None)
        understood = met.intent if met else ""
        self._exits.update(_exits(exchange.node, understood, before, self.state))
        judged = replace(exchange, understood=understood, score=met.score if met else 0.0)
        return replace(judged, right=_is_right(judged, before, self.state, expected))

    def _interrupts(self) -> bool:
        may = any(speak.interruptible for speak in self._spoken)
        return may and self._dice("interrupts").random() < self._persona.interrupts

    def _dice(self, *purpose: object) -> Random:
        return self._persona.luck(*purpose, len(self._exchanges))

    def _words(self) -> tuple[str, ...]:
        return tuple(speak.text for speak in self._spoken)

    def _note(self, exchange: Exchange) -> None:
        self._exchanges.append(exchange)

    def over(self) -> Conversation:
        """Return the call as it went."""
        state, stage = self.state, self._stage
        never = {*intents_for(stage.meanings, Meaning.NEVER), Meaning.NEVER.value}
        wished = any(exchange.meant.name in never for exchange in self._exchanges)
        path = tuple(visit.node for visit in state.visits)
        grade = stage.dialogue.grade(state, talk_s=self._seconds)
        return Conversation(
            persona=self._persona,
            exchanges=tuple(self._exchanges),
            path=path,
            exits=frozenset(self._exits),
            ended=state.ended,
            left=self._left,
            node=path[-1],
            grade=grade.name,
            because=grade.reasons[0].rule if grade.reasons else "",
            turns=self.mind.spoke,
            seconds=self._seconds,
            heeded=state.ended == DO_NOT_CALL if wished else None,
            last_words=() if self._left else self._words(),
        )


def _exits(node: str, understood: str, before: State, after: State) -> set[tuple[str, str]]:
    visits = [visit.node for visit in after.visits[len(before.visits) :]]
    found = {(node, f"branches.{understood}")} if understood else set()
    return found | {(node, f"to {visits[0]}")} if visits else found


def _is_right(exchange: Exchange, before: State, after: State, expected: str | None) -> bool | None:
    if not exchange.text:
        return None
    match exchange.meant.kind:
        case Kind.INTENT:
            return exchange.understood == exchange.meant.name
        case Kind.VALUE:
            return expected is not None and taken(after, exchange.meant.name) == expected
        case Kind.CONFIRM:
            assert before.unconfirmed is not None
            return any(given.name == before.unconfirmed.name for given in after.given)
        case Kind.DENY:
            return after.unconfirmed is None or after.unconfirmed.value != getattr(
                before.unconfirmed, "value", None
            )
        case Kind.OFF_TOPIC:
            return not exchange.understood
    return None
