"""The port of message channels: what is handed to a network that carries short messages, and what comes back.

A channel never sends anything twice by itself. What was handed over without an answer may have been sent, and is
told as :attr:`Fate.UNKNOWN`: whoever sends must not hand it over again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from callwright.texting.segments import Segments


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A text for one ``recipient`` (E.164), from ``sender``: a number, short code or up to 11 letters."""

    id: UUID
    sender: str
    recipient: str
    text: Segments = field(repr=False)


class Fate(StrEnum):
    """What became of a message that was handed over."""

    ACCEPTED = "accepted"
    """The network has it."""
    REFUSED = "refused"
    """The network won't have it; asking again is of no use."""
    LATER = "later"
    """Nothing was sent; it may be handed over again."""
    UNKNOWN = "unknown"
    """Nobody knows whether it was sent."""
    NOTHING = "nothing"
    """The channel sends nothing, whatever it is handed."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of handing a message over.

    ``network_ids`` name it, part by part, in the receipts that follow. ``why`` is a stable code where it was not
    accepted, and ``detail`` what the network said.
    """

    fate: Fate
    network_ids: tuple[str, ...] = ()
    why: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network tells what became of one part: it was ``delivered``, or never will be."""

    network_id: str
    delivered: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Somebody wrote to us: from ``sender`` (as the network writes it) to ``recipient``, one of our senders."""

    sender: str = field(repr=False)
    recipient: str
    text: str = field(repr=False)


Incoming = Receipt | Reply
Take = Callable[[Incoming], Awaitable[None]]
"""Takes what came in, and returns once it is kept; what it raises lets the network try again."""


class MessageChannel(Protocol):
    """A way to the network."""

    @property
    def trouble(self) -> str:
        """Why nothing can be handed over now, as a stable code; empty where something can."""
        ...

    @property
    def ready(self) -> bool:
        """Whether trying to hand something over is of any use now."""
        ...

    async def submit(self, message: OutgoingMessage) -> Submitted:
        """Hand a message over, once, and return what came of it. Never raises for the network's faults."""
        ...

    async def run(self, take: Take) -> None:
        """Keep the way open and take what comes in, until cancelled."""
        ...


class NullChannel:
    """Sends nothing, for trying out what comes before and after, and says so of each message."""

    trouble = ""
    ready = True

    async def submit(self, _message: OutgoingMessage) -> Submitted:
        """Drop it."""
        return Submitted(Fate.NOTHING)

    async def run(self, _take: Take) -> None:
        """Wait: nothing comes in where nothing goes out."""
        await asyncio.Event().wait()


class UnusableChannel:
    """A way that is described, and can't be opened as it is; what is to be sent over it waits."""

    trouble = "unusable"
    ready = False

    async def submit(self, _message: OutgoingMessage) -> Submitted:
        """Put it off."""
        return Submitted(Fate.LATER, why=self.trouble)

    async def run(self, _take: Take) -> None:
        """Wait until it is described otherwise."""
        await asyncio.Event().wait()
