"""What a call of engine 2.0 remembers: plain values, replaced and never changed."""

from dataclasses import dataclass

from callwright.dialogue.state import State
from callwright.dialogue.thought import Message, ToolCall

EVERYDAY = "_everyday"
"""What a sentence is taken for that is none of the script's intents; no intent can have this name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model has written since it was asked: sentences let through, and what it wants done."""

    said: tuple[str, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Errand:
    """The message ``key`` that is being sent for ``call``; ``rest`` is what the model wants done after it."""

    call: ToolCall
    key: str
    rest: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class ModelState:
    """The dialogue of one call: ``talk`` is what both engines remember, ``messages`` what the model is told.

    ``serial`` numbers what the model was asked; ``thinking`` tells that an answer is awaited. ``rounds`` counts how
    often it has used tools since the person spoke. ``proposed`` is the grade it gave, with its reason. ``errand``
    is waited for before the model goes on.
    """

    talk: State
    messages: tuple[Message, ...] = ()
    serial: int = 0
    thinking: bool = False
    answer: Answer = Answer()
    spoke: bool = False
    rounds: int = 0
    failures: int = 0
    tokens: int = 0
    proposed: tuple[str, str] | None = None
    errand: Errand | None = None
