"""The truth: what every handset really did, one line of JSON for every call, written when the call is over."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from callwright.kit.errors import InvalidInputError
from callwright.simulator.people import Wish
from callwright.simulator.words import Intent
from callwright.telephony.port import PhoneState


class TruthFileError(InvalidInputError):
    """The truth file {path} can't be read: {why}. Give the file that the telephone world wrote."""

    code = "truth-invalid"


class Leaver(StrEnum):
    """Who ended a call."""

    HANDSET = "handset"
    CALLER = "caller"
    NETWORK = "network"


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Said(_Fact):
    """An utterance of the handset: from ``at_s`` to ``until_s`` after the answer, and what was meant.

    ``cut_short`` tells that the call ended before it did.
    """

    at_s: float
    until_s: float
    text: str
    intent: Intent
    cut_short: bool = False


class Heard(_Fact):
    """What the handset heard of the caller; ``words`` is ``None`` where the world had no recogniser."""

    at_s: float
    until_s: float
    words: str | None


class Pressed(_Fact):
    """Keys that the handset's person pressed, one after the other."""

    at_s: float
    digits: str


class Call(_Fact):
    """One call to one handset. ``kind`` is ``unknown`` for a number without a handset, times are UTC.

    ``phone_state`` is what a caller should have found; ``code`` the SIP code the handset gave.
    ``beep_at_s`` is when a mailbox began to record, after its answer.
    """

    call_id: str
    number: str
    caller_number: str
    kind: str
    wish: Wish | None = None
    came_at: datetime
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    phone_state: PhoneState = PhoneState.NO_ANSWER
    hung_up_by: Leaver | None = None
    why: str = ""
    code: int | None = None
    beep_at_s: float | None = None
    said: list[Said] = []
    heard: list[Heard] = []
    pressed: list[Pressed] = []


class TruthLog:
    """Appends to a file of truth; every line is on its way to disk when :meth:`write` returns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = path.open("a", encoding="utf-8")

    def write(self, call: Call) -> None:
        """Append one call."""
        self._file.write(call.model_dump_json() + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read_truth(path: Path) -> list[Call]:
    """Read a file of truth. Raises TruthFileError, naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TruthFileError(path=path, why=str(error)) from None
    calls = []
    for number, line in enumerate(lines, 1):
        try:
            calls.append(Call.model_validate_json(line))
        except ValidationError as error:
            raise TruthFileError(path=path, why=f"line {number}: {error.errors()[0]['msg']}") from None
    return calls
