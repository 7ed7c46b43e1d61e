"""Calling hours through the leader: a task waits with its reason and until when, and goes on by itself."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from callwright.accounts.calling_hours import hours_to_json
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.dialing.calling_hours import CallingHours, Period, Weekday
from callwright.dialing.window import HoursNeverMeetError
from callwright.tasks import service
from callwright.tasks.drafts import StartMode
from callwright.tasks.reserving import get_held
from tests.factories.calling import NOW, Caller, make_caller, phone
from tests.factories.calls import Leader, claim, make_node

NEW_JERSEY, LOS_ANGELES = 0, 700
"""Whose telephones are in New Jersey (201) and California (213), as ``phone`` numbers them."""
MONDAY = NOW.replace(hour=0)


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    """Return a moment (UTC) of the test's Monday or a day after it."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


async def _tenant_hours(caller: Caller, hours: CallingHours, zone: str = "UTC") -> None:
    async with caller.database.system() as session:
        tenant = await session.get_one(TenantRow, caller.tenant_id)
        tenant.calling_hours, tenant.time_zone = hours_to_json(hours), zone


async def _waits(caller: Caller, task_id: UUID) -> tuple[str, datetime | None]:
    waiting = (await caller.view(task_id)).waiting
    return waiting.reason, waiting.until


async def test_a_task_waits_outside_its_hours_says_until_when_and_goes_on_by_itself(database: Database) -> None:
    """A week in New Jersey, five hours behind and from Sunday on four: 10 to 17 on weekdays, but a holiday."""
    caller = await make_caller(database)
    await _tenant_hours(caller, CallingHours(time(9), time(17)))
    weekdays = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}
    lunch = Period(time(12), time(13))
    holiday = at(0, day=2).date()
    hours = CallingHours(time(10), time(20), weekdays, (lunch,), frozenset({holiday}))
    task = await caller.running_task(40, concurrency=2, calling_hours=hours)
    await make_node(database)
    leader = Leader(database)
    seen = []
    for moment in (at(9), at(15), at(17, 30), at(18), at(23), at(16, day=2), at(16, day=5), at(16, day=6)):
        planned = await leader.settle(moment)
        reason, until = await _waits(caller, task.id)
        seen.append((planned > 0 or reason == "", reason, until))
        async with database.tenant(caller.tenant_id) as session:
            # Whoever is under way now would count as calling.
            await service.pause_task(session, task.id, now=moment)
            await service.resume_task(session, task.id)
    assert seen == [
        (False, "before_hours", at(15)),
        (True, "", None),
        (False, "no_dial_period", at(18)),
        (True, "", None),
        (False, "after_hours", at(15, day=1)),
        (False, "holiday", at(15, day=3)),
        (False, "day_off", at(14, day=7)),
        (False, "day_off", at(14, day=7)),
    ]


async def test_each_is_called_by_their_own_clock_and_the_clocks_may_change(database: Database) -> None:
    caller = await make_caller(database)
    await _tenant_hours(caller, CallingHours(time(9), time(17)))
    task = await caller.make_task(2, concurrency=9, first=NEW_JERSEY)
    await caller.add_customers(task.id, 3, first=LOS_ANGELES)
    await _start(caller, task.id)
    node, leader = await make_node(database), Leader(database)
    assert await leader.look(at(13, 59)) == 0
    assert await _waits(caller, task.id) == ("before_hours", at(14))
    assert await leader.settle(at(14)) == 2
    assert {one.phone for one in await claim(database, node)} == {phone(NEW_JERSEY), phone(NEW_JERSEY + 1)}
    assert await leader.look(at(16, 59)) == 0
    assert await leader.look(at(17)) == 3, "nine o'clock in California"

    summer = await caller.make_task(1, name="Summer", first=NEW_JERSEY + 5)
    await _start(caller, summer.id)
    after_change = datetime(2026, 3, 9, 12, 59, tzinfo=UTC)
    await leader.look(after_change)
    assert await _waits(caller, summer.id) == ("before_hours", after_change + timedelta(minutes=1))


async def test_who_is_due_where_it_is_night_is_waited_for_until_the_morning(database: Database) -> None:
    caller = await make_caller(database)
    await _tenant_hours(caller, CallingHours(time(9), time(17)))
    task = await caller.make_task(1, first=NEW_JERSEY)
    await caller.add_customers(task.id, 1, first=LOS_ANGELES)
    await _start(caller, task.id)
    async with database.system() as session:
        for entry in await session.scalars(select(TaskCustomerRow)):
            east = entry.zones == "America/New_York"
            entry.state, entry.due_at = ("waiting", at(22)) if east else ("called", None)
    leader = Leader(database)
    assert await leader.settle(at(22, 30)) == 0, "half past two in California, half past five in New Jersey"
    assert await _waits(caller, task.id) == ("after_hours", at(14, day=1))


async def test_seats_are_free_for_others_while_a_task_sleeps(database: Database) -> None:
    caller = await make_caller(database, seats=2)
    await _tenant_hours(caller, CallingHours(time(0), time(0)))
    morning = CallingHours(time(9), time(12))
    task = await caller.running_task(9, name="Morning", concurrency=2, calling_hours=morning)
    always = await caller.running_task(9, name="Always", concurrency=2, first=9)
    await make_node(database)
    leader = Leader(database)
    assert await leader.settle(at(15)) == 2
    assert (await _waits(caller, always.id))[0] == "seats"
    async with database.tenant(caller.tenant_id) as session:
        await service.pause_task(session, task.id, now=at(17))
        await service.resume_task(session, task.id)
    await leader.look(at(17))
    assert await _waits(caller, task.id) == ("after_hours", at(14, day=1))
    assert await leader.settle(at(17)) == 2
    async with database.system() as session:
        assert set(await get_held(session)) == {always.id}


async def test_an_automatic_task_starts_as_the_hours_open_and_only_with_customers(database: Database) -> None:
    caller = await make_caller(database)
    await _tenant_hours(caller, CallingHours(time(10), time(17)))
    task = await caller.make_task(1, start_mode=StartMode.AUTOMATIC)
    empty = await caller.make_task(name="Empty", start_mode=StartMode.AUTOMATIC)
    manual = await caller.make_task(1, name="Manual", first=1)
    assert (task.starts_at, task.state, manual.starts_at) == (at(10), "draft", None)
    assert await _start_automatic(database, at(9, 59)) == 0
    assert await _start_automatic(database, at(10)) == 1
    started = await caller.view(task.id)
    assert (started.state, started.started_at, started.starts_at) == ("running", at(10), None)
    assert (await caller.view(empty.id)).state == (await caller.view(manual.id)).state == "draft"
    await caller.add_customers(empty.id, 1, first=2)
    assert await _start_automatic(database, at(11)) == 1


async def test_an_automatic_task_of_a_company_that_calls_at_all_hours_starts_with_the_next_day(
    database: Database,
) -> None:
    caller = await make_caller(database)
    await _tenant_hours(caller, CallingHours(time(0), time(0)), "America/New_York")
    task = await caller.make_task(1, start_mode=StartMode.AUTOMATIC)
    assert task.starts_at == at(5, day=1)


async def _start_automatic(database: Database, now: datetime) -> int:
    async with database.system() as session:
        return await service.start_automatic_tasks(session, now)


async def test_hours_that_never_meet_the_company_s_are_refused(database: Database) -> None:
    caller = await make_caller(database)
    await _tenant_hours(caller, CallingHours(time(9), time(17)))
    with pytest.raises(HoursNeverMeetError):
        await caller.make_task(calling_hours=CallingHours(time(18), time(20)))


async def _start(caller: Caller, task_id: UUID) -> None:
    async with caller.database.tenant(caller.tenant_id) as session:
        await service.start_task(session, task_id, now=NOW)
        zones = await session.scalars(select(TaskCustomerRow.zones).where(TaskCustomerRow.task_id == task_id))
        assert set(zones) <= {"America/New_York", "America/Los_Angeles"}
