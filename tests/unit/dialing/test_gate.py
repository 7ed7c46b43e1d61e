from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.country_rules import UNRESTRICTED, Purpose, Span, country_rules
from callwright.dialing.gate import (
    ConsentPolicy,
    Decision,
    GateFacts,
    GateRule,
    GateRules,
    Verdict,
    decide,
)
from callwright.dialing.routing import LineStanding
from callwright.dialing.window import Open, meeting, opening, timetable
from callwright.kit.phone_place import Region

NOON = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
"""Wednesday, twelve o'clock in Berlin."""
CLEAR = GateFacts(
    number_valid=True,
    do_not_call=False,
    do_not_call_installation=False,
    region=Region("DE"),
    zones=("Europe/Berlin",),
    consent=True,
    calls=(),
    own_calls=(),
    lost=(),
    in_a_call=False,
    line=LineStanding.USABLE,
    seat_free=True,
    money_covers=True,
)
RULES = GateRules(
    country_rules(), timetable(CallingHours()), "Europe/Berlin", consent=ConsentPolicy.AS_COUNTRY_ASKS
)
ago = st.integers(0, 60 * 24 * 40).map(lambda minutes: NOON - timedelta(minutes=minutes))
maybe = st.sampled_from([True, False, None])
facts = st.builds(
    GateFacts,
    number_valid=maybe,
    do_not_call=maybe,
    do_not_call_installation=maybe,
    region=st.sampled_from([Region("DE"), Region("US", "FL"), Region("US"), Region(""), Region("GB"), None]),
    zones=st.sampled_from([("Europe/Berlin",), ("Europe/Berlin", "Asia/Tokyo"), ("No/Where",), (), None]),
    consent=maybe,
    calls=st.one_of(st.none(), st.lists(ago, max_size=6).map(tuple)),
    own_calls=st.one_of(st.none(), st.lists(ago, max_size=6).map(tuple)),
    lost=st.one_of(st.none(), st.lists(ago, max_size=2).map(tuple)),
    in_a_call=maybe,
    line=st.one_of(st.none(), st.sampled_from(LineStanding)),
    seat_free=maybe,
    money_covers=maybe,
)
rule_sets = st.builds(
    GateRules,
    countries=st.sampled_from([country_rules(), UNRESTRICTED]),
    timetable=st.sampled_from([timetable(CallingHours()), timetable(CallingHours(time(0), time(0)))]),
    tenant_zone=st.sampled_from(["Europe/Berlin", "Not/There"]),
    purpose=st.sampled_from(Purpose),
    consent=st.sampled_from(ConsentPolicy),
    caps=st.sampled_from([{}, {Span.DAY: 1}]),
)
moments = st.integers(0, 7 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))
near_allowed = st.builds(
    lambda changes: replace(CLEAR, **changes),
    st.fixed_dictionaries({}, optional={"consent": maybe, "calls": st.lists(ago, max_size=4).map(tuple)}),
)
all_facts = st.one_of(facts, near_allowed)


def test_a_call_that_nothing_forbids_is_allowed() -> None:
    assert decide(RULES, CLEAR, NOON) == Decision(Verdict.ALLOW, GateRule.ALL_CLEAR)


@pytest.mark.parametrize(
    ("change", "verdict", "rule"),
    [
        ({"number_valid": False}, "deny", "invalid-number"),
        ({"do_not_call": True}, "deny", "do-not-call"),
        ({"do_not_call": True, "do_not_call_installation": None}, "deny", "do-not-call"),
        ({"do_not_call_installation": True}, "deny", "do-not-call-installation"),
        ({"consent": False}, "deny", "no-consent"),
        ({"zones": ("Asia/Tokyo", "Europe/Berlin", "America/New_York")}, "hold", "calling-hours"),
        ({"lost": (NOON - timedelta(hours=23),)}, "hold", "after-lost-call"),
        ({"calls": (NOON - timedelta(minutes=59),)}, "hold", "calls-to-number"),
        ({"in_a_call": True}, "hold", "number-in-a-call"),
        ({"in_a_call": None}, "hold", "unknown-earlier-calls"),
        ({"line": LineStanding.EXPIRED}, "hold", "line-expired"),
        ({"line": LineStanding.UNPAID}, "hold", "line-unpaid"),
        ({"line": LineStanding.OFF}, "hold", "line-off"),
        ({"line": LineStanding.FAULTY}, "hold", "line-faulty"),
        ({"line": LineStanding.BUSY}, "hold", "line-busy"),
        ({"seat_free": False}, "hold", "no-free-seat"),
        ({"money_covers": False}, "hold", "out-of-credit"),
        ({"number_valid": None}, "hold", "unknown-number"),
        ({"do_not_call": None}, "hold", "unknown-do-not-call"),
        ({"do_not_call_installation": None}, "hold", "unknown-do-not-call"),
        ({"region": None}, "hold", "unknown-place"),
        ({"consent": None}, "hold", "unknown-consent"),
        ({"zones": None}, "hold", "unknown-time-zone"),
        ({"zones": ("Mars/Olympus",)}, "hold", "unknown-time-zone"),
        ({"calls": None}, "hold", "unknown-earlier-calls"),
        ({"lost": None}, "hold", "unknown-earlier-calls"),
        ({"line": None}, "hold", "unknown-line"),
        ({"line": LineStanding.UNKNOWN}, "hold", "unknown-line"),
        ({"seat_free": None}, "hold", "unknown-seat"),
        ({"money_covers": None}, "hold", "unknown-money"),
    ],
)
def test_one_fact_is_enough_to_stop_a_call(change: dict[str, Any], verdict: str, rule: str) -> None:
    decision = decide(RULES, replace(CLEAR, **change), NOON)
    assert (decision.verdict, decision.rule) == (verdict, rule)


@given(rule_sets, all_facts, moments)
def test_a_call_is_allowed_only_if_everything_is_known_and_nothing_forbids(
    rules: GateRules, known: GateFacts, now: datetime
) -> None:
    if decide(rules, known, now).verdict is not Verdict.ALLOW:
        return
    assert known.number_valid
    assert known.do_not_call is False
    assert known.do_not_call_installation is False
    assert known.region is not None
    hours = meeting(rules.countries.at(known.region).timetable, rules.timetable)
    assert isinstance(opening(hours, known.zones or (rules.tenant_zone,), now), Open)
    assert known.calls is not None
    assert known.lost is not None
    assert known.line in {LineStanding.USABLE, LineStanding.PROBE}
    assert known.seat_free
    assert known.money_covers


@given(rule_sets, all_facts, moments, st.sampled_from([one.name for one in fields(GateFacts)]))
def test_knowing_less_never_allows_what_was_not_allowed(
    rules: GateRules, known: GateFacts, now: datetime, forgotten: str
) -> None:
    if decide(rules, known, now).verdict is not Verdict.ALLOW:
        assert decide(rules, replace(known, **{forgotten: None}), now).verdict is not Verdict.ALLOW


@given(all_facts, moments)
def test_not_knowing_the_state_never_allows_what_it_would_not(known: GateFacts, now: datetime) -> None:
    if known.region is not None and decide(RULES, known, now).verdict is not Verdict.ALLOW:
        vaguer = replace(known, region=Region(known.region.country))
        assert decide(RULES, vaguer, now).verdict is not Verdict.ALLOW


@given(rule_sets, all_facts, moments, ago)
def test_one_more_call_never_allows_what_was_not_allowed(
    rules: GateRules, known: GateFacts, now: datetime, another: datetime
) -> None:
    if known.calls is not None and decide(rules, known, now).verdict is not Verdict.ALLOW:
        more = replace(known, calls=(*known.calls, another))
        assert decide(rules, more, now).verdict is not Verdict.ALLOW
    if known.own_calls is not None and decide(rules, known, now).verdict is not Verdict.ALLOW:
        more = replace(known, own_calls=(*known.own_calls, another))
        assert decide(rules, more, now).verdict is not Verdict.ALLOW


@given(rule_sets, all_facts, moments)
def test_a_moment_that_is_told_lies_ahead_and_the_same_rule_holds_no_longer(
    rules: GateRules, known: GateFacts, now: datetime
) -> None:
    decision = decide(rules, known, now)
    if decision.until is None:
        return
    assert decision.until > now
    assert decide(rules, known, decision.until).rule != decision.rule


@given(rule_sets, all_facts, moments)
def test_a_rule_about_what_is_unknown_is_told_only_of_what_is(
    rules: GateRules, known: GateFacts, now: datetime
) -> None:
    decision = decide(rules, known, now)
    if decision.rule.startswith("unknown-"):
        assert decision.verdict is Verdict.HOLD
        vague = {None, LineStanding.UNKNOWN}
        nowhere = known.zones == ("No/Where",) or (known.zones == () and rules.tenant_zone == "Not/There")
        assert nowhere or any(getattr(known, one.name) in vague for one in fields(known))


def test_calls_to_one_number_are_counted_over_every_span() -> None:
    rules = replace(RULES, countries=UNRESTRICTED, caps={Span.MINUTE: 1, Span.HOUR: 2, Span.DAY: 3})
    calls = tuple(NOON - timedelta(minutes=minutes) for minutes in (5, 90, 400))
    decision = decide(rules, replace(CLEAR, own_calls=calls), NOON)
    assert decision == Decision(
        Verdict.HOLD,
        GateRule.CALLS_TO_NUMBER,
        NOON + timedelta(days=1, minutes=-400),
        {"most": 3, "within": "day", "asked_by": "company"},
    )
    assert decide(rules, replace(CLEAR, own_calls=calls[1:]), NOON).verdict is Verdict.ALLOW


def test_a_country_counts_everybody_s_calls_and_a_company_its_own() -> None:
    rules = replace(RULES, caps={Span.DAY: 1})
    others = replace(CLEAR, calls=(NOON - timedelta(hours=5),))
    assert decide(rules, others, NOON).verdict is Verdict.ALLOW
    twice = replace(CLEAR, calls=tuple(NOON - timedelta(hours=hours) for hours in (5, 6)))
    decision = decide(rules, twice, NOON)
    assert (decision.rule, decision.detail["asked_by"]) == (GateRule.CALLS_TO_NUMBER, "country")
    own = replace(others, own_calls=others.calls)
    assert decide(rules, own, NOON).detail == {"most": 1, "within": "day", "asked_by": "company"}


def test_a_cap_that_frees_only_weeks_ahead_gives_the_customer_up() -> None:
    rules = replace(RULES, countries=UNRESTRICTED, caps={Span.MONTH: 1})
    decision = decide(rules, replace(CLEAR, own_calls=(NOON - timedelta(days=2),)), NOON)
    assert decision.verdict is Verdict.DENY
    nearly = decide(rules, replace(CLEAR, own_calls=(NOON - timedelta(days=25),)), NOON)
    assert nearly.verdict is Verdict.HOLD


def test_consent_is_looked_at_where_the_tenant_wants_it_so() -> None:
    nothing_noted = replace(CLEAR, consent=None)
    expected = {
        (ConsentPolicy.NOT_CHECKED, Purpose.MARKETING): Verdict.ALLOW,
        (ConsentPolicy.AS_COUNTRY_ASKS, Purpose.MARKETING): Verdict.HOLD,
        (ConsentPolicy.AS_COUNTRY_ASKS, Purpose.SERVICE): Verdict.ALLOW,
        (ConsentPolicy.ALWAYS, Purpose.SERVICE): Verdict.HOLD,
    }
    for (policy, purpose), verdict in expected.items():
        rules = replace(RULES, consent=policy, purpose=purpose)
        assert decide(rules, nothing_noted, NOON).verdict is verdict
        withdrawn = decide(rules, replace(CLEAR, consent=False), NOON)
        assert (withdrawn.verdict, withdrawn.rule) == (Verdict.DENY, GateRule.NO_CONSENT), "which always counts"


def test_the_tenants_clock_holds_for_a_number_without_a_place() -> None:
    nowhere = replace(CLEAR, region=Region(""), zones=())
    assert decide(RULES, nowhere, NOON).verdict is Verdict.ALLOW
    assert (
        decide(replace(RULES, tenant_zone="Asia/Tokyo"), nowhere, NOON + timedelta(hours=2)).rule == "calling-hours"
    )
    assert decide(replace(RULES, tenant_zone="Not/There"), nowhere, NOON).rule == "unknown-time-zone"


def test_a_hold_for_the_hours_tells_why_and_until_when() -> None:
    decision = decide(RULES, CLEAR, NOON + timedelta(hours=9))
    assert decision == Decision(
        Verdict.HOLD, GateRule.CALLING_HOURS, datetime(2026, 6, 4, 7, 0, tzinfo=UTC), {"reason": "after_hours"}
    )


def test_as_many_calls_are_asked_for_as_any_country_counts() -> None:
    assert RULES.calls_needed == 10
    assert replace(RULES, caps={Span.DAY: 20}).calls_needed == 20
    assert replace(RULES, countries=UNRESTRICTED).calls_needed == 0
