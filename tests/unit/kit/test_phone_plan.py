"""The quick reading of numbers says what the phonenumbers package says, or nothing."""

from unittest.mock import patch

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from callwright.kit import phone, phone_place
from callwright.kit.phone_plan import digits_of_place, plain_e164

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
FORMATS = (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)
KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.VOIP)


def _examples(region: str) -> list[phonenumbers.PhoneNumber]:
    found = [phonenumbers.example_number_for_type(region, kind) for kind in KINDS]
    return [example for example in found if example is not None]


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number as somebody wrote it, right or nearly so, and the region in which it is read."""
    region = draw(st.sampled_from(REGIONS))
    text = phonenumbers.format_number(draw(st.sampled_from(_examples(region))), draw(st.sampled_from(FORMATS)))
    for place, other in draw(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("0123456789 -+")), max_size=4)):
        text = text[:place] + other + text[place + draw(st.integers(0, 1)) :]
    return text, draw(st.one_of(st.just(region), st.sampled_from(REGIONS)))


def _by_the_package(number: str, region: str) -> str | None:
    with patch.object(phone, "plain_e164", lambda *_: None):
        try:
            return phone.to_e164(number, region)
        except phone.InvalidPhoneNumberError:
            return None


@given(written())
def test_what_is_read_quickly_is_what_the_package_reads(given: tuple[str, str]) -> None:
    number, region = given
    found = plain_e164(number, region)
    assert found is None or found == _by_the_package(number, region)


@given(written())
def test_the_zones_of_a_number_are_those_of_the_package(given: tuple[str, str]) -> None:
    number = _by_the_package(*given)
    if number is not None:
        with patch.object(phone_place, "digits_of_place", lambda _: None):
            expected = phone_place.time_zones_of(number)
        assert phone_place.time_zones_of(number) == expected


@pytest.mark.parametrize(
    ("number", "region", "expected"),
    [
        ("07911 123456", "GB", "+447911123456"),
        ("(020) 7946-0018", "GB", "+442079460018"),
        ("+86 138 0013 8000", "US", "+8613800138000"),
        ("13800138000", "CN", "+8613800138000"),
        ("06 6982 0001", "IT", "+390669820001"),
    ],
)
def test_what_people_write_is_read_quickly(number: str, region: str, expected: str) -> None:
    assert plain_e164(number, region) == expected == _by_the_package(number, region)


@pytest.mark.parametrize("number", ["+44 (0) 20 7946 0018", "0044 7911 123456", "44 7911 123456", "+05377831001"])
def test_what_can_be_read_in_two_ways_is_left_to_the_package(number: str) -> None:
    assert plain_e164(number, "GB") is None


def test_a_number_of_a_place_is_looked_up_by_its_digits_and_others_by_their_country() -> None:
    assert digits_of_place("+12125550100") == "12125550100"
    assert digits_of_place("+18005550100") == "1"
    assert digits_of_place("+800") is None
