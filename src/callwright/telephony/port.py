"""What Callwright asks of a phone engine, and what an engine tells.

Two engines implement this: *embedded* (SIP and RTP in the call node's own process) and *Asterisk*. Audio is
20 ms of 8 kHz 16-bit mono at a time: a numpy ``int16`` array of shape ``(160,)``. An engine calls a call's
:class:`AudioHandler` once every 20 ms on the event loop; whatever it does there must take well under a
millisecond. Everything else that happens to a call arrives as a typed event from :meth:`PhoneCall.events`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 8000
FRAME_MS = 20
FRAME_SAMPLES = SAMPLE_RATE * FRAME_MS // 1000

Frame = NDArray[np.int16]


class PhoneState(StrEnum):
    """How a call ended, in the words of SPEC CALL-1."""

    CONNECTED = "connected"
    LOST = "lost"
    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    INVALID_NUMBER = "invalid_number"
    LINE_FAULT = "line_fault"
    VOICEMAIL = "voicemail"
    TECHNICAL_FAULT = "technical_fault"
    """Answered, and our own speech failed before the conversation was over."""


class HangupSide(StrEnum):
    """Who ended a call: us, the far end, or the network (a failure, a timeout, a vanished peer)."""

    US = "us"
    THEM = "them"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Trunk:
    """A carrier or gateway as a SIP peer, and how to show up there.

    ``name`` is unique within an engine. With ``username`` the engine answers digest challenges
    (RFC 3261 clause 22); with ``register`` it also keeps a registration alive.
    """

    name: str
    host: str
    port: int = 5060
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    register: bool = False
    register_expires_s: int = 300


class TrunkState(StrEnum):
    """What an engine knows of a trunk without placing a call over it."""

    READY = "ready"
    REGISTERING = "registering"
    REGISTERED = "registered"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class TrunkStatus:
    """The live state of one trunk; ``code`` and ``reason`` as the far end gave them, or our words without a code.

    ``READY`` is a trunk that does not register, whose far end answers; ``UNREACHABLE`` one whose far end is silent
    or says that it is out of service; ``UNRESOLVED`` one whose host name has no address.
    """

    trunk: str
    state: TrunkState
    code: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ringing:
    """The far end rings (SIP 180, or 183 without audio)."""


@dataclass(frozen=True, slots=True)
class EarlyMedia:
    """Audio comes before the answer (SIP 183 with SDP): ringback or an announcement; frames flow from now on."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The far end answered (SIP 200 to the INVITE); frames flow from now on."""


@dataclass(frozen=True, slots=True)
class DtmfReceived:
    """A key was pressed at the far end (RFC 4733), one event per press; ``digit`` is one of ``0-9*#A-D``."""

    digit: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Held:
    """The far end put us on hold (re-INVITE with sendonly or inactive, RFC 3264 clause 8.4)."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The far end took us off hold."""


@dataclass(frozen=True, slots=True)
class TransferProgress:
    """News of a transfer we asked for (RFC 3515 NOTIFY): the target's SIP code; ``done`` once it is final."""

    code: int
    reason: str
    done: bool


@dataclass(frozen=True, slots=True)
class MediaStats:
    """What the media of one call looked like; ``lost`` and ``jitter_ms`` of what we received.

    ``remote_lost`` and ``round_trip_ms`` are what the far end's RTCP (RFC 3550) said, if it spoke.
    """

    sent: int
    received: int
    lost: int
    late: int
    concealed: int
    jitter_ms: float
    remote_lost: int | None = None
    round_trip_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over; always the last event, exactly once.

    ``code`` and ``reason`` are what the network gave for a failure (SIP status and phrase, or the Q.850 cause of a
    Reason header in ``cause``); ``code`` is ``None`` when an answered call ended by BYE.
    """

    by: HangupSide
    phone_state: PhoneState
    code: int | None
    reason: str
    cause: int | None = None
    media: MediaStats | None = None


CallEvent = Ringing | EarlyMedia | Answered | DtmfReceived | Held | Resumed | TransferProgress | Ended


class AudioHandler(Protocol):
    """The room at our end of a call: hears one frame and says one frame, every 20 ms."""

    def heard(self, frame: Frame) -> None:
        """Take the 20 ms just received: decoded, in order, concealed where packets were lost; not to be changed."""
        ...

    def say(self) -> Frame | None:
        """Return the next 20 ms to send, or ``None`` for silence."""
        ...


@dataclass(frozen=True, slots=True)
class Originate:
    """One call to place: ``to`` is what the carrier is to be dialled with, ``caller_number`` what is shown.

    ``ring_timeout_s`` counts from the first ringing, and until there is any from the placing.
    """

    trunk: str
    to: str
    caller_number: str
    ring_timeout_s: float = 30.0
    max_duration_s: float = 600.0


class PhoneCall(Protocol):
    """One call, placed or received. Every method may be called at any moment; after the end they do nothing."""

    @property
    def id(self) -> str:
        """The SIP Call-ID, or the other engine's own identity of the call."""
        ...

    def attach(self, handler: AudioHandler) -> None:
        """Connect the room that hears and speaks; frames received before are dropped."""
        ...

    def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens, in order, ending after :class:`Ended`. May be iterated once."""
        ...

    async def ring(self) -> None:
        """Tell the caller of an incoming call that it rings (180)."""
        ...

    async def early_media(self) -> None:
        """Let frames of an incoming call flow before it is answered (183 with SDP): an announcement, ringback."""
        ...

    async def answer(self) -> None:
        """Answer an incoming call (200 OK)."""
        ...

    async def refuse(self, code: int = 603, reason: str = "Decline", *, cause: int | None = None) -> None:
        """Refuse an incoming call with a SIP failure, and a Q.850 ``cause`` beside it (RFC 3326)."""
        ...

    async def hang_up(self) -> None:
        """End the call from our side: CANCEL, BYE or a refusal, as its state asks."""
        ...

    async def send_dtmf(self, digits: str) -> None:
        """Press keys (RFC 4733 events); returns when the last one has been sent. Raises InvalidInputError."""
        ...

    async def transfer(self, to: str) -> None:
        """Ask the far end to call ``to`` instead of us (blind transfer, REFER); news as TransferProgress."""
        ...


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """A call that came in, ringing; ``to`` and ``caller_number`` are the user parts of To and From."""

    call: PhoneCall
    to: str
    caller_number: str


IncomingHandler = Callable[[IncomingCall], Awaitable[None]]


class PhoneEngine(Protocol):
    """A phone engine: trunks, calls out, calls in."""

    async def start(self) -> None:
        """Open the engine's sockets. Raises EngineUnavailableError, naming address and remedy."""
        ...

    async def stop(self) -> None:
        """Hang up every call, take registrations back, close every socket."""
        ...

    async def set_trunk(self, trunk: Trunk) -> None:
        """Add or change a trunk; registers where asked, else looks now and then whether the far end is there."""
        ...

    async def remove_trunk(self, name: str) -> None:
        """Forget a trunk; its registration is taken back."""
        ...

    def status(self, trunk: str) -> TrunkStatus | None:
        """Return how the trunk stands now, or ``None`` while nothing is known of it."""
        ...

    def on_incoming(self, handler: IncomingHandler) -> None:
        """Name who takes incoming calls; without one they are refused with 480."""
        ...

    async def originate(self, request: Originate) -> PhoneCall:
        """Place a call and return at once, ringing or not; everything further is an event.

        Raises NoMediaPortError when every RTP port is in use, NotFoundError for an unknown trunk.
        """
        ...
