"""The country of a phone number and its owner's clocks, told from the number alone (the phonenumbers package)."""

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import timezone
from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

from callwright.kit.phone import parse_e164
from callwright.kit.phone_plan import digits_of_place

_UNKNOWN_ZONES = ("Etc/Unknown",)


@dataclass(frozen=True, slots=True)
class Region:
    """Where a number or a line is at home: ISO 3166 alpha-2 ``country``, then as far as it is known.

    ``province`` is the state's two letters in the United States and Canada, elsewhere the English name, as is
    ``city``; both are empty where unknown. A municipality such as Beijing is a province without a city.
    """

    country: str
    province: str = ""
    city: str = ""


@lru_cache(maxsize=16_384)
def country_of(number: str) -> str:
    """Return the ISO 3166 alpha-2 country of an E.164 ``number``; empty for satellites, +800 and the like.

    A number outside every range in use belongs to the largest country with its calling code.
    """
    parsed = parse_e164(number)
    if parsed is None:
        return ""
    code = phonenumbers.region_code_for_number(parsed)
    country = code or phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return country if len(country) == 2 and country.isalpha() and country != "ZZ" else ""


def time_zones_of(number: str) -> tuple[str, ...]:
    """Return the IANA time zones in which the person with an E.164 ``number`` may be; empty where nothing is known.

    A number bound to no place, such as a toll-free one, has every zone of its numbering plan. A mobile number has
    those of the place it was given out for, which its owner may have left.
    """
    place = digits_of_place(number)
    return _asked_of_the_package(number) if place is None else _zones_of(place[:TIMEZONE_LONGEST_PREFIX])


def _asked_of_the_package(number: str) -> tuple[str, ...]:
    parsed = parse_e164(number)
    if parsed is None:
        return ()
    zones: tuple[str, ...] = timezone.time_zones_for_number(parsed)
    if zones == _UNKNOWN_ZONES:
        zones = timezone.time_zones_for_geographical_number(parsed)
    return () if zones == _UNKNOWN_ZONES else zones


@lru_cache(maxsize=16_384)
def _zones_of(digits: str) -> tuple[str, ...]:
    """Return the zones of the longest beginning of ``digits`` that has any."""
    beginnings = (digits[:length] for length in range(len(digits), 0, -1))
    zones: tuple[str, ...] = next((TIMEZONE_DATA[begin] for begin in beginnings if begin in TIMEZONE_DATA), ())
    return () if zones == _UNKNOWN_ZONES else zones
