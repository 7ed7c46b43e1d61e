"""The day so far."""

from pydantic import Field

from callwright.web.schemas.base import Milliseconds, Response


class HourOfDay(Response):
    """The calls of one hour that are over."""

    hour: int = Field(ge=0, le=23, description="Dialled in it, by the company's clock.")
    calls: int
    connected: int
    lost: int
    talk_ms: Milliseconds


class Beginning(Response):
    """What a company has of what its first call needs."""

    line: bool = Field(description="A line that takes calls.")
    seats: bool = Field(description="An AI seat that can be used now.")
    script: bool = Field(description="A published script.")
    task: bool


class Today(Response):
    """How the day goes; `hours` leaves out those without calls."""

    time_zone: str
    own: bool = Field(description="Whether the calls are those with the reader's own customers, or the company's.")
    hours: list[HourOfDay]
    calls: int
    connected: int
    lost: int
    lost_percent: float | None = Field(description="Of the people who answered; null where nobody did.")
    talk_ms: Milliseconds
    running: int = Field(description="Tasks that run.")
    waiting: int = Field(description="Of those, the ones that dial nobody at the moment.")
    beginning: Beginning | None = Field(description="For those who may change tasks.")
