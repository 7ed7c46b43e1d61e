"""What a person says for an intent: a wording that whoever has to understand it was never taught.

The script's own examples are dealt into folds. A sentence of a fold is understood by a classifier that learned the
other folds alone; a common wording of the bank, which is no script's example, by the one that learned them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from callwright.personas.bank import Bank, Meaning

FOLDS = 5
WHOLE = -1
"""The classifier that learned every example."""
FROM_BANK = 0.35


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence, and which classifier it may be asked of; ``unseen``: that one never learned it."""

    text: str
    fold: int
    unseen: bool = True


def folded(text: str) -> str:
    """Return what makes two wordings the same."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


class Wordings:
    """The wordings of one script's intents and questions. ``meanings``: which of them are common ones."""

    def __init__(self, examples: Mapping[str, Sequence[str]], meanings: Mapping[str, Meaning], bank: Bank) -> None:
        self._examples = examples
        self._learned: dict[int, set[str]] = {}
        self._taught = {folded(text) for texts in examples.values() for text in texts}
        self._own = {name: self._dealt(texts) for name, texts in examples.items()}
        self._common = {
            name: tuple(Wording(text, WHOLE) for text in bank.meanings[meaning] if folded(text) not in self._taught)
            for name, meaning in meanings.items()
            if list(meanings.values()).count(meaning) == 1
        }

    @property
    def untestable(self) -> list[str]:
        """The intents that can't be asked of anybody who wasn't taught the very sentence: they have one example."""
        return [
            name
            for name, own in self._own.items()
            if not any(one.unseen for one in own) and not self._common.get(name)
        ]

    def taught(self, fold: int) -> dict[str, tuple[str, ...]]:
        """Return the examples that the classifier of a fold learns."""
        if fold == WHOLE:
            return {name: tuple(texts) for name, texts in self._examples.items()}
        left = {
            name: tuple(text for text, one in zip(texts, self._own[name], strict=True) if one.fold != fold)
            for name, texts in self._examples.items()
        }
        held = {folded(one.text) for own in self._own.values() for one in own if one.fold == fold}
        # The same words under another intent would teach it after all.
        return {
            name: tuple(text for text in texts if folded(text) not in held) or texts for name, texts in left.items()
        }

    def knows(self, text: str, fold: int) -> bool:
        """Say whether the classifier of a fold learned ``text``, as noise may make one wording another."""
        if fold not in self._learned:
            self._learned[fold] = {folded(one) for texts in self.taught(fold).values() for one in texts}
        return folded(text) in self._learned[fold]

    def say(self, name: str, dice: Random, avoid: Sequence[str] = (), *, as_played: bool = False) -> Wording:
        """Return a wording for the intent ``name``, other than those of ``avoid`` where there are others.

        ``as_played`` has it understood as in a real call, by the classifier that learned everything, this wording
        included where it is an example: for what must never be missed, while accuracy is told from others.
        """
        common = self._common.get(name, ())
        from_bank = bool(common) and dice.random() < FROM_BANK
        choices = common if from_bank else self._own[name]
        fresh = [one for one in choices if one.text not in avoid and one.unseen]
        said = dice.choice(fresh or choices)
        return Wording(said.text, WHOLE, unseen=from_bank) if as_played else said

    def say_in(
        self, fold: int, name: str, dice: Random, avoid: Sequence[str] = (), *, known: bool = False
    ) -> Wording:
        """Return a wording for the intent ``name`` to be asked of the classifier of ``fold``, whoever says it.

        It is one that this classifier never learned, where there is any; any wording where it may be ``known``.
        """
        common = self._common.get(name, ())
        own = tuple(one for one in self._own[name] if known or one.fold == fold)
        choices = common if common and (not own or dice.random() < FROM_BANK) else own or self._own[name]
        fresh = [one for one in choices if one.text not in avoid]
        text = dice.choice(fresh or choices).text
        return Wording(text, fold, unseen=not self.knows(text, fold))

    def _dealt(self, texts: Sequence[str]) -> tuple[Wording, ...]:
        if len({folded(text) for text in texts}) < 2:
            return tuple(Wording(text, WHOLE, unseen=False) for text in texts)
        folds: dict[str, int] = {}
        for text in texts:
            folds.setdefault(folded(text), len(folds) % FOLDS)
        return tuple(Wording(text, folds[folded(text)]) for text in texts)
