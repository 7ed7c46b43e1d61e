"""What leads into people's chats, whichever they use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Delivered(StrEnum):
    """What came of handing a text to a chat."""

    TAKEN = "taken"
    REFUSED = "refused"
    """The other side answered that it won't have it."""
    UNREACHED = "unreached"
    """Nothing was sent."""
    UNANSWERED = "unanswered"
    """It was sent, and nobody knows whether it arrived."""


class ChatFault(StrEnum):
    """Why nothing was asked, beside what ``channels.http.Failure`` names."""

    UNUSABLE = "unusable"
    """Nothing can be asked at what was taken for an address."""
    UNREADY = "unready"
    """What this installation has to look up first was away."""


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What came of it, and in which words: ``text`` is what the other side said, or how that begins.

    ``failure`` is a code of ``channels.http.Failure`` or ChatFault where nothing was answered. What is ``final``
    is not to be tried again by itself: it would do harm. Where it is ``gone``, nobody is reached in the chat until
    it is bound again.
    """

    delivered: Delivered
    text: str = ""
    failure: str = ""
    final: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: whole as ``text``, and for chats whose messages are forms, in ``parts`` by their names.

    ``link`` leads to what is told of; it stands in the text, too.
    """

    text: str
    parts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    of_customer: bool = False


class TextChats(Protocol):
    """Hands texts to chats."""

    async def send(self, kind: str, address: Mapping[str, str], text: str) -> ChatAnswer:
        """Hand ``text`` to the chat of ``kind`` at ``address``; never raises for the other side's faults."""
        ...


class Chats(Protocol):
    """Hands what is told to chats."""

    async def send(self, kind: str, address: Mapping[str, str], told: Told) -> ChatAnswer:
        """Hand ``told`` to the chat of ``kind`` at ``address``; never raises for the other side's faults."""
        ...
