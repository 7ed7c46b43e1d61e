"""Lines and AI seats."""

from typing import Literal
from uuid import UUID

from pydantic import Field, SecretStr

from callwright.lines.drafts import RING_AT_LEAST_S
from callwright.web.schemas.base import Line, Moment, Request, Response
from callwright.web.schemas.calls import PhoneStateName

HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$"
SIP_USER = r"^[A-Za-z0-9_.!~*'()&=+$,;?/%-]+$"  # RFC 3261 clause 25.1, user
LineKind = Literal["mobile", "fixed", "pooled"]
TestCallStateName = Literal["waiting", "dialling", "ringing", "answered", "ended", "not_placed"]
LineStateName = Literal["ready", "registering", "registered", "refused", "unreachable", "unresolved"]


class NewLine(Request):
    """A way into the phone network: a carrier or gateway as a SIP peer."""

    name: Line = Field(min_length=1, max_length=200, examples=["London office"])
    kind: LineKind = "fixed"
    carrier_host: Line = Field(pattern=HOST, examples=["sip.carrier.example"])
    carrier_port: int = Field(5060, ge=1, le=65535)
    username: Line | None = Field(None, min_length=1, max_length=200, pattern=SIP_USER)
    password: SecretStr | None = Field(None, max_length=200, description="Digest password; never given back.")
    register_: bool = Field(False, alias="register", description="Keep a registration alive.")
    caller_number: Line = Field(max_length=32, examples=["+442079460123"], description="Shown to those called.")
    channels: int = Field(10, ge=1, le=10_000, description="Calls that the line holds at once.")
    ring_timeout_s: int = Field(30, ge=RING_AT_LEAST_S, le=180)


class LineStatus(Response):
    """How a line stands; where several call nodes see it, the worst of it."""

    state: LineStateName
    sip_code: int | None = Field(description="What the carrier answered, where it did.")
    detail: str
    since: Moment


class LineOut(Response):
    """A line; its password never comes back."""

    id: UUID
    name: str
    kind: LineKind
    carrier_host: str
    carrier_port: int
    username: str | None
    register_: bool = Field(alias="register")
    caller_number: str
    channels: int
    ring_timeout_s: int
    status: LineStatus | None = Field(description="Null until a call node has looked at the line.")


class NewTestCall(Request):
    """A short call to hear whether a line works."""

    to: Line = Field(min_length=1, max_length=32, examples=["+442079460123"], description="A number of your own.")


class TestCall(Response):
    """A test call, as far as it got; no task, customer or attempt belongs to it."""

    __test__ = False

    id: UUID
    line_id: UUID
    phone: str
    state: TestCallStateName
    asked_at: Moment
    dialled_at: Moment | None
    ringing_at: Moment | None
    answered_at: Moment | None
    ended_at: Moment | None
    seconds: float | None = Field(description="From the answer to the end.")
    audio_back: bool | None = Field(description="Whether sound of the far end reached us after the answer.")
    phone_state: PhoneStateName | None
    sip_code: int | None
    reason: str = Field(description="What the carrier said, or why no call was placed.")


class SeatPack(Response):
    """AI seats bought together."""

    id: UUID
    seats: int
    opens_at: Moment
    expires_at: Moment | None


class AiSeats(Response):
    """How many calls this tenant's AI may hold at once, and how many it holds now."""

    total: int
    in_use: int
    free: int
    packs: list[SeatPack]
