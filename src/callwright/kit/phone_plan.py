"""Numbers that are written plainly, checked against the numbering plan in one match a country.

The phonenumbers package asks about twenty patterns one after another; here the same patterns are one. What is not
plain, or may be read in two ways, is left to the package.
"""

import re
from dataclasses import dataclass
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc
from phonenumbers.phonenumberutil import PhoneNumberType, is_number_type_geographical

_PUNCTUATION = re.compile(r"[ ().-]+")
_PLAIN = re.compile(r"\+?[0-9]{5,17}", re.ASCII)
_E164 = re.compile(r"\+[0-9]{5,17}", re.ASCII)
_LONGEST_CODE = 3
_SHORTEST, _LONGEST = 2, 17  # digits of a national number, as the package takes them
_NOWHERE = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail")
"""Kinds of numbers that are bound to no place, in the order in which the package asks about them."""


@dataclass(frozen=True, slots=True)
class _Country:
    """What decides whether a national number is one of a region's subscribers, and of which kind.

    ``subscriber`` has a group for each kind of numbers, the first of which that fits decides.
    """

    leading_digits: re.Pattern[str] | None
    subscriber: re.Pattern[str]
    placed: frozenset[str]
    """The groups whose numbers are bound to a place."""


@dataclass(frozen=True, slots=True)
class _Dialled:
    """How numbers are dialled within a region."""

    code: str
    international: re.Pattern[str]
    national_prefix: str
    stripped: re.Pattern[str] | None
    """What the package may take off a national number."""


def plain_e164(number: str, region: str) -> str | None:
    """Return a plainly written subscriber's number as E.164; nothing where only the package can tell.

    Spaces, brackets, dots and dashes may stand anywhere. What is returned is what the package would return.
    """
    digits = _PUNCTUATION.sub("", number)
    if not _PLAIN.fullmatch(digits):
        return None
    found = _with_code(digits[1:]) if digits[0] == "+" else _as_dialled(digits, region)
    if found is None:
        return None
    code, national = found
    return f"+{code}{national}" if _is_placed(code, national) is not None else None


def digits_of_place(number: str) -> str | None:
    """Return by which digits to look up where an E.164 ``number`` is at home; nothing where they don't tell.

    They are all of them for a fixed line and the like, the country code for what is bound to no place.
    """
    found = _with_code(number[1:]) if _E164.fullmatch(number) else None
    placed = None if found is None else _is_placed(*found)
    if found is None or placed is None:
        return None
    return number[1:] if placed else found[0]


def kind_of(number: str) -> str | None:
    """Return of which kind an E.164 ``number`` is (``premium_rate``); nothing where only the package can tell.

    ``fixed_line`` may be a mobile one in countries that don't tell them apart.
    """
    found = _with_code(number[1:]) if _E164.fullmatch(number) else None
    kind = None if found is None else _kind(*found)
    return None if kind is None else kind[0]


def _with_code(digits: str) -> tuple[str, str] | None:
    """Return country code and national number of what stood behind a plus."""
    for length in range(1, _LONGEST_CODE + 1):
        code = digits[:length]
        dialled = _dialled_of_code(code)
        if dialled is not None:
            national = digits[length:]
            return None if _may_be_stripped(dialled, national) else (code, national)
    return None


def _as_dialled(digits: str, region: str) -> tuple[str, str] | None:
    """Return country code and national number of what is dialled within ``region``."""
    dialled = _dialled(region)
    if dialled is None or digits.startswith(dialled.code) or dialled.international.match(digits):
        return None
    if dialled.stripped is None:
        return dialled.code, digits
    stripped = dialled.stripped.match(digits)
    if stripped is None:
        return dialled.code, digits
    if not dialled.national_prefix or stripped[0] != dialled.national_prefix:
        return None
    return dialled.code, digits[len(stripped[0]) :]


def _may_be_stripped(dialled: _Dialled, national: str) -> bool:
    return dialled.stripped is not None and dialled.stripped.match(national) is not None


def _is_placed(code: str, national: str) -> bool | None:
    """Tell whether a subscriber's number is bound to a place; nothing where it is no subscriber's."""
    kind = _kind(code, national)
    return None if kind is None else kind[1]


def _kind(code: str, national: str) -> tuple[str, bool] | None:
    """Return the kind of a subscriber's number, and whether it is bound to a place; nothing for nobody's."""
    if not _SHORTEST <= len(national) <= _LONGEST:
        return None
    # The order and the first region whose leading digits fit decide, as the plans of a shared code overlap.
    for country in _countries(code):
        if country.leading_digits is None or country.leading_digits.match(national):
            subscriber = country.subscriber.fullmatch(national)
            if subscriber is not None and subscriber.lastgroup is not None:
                return subscriber.lastgroup, subscriber.lastgroup in country.placed
            if country.leading_digits is not None:
                return None
    return None


@cache
def _dialled_of_code(code: str) -> _Dialled | None:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code[0] != "0" else ()
    return _dialled(regions[0]) if regions else None


@cache
def _dialled(region: str) -> _Dialled | None:
    plan = PhoneMetadata.metadata_for_region(region, None)
    if plan is None or not plan.international_prefix:
        return None
    takes_off = plan.national_prefix_for_parsing
    prefix = "" if plan.national_prefix_transform_rule else plan.national_prefix or ""
    return _Dialled(
        str(plan.country_code),
        re.compile(plan.international_prefix),
        prefix,
        re.compile(takes_off) if takes_off else None,
    )


@cache
def _countries(code: str) -> tuple[_Country, ...]:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    plans = [PhoneMetadata.metadata_for_region(region, None) for region in regions]
    return tuple(_country(plan) for plan in plans if plan is not None)


def _country(plan: PhoneMetadata) -> _Country:
    kinds = {
        **{kind: _patterns(getattr(plan, kind)) for kind in _NOWHERE},
        "fixed_line": _patterns(plan.fixed_line),
        "mobile": _patterns(plan.mobile),
    }
    groups = [f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in kinds.items() if patterns]
    general = "|".join(_patterns(plan.general_desc))
    same = plan.same_mobile_and_fixed_line_pattern
    mobile = is_number_type_geographical(PhoneNumberType.MOBILE, plan.country_code or 0)
    return _Country(
        re.compile(plan.leading_digits) if plan.leading_digits else None,
        re.compile(f"(?=(?:{general})$)(?:{'|'.join(groups)})"),
        frozenset({"fixed_line"} | ({"mobile"} if mobile or same else set())),
    )


def _patterns(*kinds: PhoneNumberDesc | None) -> list[str]:
    return [_pattern(kind) for kind in kinds if kind is not None and kind.national_number_pattern]


def _pattern(kind: PhoneNumberDesc) -> str:
    lengths = "|".join(f"[0-9]{{{length}}}$" for length in kind.possible_length)
    return (f"(?={lengths})" if lengths else "") + f"(?:{kind.national_number_pattern})"
