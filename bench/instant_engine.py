"""A phone engine whose calls are over at once, and speech that says and hears nothing: what is left is ours.

Three callees of four are busy, the fourth answers and hangs up.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Mapping, Sequence

import numpy as np

from callwright.speech.port import IntentScore, Pcm, Recognition
from callwright.telephony.port import (
    Answered,
    AudioHandler,
    CallEvent,
    Ended,
    HangupSide,
    IncomingHandler,
    Originate,
    PhoneCall,
    PhoneState,
    Ringing,
    Trunk,
    TrunkState,
    TrunkStatus,
)

_ANSWERED = 4


class InstantCall:
    """Rings, and is over."""

    id = "instant"

    def __init__(self, number: int) -> None:
        self._answers = number % _ANSWERED == 0

    def attach(self, handler: AudioHandler) -> None:
        """Connect nobody."""

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield the whole call."""
        yield Ringing()
        if self._answers:
            yield Answered()
            yield Ended(HangupSide.THEM, PhoneState.CONNECTED, None, "")
        else:
            yield Ended(HangupSide.THEM, PhoneState.BUSY, 486, "Busy Here")

    async def hang_up(self) -> None:
        """It is over."""

    async def ring(self) -> None:
        """No call comes in."""

    async def early_media(self) -> None:
        """No call comes in."""

    async def answer(self) -> None:
        """No call comes in."""

    async def refuse(self, code: int = 603, reason: str = "Decline", *, cause: int | None = None) -> None:
        """No call comes in."""

    async def send_dtmf(self, digits: str) -> None:
        """Nobody listens."""

    async def transfer(self, to: str) -> None:
        """Nobody listens."""


class InstantEngine:
    """Places calls that are over at once."""

    def __init__(self) -> None:
        self._numbers = itertools.count()

    async def start(self) -> None:
        """Open nothing."""

    async def stop(self) -> None:
        """Close nothing."""

    async def set_trunk(self, trunk: Trunk) -> None:
        """Know every trunk."""

    async def remove_trunk(self, name: str) -> None:
        """Know every trunk."""

    def status(self, trunk: str) -> TrunkStatus | None:
        """Return that the far end is there."""
        return TrunkStatus(trunk, TrunkState.READY, 200, "OK")

    def on_incoming(self, handler: IncomingHandler) -> None:
        """Receive no calls."""

    async def originate(self, request: Originate) -> PhoneCall:
        """Place a call."""
        await asyncio.sleep(0)
        return InstantCall(next(self._numbers))


class NoSpeech:
    """Says silence, hears nothing."""

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Hear nothing."""
        return Recognition("", 0.0, 1.0, 0.0)

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Say silence."""
        return np.zeros(1600, np.int16)

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Understand nothing."""
        return []

    def probability(self, frame: Pcm) -> float:
        """Hear nobody."""
        return 0.0

    def reset(self) -> None:
        """Has nothing to forget."""
