"""Variables in texts: what is known of the customer, the script's own facts, and what the person told."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from callwright.dialogue.graph import Variable
from callwright.dialogue.state import State
from callwright.kit.errors import InvalidInputError

MAX_VALUE_CHARACTERS = 200

#: Known to every script without being declared.
OWN_VARIABLES = frozenset({"company", "caller"})

_SLOT = re.compile(r"\{([^{}]*)\}")
_UNSPEAKABLE = re.compile(r"[{}\x00-\x1f\x7f]")


class Bound(Protocol):
    """A script of either engine, as far as variables go."""

    @property
    def name(self) -> str:
        """What the script is called."""
        ...

    @property
    def company(self) -> str:
        """Who calls."""
        ...

    @property
    def caller(self) -> str:
        """In whose name."""
        ...

    @property
    def variables(self) -> Sequence[Variable]:
        """What it must know of a customer."""
        ...


class MissingVariableError(InvalidInputError):
    """The script {script!r} can't be played: {names} missing. Fill it in for this customer."""

    code = "missing-variable"

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, as the script labels and calls it."""
        given = self.fields["missing"]
        assert isinstance(given, list)
        return tuple(map(str, given))


def slots(text: str) -> tuple[str, ...]:
    """Return the names of the variables in ``text``, in their order."""
    return tuple(_SLOT.findall(text))


def render(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with its variables filled in. Every variable must be in ``values``."""
    return _SLOT.sub(lambda slot: values[slot.group(1)], text)


def bind(script: Bound, given: Mapping[str, str]) -> dict[str, str]:
    """Return the values a call starts with; what the script doesn't know is left out.

    Raises MissingVariableError naming every required variable that has no value.
    """
    values = {"company": script.company, "caller": script.caller}
    missing = []
    for variable in script.variables:
        value = _clean(given.get(variable.name, ""))
        if not value and variable.required:
            missing.append(f"{variable.label} ({variable.name})")
        values[variable.name] = value or variable.default
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise MissingVariableError(script=script.name, names=f"{', '.join(missing)} {verb}", missing=missing)
    return values


def spoken_values(state: State) -> dict[str, str]:
    """Return every variable as it is to be said, the value waiting for its read-back included."""
    values = dict(state.variables) | {given.name: given.spoken for given in state.given}
    if state.unconfirmed:
        values[state.unconfirmed.name] = state.unconfirmed.spoken
    return values


def kept_values(state: State) -> dict[str, str]:
    """Return every variable as it is kept and compared."""
    return dict(state.variables) | {given.name: given.value for given in state.given}


def _clean(value: str) -> str:
    return " ".join(_UNSPEAKABLE.sub(" ", value).split())[:MAX_VALUE_CHARACTERS].strip()
