"""Numbers that earn from being called, and short ones: never callable, in any country's plan."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ShortNumberCost, shortnumberinfo
from phonenumbers.shortdata import _AVAILABLE_REGION_CODES as SHORT_REGIONS

from callwright.contacts.drafts import RowFault, check_customer, check_phone
from callwright.kit.phone import InvalidPhoneNumberError, is_callable, to_callable

COSTLY = (
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PERSONAL_NUMBER,
    PhoneNumberType.PAGER,
    PhoneNumberType.VOICEMAIL,
)
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
EXAMPLES = [
    (region, kind, phonenumbers.format_number(number, PhoneNumberFormat.E164))
    for region in REGIONS
    for kind in PhoneNumberType.values()
    if (number := phonenumbers.example_number_for_type(region, kind)) is not None
]


@given(st.sampled_from(EXAMPLES), st.integers(0, 999))
def test_of_every_countrys_numbers_the_costly_are_refused_and_the_others_called(
    example: tuple[str, int, str], end: int
) -> None:
    region, _, number = example
    number = f"{number[:-3]}{end:03}"
    parsed = phonenumbers.parse(number)
    right = phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) not in COSTLY
    assert is_callable(number) == right
    if right:
        assert to_callable(number, region)
    else:
        with pytest.raises(InvalidPhoneNumberError):
            to_callable(number, region)


def test_every_countrys_example_is_judged_by_its_kind() -> None:
    wrong = [
        (region, number)
        for region, _, number in EXAMPLES
        if is_callable(number) == (phonenumbers.number_type(phonenumbers.parse(number)) in COSTLY)
    ]
    assert wrong == []


@pytest.mark.parametrize("region", SHORT_REGIONS)
def test_short_numbers_are_no_subscribers(region: str) -> None:
    short = {shortnumberinfo._example_short_number(region)}
    short |= {
        shortnumberinfo._example_short_number_for_cost(region, cost)
        for cost in (ShortNumberCost.PREMIUM_RATE, ShortNumberCost.STANDARD_RATE, ShortNumberCost.TOLL_FREE)
    }
    emergency = {number for number in ("112", "911", "999", "110", "119", "000") if _is_emergency(number, region)}
    code = phonenumbers.country_code_for_region(region)
    for number in filter(None, short | emergency):
        assert not is_callable(f"+{code}{number}")
        assert not is_callable(number)
        assert not is_callable(f"+{number}")
    for number in emergency:
        with pytest.raises(InvalidPhoneNumberError):
            to_callable(number, region)


def _is_emergency(number: str, region: str) -> bool:
    return shortnumberinfo.is_emergency_number(number, region)


@pytest.mark.parametrize("number", ["+19002345678", "+449098790000", "+447012345678", "+491805012345"])
def test_an_import_refuses_them_with_the_reason(number: str) -> None:
    fault = check_customer(number, "Bob", {}, variables=(), region="US")
    assert isinstance(fault, RowFault)
    assert fault.code == "phone-costly"
    assert "never called" in fault.reason
    assert isinstance(check_phone(number, region="US"), str), "whoever has it may ask not to be called"
