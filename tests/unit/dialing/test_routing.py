import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.routing import (
    Choice,
    LineStanding,
    RouteLine,
    Why,
    choose,
    standing,
)
from callwright.kit.phone_place import Region

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
SHENZHEN = Region("CN", "Guangdong", "Shenzhen")
GUANGZHOU = Region("CN", "Guangdong", "Guangzhou")
GUANGDONG = Region("CN", "Guangdong")
BEIJING = Region("CN", "Beijing")
CHINA = Region("CN")
PARIS = Region("FR", "Paris")
ABLE = {LineStanding.USABLE, LineStanding.PROBE}


def line(name: str, **changes: Any) -> RouteLine[str]:
    plain: RouteLine[str] = RouteLine(
        name, priority=5, home=None, channels=10, free=10, on=True, paid=True, faulty=False
    )
    return replace(plain, **changes)


maybe = st.sampled_from([True, False, None])
homes = st.sampled_from([None, SHENZHEN, GUANGZHOU, GUANGDONG, BEIJING, CHINA, PARIS])
lines: st.SearchStrategy[list[RouteLine[str]]] = st.lists(
    st.builds(
        RouteLine,
        id=st.text("abcdef", min_size=1, max_size=3),
        priority=st.integers(0, 3),
        home=homes,
        channels=st.integers(1, 10),
        free=st.one_of(st.none(), st.integers(0, 10)),
        on=maybe,
        paid=maybe,
        faulty=maybe,
        probe_due=st.booleans(),
        expires_at=st.sampled_from([None, NOW, NOW + timedelta(days=1)]),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(lines, homes.filter(bool))
def test_the_line_chosen_can_take_the_call_and_none_is_chosen_only_if_none_can(
    some: list[RouteLine[str]], number: Region
) -> None:
    choice = choose(some, number, NOW)
    able = {one.id for one in some if standing(one, NOW) in ABLE}
    assert (choice.line in able) if able else (choice.line is None and choice.why is None)
    assert (choice.standing in ABLE) == bool(able)


@given(lines, homes.filter(bool), st.randoms())
def test_the_order_in_which_lines_are_listed_decides_nothing(
    some: list[RouteLine[str]], number: Region, rng: random.Random
) -> None:
    mixed = list(some)
    rng.shuffle(mixed)
    assert choose(mixed, number, NOW) == choose(some, number, NOW)


@given(lines, homes.filter(bool), st.data())
def test_a_line_that_falls_out_gives_its_share_to_others_and_gets_it_back(
    some: list[RouteLine[str]], number: Region, data: st.DataObject
) -> None:
    before = choose(some, number, NOW)
    faults: list[dict[str, Any]] = [{"faulty": True, "probe_due": False}, {"paid": False}, {"expires_at": NOW}]
    fault = data.draw(st.sampled_from(faults))
    without = [replace(one, **fault) if one.id == before.line else one for one in some]
    assert before.line is None or choose(without, number, NOW).line != before.line
    others = any(standing(one, NOW) in ABLE for one in without)
    assert (choose(without, number, NOW).line is not None) == others
    assert choose(some, number, NOW) == before


def test_the_region_of_the_called_number_comes_first_then_priority_then_load() -> None:
    city, other_city = line("city", home=SHENZHEN, priority=9), line("other", home=GUANGZHOU, priority=1)
    province, country = line("province", home=GUANGDONG, priority=2), line("country", home=CHINA, priority=0)
    beijing, anywhere = line("beijing", home=BEIJING, priority=0), line("anywhere", priority=1)
    everything = [beijing, country, anywhere, other_city, province, city]
    found = []
    while everything:
        choice = choose(everything, SHENZHEN, NOW)
        found.append((choice.line, choice.why))
        everything = [one for one in everything if one.id != choice.line]
    assert found == [
        ("city", Why.CITY),
        ("other", Why.PROVINCE),
        ("province", Why.PROVINCE),
        ("country", Why.COUNTRY),
        ("beijing", Why.PRIORITY),
        ("anywhere", Why.ONLY),
    ]
    loaded, free = line("a", channels=10, free=4), line("b", channels=4, free=2)
    assert choose([loaded, free], PARIS, NOW) == Choice("b", Why.PRIORITY, LineStanding.USABLE)


def test_a_municipality_is_at_home_in_itself() -> None:
    assert choose([line("x"), line("beijing", home=BEIJING, priority=9)], BEIJING, NOW).why is Why.CITY


def test_a_number_of_no_country_is_nobodys_neighbour() -> None:
    assert choose([line("a", home=Region("")), line("b", priority=1)], Region(""), NOW).line == "b"


def test_a_faulty_line_whose_probe_is_due_gets_the_one_call() -> None:
    good, faulty = line("good", home=SHENZHEN), line("faulty", priority=9, faulty=True)
    assert choose([good, faulty], SHENZHEN, NOW).line == "good"
    due = replace(faulty, probe_due=True)
    assert choose([good, due], SHENZHEN, NOW) == Choice("faulty", Why.PROBE, LineStanding.PROBE)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, LineStanding.USABLE),
        ({"free": 0}, LineStanding.BUSY),
        ({"faulty": True, "free": 0}, LineStanding.FAULTY),
        ({"faulty": True, "probe_due": True}, LineStanding.PROBE),
        ({"faulty": True, "probe_due": True, "free": 0}, LineStanding.BUSY),
        ({"on": False}, LineStanding.OFF),
        ({"paid": False, "on": False}, LineStanding.UNPAID),
        ({"expires_at": NOW}, LineStanding.EXPIRED),
        ({"expires_at": NOW + timedelta(seconds=1)}, LineStanding.USABLE),
        ({"on": None}, LineStanding.UNKNOWN),
        ({"paid": None}, LineStanding.UNKNOWN),
        ({"faulty": None}, LineStanding.UNKNOWN),
        ({"free": None}, LineStanding.UNKNOWN),
    ],
)
def test_a_line_says_what_stands_in_the_way(change: dict[str, Any], expected: LineStanding) -> None:
    assert standing(line("a", **change), NOW) is expected


def test_without_a_line_the_nearest_to_usable_says_why() -> None:
    gone = [line("a", expires_at=NOW), line("b", free=0), line("c", paid=False)]
    assert choose(gone, PARIS, NOW) == Choice(None, None, LineStanding.BUSY)
    nothing: list[RouteLine[str]] = []
    assert choose(nothing, PARIS, NOW) == Choice(None, None, LineStanding.UNKNOWN)
