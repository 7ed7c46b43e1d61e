"""What the law and good manners ask of a call, by the called number's country: data in ``country_rules.toml``.

Beside the rules stand their test vectors, ``country_rules_vectors.toml``. A country without rules of its own has
the default ones, which are strict. Engineering notes, not legal advice.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.window import Timetable, by_weekday, meeting
from callwright.kit.errors import InvalidInputError
from callwright.kit.phone_place import Region

FILE = "country_rules.toml"
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Most = Annotated[int, Field(ge=1)]


class CountryRulesError(InvalidInputError):
    """The country rules can't be read: {why}. Compare them with the file that came with this version."""

    code = "country-rules"


class Span(StrEnum):
    """A stretch of time over which calls to one number are counted, ending now."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


SPANS: Mapping[Span, timedelta] = {
    Span.MINUTE: timedelta(minutes=1),
    Span.HOUR: timedelta(hours=1),
    Span.DAY: timedelta(days=1),
    Span.WEEK: timedelta(days=7),
    Span.MONTH: timedelta(days=30),
}
Caps = Mapping[Span, Most]
"""The most calls to one number in each span, whichever task makes them."""


class Purpose(StrEnum):
    """What a task calls for."""

    MARKETING = "marketing"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class ProvinceRule:
    """What a province or state asks beyond its country; it only narrows."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    hours: tuple[CallingHours, ...] = ()
    caps: Caps = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountryRule:
    """What a country asks.

    ``hours`` names each weekday at most once, in the called person's local time. ``ring_at_least_s``: a telephone
    rings so long before we give up. ``lost_share``: the most lost calls among those that a person answered, counted
    by task over ``lost_share_days``. ``quiet_hours_after_lost``: so long nobody who picked up to no one is called
    again. ``consent_for``: calls that need the person's consent. ``says_it_is_ai``: at the start of the call.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    hours: Annotated[tuple[CallingHours, ...], Field(min_length=1)]
    caps: Caps
    ring_at_least_s: Annotated[int, Field(ge=15, le=120)] = 15
    lost_share: Annotated[float, Field(gt=0, le=0.05)] = 0.03
    lost_share_days: Annotated[int, Field(ge=1, le=30)] = 30
    quiet_hours_after_lost: Annotated[int, Field(ge=0, le=720)] = 24
    consent_for: frozenset[Purpose] = frozenset({Purpose.MARKETING})
    says_it_is_ai: bool = True
    provinces: Mapping[str, ProvinceRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry(CountryRule):
    countries: tuple[Country, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    default: CountryRule
    rules: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """The hours and caps for a number in one place: its country's with its province's, ready for use."""

    timetable: Timetable
    caps: Caps


@dataclass(frozen=True, slots=True)
class CountryRules:
    """The rules of all countries; ``default`` is for the rest."""

    default: CountryRule
    by_country: Mapping[str, CountryRule]

    def of(self, country: str) -> CountryRule:
        """Return the rule for ISO 3166 alpha-2 ``country``, empty for numbers that belong to none."""
        return self.by_country.get(country, self.default)

    def at(self, region: Region) -> PlaceRule:
        """Return what holds in ``region``; where its province is unknown, what every province allows."""
        rule = self.of(region.country)
        known = rule.provinces.get(region.province)
        provinces = [known] if known else [] if region.province else list(rule.provinces.values())
        tables = [by_weekday(province.hours) for province in provinces if province.hours]
        caps = dict(rule.caps)
        for province in provinces:
            caps |= {span: min(most, caps.get(span, most)) for span, most in province.caps.items()}
        return PlaceRule(meeting(by_weekday(rule.hours), *tables), caps)


UNRESTRICTED = CountryRules(
    CountryRule(
        sources=("none",),
        hours=(CallingHours(time(0), time(0)),),
        caps={},
        quiet_hours_after_lost=0,
        consent_for=frozenset(),
    ),
    by_country={},
)
"""No rule at all: for a telephone world of simulated people, never for a line that reaches real ones."""


def parse_country_rules(text: str) -> CountryRules:
    """Read country rules from TOML. Raises CountryRulesError, or what is wrong with the hours in them."""
    try:
        file = _FILE.validate_python(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise CountryRulesError(why=str(error)) from None
    by_country: dict[str, CountryRule] = {}
    for entry in file.rules:
        for country in entry.countries:
            if country in by_country:
                raise CountryRulesError(why=f"{country} is there twice")
            by_country[country] = entry
    for rule in (file.default, *by_country.values()):
        _check_days(rule)
    return CountryRules(file.default, by_country)


@lru_cache(maxsize=1)
def country_rules() -> CountryRules:
    """Return the rules that come with this version, read once."""
    return parse_country_rules(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def _check_days(rule: CountryRule) -> None:
    for hours in (rule.hours, *(province.hours for province in rule.provinces.values())):
        days = [day for one in hours for day in one.days]
        if len(days) != len(set(days)):
            raise CountryRulesError(why=f"a weekday has hours twice ({', '.join(rule.sources)})")


_FILE = TypeAdapter(_File)
