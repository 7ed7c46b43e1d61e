"""Lines."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, SecretStr

from callwright.dialing.line_health import LineFault
from callwright.kit.phone_place import Region
from callwright.lines.drafts import RING_AT_LEAST_S, LineDraft, tariff
from callwright.rating.tariff import LONGEST_INCREMENT_S
from callwright.web.schemas.base import GateWord, Line, Moment, Named, Request, Response, SomeMoment
from callwright.web.schemas.calls import PhoneStateName

HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$"
SIP_USER = r"^[A-Za-z0-9_.!~*'()&=+$,;?/%-]+$"  # RFC 3261 clause 25.1, user
NO_SLASH = r"^[^/]*$"
NUMBERS = 1000
LineKind = Literal["mobile", "fixed", "pooled"]
TestCallStateName = Literal["waiting", "dialling", "ringing", "answered", "ended", "not_placed"]
ExpiryName = Literal["none", "later", "soon", "expired"]
LineStateName = Literal["ready", "registering", "registered", "refused", "unreachable", "unresolved"]


class RegionName(Request):
    """A country, and as far as it is known a province and a city in it, as `/lines/regions` names them."""

    country: str = Field(pattern=r"^[A-Z]{2}$", examples=["GB"], description="ISO 3166 alpha-2.")
    province: str = Field("", max_length=100, pattern=NO_SLASH, examples=["London"])
    city: str = Field("", max_length=100, pattern=NO_SLASH)

    def region(self) -> Region:
        """Return it as routing compares it."""
        return Region(self.country, self.province, self.city)


class NewLine(Request):
    """A way into the phone network: a carrier or gateway as a SIP peer."""

    name: Line = Field(min_length=1, max_length=200, examples=["London office"])
    kind: LineKind = "fixed"
    carrier_host: Line = Field(pattern=HOST, examples=["sip.carrier.example"])
    carrier_port: int = Field(5060, ge=1, le=65535)
    username: Line | None = Field(None, min_length=1, max_length=200, pattern=SIP_USER)
    password: SecretStr | None = Field(
        None, max_length=200, description="Digest password; never given back. Without one, a line keeps its own."
    )
    register_: bool = Field(False, alias="register", description="Keep a registration alive.")
    caller_number: Line = Field(max_length=32, examples=["+442079460123"], description="Shown to those called.")
    more_numbers: list[Annotated[Line, Field(max_length=32)]] = Field(
        default_factory=list,
        max_length=NUMBERS,
        examples=[["+442079460124"]],
        description="Of a pooled line: the other numbers that it owns. Each call shows one of all of them.",
    )
    home: RegionName | None = Field(None, description="Numbers of this region are called over it first.")
    channels: int | None = Field(
        None, ge=1, le=10_000, description="Calls that the line holds at once: 1 of a mobile line, else 10."
    )
    calls_per_second: float = Field(5.0, gt=0, le=1000, description="How quickly it may begin calls.")
    ring_timeout_s: int = Field(30, ge=RING_AT_LEAST_S, le=180)
    price: Line = Field("0", max_length=32, examples=["0.0085"], description="Of a minute, in your currency.")
    billed_first_s: int = Field(60, ge=1, le=LONGEST_INCREMENT_S, description="Seconds billed at the least.")
    billed_next_s: int = Field(60, ge=1, le=LONGEST_INCREMENT_S, description="By which steps the rest is billed.")
    expires_at: SomeMoment | None = Field(None, description="From then on it takes no calls.")

    def draft(self) -> LineDraft:
        """Return what is asked for. Raises PriceError, IncrementError."""
        return LineDraft(
            name=self.name,
            kind=self.kind,
            carrier_host=self.carrier_host,
            carrier_port=self.carrier_port,
            username=self.username,
            password=self.password.get_secret_value() if self.password else None,
            register=self.register_,
            caller_number=self.caller_number,
            more_numbers=self.more_numbers,
            home=self.home.region() if self.home else None,
            channels=self.channels,
            calls_per_second=self.calls_per_second,
            ring_timeout_s=self.ring_timeout_s,
            tariff=tariff(self.price, self.billed_first_s, self.billed_next_s),
            expires_at=self.expires_at,
        )


class LineHealth(Response):
    """Whether a line works, from the results of its calls."""

    fault: LineFault | None
    since: Moment | None = Field(description="Of the fault.")
    next_probe_at: Moment | None = Field(description="When a faulty line is tried with the next call.")
    connect_rate: float | None = Field(description="Share of its latest calls picked up; null before any.")


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
    more_numbers: list[str]
    home: RegionName | None
    channels: int
    in_use: int = Field(description="Channels with a call now, or about to have one.")
    calls_per_second: float
    ring_timeout_s: int
    price_per_minute: int = Field(description="In millionths of the company's currency.")
    billed_first_s: int
    billed_next_s: int
    expires_at: Moment | None
    expiry: ExpiryName
    retired_at: Moment | None = Field(description="Since when it is kept for its history alone.")
    health: LineHealth
    status: LineStatus | None = Field(description="Null until a call node has looked at the line.")


class LineDetail(LineOut):
    """A line with what calls over it; as long as anything does, it can be neither removed nor retired."""

    tasks: list[Named]
    groups: list[Named]


class RegionOut(Response):
    """A place of a country in which a line can be at home."""

    province: str
    city: str


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
    gate: GateWord | None = Field(description="Null until the gate was asked, just before dialling.")
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
