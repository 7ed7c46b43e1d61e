import random

import pytest

from callwright.kit.area_codes import province_of
from callwright.kit.phone_region import region_of


@pytest.mark.parametrize(
    ("number", "country", "province"),
    [
        ("+12125550143", "US", "NY"),
        ("+14165550143", "CA", "ON"),
        ("+18765550143", "JM", ""),
        ("+18005550143", "US", ""),
        ("+442079460123", "GB", ""),
        ("nonsense", "", ""),
    ],
)
def test_a_number_is_placed_as_far_as_its_area_code_tells(number: str, country: str, province: str) -> None:
    found = province_of(number)
    assert (found.country, found.province, found.city) == (country, province, "")


def test_it_never_disagrees_with_the_geocoder() -> None:
    luck = random.Random(7)
    for code in range(200, 1000):
        number = f"+1{code}{luck.randint(2_000_000, 9_999_999)}"
        known, told = region_of(number), province_of(number)
        assert known.country == told.country
        assert not known.province or known.province == told.province, number
