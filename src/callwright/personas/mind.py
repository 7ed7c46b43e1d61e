"""What one person means next, from what they want and what the dialogue just did."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from callwright.dialogue.graph import Script
from callwright.dialogue.state import State
from callwright.personas.bank import Meaning
from callwright.personas.meaning_names import intents_for
from callwright.personas.meant import Kind, Meant, answers_at
from callwright.personas.outlook import Outlook
from callwright.personas.people import Persona, Wish

HEARD_OUT = 3
"""So often one says never to be called again, or that the number is wrong, before giving up."""
ASKS = 0.5
_OF_WISH = {
    Wish.BUSY: Meaning.LATER,
    Wish.NOT_INTERESTED: Meaning.DECLINE,
    Wish.NEVER_AGAIN: Meaning.NEVER,
    Wish.WRONG_PERSON: Meaning.WRONG,
}


@dataclass(slots=True)
class Mind:
    """One person during one call."""

    persona: Persona
    script: Script
    meanings: Mapping[str, Meaning]
    outlook: Outlook
    expected: str | None = None
    """The value that was meant when one was given last."""
    annoyed: int = 0
    spoke: int = 0
    turns: int = 0
    asked: list[str] = field(default_factory=list)
    said: dict[Meant, int] = field(default_factory=dict)

    def leaves(self) -> bool:
        """Say whether this person hangs up now rather than answer."""
        persona = self.persona
        insists = _OF_WISH.get(persona.leans)
        if insists in (Meaning.NEVER, Meaning.WRONG):
            return self._times(insists) >= HEARD_OUT
        abrupt = persona.luck("abrupt", self.turns).random() < persona.abrupt
        return abrupt or self.annoyed > persona.patience or self.spoke >= persona.turns

    def next(self, state: State) -> Meant:
        """Return what this person means now."""
        self.turns += 1
        if self.persona.luck("pauses", self.turns).random() < self.persona.pauses:
            return Meant(Kind.SILENCE)
        meant = self._wanted(state)
        self.said[meant] = self.said.get(meant, 0) + 1
        return meant

    def _wanted(self, state: State) -> Meant:
        persona = self.persona
        if persona.wish is Wish.CONFUSED and self.spoke < 2:
            return self._confused()
        question = self._question()
        if question is not None:
            return question
        if persona.leans is Wish.INTERESTED or (persona.leans is Wish.BUSY and self._times(Meaning.LATER)):
            return self._towards_best(state)
        return self._insisting(state, _OF_WISH.get(persona.leans, Meaning.DECLINE))

    def _confused(self) -> Meant:
        dice = self.persona.luck("confused", self.spoke)
        repeat = intents_for(self.meanings, Meaning.REPEAT)
        return Meant(Kind.INTENT, dice.choice(repeat)) if repeat and dice.random() < 0.6 else Meant(Kind.OFF_TOPIC)

    def _question(self) -> Meant | None:
        dice = self.persona.luck("asks", self.spoke)
        open_questions = [name for name in self.script.knowledge if name not in self.asked]
        if len(self.asked) >= self.persona.questions or not open_questions or dice.random() >= ASKS:
            return None
        self.asked.append(dice.choice(open_questions))
        return Meant(Kind.INTENT, self.asked[-1])

    def _towards_best(self, state: State) -> Meant:
        if state.unconfirmed is not None:
            right = self.expected is None or state.unconfirmed.value == self.expected
            return Meant(Kind.CONFIRM if right else Kind.DENY)
        choices = self.outlook.promising(state)
        return (
            self.persona.luck("picks", state.node, self.spoke).choice(choices) if choices else Meant(Kind.OFF_TOPIC)
        )

    def _insisting(self, state: State, meaning: Meaning) -> Meant:
        here = [one.name for one in answers_at(self.script, state) if one.kind is Kind.INTENT]
        names = intents_for(self.meanings, meaning)
        fitting = [name for name in names if name in here] or names
        if fitting:
            return Meant(Kind.INTENT, self.persona.luck("insists", self.spoke).choice(fitting))
        against = self.outlook.least_promising(state) if meaning is Meaning.DECLINE else None
        return against or Meant(Kind.UNKNOWN_TO_SCRIPT, meaning.value)

    def _times(self, meaning: Meaning) -> int:
        names = {*intents_for(self.meanings, meaning), meaning.value}
        return sum(times for meant, times in self.said.items() if meant.name in names)
