import tomllib
from datetime import datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from callwright import dialing
from callwright.dialing.calling_hours import CallingHours, HoursOrderError
from callwright.dialing.country_rules import (
    FILE,
    UNRESTRICTED,
    CountryRulesError,
    Purpose,
    Span,
    country_rules,
    parse_country_rules,
)
from callwright.dialing.gate import ConsentPolicy, Decision, GateFacts, GateRules, decide
from callwright.dialing.routing import LineStanding
from callwright.dialing.window import timetable
from callwright.kit.phone_place import Region

AROUND_THE_CLOCK = timetable(CallingHours(time(0), time(0)))
DATA = resources.files(dialing)
VECTORS = tomllib.loads(DATA.joinpath("country_rules_vectors.toml").read_text(encoding="utf-8"))["vector"]


def judged(vector: dict[str, object], rules: GateRules) -> Decision:
    at = vector["at"]
    assert isinstance(at, datetime)
    now = at.replace(tzinfo=ZoneInfo(str(vector["zone"])))
    facts = GateFacts(
        number_valid=True,
        do_not_call=False,
        do_not_call_installation=False,
        region=Region(str(vector["country"]), str(vector.get("province", ""))),
        zones=(str(vector["zone"]),),
        consent=bool(vector.get("consent", True)),
        calls=tuple(now - timedelta(minutes=ago) for ago in vector.get("earlier", ())),  # type: ignore[attr-defined]
        lost=tuple(now - timedelta(minutes=ago) for ago in vector.get("lost", ())),  # type: ignore[attr-defined]
        own_calls=(),
        in_a_call=False,
        line=LineStanding.USABLE,
        seat_free=True,
        money_covers=True,
    )
    return decide(rules, facts, now)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["says"] for vector in VECTORS])
def test_a_country_rules_as_its_vectors_say(vector: dict[str, object]) -> None:
    rules = GateRules(country_rules(), AROUND_THE_CLOCK, "UTC", consent=ConsentPolicy.AS_COUNTRY_ASKS)
    assert judged(vector, rules).rule == vector["rule"]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["says"] for vector in VECTORS])
def test_simulated_people_are_under_no_countrys_rules(vector: dict[str, object]) -> None:
    rules = GateRules(UNRESTRICTED, AROUND_THE_CLOCK, "UTC", consent=ConsentPolicy.AS_COUNTRY_ASKS)
    # Consent taken back is a person's own word, no country's rule.
    taken_back = vector.get("consent") is False
    assert judged(vector, rules).rule == ("no-consent" if taken_back else "all-clear")


def test_every_rule_tells_where_it_comes_from_and_keeps_to_the_common_floor() -> None:
    rules = country_rules()
    for rule in (rules.default, *rules.by_country.values()):
        assert rule.sources
        assert all(province.sources for province in rule.provinces.values())
        assert rule.ring_at_least_s >= 15
        assert rule.lost_share <= 0.03
        assert Purpose.MARKETING in rule.consent_for
        assert rule.says_it_is_ai
        assert Span.DAY in rule.caps


def test_every_country_or_one_of_its_group_has_a_vector_and_so_has_every_state() -> None:
    told = {country_rules().of(vector["country"]).sources for vector in VECTORS}
    assert {rule.sources for rule in country_rules().by_country.values()} <= told
    states = {(vector["country"], vector.get("province")) for vector in VECTORS}
    for country, rule in country_rules().by_country.items():
        assert {(country, province) for province in rule.provinces} <= states


def test_an_unknown_province_is_under_all_of_them() -> None:
    somewhere = country_rules().at(Region("US"))
    for name in country_rules().of("US").provinces:
        state = country_rules().at(Region("US", name))
        for day, changes in enumerate(somewhere.timetable.weekdays):
            begins = [minute for minute, reason in changes if reason is None]
            allowed = [minute for minute, reason in state.timetable.weekdays[day] if reason is None]
            assert not begins or begins[0] >= allowed[0]


DEFAULT = """
[default]
sources = ["ours"]
caps = { day = 1 }
[[default.hours]]
opens = "09:00"
closes = "20:00"
"""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("rules = [", "Invalid"),
        ("[[rules]]\ncountries = ['US']", "sources"),
        ("[[rules]]\ncountries = ['usa']\nsources = ['x']\ncaps = {}\nhours = [{}]", "pattern"),
        ("[[rules]]\ncountries = ['US']\nsources = ['x']\ncaps = { day = 0 }\nhours = [{}]", "greater"),
        ("[[rules]]\ncountries = ['US']\nsources = ['x']\ncaps = { decade = 1 }\nhours = [{}]", "decade"),
        ("[[rules]]\ncountries = ['US', 'US']\nsources = ['x']\ncaps = {}\nhours = [{}]", "US is there twice"),
        ("[[rules]]\ncountries = ['US']\nsources = ['x']\ncaps = {}\nhours = [{}, {}]", "weekday has hours twice"),
        ("[[rules]]\ncountries = ['US']\nsources = ['x']\ncaps = {}\nhours = [{ until = '9' }]", "until"),
        ("[[rules]]\ncountries = ['US']\nsources = ['x']\ncaps = {}\nhours = []", "at least 1"),
        ("[[rules]]\ncountries = ['US']\nsources = ['x']\ncaps = {}\nhours = [{}]\nring_at_least_s = 5", "15"),
    ],
)
def test_rules_that_make_no_sense_are_refused(more: str, words: str) -> None:
    empty = "" if "rules" in more else "rules = []"
    with pytest.raises(CountryRulesError, match=words):
        parse_country_rules(f"{empty}\n{DEFAULT}\n{more}")


def test_hours_that_make_no_sense_are_refused_in_a_rule_too() -> None:
    with pytest.raises(HoursOrderError):
        parse_country_rules(DEFAULT.replace("20:00", "08:00") + "\n[[rules]]")


def test_the_file_that_comes_along_is_the_one_that_is_read() -> None:
    assert parse_country_rules(DATA.joinpath(FILE).read_text(encoding="utf-8")) == country_rules()
