"""When a company's messages leave."""

from pydantic import Field

from callwright.web.schemas.base import Request, Response
from callwright.web.schemas.hours import Hours


class MessageHours(Request):
    """The hours of each kind, by the recipient's clock; all of them at once.

    Marketing and financial messages leave only while the recipient's country lets people be called, whatever is
    set here.
    """

    marketing: Hours
    financial: Hours
    service: Hours = Field(description="From 00:00 to 00:00 on every day they leave at once.")


class MessageHoursOut(MessageHours, Response):
    """The hours as they are kept."""
