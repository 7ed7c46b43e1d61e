"""What is decided of a batch about to be dialled: one after the other, and nothing on what nobody knows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.accounts.calling_hours import hours_to_json
from callwright.billing.ledger import Balance
from callwright.callroom.gatekeeper import Facts, judge
from callwright.calls.earlier import Earlier
from callwright.contacts.do_not_call import Barred
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.attempt import AttemptState
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.gate import GateRule, Verdict
from callwright.dialing.line_health import Health, LineFault, after_probe_began
from callwright.lines.standing import LineFacts
from callwright.tasks.schemas import ClaimedAttempt, LockedAttempt

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
OURS, THEIRS = UUID(int=1), UUID(int=2)
TASK = UUID(int=3)
LINE = UUID(int=4)
FICTION, REAL = "+12125550100", "+4930901820"
PRICE = 60_000
HOLD = 10 * PRICE
Pair = tuple[ClaimedAttempt, LockedAttempt]


def pair(number: int, phone: str = FICTION, *, tenant: UUID = OURS, region: str | None = "US/NY") -> Pair:
    known: dict[str, Any] = {"id": UUID(int=100 + number), "tenant_id": tenant, "task_id": TASK, "line_id": LINE}
    ids: dict[str, Any] = {"task_customer_id": UUID(int=1000 + number)}
    claimed = ClaimedAttempt(
        **known,
        **ids,
        customer_id=UUID(int=5),
        script_version_id=UUID(int=6),
        phone=phone,
        variables={},
        hold_s=2.0,
    )
    at: dict[str, Any] = {"dialled_at": None, "connected_at": None, "node_id": UUID(int=7)}
    return claimed, LockedAttempt(**known, **ids, region=region, state=AttemptState.CLAIMED, **at)


def _tenant(tenant_id: UUID, caps: dict[str, int]) -> TenantRow:
    return TenantRow(
        id=tenant_id,
        name="T",
        time_zone="UTC",
        calling_hours=hours_to_json(CallingHours(time(0), time(0))),
        number_caps=caps,
        consent_policy="not_checked",
    )


def line_facts(*, price: int = 0, on: bool | None = True, health: Health | None = None) -> LineFacts:
    row = LineRow(
        id=LINE,
        tenant_id=OURS,
        home_region="",
        channels=10,
        price_per_minute=price,
        billed_first_s=60,
        billed_next_s=60,
    )
    return LineFacts(row, on, health or Health())


def facts(
    pairs: Sequence[Pair], *, price: int = 0, available: int = 0, caps: dict[str, int] | None = None
) -> Facts:
    return Facts(
        tasks={TASK: TaskRow(id=TASK, calling_hours=None, purpose="marketing")},
        tenants={tenant: _tenant(tenant, caps or {}) for tenant in (OURS, THEIRS)},
        lines={LINE: line_facts(price=price)},
        barred={},
        consents={},
        earlier={(claimed.tenant_id, claimed.phone): Earlier() for claimed, _ in pairs},
        balances={OURS: Balance(available)},
        seated=frozenset({TASK}),
        max_call_s=600,
    )


def _rules(pairs: Sequence[Pair], known: Facts) -> list[GateRule]:
    return [gated.decision.rule for gated, _ in judge(pairs, known, NOW)]


@given(st.integers(0, 6), st.integers(0, 5 * HOLD))
def test_calls_of_one_batch_never_hold_more_together_than_there_is(calls: int, available: int) -> None:
    pairs = [pair(number, f"+1212555010{number}") for number in range(calls)]
    judged = judge(pairs, facts(pairs, price=PRICE, available=available), NOW)
    amounts = [amount for _, amount in judged]
    assert [gated.attempt for gated, _ in judged] == [locked for _, locked in pairs]
    assert amounts == [HOLD] * min(calls, available // HOLD) + [0] * (calls - min(calls, available // HOLD))
    assert {gated.decision.rule for gated, amount in judged if not amount} <= {GateRule.OUT_OF_CREDIT}


def test_one_who_is_refused_takes_no_money_from_those_behind() -> None:
    pairs = [pair(0, "+12125550101"), pair(1, "+12125550102")]
    known = facts(pairs, price=PRICE, available=HOLD)
    barred = replace(known, barred={(OURS, "+12125550101"): Barred.BY_TENANT})
    assert _rules(pairs, barred) == [GateRule.DO_NOT_CALL, GateRule.ALL_CLEAR]


def test_a_call_that_costs_nothing_needs_no_balance_even_of_a_company_in_debt() -> None:
    pairs = [pair(0)]
    assert _rules(pairs, replace(facts(pairs), balances={})) == [GateRule.ALL_CLEAR]


def test_each_call_of_a_batch_is_an_earlier_one_to_those_behind_it() -> None:
    pairs = [pair(0), pair(1), pair(2, "+12125550101"), pair(3, tenant=THEIRS)]
    known = facts(pairs, caps={"day": 1})
    assert _rules(pairs, known) == [
        GateRule.ALL_CLEAR,
        GateRule.CALLS_TO_NUMBER,
        GateRule.ALL_CLEAR,
        GateRule.NUMBER_IN_A_CALL,
    ], "another company's cap is its own, but a person is in one call only"
    an_hour_ago = (NOW - timedelta(hours=1),)
    once = replace(known, earlier={**known.earlier, (OURS, FICTION): Earlier(an_hour_ago, an_hour_ago)})
    (first, _), *_ = judge(pairs, once, NOW)
    assert (first.decision.rule, first.decision.until) == (GateRule.CALLS_TO_NUMBER, NOW + timedelta(hours=23))


def test_nobody_is_called_twice_at_once() -> None:
    pairs = [pair(0), pair(1), pair(2, "+12125550101"), pair(3, tenant=THEIRS)]
    known = facts(pairs)
    said = [GateRule.ALL_CLEAR, GateRule.NUMBER_IN_A_CALL, GateRule.ALL_CLEAR, GateRule.NUMBER_IN_A_CALL]
    assert _rules(pairs, known) == said
    (_, (second, amount), *_) = judge(pairs, known, NOW)
    assert (second.decision.until, amount) == (NOW + timedelta(minutes=1), 0)
    talking = replace(known, earlier={**known.earlier, (OURS, FICTION): Earlier(under_way=True)})
    assert _rules(pairs[:1], talking) == [GateRule.NUMBER_IN_A_CALL]


def test_the_rules_of_countries_bind_every_number_that_somebody_may_have() -> None:
    pairs = [pair(0), pair(1, REAL, region="DE/Berlin")]
    known = facts(pairs)
    lost = {key: Earlier(lost=(NOW - timedelta(hours=1),)) for key in known.earlier}
    assert _rules(pairs, replace(known, earlier=lost)) == [GateRule.ALL_CLEAR, GateRule.AFTER_LOST_CALL]


def _unknown(known: Facts, what: str) -> Facts:
    return {
        "earlier calls": replace(known, earlier={}),
        "line": replace(known, lines={}),
        "whether the line is there": replace(known, lines={LINE: line_facts(on=None)}),
        "a seat": replace(known, seated=frozenset()),
        "the balance": replace(known, lines={LINE: line_facts(price=PRICE)}, balances={}),
    }[what]


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("earlier calls", GateRule.UNKNOWN_EARLIER_CALLS),
        ("line", GateRule.UNKNOWN_LINE),
        ("whether the line is there", GateRule.UNKNOWN_LINE),
        ("a seat", GateRule.NO_FREE_SEAT),
        ("the balance", GateRule.OUT_OF_CREDIT),
    ],
)
def test_what_nobody_knows_holds_the_call(what: str, rule: GateRule) -> None:
    pairs = [pair(0)]
    ((gated, amount),) = judge(pairs, _unknown(facts(pairs), what), NOW)
    assert (gated.decision.verdict, gated.decision.rule, amount) == (Verdict.HOLD, rule, 0)


@pytest.mark.parametrize("phone", ["+19002345678", "+449098790000", "+447012345678", "+44999", "112", "nonsense"])
def test_a_costly_or_a_short_number_is_never_called(phone: str) -> None:
    assert _rules([pair(0, phone)], facts([pair(0, phone)])) == [GateRule.INVALID_NUMBER]


def test_a_number_of_unknown_place_is_held_and_one_that_can_not_be_is_denied() -> None:
    pairs = [pair(0, region=None), pair(1, "+1212")]
    judged = judge(pairs, facts(pairs), NOW)
    assert [(gated.decision.verdict, gated.decision.rule) for gated, _ in judged] == [
        (Verdict.HOLD, GateRule.UNKNOWN_PLACE),
        (Verdict.DENY, GateRule.INVALID_NUMBER),
    ]


def test_a_line_that_broke_since_the_call_was_planned_holds_it_unless_it_is_the_probe() -> None:
    pairs = [pair(0)]
    broken = Health(fault=LineFault.LINE, faulty_since=NOW, next_probe_at=NOW + timedelta(minutes=1))
    known = replace(facts(pairs), lines={LINE: line_facts(health=broken)})
    assert _rules(pairs, known) == [GateRule.LINE_FAULTY]
    probed = replace(facts(pairs), lines={LINE: line_facts(health=after_probe_began(broken, NOW))})
    assert _rules(pairs, probed) == [GateRule.ALL_CLEAR], "the leader gave the line this call to try it"


def test_rules_that_can_not_be_read_hold_their_own_company_s_calls_alone() -> None:
    pairs = [pair(0, "+12125550101", tenant=THEIRS), pair(1, "+12125550102")]
    known = facts(pairs)
    known.tenants[THEIRS].number_caps = {"fortnight": 1}
    assert _rules(pairs, known) == [GateRule.UNKNOWN_RULES, GateRule.ALL_CLEAR]
