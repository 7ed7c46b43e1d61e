"""Each warning's cause produced in a real company, with moved time: told once, and again after it was mended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from callwright.accounts.roles import Role
from callwright.billing.ledger import correct
from callwright.calls.progress import get_progress
from callwright.channels.addresses import Reach
from callwright.db.events import EventData, WarningCleared, WarningRaised
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.webhooks import WebhookRow
from callwright.dialing.line_health import UNANSWERED_IN_A_ROW
from callwright.lines.health import note_results
from callwright.seats.service import open_pack
from callwright.tasks import service as tasks
from callwright.warnings import service, settings
from callwright.warnings.causes import NEWS
from callwright.warnings.errors import UnknownPersonError
from callwright.warnings.schemas import ToldWarning, WarningKind, WarningSettings
from callwright.warnings.watching import QUIET, watch
from callwright.webhooks import service as webhooks
from callwright.webhooks.schemas import WebhookDraft
from tests.factories.accounts import make_user
from tests.factories.calling import BOX, NOW, Caller, make_caller
from tests.factories.calls import Leader, answered_call, claim, close_call, make_node, open_call
from tests.factories.events import told_of
from tests.factories.money import HELD, pay, price_line
from tests.factories.sms import make_sms

SOON = timedelta(seconds=10)


class Company:
    """A company under watch, whose clock the test moves."""

    def __init__(self, caller: Caller) -> None:
        self.caller, self.now = caller, NOW
        self.owner_id = uuid4()

    async def employ(self, role: Role) -> UUID:
        """Let somebody work here."""
        return await make_user(self.caller.database, self.caller.tenant_id, role=role)

    async def watch(self, after: timedelta = SOON) -> None:
        """Let time pass, and be looked at twice, as by two workers."""
        self.now += after
        await watch(self.caller.database, self.now)
        await watch(self.caller.database, self.now)

    async def told(self, user_id: UUID | None = None) -> Sequence[ToldWarning]:
        """Return what somebody was told of, the owner if not said."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            return await service.list_warnings(session, user_id or self.owner_id)

    async def standing(self) -> list[tuple[str, str]]:
        """Return kind and stage of what the owner was told of and is not mended."""
        return sorted((one.kind.value, one.stage) for one in await self.told() if one.cleared_at is None)

    async def events(self) -> list[EventData]:
        """Return what was published of warnings."""
        return await told_of(self.caller.database, self.caller.tenant_id, WarningRaised, WarningCleared)


@pytest.fixture
async def company(database: Database) -> Company:
    made = Company(await make_caller(database, channels=60))
    made.owner_id = await made.employ(Role.OWNER)
    return made


async def test_low_balance_is_told_once_and_again_after_it_was_mended(company: Company) -> None:
    await company.watch()
    assert await company.told() == [], "nobody has paid anything yet"
    await pay(company.caller, 9_000_000)
    await company.watch()
    await company.watch()
    (told,) = await company.told()
    assert (told.kind, told.details) == (
        WarningKind.LOW_BALANCE,
        {"balance": 9_000_000, "threshold": 10_000_000, "currency": "USD"},
    )
    await pay(company.caller, 5_000_000)
    await company.watch()
    assert await company.standing() == [("low_balance", "")], "it may come back soon"
    await company.watch(QUIET)
    assert await company.standing() == []
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await settings.change_settings(session, WarningSettings(20_000_000, [], {}))
    await company.watch()
    assert [one.cleared_at is None for one in await company.told()] == [True, False]
    later, first = (
        WarningRaised(warning="low_balance", about_id=company.caller.tenant_id, warning_id=one.id)
        for one in await company.told()
    )
    cleared = WarningCleared(warning="low_balance", about_id=company.caller.tenant_id)
    assert await company.events() == [first, cleared, later]


async def test_who_never_paid_is_told_when_messages_fail_for_it(database: Database) -> None:
    sms = await make_sms(database, paid=0)
    company = Company(sms.caller)
    company.owner_id = await company.employ(Role.OWNER)
    await sms.call()
    await company.watch()
    assert await company.standing() == [], "nothing wanted money yet"
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("failed", "no_credit")]
    await company.watch()
    (told,) = await company.told()
    assert (told.kind, told.details["balance"]) == (WarningKind.LOW_BALANCE, 0)


async def test_a_cause_that_comes_back_at_once_was_never_gone(company: Company) -> None:
    await pay(company.caller, 9_000_000)
    await company.watch()
    for amount in (5_000_000, -5_000_000):
        await _correct(company, amount)
        await company.watch(QUIET - SOON)
    await company.watch(QUIET)
    assert len(await company.told()) == 1
    assert len(await company.events()) == 1


async def test_a_task_out_of_credit_and_back_after_a_top_up(company: Company) -> None:
    await price_line(company.caller)
    await pay(company.caller, HELD // 2)
    task = await company.caller.running_task(1)
    await make_node(company.caller.database)
    leader = Leader(company.caller.database)
    await leader.settle(company.now)
    await company.watch()
    assert await company.standing() == [("low_balance", ""), ("out_of_credit", "")]
    assert {one.about_id for one in await company.told() if one.kind is WarningKind.OUT_OF_CREDIT} == {task.id}
    await pay(company.caller, 50_000_000)
    await leader.settle(company.now)
    await company.watch()
    await company.watch(QUIET)
    assert await company.standing() == []


async def test_ninety_and_a_hundred_percent_of_a_task(company: Company) -> None:
    task = await company.caller.running_task(10, concurrency=10)
    node, leader = await make_node(company.caller.database), Leader(company.caller.database)
    await leader.settle(company.now)
    attempts = await claim(company.caller.database, node)
    told = []
    for attempt in attempts:
        await open_call(company.caller.database, attempt, node, now=company.now)
        await close_call(company.caller.database, answered_call(attempt.id))
        await company.watch(timedelta(seconds=1))
        told.append(await company.standing())
    assert told[7:] == [[], [("nearly_done", "")], [("done", ""), ("nearly_done", "")]]
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=company.now)
    assert (progress.done, progress.customers) == (10, 10)
    await leader.settle(company.now)
    await company.watch(timedelta(days=30))
    assert len(await company.told()) == 2, "an end that was told of is told once"


async def test_an_end_of_long_ago_is_no_news(company: Company) -> None:
    task = await company.caller.running_task(1)
    node, leader = await make_node(company.caller.database), Leader(company.caller.database)
    await leader.settle(company.now)
    (attempt,) = await claim(company.caller.database, node)
    await open_call(company.caller.database, attempt, node, now=company.now)
    await close_call(company.caller.database, answered_call(attempt.id))
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await tasks.finish_task(session, task.id, now=company.now)
    await company.watch(NEWS)
    assert await company.told() == []


async def test_fifty_calls_in_a_row_without_a_connection(company: Company) -> None:
    line_id = company.caller.line_id
    results = [(line_id, "no_answer", NOW + SOON * call) for call in range(UNANSWERED_IN_A_ROW)]
    await _note(company, results[:-1])
    await company.watch()
    assert await company.standing() == []
    await _note(company, results[-1:])
    await company.watch()
    (told,) = await company.told()
    assert (told.kind, told.about_id, told.details) == (
        WarningKind.LINE_FAULT,
        line_id,
        {"name": "Line", "fault": "no_connection"},
    )
    await _note(company, [(line_id, "connected", NOW + SOON * 60)])
    await company.watch()
    await company.watch(QUIET)
    assert await company.standing() == []


async def test_seats_that_expire_and_that_a_task_needs(company: Company) -> None:
    ends = NOW + timedelta(days=40)
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await open_pack(session, seats=10, opens_at=NOW, expires_at=ends)
    await company.caller.running_task(1, concurrency=55)
    stages: list[tuple[int, list[str]]] = []
    for day in range(80):
        await company.watch(timedelta(days=1))
        found = [one.stage for one in await company.told() if one.kind is WarningKind.SEAT_EXPIRY]
        if not stages or stages[-1][1] != found:
            stages.append((day + 1, found))
    assert stages == [
        (1, []),
        (10, ["30"]),
        (33, ["7", "30"]),
        (40, ["0", "7", "30"]),
        (47, ["-7", "0", "7", "30"]),
    ]


async def test_seats_that_nothing_needs_expire_unheard(company: Company) -> None:
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await open_pack(session, seats=10, opens_at=NOW, expires_at=NOW + timedelta(days=5))
    await company.caller.running_task(1, concurrency=50)
    await company.watch()
    assert await company.told() == []


async def test_a_webhook_that_was_given_up(company: Company) -> None:
    draft = WebhookDraft("CRM", "https://crm.example/calls", ("call.ended",))
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        row, _ = await webhooks.make_webhook(session, draft, reach=Reach(), box=BOX)
        row.active, row.given_up_at = False, NOW
    await company.watch()
    (told,) = await company.told()
    assert (told.kind, told.about_id, told.details) == (WarningKind.WEBHOOK_GIVEN_UP, row.id, {"name": "CRM"})
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await webhooks.change_webhook(session, row.id, draft, reach=Reach())
        assert (await session.get_one(WebhookRow, row.id)).given_up_at is None
    await company.watch()
    await company.watch(QUIET)
    assert await company.standing() == []


async def test_those_chosen_are_told_and_read_for_themselves_alone(company: Company) -> None:
    agent, inspector, supervisor = [
        await company.employ(role) for role in (Role.AGENT, Role.INSPECTOR, Role.SUPERVISOR)
    ]
    chosen = {WarningKind.LINE_FAULT: [agent]}
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await settings.change_settings(session, WarningSettings(10_000_000, [inspector], chosen))
    await _break_line(company)
    await pay(company.caller, 1)
    await company.watch()
    assert [one.kind.value for one in await company.told(agent)] == ["line_fault"]
    assert [one.kind.value for one in await company.told(inspector)] == ["low_balance"]
    assert [*await company.told(), *await company.told(supervisor)] == []
    async with company.caller.database.tenant(company.caller.tenant_id) as session:
        await service.note_read(session, agent, None, now=company.now)
        assert await service.count_unread(session, agent) == 0
        assert await service.count_unread(session, inspector) == 1
        await session.delete(await session.get_one(UserRow, agent))
        await session.flush()
        with pytest.raises(UnknownPersonError):
            await settings.change_settings(session, WarningSettings(0, [agent], {}))
        kept = await settings.get_settings(session)
    assert kept == WarningSettings(10_000_000, [inspector], {})


async def _note(company: Company, results: Sequence[tuple[UUID, str, datetime]]) -> None:
    async with company.caller.database.system() as session:
        await note_results(session, results)


async def _break_line(company: Company) -> None:
    line_id = company.caller.line_id
    await _note(company, [(line_id, "no_answer", NOW + SOON * call) for call in range(UNANSWERED_IN_A_ROW)])


async def _correct(company: Company, amount: int) -> None:
    async with company.caller.database.system() as session:
        await correct(session, company.caller.tenant_id, amount, user_id=None, note="")
