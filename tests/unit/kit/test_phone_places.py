"""Where a number is at home, and which clocks its owner may look at."""

import pytest

from callwright.kit.phone_place import Region, country_of, time_zones_of
from callwright.kit.phone_region import region_of


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("+8675512345678", Region("CN", "Guangdong", "Shenzhen")),
        ("+8613912345678", Region("CN", "Jiangsu", "Changzhou")),
        ("+861062345678", Region("CN", "Beijing")),
        ("+12125551234", Region("US", "NY", "New York")),
        ("+13055551234", Region("US", "FL")),
        ("+19542021234", Region("US", "FL", "Fort Lauderdale")),
        ("+14165551234", Region("CA", "ON")),
        ("+19022345678", Region("CA")),
        ("+18005551234", Region("US")),
        ("+442079460123", Region("GB", "London")),
        ("+447700900123", Region("GB")),
        ("+34612345678", Region("ES")),
        ("+80012345678", Region("")),
        ("nonsense", Region("")),
    ],
)
def test_the_region_of_a_number_is_told_as_far_as_it_is_known(number: str, region: Region) -> None:
    assert region_of(number) == region
    assert country_of(number) == region.country


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+861062345678", ("Asia/Shanghai",)),
        ("+12125551234", ("America/New_York",)),
        ("+12085551234", ("America/Boise", "America/Los_Angeles")),
        ("+34612345678", ("Atlantic/Canary", "Europe/Madrid")),
        ("+447700900123", ("Europe/Guernsey", "Europe/Isle_of_Man", "Europe/London")),
        ("+80012345678", ()),
        ("nonsense", ()),
    ],
)
def test_every_zone_that_a_number_may_be_in_is_named(number: str, zones: tuple[str, ...]) -> None:
    assert time_zones_of(number) == zones


def test_a_number_bound_to_no_place_is_in_all_zones_of_its_plan() -> None:
    assert {"America/New_York", "Pacific/Honolulu"} < set(time_zones_of("+18005551234"))
