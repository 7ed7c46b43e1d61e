"""Somebody whom a language model calls: what they say next, from what they want. Pure.

They don't follow what the model says, which would take another model: they want what they want, ask what they ask,
and give what the brief is to find out. So they show what the brief and its guard make of a call, not how charming
it is.
"""

from dataclasses import dataclass
from typing import Literal

from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.state import State
from callwright.personas.bank import Meaning, bank_of
from callwright.personas.people import Persona, Wish
from callwright.personas.unforeseen import UNFORESEEN
from callwright.personas.values import digits_in

HEARD_OUT = 3
"""So often one says never to be called again, or that the number is wrong, before hanging up."""
_ASKS = 0.6
_OF_WISH = {
    Wish.BUSY: Meaning.LATER,
    Wish.NOT_INTERESTED: Meaning.DECLINE,
    Wish.NEVER_AGAIN: Meaning.NEVER,
    Wish.WRONG_PERSON: Meaning.WRONG,
}


@dataclass(frozen=True, slots=True)
class Does:
    """What somebody does next; ``never`` where it is the wish never to be called again."""

    what: Literal["say", "silence", "leave"]
    text: str = ""
    never: bool = False


class Callee:
    """One person during one call."""

    def __init__(self, persona: Persona, script: ModelScript) -> None:
        self._persona = persona
        self._script = script
        self._bank = bank_of(script.language)
        self._turns = 0
        self._insisted = 0
        self._asked: list[str] = []

    def next(self, talk: State) -> Does:
        """Return what this person does now, in a call that stands at ``talk``."""
        persona = self._persona
        self._turns += 1
        abrupt = persona.luck("abrupt", self._turns).random() < persona.abrupt
        if abrupt or self._turns > persona.turns or self._insisted >= HEARD_OUT:
            return Does("leave")
        if persona.luck("pauses", self._turns).random() < persona.pauses:
            return Does("silence")
        return self._says(talk)

    def _says(self, talk: State) -> Does:
        persona, dice = self._persona, self._persona.luck("says", self._turns)
        if persona.wish is Wish.CONFUSED and self._turns <= 2:
            return Does("say", dice.choice(self._bank.off_topic))
        question = self._question()
        if question:
            return Does("say", question)
        meaning = _OF_WISH.get(persona.leans)
        if meaning is not None:
            self._insisted += 1
            never = meaning is Meaning.NEVER
            return Does("say", dice.choice(self._bank.meanings[meaning]), never=never)
        return Does("say", self._agrees(talk))

    def _question(self) -> str:
        """Return a question that the script answers or, as often, that nobody foresaw; everybody has one."""
        persona, dice = self._persona, self._persona.luck("asks", self._turns)
        if len(self._asked) > persona.questions or dice.random() >= _ASKS:
            return ""
        known = [question.wordings for question in self._script.knowledge.values()]
        wordings = dice.choice(known) if known and dice.random() < 0.5 else UNFORESEEN[self._script.language]
        self._asked.append(dice.choice(wordings))
        return self._asked[-1]

    def _agrees(self, talk: State) -> str:
        dice = self._persona.luck("agrees", self._turns)
        open_values = [
            wanted for name, wanted in self._script.collect.items() if name not in {one.name for one in talk.given}
        ]
        if self._turns == 1 or (not open_values and dice.random() < 0.5):
            return dice.choice(self._bank.meanings[Meaning.AGREE])
        if not open_values:
            return dice.choice(self._bank.meanings[Meaning.GOODBYE])
        what = open_values[0].what
        return digits_in(dice.choice(self._bank.values[what]), what, self._bank, dice).text
