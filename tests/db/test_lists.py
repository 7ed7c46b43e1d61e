"""Lists: found by part of a name or number, filtered, ordered, paged; nobody else's rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from callwright.calls import service
from callwright.calls.customers import count_customers, list_customers
from callwright.calls.schemas import CallFilter, CallOrder, CustomerFilter, FinishedCall
from callwright.contacts import searching, tagging
from callwright.contacts.drafts import CustomerDraft
from callwright.contacts.found import MOST, Within
from callwright.contacts.repository import get_ids, keep_incoming
from callwright.contacts.searching import seek
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow, LastCallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.dialer.reaper import reap
from callwright.tasks.calling_again import call_again_those
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import (
    answered_call,
    claim,
    close_call,
    dial,
    dialled,
    failed_call,
    make_node,
    plan_now,
    silence,
)

PEOPLE = {
    "+447700900001": "Ann Miller",
    "+447700900002": "王小芳",
    "+447700900003": "王芳",
    "+447700900004": "Ａｎｎ Ｋｉｍ",
    "+447700900015": "100% Sure_thing",
    "+447700900016": "Alma O'Neill",
}


async def _keep(database: Database, tenant_id: UUID) -> dict[UUID, str]:
    async with database.tenant(tenant_id) as session:
        await keep_incoming(session, [CustomerDraft(phone, name, {}) for phone, name in PEOPLE.items()])
        return {key: PEOPLE[phone] for phone, key in (await get_ids(session, PEOPLE)).items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ann", {"Ann Miller", "Ａｎｎ Ｋｉｍ"}),
        ("MILL", {"Ann Miller"}),
        ("王", {"王小芳", "王芳"}),
        ("芳", {"王小芳", "王芳"}),
        ("小芳", {"王小芳"}),
        ("al", {"Alma O'Neill"}),
        ("o'n", {"Alma O'Neill"}),
        ("0% s", {"100% Sure_thing"}),
        ("e_t", {"100% Sure_thing"}),
        ("%_%", set()),
        ("90001", {"100% Sure_thing", "Alma O'Neill"}),
        ("+44 7700 900 002", {"王小芳"}),
        ("ann miller+44", set()),
        ("nobody", set()),
    ],
)
async def test_customers_are_found_by_part_of_name_or_number(
    database: Database, text: str, names: set[str]
) -> None:
    caller, other = await make_caller(database), await make_caller(database, name="Other")
    known = await _keep(database, caller.tenant_id)
    await _keep(database, other.tenant_id)
    async with database.tenant(caller.tenant_id) as session:
        found = await seek(session, text, Within.BOOK)
    assert found is not None
    assert found.ids is not None
    assert {known[key] for key in found.ids} == names
    async with database.system() as session:  # no tenant, nobody
        found = await seek(session, text, Within.BOOK)
    assert found is not None
    assert found.ids == []


async def _called(caller: Caller, database: Database, at: datetime = NOW) -> list[FinishedCall]:
    """Call six people, one after another, a minute apart, from ``at`` on."""
    node = await make_node(database)
    await plan_now(database)
    ends = []
    for number, attempt in enumerate(await claim(database, node)):
        end = (
            failed_call(attempt.id, "busy", 486)
            if number % 3 == 2
            else replace(answered_call(attempt.id, grade="AB"[number % 2]), talk_ms=1_000 * (7 - number))
        )
        end = replace(end, dialled_at=at + timedelta(minutes=number))
        await dial(database, attempt, node)
        await close_call(database, end)
        ends.append(end)
    return ends


async def test_calls_come_in_the_order_asked_for_page_by_page(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(6, concurrency=6)
    await _called(caller, database)
    expected = {
        CallOrder.NEWEST: [5, 4, 3, 2, 1, 0],
        CallOrder.OLDEST: [0, 1, 2, 3, 4, 5],
        CallOrder.LONGEST: [0, 1, 3, 4, 5, 2],
    }
    async with database.tenant(caller.tenant_id) as session:
        for order, people in expected.items():
            after, found = None, []
            while page := await service.list_calls(session, CallFilter(), order, after=after, limit=2):
                found += [call.customer.name for call in page]
                after = page[-1].place
            assert found == [f"Person {number}" for number in people], order


@pytest.mark.parametrize("most", [MOST, 1])
async def test_calls_are_found_by_name_however_many_have_it(
    database: Database, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST", most)
    caller = await make_caller(database)
    task = await caller.running_task(6, concurrency=6)
    await _called(caller, database)
    async with database.tenant(caller.tenant_id) as session:
        for text, count in (("person", 6), ("son 4", 1), ("5550", 6), ("nobody", 0), ("  ", 6)):
            calls = await service.list_calls(session, CallFilter(text=text))
            customers = await list_customers(session, task.id, CustomerFilter(text=text))
            assert (len(calls), len(customers)) == (count, count), text


async def test_calls_of_a_time_of_a_length_and_of_a_customer(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(6, concurrency=6)
    now = datetime.now(UTC)  # a call's id tells when it was made, whatever clock a test has
    await _called(caller, database, now)
    async with database.tenant(caller.tenant_id) as session:

        async def who(wanted: CallFilter) -> list[str]:
            return [call.customer.name[-1] for call in await service.list_calls(session, wanted, CallOrder.OLDEST)]

        minute = timedelta(minutes=1)
        assert await who(CallFilter(since=now + minute, before=now + 4 * minute)) == list("123")
        assert await who(CallFilter(since=now + minute + timedelta(microseconds=1))) == list("2345")
        assert await who(CallFilter(before=now)) == []
        always = CallFilter(since=datetime(1970, 1, 1, tzinfo=UTC), before=datetime(2199, 12, 31, tzinfo=UTC))
        assert await who(always) == list("012345")
        assert await who(CallFilter(min_talk_ms=1, max_talk_ms=5_000)) == list("34")
        (first, *_) = await service.list_calls(session, CallFilter(), CallOrder.OLDEST)
        assert await who(CallFilter(customer_id=first.customer.id)) == ["0"]


@pytest.mark.parametrize("most", [MOST, 2, 0])
async def test_calls_and_a_tasks_customers_are_found_by_a_tag_also_of_the_card_they_were_merged_into(
    database: Database, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(tagging, "MOST", most)
    caller = await make_caller(database)
    task = await caller.running_task(4, concurrency=4)
    await _called(caller, database)
    async with database.tenant(caller.tenant_id) as session:
        people = {one.name: one for one in await session.scalars(select(CustomerRow))}
        people["Person 1"].tags = ["vip", "dentist"]
        people["Person 2"].tags = ["vipers"]
        people["Person 3"].merged_into = people["Person 1"].id
        people["Person 3"].tags = ["vipers"]  # whoever was merged has the card's alone
        session.add_all(
            CustomerRow(phone=f"+1212555000{n}", tags=["vip", "vipers"], consent=None) for n in range(3)
        )  # in no task: with them, more have the tags than is looked up of the whole book
        await session.flush()
        for tag, names in (("vip", {"Person 1", "Person 3"}), ("vipers", {"Person 2"}), ("Vip", set())):
            entries = await list_customers(session, task.id, CustomerFilter(tag=tag))
            assert {one.name for one in entries} == names
            assert await count_customers(session, task.id, CustomerFilter(tag=tag)) == len(names)
            for wanted in (CallFilter(tag=tag), CallFilter(tag=tag, task_id=task.id)):
                calls = await service.list_calls(session, wanted)
                assert {one.customer.name for one in calls} == names
                assert await service.count_calls(session, wanted) == len(names)


async def test_a_tasks_customers_are_filtered_by_their_latest_call(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(6, concurrency=6)
    await _called(caller, database)
    async with database.tenant(caller.tenant_id) as session:

        async def who(**wanted: Any) -> list[str]:
            found = await list_customers(session, task.id, CustomerFilter(**wanted))
            return [customer.name for customer in found]

        assert await who(phone_state="busy") == ["Person 2", "Person 5"]
        assert await who(grade="A") == ["Person 0", "Person 4"]
        assert await who(grade="A", text="son 4") == ["Person 4"]
        assert await who(min_talk_ms=1) == await who(phone_state="connected")
        assert await who(min_talk_ms=4_000, max_talk_ms=6_000) == ["Person 1", "Person 3"]
        assert await who(max_talk_ms=0) == ["Person 2", "Person 5"]
        busy = await list_customers(session, task.id, CustomerFilter(phone_state="busy"))
        await call_again_those(session, task.id, [busy[0].id])
    node = await make_node(database)
    await plan_now(database)
    (again,) = await claim(database, node)
    await dial(database, again, node)
    await close_call(database, replace(answered_call(again.id, grade="B"), dialled_at=NOW + timedelta(hours=1)))
    async with database.tenant(caller.tenant_id) as session:
        assert await who(phone_state="busy") == ["Person 5"]
        assert "Person 2" in await who(min_talk_ms=6_000)
        assert "Person 2" in await who(grade="B")
        last = await session.scalar(select(LastCallRow).where(LastCallRow.customer_id == again.customer_id))
    assert last is not None
    assert (last.calls, last.phone_state, last.grade) == (2, "connected", "B")
    assert last.called_at == NOW + timedelta(hours=1)


async def test_the_latest_call_is_the_one_dialled_last_whichever_is_known_first(database: Database) -> None:
    """A node taken for dead brings its result after the customer was called once more."""
    caller = await make_caller(database)
    task, node, first = await dialled(caller)
    await silence(database, node)
    async with database.system() as session:
        await reap(session, NOW, stale_s=10)
    async with database.tenant(caller.tenant_id) as session:
        (entry,) = await list_customers(session, task.id, CustomerFilter())
        assert (entry.last_phone_state, entry.last_call_id) == (None, None), "an interrupted call came to nothing"
        await call_again_those(session, task.id, [entry.id])
    node = await make_node(database)
    await plan_now(database)
    (second,) = await claim(database, node)
    await dial(database, second, node)
    later = replace(failed_call(second.id, "busy", 486), dialled_at=NOW + timedelta(hours=1))
    await close_call(database, later)
    await close_call(database, replace(answered_call(first.id), dialled_at=NOW))
    async with database.tenant(caller.tenant_id) as session:
        (entry,) = await list_customers(session, task.id, CustomerFilter())
        last = (await session.scalars(select(LastCallRow))).one()
        call = await session.scalar(select(CallRow.id).where(CallRow.attempt_id == second.id))
    assert (entry.last_phone_state, entry.last_grade, entry.last_call_id) == ("busy", None, call)
    assert (last.calls, last.phone_state, last.call_id) == (2, "busy", call)
