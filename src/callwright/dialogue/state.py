"""What a call's dialogue remembers: plain values, replaced and never changed."""

from dataclasses import dataclass
from enum import StrEnum

from callwright.dialogue.messages import MessageTold

SILENCE = "silence"
NOT_UNDERSTOOD = "not_understood"
TOO_LONG = "too_long"
SCRIPT_LOOP = "script_loop"
IN_CIRCLES = "in_circles"
HUNG_UP = "hung_up"

DO_NOT_CALL = "do_not_call"
"""The reason of the goodbye by which every script keeps the wish not to be called again."""

GOODBYE = "goodbye"
"""The reason of the goodbye to who only takes leave."""

FINISHED = "finished"
"""The reason of a goodbye that has no other."""

TROUBLE = "trouble"
"""The reason of the goodbye when the model fails, which every script for one has."""

MERE_GOODBYES = frozenset({GOODBYE, FINISHED})
"""The reasons that tell no more than that the call is over."""

#: How a call can end beside the reasons of a script's own goodbyes.
ENGINE_ENDINGS = frozenset({SILENCE, NOT_UNDERSTOOD, TOO_LONG, SCRIPT_LOOP, IN_CIRCLES, HUNG_UP})


class Phase(StrEnum):
    """Where a call's dialogue stands."""

    RINGING = "ringing"
    LISTENING = "listening"
    SENDING = "sending"
    """It waits to be told what became of a message."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing the person said at ``node``, and what it was taken for; ``intent`` is empty when not understood.

    ``interrupting`` tells that they hadn't heard us out.
    """

    node: str
    text: str
    intent: str = ""
    interrupting: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A node reached, after the person had taken ``turns`` turns."""

    node: str
    turns: int


@dataclass(frozen=True, slots=True)
class Given:
    """A value the person gave: ``value`` is kept, ``spoken`` is how it is said, ``turn`` counts from 1."""

    name: str
    value: str
    spoken: str
    turn: int


@dataclass(frozen=True, slots=True)
class State:
    """The dialogue of one call.

    ``asked`` counts how often the present question was asked again, ``silences`` (since the last turn) and
    ``misses`` why;
    ``unconfirmed`` waits for its read-back to be confirmed; ``keyed`` are the digits pressed so far for a number.
    ``messages`` tells what became of those that were sent.
    """

    variables: tuple[tuple[str, str], ...]
    phase: Phase = Phase.RINGING
    node: str = ""
    visits: tuple[Visit, ...] = ()
    turns: tuple[Turn, ...] = ()
    given: tuple[Given, ...] = ()
    asked: int = 0
    silences: int = 0
    misses: int = 0
    unconfirmed: Given | None = None
    keyed: str = ""
    ended: str = ""
    messages: tuple[MessageTold, ...] = ()
