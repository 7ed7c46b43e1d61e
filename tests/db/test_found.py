"""Customers looked up by their ids, met on a walk, or looked up all at once: the same ones, in the same order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import service
from callwright.calls.customers import count_customers, list_customers
from callwright.calls.customers import matching as entries_matching
from callwright.calls.schemas import CallFilter, CallOrder, CustomerFilter
from callwright.contacts import found, searching, tagging
from callwright.contacts.book import count_book, list_book, matching
from callwright.contacts.schemas import BookFilter, BookOrder
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskCustomerRow
from tests.factories.calling import make_caller
from tests.factories.calls import claim, close_call, dial, failed_call, make_node, plan_now

PEOPLE, IN_TASK, CALLED = 16, 10, 6
NAMES = ("Ann Lee", "Bo Lee", "Cy Park", "Di Park", "Eve Young")
TEXTS = (None, "lee", "young", "nobody")
TAGS = (None, "vip", "nobody's")
FORMS = {
    "looked up": (100, 0, (0, 0)),
    "met": (0, 0, (100, 0)),
    "met, or looked up": (0, 100, (4, 0)),
    "met further on": (0, 0, (0, 100)),
    "all": (0, 3, (2, 4)),
}
"""How many are looked up before a walk and after it, and how far is walked."""


@dataclass(frozen=True)
class Person:
    """Somebody as the test knows them: ``texts`` are all by which they are found, ``tags`` those of their card."""

    id: UUID
    name: str
    texts: list[str]
    tags: list[str]
    plan: str
    card: bool

    def fits(self, text: str | None, tag: str | None, plan: str | None = None) -> bool:
        return (
            (text is None or any(text in one for one in self.texts))
            and (tag is None or tag in self.tags)
            and plan in (None, self.plan)
        )


async def test_whatever_is_asked_for_each_way_of_finding_it_finds_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(IN_TASK, concurrency=IN_TASK)
    await _call(database)
    neighbour = await make_caller(database, name="Next door")
    async with database.tenant(neighbour.tenant_id) as session:
        await _disguise(session, Random(2))
    async with database.tenant(caller.tenant_id) as session:
        people = await _disguise(session, Random(1))
        in_task = list(
            await session.scalars(select(TaskCustomerRow.customer_id).order_by(TaskCustomerRow.position))
        )
        called = [one.customer.id for one in await service.list_calls(session, CallFilter())]
        assert (len(people), len(in_task), len(called)) == (PEOPLE, IN_TASK, CALLED)
        for (form, numbers), (text, tag) in product(FORMS.items(), product(TEXTS, TAGS)):
            _take(monkeypatch, *numbers)
            asked = (form, text, tag)
            fit = [people[one] for one in in_task if people[one].fits(text, tag)]
            assert await _of_task(session, task.id, CustomerFilter(text=text, tag=tag)) == _twice(fit), asked
            for task_id in (None, task.id):
                fit = [people[one] for one in called if people[one].fits(text, tag)]
                assert await _calls(session, CallFilter(text=text, tag=tag, task_id=task_id)) == _twice(fit), asked
            for plan in (None, "Gold"):
                fit = [one for one in people.values() if one.card and one.fits(text, tag, plan)]
                wanted = BookFilter(text=text, tag=tag, field=None if plan is None else ("plan", plan))
                assert await _of_book(session, wanted) == _twice(sorted(fit, key=lambda one: one.name)), asked


async def test_whoever_comes_between_two_steps_of_a_walk_makes_no_page_short(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await make_caller(database)
    _take(monkeypatch, 0, 0, (2, 100))
    gather = found._gathered
    async with database.tenant(caller.tenant_id) as session:
        coming = [CustomerRow(phone="+447700900999", name="Aa Lee", consent=None)]

        async def gathered(session: AsyncSession, *asked: Any) -> Sequence[UUID] | None:
            session.add_all(coming)
            await session.flush()
            return await gather(session, *asked)

        monkeypatch.setattr(found, "_gathered", gathered)
        names = ("Ann Lee", "Bo Lee", "Cy Lee")
        session.add_all(
            CustomerRow(phone=f"+4477009001{n:02}", name=name, consent=None) for n, name in enumerate(names)
        )
        await session.flush()
        page = await list_book(session, BookFilter(text="lee"), BookOrder.NAME, after=None, limit=3)
        assert [one.name for one in page] == ["Aa Lee", "Ann Lee", "Bo Lee"]


async def test_few_are_looked_up_one_after_another_whatever_index_has_their_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await make_caller(database)
    _take(monkeypatch, 0, 10, (0, 0))
    async with database.tenant(caller.tenant_id) as session:
        session.add(CustomerRow(phone="+447700900999", tags=["vip"], consent=None))
        await session.flush()
        few = await tagging.find_tagged(session, "vip", found.Within.BOOK)
        assert few is not None
        rows = select(CustomerRow.id).where(CustomerRow.merged_into.is_(None))
        walk = found._Walk(rows, [CustomerRow.name, CustomerRow.id], CustomerRow.id, 3)
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        await session.execute(text("SET LOCAL enable_sort = off"))  # whose place the order's index could take
        asked = walk.of_few(few, [few]).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = "\n".join(await session.scalars(text(f"EXPLAIN {asked}".replace(":", "\\:"))))
    assert "ix_customers_by_name" not in plan, plan
    assert re.search(r"Index Cond: \(.*\(?id = looked_up", plan), plan


def _take(monkeypatch: pytest.MonkeyPatch, most: int, far: int, walks: tuple[int, int]) -> None:
    for module in (searching, tagging):
        monkeypatch.setattr(module, "MOST", most)
    monkeypatch.setattr(found, "FAR", far)
    monkeypatch.setattr(found, "WALKS", walks)


def _twice(people: list[Person]) -> tuple[list[str], int, int]:
    """Return whose page of three it is, and how many there are: of the count, and of the condition for parts."""
    return [one.name for one in people][:3], len(people), len(people)


async def _of_task(session: AsyncSession, task_id: UUID, wanted: CustomerFilter) -> tuple[list[str], int, int]:
    page = await list_customers(session, task_id, wanted, limit=3)
    parts = select(func.count()).select_from(TaskCustomerRow)
    counted = await session.scalar(parts.where(*await entries_matching(session, task_id, wanted)))
    return [one.name for one in page], await count_customers(session, task_id, wanted), counted or 0


async def _calls(session: AsyncSession, wanted: CallFilter) -> tuple[list[str], int, int]:
    page = await service.list_calls(session, wanted, limit=3)
    count = await service.count_calls(session, wanted)
    rest = await service.list_calls(session, wanted, CallOrder.OLDEST, limit=CALLED)
    return [one.customer.name for one in page], count, len(rest)


async def _of_book(session: AsyncSession, wanted: BookFilter) -> tuple[list[str], int, int]:
    page = await list_book(session, wanted, BookOrder.NAME, after=None, limit=3)
    parts = list(await session.scalars(await matching(session, select(CustomerRow.id), wanted)))
    return [one.name for one in page], await count_book(session, wanted), len(parts)


async def _call(database: Database) -> None:
    node = await make_node(database)
    await plan_now(database)
    for attempt in (await claim(database, node))[:CALLED]:
        await dial(database, attempt, node)
        await close_call(database, failed_call(attempt.id, "busy", 486))


async def _disguise(session: AsyncSession, chance: Random) -> dict[UUID, Person]:
    """Have some in no task, give everybody a name, tags and a plan, and merge every fifth into the next one."""
    session.add_all(CustomerRow(phone=f"+4477009001{n:02}", consent=None) for n in range(PEOPLE - IN_TASK))
    await session.flush()
    rows = list(await session.scalars(select(CustomerRow).order_by(CustomerRow.id)))
    chance.shuffle(rows)
    for number, row in enumerate(rows):
        row.name = f"{chance.choice(NAMES)} {number:02}"
        row.tags = [tag for tag in ("vip", "dentist") if chance.random() < 0.4]
        row.fields = {"plan": chance.choice(["Gold", "Iron"])}
    for merged, card in zip(rows[2::5], rows[3::5], strict=False):
        merged.merged_into = card.id
        merged.name, card.name = merged.name.replace("Lee", "Young"), card.name.replace("Young", "Lee")
        merged.tags, card.tags = ["vip"], chance.choice([["vip"], []])
    await session.flush()
    return dict(_people(rows))


def _people(rows: list[CustomerRow]) -> Iterator[tuple[UUID, Person]]:
    known = {row.id: row for row in rows}
    for row in rows:
        card = known[row.merged_into or row.id]
        under = [row, *(one for one in rows if one.merged_into == row.id)]
        texts = [text for one in under for text in (one.name.lower(), one.phone)]
        yield row.id, Person(row.id, row.name, texts, card.tags, row.fields["plan"], row.merged_into is None)
