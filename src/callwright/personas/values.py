"""Values that people give, and whether the dialogue took what was meant."""

from dataclasses import dataclass
from random import Random

from callwright.dialogue.graph import Collect
from callwright.dialogue.state import State
from callwright.personas.bank import Bank

PHONE_DIGITS = 10
_MOST = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it is said; ``digits`` where it is a number, so that it may be keyed in and checked."""

    text: str
    digits: str = ""


def say_value(node: Collect, bank: Bank, dice: Random) -> Said:
    """Return a value of the kind that ``node`` asks for."""
    return digits_in(dice.choice(bank.values[node.what]), node.what, bank, dice)


def digits_in(wording: str, what: str, bank: Bank, dice: Random) -> Said:
    """Return a wording with digits of the kind that it is asked for, where it has a place for them."""
    if "{digits}" not in wording:
        return Said(wording)
    if what == "phone":
        digits = "5" + "".join(str(dice.randrange(10)) for _ in range(PHONE_DIGITS - 1))
        return Said(wording.format(digits=" ".join(digits) if bank.spaced else digits), digits)
    digits = str(dice.randint(2, _MOST))
    return Said(wording.format(digits=digits), digits)


def taken(state: State, variable: str) -> str | None:
    """Return the value that the dialogue took for ``variable``: kept, or waiting for its read-back."""
    if state.unconfirmed and state.unconfirmed.name == variable:
        return state.unconfirmed.value
    return next((given.value for given in state.given if given.name == variable), None)
