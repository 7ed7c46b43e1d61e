"""The gate: at the moment of dialling, may this number be called, and by which rule?

It fails closed: what is not known holds the call, with a rule whose code begins with ``unknown-``. *Deny* means
never in this task; *hold* means not now, until a moment where one is known. Rules are tried in order, and the first
that does not let the call through is the one that is told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from callwright.dialing.country_rules import SPANS, Caps, CountryRules, PlaceRule, Purpose, Span
from callwright.dialing.routing import LineStanding
from callwright.dialing.window import Closed, ClosedReason, Timetable, meeting, opening
from callwright.kit.phone_place import Region

IN_A_CALL_AGAIN = timedelta(minutes=1)


class Verdict(StrEnum):
    """What the gate says of a call."""

    ALLOW = "allow"
    DENY = "deny"
    HOLD = "hold"


class GateRule(StrEnum):
    """The rule that decided."""

    ALL_CLEAR = "all-clear"
    UNKNOWN_RULES = "unknown-rules"
    UNKNOWN_NUMBER = "unknown-number"
    INVALID_NUMBER = "invalid-number"
    UNKNOWN_DO_NOT_CALL = "unknown-do-not-call"
    DO_NOT_CALL = "do-not-call"
    DO_NOT_CALL_INSTALLATION = "do-not-call-installation"
    UNKNOWN_PLACE = "unknown-place"
    UNKNOWN_CONSENT = "unknown-consent"
    NO_CONSENT = "no-consent"
    CUSTOMERS_NUMBER = "customers-number"
    UNKNOWN_TIME_ZONE = "unknown-time-zone"
    CALLING_HOURS = "calling-hours"
    UNKNOWN_EARLIER_CALLS = "unknown-earlier-calls"
    AFTER_LOST_CALL = "after-lost-call"
    CALLS_TO_NUMBER = "calls-to-number"
    NUMBER_IN_A_CALL = "number-in-a-call"
    UNKNOWN_LINE = "unknown-line"
    LINE_RETIRED = "line-retired"
    LINE_EXPIRED = "line-expired"
    LINE_UNPAID = "line-unpaid"
    LINE_OFF = "line-off"
    LINE_FAULTY = "line-faulty"
    LINE_BUSY = "line-busy"
    UNKNOWN_SEAT = "unknown-seat"
    NO_FREE_SEAT = "no-free-seat"
    UNKNOWN_MONEY = "unknown-money"
    OUT_OF_CREDIT = "out-of-credit"
    VALUE_MISSING = "value-missing"
    """Asked by the call node, before the gate: the script can't be played to this person."""
    VALUE_UNSAYABLE = "value-unsayable"
    """The same: a value of theirs has signs for which the script's voice has no sound."""


class ConsentPolicy(StrEnum):
    """When a tenant has recorded consent checked: never (it answers for it elsewhere), as countries ask, always."""

    NOT_CHECKED = "not_checked"
    AS_COUNTRY_ASKS = "as_country_asks"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What is known of one call at the moment of dialling; ``None`` is what nobody knows, and holds the call.

    ``zones``: the time zones the person may be in; the tenant's is used where it is empty. ``calls``: when this
    number was dialled in the last 30 days, by anybody in the installation, at least the latest
    ``GateRules.calls_needed``. ``own_calls``: those of its tenant, the same. ``lost``: when it answered and met
    nobody, and ``in_a_call``: whether it is being called now, by anybody too. ``consent``: recorded, asked for
    where the tenant wants that, or withdrawn, which always counts. ``line``: of the line chosen for this call.
    """

    number_valid: bool | None
    do_not_call: bool | None
    do_not_call_installation: bool | None
    region: Region | None
    zones: tuple[str, ...] | None
    consent: bool | None
    calls: tuple[datetime, ...] | None
    own_calls: tuple[datetime, ...] | None
    lost: tuple[datetime, ...] | None
    in_a_call: bool | None
    line: LineStanding | None
    seat_free: bool | None
    money_covers: bool | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate said and why; ``detail`` is for people to read and holds no personal data."""

    verdict: Verdict
    rule: GateRule
    until: datetime | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class GateRules:
    """The rules of one task, prepared once.

    ``timetable``: the tenant's hours narrowed by the task's; ``tenant_zone`` holds for numbers without a place.
    ``caps``: the tenant's own, over its own calls; the country's are over everybody's. A cap that frees only after
    ``patience`` denies.
    """

    countries: CountryRules
    timetable: Timetable
    tenant_zone: str
    purpose: Purpose = Purpose.MARKETING
    consent: ConsentPolicy = ConsentPolicy.NOT_CHECKED
    caps: Caps = field(default_factory=dict)
    patience: timedelta = timedelta(days=7)

    @property
    def calls_needed(self) -> int:
        """How many of the latest calls to a number the caps look at, whatever its country."""
        caps = [self.caps, self.countries.default.caps]
        caps += [rule.caps for rule in self.countries.by_country.values()]
        return max((most for cap in caps for most in cap.values()), default=0)


def decide(rules: GateRules, facts: GateFacts, now: datetime) -> Decision:
    """Say whether the call of ``facts`` may be dialled at ``now`` (aware)."""
    for check in _CHECKS:
        decision = check(rules, facts, now)
        if decision is not None:
            return decision
    return Decision(Verdict.ALLOW, GateRule.ALL_CLEAR)


Check = Callable[[GateRules, GateFacts, datetime], Decision | None]


@lru_cache(maxsize=4096)
def _place(rules: GateRules, region: Region) -> PlaceRule:
    place = rules.countries.at(Region(region.country, region.province))
    return PlaceRule(meeting(place.timetable, rules.timetable), place.caps)


def _number(_: GateRules, facts: GateFacts, __: datetime) -> Decision | None:
    if facts.number_valid is None:
        return _hold(GateRule.UNKNOWN_NUMBER)
    return None if facts.number_valid else _deny(GateRule.INVALID_NUMBER)


def _do_not_call(_: GateRules, facts: GateFacts, __: datetime) -> Decision | None:
    if facts.do_not_call:
        return _deny(GateRule.DO_NOT_CALL)
    if facts.do_not_call_installation:
        return _deny(GateRule.DO_NOT_CALL_INSTALLATION)
    if facts.do_not_call is None or facts.do_not_call_installation is None:
        return _hold(GateRule.UNKNOWN_DO_NOT_CALL)
    return None


def _consent(rules: GateRules, facts: GateFacts, _: datetime) -> Decision | None:
    if facts.region is None:
        return _hold(GateRule.UNKNOWN_PLACE)
    if facts.consent is False:
        return _deny(GateRule.NO_CONSENT)
    asked_for = rules.purpose in rules.countries.of(facts.region.country).consent_for
    checked = {ConsentPolicy.ALWAYS: True, ConsentPolicy.AS_COUNTRY_ASKS: asked_for}.get(rules.consent, False)
    return None if facts.consent or not checked else _hold(GateRule.UNKNOWN_CONSENT)


def _hours(rules: GateRules, facts: GateFacts, now: datetime) -> Decision | None:
    if facts.zones is None or facts.region is None:
        return _hold(GateRule.UNKNOWN_TIME_ZONE)
    table = _place(rules, facts.region).timetable
    found = opening(table, facts.zones or (rules.tenant_zone,), now)
    if not isinstance(found, Closed):
        return None
    if found.reason is ClosedReason.UNKNOWN_ZONE:
        return _hold(GateRule.UNKNOWN_TIME_ZONE)
    return _hold(GateRule.CALLING_HOURS, found.opens_at, reason=found.reason.value)


def _after_lost(rules: GateRules, facts: GateFacts, now: datetime) -> Decision | None:
    if facts.lost is None or facts.region is None:
        return _hold(GateRule.UNKNOWN_EARLIER_CALLS)
    hours = rules.countries.of(facts.region.country).quiet_hours_after_lost
    if not facts.lost or not hours:
        return None
    until = max(facts.lost) + timedelta(hours=hours)
    return _hold(GateRule.AFTER_LOST_CALL, until, hours=hours) if now < until else None


def _calls(rules: GateRules, facts: GateFacts, now: datetime) -> Decision | None:
    if facts.calls is None or facts.own_calls is None or facts.region is None:
        return _hold(GateRule.UNKNOWN_EARLIER_CALLS)
    frees = [
        *_frees(_place(rules, facts.region).caps, facts.calls, "country"),
        *_frees(rules.caps, facts.own_calls, "company"),
    ]
    until, most, span, asked_by = max(frees, default=(now, 0, Span.MINUTE, ""))
    if until <= now:
        return None
    make = _deny if until > now + rules.patience else _hold
    return make(GateRule.CALLS_TO_NUMBER, until, most=most, within=span.value, asked_by=asked_by)


def _frees(caps: Caps, calls: tuple[datetime, ...], asked_by: str) -> list[tuple[datetime, int, Span, str]]:
    """Return until when each cap that is reached forbids a call, with the cap and who asks for it."""
    newest_first = sorted(calls, reverse=True)
    return [
        (newest_first[most - 1] + SPANS[span], most, span, asked_by)
        for span, most in caps.items()
        if len(newest_first) >= most
    ]


def _in_a_call(_: GateRules, facts: GateFacts, now: datetime) -> Decision | None:
    if facts.in_a_call is None:
        return _hold(GateRule.UNKNOWN_EARLIER_CALLS)
    return _hold(GateRule.NUMBER_IN_A_CALL, now + IN_A_CALL_AGAIN) if facts.in_a_call else None


def _line(_: GateRules, facts: GateFacts, __: datetime) -> Decision | None:
    if facts.line in (LineStanding.USABLE, LineStanding.PROBE):
        return None
    return _hold(_LINE_RULES.get(facts.line or LineStanding.UNKNOWN, GateRule.UNKNOWN_LINE))


def _seat(_: GateRules, facts: GateFacts, __: datetime) -> Decision | None:
    if facts.seat_free:
        return None
    return _hold(GateRule.UNKNOWN_SEAT if facts.seat_free is None else GateRule.NO_FREE_SEAT)


def _money(_: GateRules, facts: GateFacts, __: datetime) -> Decision | None:
    if facts.money_covers:
        return None
    return _hold(GateRule.UNKNOWN_MONEY if facts.money_covers is None else GateRule.OUT_OF_CREDIT)


def _hold(rule: GateRule, until: datetime | None = None, **detail: str | int) -> Decision:
    return Decision(Verdict.HOLD, rule, until, detail)


def _deny(rule: GateRule, until: datetime | None = None, **detail: str | int) -> Decision:
    return Decision(Verdict.DENY, rule, until, detail)


_CHECKS: tuple[Check, ...] = (
    _number,
    _do_not_call,
    _consent,
    _hours,
    _after_lost,
    _calls,
    _in_a_call,
    _line,
    _seat,
    _money,
)

_LINE_RULES: Mapping[LineStanding, GateRule] = {
    LineStanding.RETIRED: GateRule.LINE_RETIRED,
    LineStanding.EXPIRED: GateRule.LINE_EXPIRED,
    LineStanding.UNPAID: GateRule.LINE_UNPAID,
    LineStanding.OFF: GateRule.LINE_OFF,
    LineStanding.FAULTY: GateRule.LINE_FAULTY,
    LineStanding.BUSY: GateRule.LINE_BUSY,
}
