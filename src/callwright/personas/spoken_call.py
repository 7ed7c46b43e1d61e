"""One person's call in sound: the room steps the dialogue and tells of it, the person decides what to say.

What the person means is the truth; what the dialogue took it for comes from what a recogniser made of the sound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callwright.dialogue.port import Action, Event, Heard, IntentMet, Speak
from callwright.dialogue.state import Phase, State
from callwright.personas.bank import Meaning
from callwright.personas.conversation import SHOWN, Call, Conversation, Exchange, Stage
from callwright.personas.meant import Kind, Meant, key_for
from callwright.personas.noise import spoken
from callwright.personas.people import Persona
from callwright.personas.wordings import FOLDS, Wording

TURNS_AT_MOST = 40
LISTENS = 0.2
"""The chance that one shows over a prompt, by a sound, that one follows."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say this."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Hang up."""


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Say nothing until we speak again."""


Doing = Say | Press | Leave | StaySilent


@dataclass(frozen=True, slots=True)
class _Awaited:
    place: int
    before: State
    expected: str | None


class SpokenCall(Call):
    """A call whose dialogue runs elsewhere. ``fold`` is that of the classifier there, the person's own."""

    def __init__(self, stage: Stage, persona: Persona) -> None:
        super().__init__(stage, persona, perfect=False)
        self.fold = persona.number % FOLDS
        self._awaited: _Awaited | None = None

    def stepped(self, before: State, event: Event, after: State, actions: Sequence[Action]) -> None:
        """The dialogue was stepped."""
        self.state = after
        said = tuple(action for action in actions if isinstance(action, Speak))
        if isinstance(event, Heard):
            self._heard(event, actions)
        self._spoken = said or self._spoken

    def act(self, *, interrupting: bool = False) -> Doing | None:
        """Return what the person does with the floor; nothing where the dialogue waits for nothing."""
        if self.state.phase is not Phase.LISTENING:
            return None
        self._reckon()
        if self.mind.leaves() or len(self._exchanges) >= TURNS_AT_MOST:
            self._left = True
            return Leave()
        meant = self.mind.next(self.state)
        if meant.kind is Kind.SILENCE:
            self._note(Exchange(self.state.node, self._words(), meant, ""))
            return StaySilent()
        key = key_for(self._stage.script, self.state, meant) if self._persona.keys else None
        if key is not None:
            return self._key(meant, key)
        return self._speak(meant, interrupting=interrupting)

    def interrupts(self) -> bool:
        """Say whether the person doesn't hear out the prompt that has just begun."""
        waiting = self.state.phase is Phase.LISTENING and self._persona.pauses < 1
        return waiting and self._interrupts()

    def listens(self) -> str:
        """Return the sound by which the person shows over a prompt that they follow, nothing for none."""
        dice = self._dice("listens")
        silent = self._persona.pauses >= 1 or dice.random() >= LISTENS
        return "" if silent else dice.choice(self._stage.bank.listening)

    def ended(self, talk_s: float) -> Conversation:
        """Return the call as it went, which lasted ``talk_s`` seconds."""
        self._seconds = talk_s
        self._left = self._left or not self.state.ended
        return self.over()

    @property
    def begun(self) -> bool:
        """Whether the dialogue has begun."""
        return bool(self.state.visits)

    def _key(self, meant: Meant, key: str) -> Press:
        node, words = self.state.node, self._words()
        self.mind.spoke += 1
        self._exits.add((node, f"keys.{key}"))
        self._note(Exchange(node, words, meant, key, meant.name, 1.0, right=True, key=True))
        return Press(key)

    def _speak(self, meant: Meant, *, interrupting: bool) -> Say:
        before = self.state
        wording, expected = self._wording(meant)
        text, _ = spoken(wording.text, self._stage.bank, 0.0, self._dice("noise"))
        self.mind.spoke += 1
        self._texts.append(wording.text)
        self._awaited = _Awaited(len(self._exchanges), before, expected)
        self._note(
            Exchange(
                before.node,
                self._words(),
                meant,
                "",
                unseen=wording.unseen,
                fold=self.fold,
                noisy=True,
                interrupting=interrupting,
                said=text,
            )
        )
        return Say(text)

    def _wording(self, meant: Meant) -> tuple[Wording, str | None]:
        if meant.kind is not Kind.INTENT:
            return super()._wording(meant)
        dice = self._dice("says", meant.kind, meant.name)
        never = self._stage.meanings.get(meant.name) is Meaning.NEVER
        return self._stage.wordings.say_in(self.fold, meant.name, dice, self._texts, known=never), None

    def _heard(self, heard: Heard, actions: Sequence[Action]) -> None:
        """Note what was heard of what was said last; who goes on after a pause is heard once more, with it all."""
        awaited = self._awaited
        if awaited is None or not heard.text or (heard.overheard and not _met(actions)):
            return
        exchange = replace(
            self._exchanges[awaited.place],
            text=heard.text,
            ranked=heard.intents[:SHOWN],
            interrupting=heard.interrupting,
            noisy=not _alike(heard.text, self._exchanges[awaited.place].said),
        )
        self._exchanges[awaited.place] = self._judged(exchange, awaited.before, actions, awaited.expected)

    def _reckon(self) -> None:
        """Let the person feel how the last thing said was taken."""
        if self._awaited is not None:
            exchange = self._exchanges[self._awaited.place]
            self.mind.annoyed += exchange.right is False or not exchange.text
            self._awaited = None


def _met(actions: Sequence[Action]) -> bool:
    return any(isinstance(action, IntentMet) for action in actions)


def _alike(heard: str, said: str) -> bool:
    return _letters(heard) == _letters(said)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
