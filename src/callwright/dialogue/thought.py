"""What a dialogue asks of a language model, and the shape of what comes back: plain values, no provider's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model wants ``name`` done; ``arguments`` are JSON as it wrote it, right or wrong."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the conversation so far; a ``tool`` message ``answers`` the call of that id."""

    role: Role
    text: str
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something the model may have done; ``parameters`` is a JSON Schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Think:
    """Ask the language model to go on; whatever it was asked before is no longer wanted.

    ``first_s`` is how long its first word may take, ``total_s`` all of it (seconds); ``most_tokens`` how much it
    may write. ``serial`` comes back with each event, so that what was asked earlier can be told from this.
    """

    serial: int
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...]
    first_s: float
    total_s: float
    most_tokens: int


@dataclass(frozen=True, slots=True)
class StopThinking:
    """What the language model was asked is no longer wanted."""


@dataclass(frozen=True, slots=True)
class SentenceThought:
    """The model wrote one sentence to be said."""

    serial: int
    text: str


@dataclass(frozen=True, slots=True)
class ToolAsked:
    """The model wants something done."""

    serial: int
    call: ToolCall


@dataclass(frozen=True, slots=True)
class ThoughtEnded:
    """The model has written everything; ``tokens`` were read and written for it."""

    serial: int
    tokens: int


@dataclass(frozen=True, slots=True)
class ThoughtDropped:
    """What was asked is not wanted any more; ``tokens`` were read and written for it all the same, at a guess."""

    tokens: int


Trouble = Literal["slow", "silent", "cut_off", "refused", "gone"]


@dataclass(frozen=True, slots=True)
class ThoughtFailed:
    """The model failed: ``slow`` to begin, ``silent`` midway, ``cut_off``, ``refused`` by its server, ``gone``."""

    serial: int
    why: Trouble
    tokens: int = 0


Paid = ThoughtEnded | ThoughtDropped | ThoughtFailed
"""The last that is told of what was asked; each tells once what it has cost."""
