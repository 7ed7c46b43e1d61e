"""A task's calls by hour and line."""

from pydantic import Field

from callwright.web.schemas.base import Named, Response


class HourOfLine(Response):
    """The calls of one hour of the day over one line."""

    line: Named
    hour: int = Field(ge=0, le=23, description="Dialled in it, by the company's clock.")
    calls: int
    connected: int
    lost: int


class TaskHours(Response):
    """How a task's latest calls went, by the hour of the day and by line; without hours that had none."""

    time_zone: str
    hours: list[HourOfLine]
