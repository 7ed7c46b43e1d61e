"""What a company sets for itself."""

from typing import Annotated

from pydantic import Field

from callwright.dialing.country_rules import Span
from callwright.dialing.gate import ConsentPolicy
from callwright.web.schemas.base import Line, Request, Response
from callwright.web.schemas.hours import Hours

Cap = Annotated[int, Field(ge=1, le=50)]


class ScriptDuties(Request):
    """What a script must make known by its first question before it is published, beside who is calling."""

    say_ai: bool = Field(default=True, description="That an AI speaks.")
    say_recorded: bool = Field(default=True, description="That the call is recorded.")
    offer_way_out: bool = Field(default=False, description="How to end such calls.")


class CallingSettings(Request):
    """When, how often, with what consent and by which clock the company calls; all of it at once."""

    time_zone: Line = Field(
        min_length=1,
        max_length=64,
        examples=["Europe/London"],
        description="Of the company, and of people whose number doesn't tell where they live.",
    )
    calling_hours: Hours = Field(description="By the called person's clock; every task calls within them.")
    number_caps: dict[Span, Cap] = Field(
        description="How often one number may be dialled, by all tasks together, beside a country's rules."
    )
    consent_policy: ConsentPolicy = Field(description="When a noted consent is asked for before a call.")
    script_duties: ScriptDuties = ScriptDuties()


class CallingSettingsOut(CallingSettings, Response):
    """The company's settings, with the zones that can be chosen."""

    time_zones: list[str]
