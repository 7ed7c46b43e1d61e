"""What Callwright asks of a language model: to go on with a conversation, a piece at a time."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from callwright.dialogue.thought import Think, ToolCall, Trouble
from callwright.kit.errors import UnavailableError


class LanguageModelError(UnavailableError):
    """The language model at {address} can't be used: {why}."""

    code = "language-model-unavailable"

    def __init__(self, *, address: str, why: str, trouble: Trouble) -> None:
        super().__init__(address=address, why=why)
        self.trouble = trouble


_CHARACTERS_A_TOKEN = 3
"""Where nobody tells what was used: on the safe side for English, about right for Chinese."""


@dataclass(frozen=True, slots=True)
class Words:
    """A few more characters of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is complete; ``tokens`` were read and written for it. ``cut`` where it hit its length limit."""

    tokens: int
    cut: bool = False


Piece = Words | ToolCall | Finished


def estimated_tokens(asked: Think, written: int) -> int:
    """Return about how many tokens ``asked`` and ``written`` characters of its answer are."""
    return (sum(len(message.text) for message in asked.messages) + written) // _CHARACTERS_A_TOKEN


class LanguageModel(Protocol):
    """Writes the next message of a conversation."""

    def write(self, asked: Think) -> AsyncGenerator[Piece]:
        """Yield the answer as it is written, Finished last. Closing the iterator ends the request.

        Time is kept by whoever reads. Raises LanguageModelError.
        """
        ...
