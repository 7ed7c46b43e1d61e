"""Who is in a crowd: each with a wish, patience, and a way of speaking; the same seed makes the same people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Wish(StrEnum):
    """What a person wants of the call."""

    INTERESTED = "interested"
    CURIOUS = "curious"
    BUSY = "busy"
    NOT_INTERESTED = "not_interested"
    NEVER_AGAIN = "never_again"
    WRONG_PERSON = "wrong_person"
    SILENT = "silent"
    CONFUSED = "confused"


SHARES: Mapping[Wish, float] = {
    Wish.INTERESTED: 0.26,
    Wish.CURIOUS: 0.16,
    Wish.BUSY: 0.12,
    Wish.NOT_INTERESTED: 0.2,
    Wish.NEVER_AGAIN: 0.08,
    Wish.WRONG_PERSON: 0.06,
    Wish.SILENT: 0.05,
    Wish.CONFUSED: 0.07,
}
"""How many of a crowd want what, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One person. Chances are 0 to 1.

    ``leans`` is what a curious or confused one ends up wanting. ``patience`` is how many times one is misunderstood
    before hanging up; ``turns`` how often one speaks at most. ``noise`` is the chance that the recogniser hears a
    sentence wrong, ``interrupts`` that one doesn't hear us out, ``pauses`` that one says nothing for a while,
    ``abrupt`` that one hangs up without a word rather than answer. ``questions`` are how many one wants answered;
    ``keys`` tells who presses a key where that is possible.
    """

    number: int
    seed: int
    wish: Wish
    leans: Wish
    patience: int
    turns: int
    noise: float
    interrupts: float
    pauses: float
    abrupt: float
    questions: int
    keys: bool

    def luck(self, *purpose: object) -> Random:
        """Return this person's own dice for a purpose: they fall the same whatever a script does."""
        return Random(f"{self.seed} {self.number} {' '.join(map(str, purpose))}")  # noqa: S311 - no secret


_ABRUPT = {Wish.NOT_INTERESTED: 0.12, Wish.BUSY: 0.08, Wish.SILENT: 0.0, Wish.NEVER_AGAIN: 0.0}
_TURNS = {Wish.INTERESTED: 14, Wish.CURIOUS: 12, Wish.CONFUSED: 10, Wish.BUSY: 6, Wish.NOT_INTERESTED: 5}


def make_people(seed: int, count: int, shares: Mapping[Wish, float] = SHARES) -> list[Persona]:
    """Return ``count`` people. The shares are kept as exactly as whole people can be."""
    wishes = _wishes(count, shares)
    Random(f"{seed} order").shuffle(wishes)  # noqa: S311
    return [_person(seed, number, wish) for number, wish in enumerate(wishes)]


def _wishes(count: int, shares: Mapping[Wish, float]) -> list[Wish]:
    total = sum(shares.values())
    wanted = {wish: count * share / total for wish, share in shares.items()}
    whole = {wish: int(number) for wish, number in wanted.items()}
    by_rest = sorted(wanted, key=lambda wish: whole[wish] - wanted[wish])
    for wish in by_rest[: count - sum(whole.values())]:
        whole[wish] += 1
    return [wish for wish in shares for _ in range(whole[wish])]


def _person(seed: int, number: int, wish: Wish) -> Persona:
    dice = Random(f"{seed} {number} person")  # noqa: S311
    leaning = {
        Wish.CURIOUS: (Wish.INTERESTED, Wish.INTERESTED, Wish.INTERESTED, Wish.NOT_INTERESTED, Wish.BUSY),
        Wish.CONFUSED: (Wish.INTERESTED, Wish.NOT_INTERESTED),
    }
    return Persona(
        number=number,
        seed=seed,
        wish=wish,
        leans=dice.choice(leaning.get(wish, (wish,))),
        patience=dice.randint(1, 4),
        turns=_TURNS.get(wish, 6),
        noise=dice.choice((0.0, 0.05, 0.1, 0.2)),
        interrupts=dice.choice((0.0, 0.0, 0.1, 0.3)),
        pauses=1.0 if wish is Wish.SILENT else dice.choice((0.0, 0.0, 0.05)),
        abrupt=_ABRUPT.get(wish, 0.02),
        questions=dice.randint(1, 3) if wish is Wish.CURIOUS else int(dice.random() < 0.2),
        keys=dice.random() < 0.1,
    )
