"""A phone on which a script is tried is shown to be one's own, by a code that is keyed in."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from callwright.accounts.calling_hours import hours_to_json
from callwright.callroom.test_gate import Says, TestDialling, foresee
from callwright.calls import own_phone, trial_limits
from callwright.calls.errors import (
    CodeNotKeyedInError,
)
from callwright.calls.trials import TrialView
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.lines import TestCallRow
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.gate import GateRule, Verdict
from callwright.kit.clock import SystemClock
from callwright.kit.ids import new_id
from callwright.kit.phone_region import region_of
from callwright.lines.standing import region_to_text
from tests.factories.calling import NOW, Caller
from tests.factories.house import House
from tests.factories.trials import OWN, WishfulSpeech, ask, listed, listener, look, over


async def test_a_phone_is_shown_to_be_theirs_by_the_code(house: House, caller: Caller, person: UUID) -> None:
    asked: list[TrialView] = []

    async def read_the_screen() -> str:
        code = (await look(caller, asked[0])).code
        assert code is not None
        return code

    async with house.open(dialer=False), listener(house, keys=read_the_screen):
        asked.append(await ask(caller, person))
        assert asked[0].confirmation == "awaited"
        done = await over(caller, asked[0])
    assert [turn["text"][:25] for turn in done.row.turns][:2] == [
        "Hello. This is an automat",
        "Hello Maria. This is Anna",
    ]
    assert (done.confirmation, done.row.path[0]["node"]) == ("given", "greeting")
    assert done.row.grade is not None
    assert await house.blobs.size(done.recording) > 1000
    later = SystemClock().now() + timedelta(days=1)
    assert (await ask(caller, person, now=later)).confirmation == "known"
    async with caller.database.tenant(caller.tenant_id) as session:
        assert not await own_phone.is_known(session, new_id(), OWN, now=later), "to nobody else"
        much_later = later + own_phone.KNOWN_FOR
        assert not await own_phone.is_known(session, person, OWN, now=much_later), "a number changes hands"


async def test_a_stranger_hears_no_script_and_nothing_of_them_is_kept(
    house: House, caller: Caller, person: UUID
) -> None:
    house.speech = WishfulSpeech()

    async def guess() -> str:
        return "00000000"  # twice

    async with listener(house, "yes", "stop", keys=guess), house.open(dialer=False):
        asked = await ask(caller, person)
        if asked.code == "0000":
            pytest.skip("one in ten thousand strangers guesses right")
        done = await over(caller, asked)
    assert (done.confirmation, done.row.recording_key, done.row.grade) == ("missing", None, None)
    assert {turn["who"] for turn in done.row.turns} == {"ai"}
    assert not any("Maria" in turn["text"] for turn in done.row.turns)
    assert {event["kind"] for event in done.row.events} <= {"ringing", "answered", "hang_up", "ended"}
    assert not list(house.config.work.glob("recordings/*/*.wav"))


async def test_a_strangers_wish_needs_no_code(house: House, caller: Caller, person: UUID) -> None:
    house.speech = WishfulSpeech()
    async with listener(house, "stop"), house.open(dialer=False):
        done = await over(caller, await ask(caller, person))
    assert (done.confirmation, done.row.listed, await listed(caller)) == ("missing", True, [OWN])


async def test_a_phone_on_which_nobody_keys_the_code_in_is_left_alone(caller: Caller, person: UUID) -> None:
    for number in range(trial_limits.WITHOUT_CODE):
        now = NOW + number * trial_limits.BETWEEN
        asked = await ask(caller, person, now=now)
        async with caller.database.tenant(caller.tenant_id) as session:
            row = await session.get_one(TestCallRow, asked.call.id)
            row.state, row.dialled_at, row.ended_at = "ended", now, now
    with pytest.raises(CodeNotKeyedInError):
        await ask(caller, person, now=NOW + timedelta(hours=1))


@pytest.mark.usefixtures("known")
async def test_no_customer_is_rung_to_try_a_script(house: House, caller: Caller, person: UUID) -> None:
    asked = await ask(caller, person)
    await caller.add_number((await caller.make_task()).id, OWN)
    async with house.open(dialer=False):
        done = await over(caller, asked)
    assert done.call.gate is not None
    assert (done.call.gate.verdict, done.call.gate.rule) == (Verdict.DENY, GateRule.CUSTOMERS_NUMBER)
    assert not house.engine.dialled


async def test_only_a_phone_that_is_theirs_is_rung_at_any_hour(caller: Caller, person: UUID) -> None:
    async with caller.database.system() as session:
        tenant = await session.get_one(TenantRow, caller.tenant_id)
        tenant.calling_hours = hours_to_json(CallingHours(time(9), time(18)))
        night = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
        rules = {}
        for says in Says:
            test = TestDialling(caller.tenant_id, caller.line_id, OWN, region_to_text(region_of(OWN)), says=says)
            rules[says] = (await foresee(session, test, night)).rule
    assert rules == {
        Says.SENTENCE: GateRule.ALL_CLEAR,
        Says.SCRIPT: GateRule.ALL_CLEAR,
        Says.CODE_FIRST: GateRule.CALLING_HOURS,
    }
