"""The customer book: whose a customer is, what is known of them, and two people who change the same one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text, update

from callwright.accounts.roles import Role
from callwright.contacts import reaching, searching, tagging
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import LastCallRow
from callwright.db.tables.contacts import CustomerRow
from tests.factories.calling import NOW
from tests.web.conftest import Open, Town, client_of
from tests.web.importing import imported

BOOK = "/api/v1/customers"


@pytest.fixture
async def agent(town: Town, open_app: Open) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as client:
        yield client


@pytest.fixture
def one(town: Town) -> str:
    return f"{BOOK}/{town.ours.ids['customer_id']}"


async def change(client: httpx.AsyncClient, where: str, **what: Any) -> dict[str, Any]:
    answer = await client.patch(where, json=what)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def fill(database: Database, town: Town, *names: str) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        for number, name in enumerate(names):
            session.add(CustomerRow(phone=f"+1212555{number:04}", name=name))
            await session.flush()


async def names(client: httpx.AsyncClient, **query: str | int) -> list[str]:
    answer = await client.get(BOOK, params=query)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_two_people_change_the_same_customer_and_nothing_is_lost(
    owner: httpx.AsyncClient, agent: httpx.AsyncClient, one: str
) -> None:
    seen = (await owner.get(one)).json()["revision"]
    await change(agent, one, revision=seen, notes="Wants a call in spring", tags=["vip"])
    both = await change(owner, one, revision=seen, category="Regular", fields={"plan": "Gold"})
    assert (both["notes"], both["category"], both["fields"]["plan"]) == (
        "Wants a call in spring",
        "Regular",
        "Gold",
    ), "other parts of the same customer do not stand in each other's way"
    refused = await owner.patch(one, json={"revision": seen, "notes": "Call in May"})
    assert (refused.status_code, refused.json()["code"]) == (409, "customer-changed")
    assert (refused.json()["who"], refused.json()["parts"]) == ("agent", ["notes"])
    assert (await owner.get(one)).json()["notes"] == "Wants a call in spring"
    again = await change(owner, one, revision=both["revision"], notes="Call in May")
    assert [(note["what"], note["changed_by"]) for note in again["changes"]] == [
        (["notes"], "owner"),
        (["category", "fields.plan"], "owner"),
        (["notes", "tags"], "agent"),
    ]
    same = await change(owner, one, revision=seen, notes="Call in May")
    assert same["revision"] == again["revision"], "what is so already is no change"


async def test_a_file_that_renamed_a_customer_meanwhile_is_not_overwritten(
    owner: httpx.AsyncClient, town: Town, one: str
) -> None:
    seen = (await owner.get(one)).json()
    await imported(owner, town, f"phone,customer_name,last_visit\n{seen['phone']},Somebody Else,May\n".encode())
    refused = await owner.patch(one, json={"revision": seen["revision"], "name": "Ann"})
    assert (refused.status_code, refused.json()["who"]) == (409, "A file")
    kept = await change(owner, one, revision=seen["revision"], notes="A file says nothing of these")
    assert kept["name"] == "Somebody Else"


async def test_an_agent_takes_from_the_pool_gives_back_and_reaches_no_colleagues(
    owner: httpx.AsyncClient, agent: httpx.AsyncClient, one: str
) -> None:
    choices = (await agent.get(f"{BOOK}/choices")).json()
    me = choices["me"]
    assert choices["owners"] == [{"id": me, "name": "agent"}]
    taken = await change(agent, one, revision=0, owner_id=me)
    assert taken["owner"]["name"] == "agent"
    assert len(await names(agent, owner="me")) == 1
    boss = (await owner.get(f"{BOOK}/choices")).json()["me"]
    late = await owner.patch(one, json={"revision": 0, "owner_id": boss})
    assert (late.status_code, late.json()["who"], late.json()["parts"]) == (409, "agent", ["owner_id"])
    given = await change(agent, one, revision=1, owner_id=None)
    assert given["owner"] is None
    assert (await agent.patch(one, json={"revision": 1, "owner_id": boss})).status_code == 403
    card = (await owner.get(one)).json()
    await change(owner, one, revision=card["revision"], owner_id=boss)
    assert (await agent.get(one)).status_code == 404
    for revision in (99, 0):  # also where it was changed since: that would tell of it
        refused = await agent.patch(one, json={"revision": revision, "notes": "mine", "owner_id": None})
        assert (refused.status_code, refused.json()["code"]) == (404, "not-found")
    assert one.rsplit("/", 1)[1] not in (await agent.get(BOOK)).text
    assert (await agent.get(f"{BOOK}?owner={boss}")).json()["items"] == []


async def seen(client: httpx.AsyncClient, town: Town) -> tuple[list[int], list[int]]:
    """How many calls, customers of the task and calls under way somebody is shown, and what the call answers."""
    task, call = f"/api/v1/tasks/{town.ours.ids['task_id']}", f"/api/v1/calls/{town.ours.ids['call_id']}"
    lists = [
        (await client.get(of)).json()["items"] for of in ("/api/v1/calls", f"{task}/calls", f"{task}/customers")
    ]
    live = (await client.get(f"{task}/progress")).json()["live"]
    attempts = f"{task}/customers/{town.ours.ids['task_customer_id']}/attempts"
    codes = [(await client.get(of)).status_code for of in (call, f"{call}/recording", attempts)]
    return [len(found) for found in (*lists, live)], codes


@pytest.mark.parametrize("looked_up", [True, False])
async def test_calls_are_seen_by_whoever_sees_the_customer(
    open_app: Open, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch, looked_up: bool
) -> None:
    monkeypatch.setattr(reaching, "MOST", 10 if looked_up else 0)
    everything, nothing = ([1, 1, 2, 1], [200] * 3), ([0, 0, 1, 0], [404] * 3)
    async with database.system() as session:
        people = {
            user.role: user.id
            for user in await session.scalars(select(UserRow))
            if user.tenant_id == town.ours.tenant_id
        }
        await session.execute(text("UPDATE attempts SET state = 'connected'"))
    app = open_app(town)
    for whose, told in ((None, everything), (Role.SUPERVISOR, nothing), (Role.AGENT, everything)):
        async with database.system() as session:
            given = update(CustomerRow).where(CustomerRow.id == town.ours.ids["customer_id"])
            await session.execute(given.values(owner_id=whose and people[whose]))
        async with client_of(app, town.ours.tokens[Role.AGENT]) as agent:
            assert await seen(agent, town) == told, whose
        for role in (Role.SUPERVISOR, Role.INSPECTOR):
            async with client_of(app, town.ours.tokens[role]) as other:
                assert await seen(other, town) == everything


async def test_customers_are_given_to_nobody_of_another_company_and_to_no_inspector(
    owner: httpx.AsyncClient, town: Town, one: str, database: Database
) -> None:
    async with database.system() as session:
        theirs = await session.scalar(select(UserRow.id).where(UserRow.tenant_id == town.theirs.tenant_id))
        ours = UserRow.tenant_id == town.ours.tenant_id
        inspector = await session.scalar(select(UserRow.id).where(ours, UserRow.role == "inspector"))
    for person in (theirs, inspector):
        answer = await owner.patch(one, json={"revision": 0, "owner_id": str(person)})
        assert answer.status_code == 404
    assert (await owner.get(one)).json()["owner"] is None


async def test_the_book_is_filtered_ordered_and_paged(
    owner: httpx.AsyncClient, town: Town, database: Database, one: str
) -> None:
    await fill(database, town, "Zoe Park", "王芳", "Ann Lee", "Bo Miller")
    called = (await owner.get(BOOK, params={"text": "Ann Lee"})).json()["items"][0]["id"]
    async with database.tenant(town.ours.tenant_id) as session:
        session.add(LastCallRow(customer_id=called, called_at=NOW, phone_state="refused", grade="C", calls=3))
        due = update(CustomerRow).where(CustomerRow.name == "Zoe Park")
        await session.execute(due.values(follow_up_at=NOW, tags=["vip", "spring"], category="Regular"))
    newest = (await owner.get(BOOK)).json()["items"]
    assert {one["name"] for one in newest} >= {"Bo Miller", "Ann Lee", "王芳", "Zoe Park"}
    # Those kept in one millisecond come in any order, and in the same one each time.
    assert [one["id"] for one in newest] == sorted((one["id"] for one in newest), reverse=True)
    assert await names(owner, text="芳") == ["王芳"]
    assert await names(owner, order="called", phone_state="refused") == ["Ann Lee"]
    assert await names(owner, grade="C", owner="nobody") == ["Ann Lee"]
    assert await names(owner, order="follow_up") == ["Zoe Park"]
    assert await names(owner, tag="vip", category="Regular") == ["Zoe Park"]
    assert await names(owner, due_before="2199-01-01T00:00:00Z") == ["Zoe Park"]
    assert await names(owner, tag="nobody's") == []
    assert (await owner.get(f"{BOOK}/choices")).json()["categories"] == ["Regular"]
    for order in ("newest", "name", "called", "follow_up"):
        whole = await names(owner, order=order)
        assert await walked(owner, order) == whole, order


async def test_follow_ups_are_found_by_when_they_are_due(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await fill(database, town, "Zoe Park", "Ann Lee", "Bo Miller")
    async with database.tenant(town.ours.tenant_id) as session:
        for name, days in (("Zoe Park", -1), ("Ann Lee", 0)):
            due = update(CustomerRow).where(CustomerRow.name == name)
            await session.execute(due.values(follow_up_at=NOW + timedelta(days=days)))
    now, tomorrow = NOW.isoformat(), (NOW + timedelta(days=1)).isoformat()
    assert await names(owner, due_since=now) == ["Ann Lee"]
    assert await names(owner, due_since=now, due_before=tomorrow) == ["Ann Lee"]
    assert await names(owner, due_before=now) == ["Zoe Park"]
    assert await names(owner, due_since=tomorrow) == []
    assert await names(owner, due="true") == ["Ann Lee", "Zoe Park"]
    without = await names(owner, due="false")
    assert "Bo Miller" in without
    assert not {"Ann Lee", "Zoe Park"} & set(without)
    assert (await owner.get(f"{BOOK}/count", params={"due": "true", "due_before": now})).json()["count"] == 1


async def test_what_many_have_is_met_by_walking_along_the_list(
    owner: httpx.AsyncClient, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database, town, "Ann Lee", "Bo Lee", "Zoe Park")
    for module in (tagging, searching):
        monkeypatch.setattr(module, "MOST", 0)
    assert await names(owner, text="lee") == ["Bo Lee", "Ann Lee"]
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(CustomerRow).where(CustomerRow.name != "Bo Lee").values(tags=["vip"]))
        of_zoe = update(CustomerRow).where(CustomerRow.name == "Zoe Park")
        await session.execute(of_zoe.values(fields={"plan": "Gold", "town": "Rome"}))
    assert await names(owner, tag="vip", text="lee") == ["Ann Lee"]
    assert await names(owner, field="plan:Gold") == ["Zoe Park"]


async def test_a_field_is_looked_up_among_ones_own_and_only_as_it_is(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    for company in (town.ours, town.theirs):
        await fill(
            database, town if company is town.ours else replace(town, ours=town.theirs), "Zoe Park", "Ann Lee"
        )
        async with database.tenant(company.tenant_id) as session:
            of_zoe = update(CustomerRow).where(CustomerRow.name == "Zoe Park")
            await session.execute(of_zoe.values(fields={"plan": "Gold: yearly", "town": "Rome"}))
    assert await names(owner, field="plan:Gold: yearly") == ["Zoe Park"]
    for other in ("plan:Gold", "town:Gold: yearly", "plan:gold: yearly"):
        assert await names(owner, field=other) == []


async def walked(client: httpx.AsyncClient, order: str) -> list[str]:
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = (await client.get(BOOK, params={"order": order, "limit": 1, **after})).json()
        found += [one["name"] for one in page["items"]]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


async def test_an_agent_reads_no_number_and_finds_none_out(
    owner: httpx.AsyncClient, agent: httpx.AsyncClient, one: str
) -> None:
    number = (await owner.get(one)).json()["phone"]
    masked = (await agent.get(one)).json()
    assert masked["phone_masked"]
    assert number not in (await agent.get(one)).text
    assert await names(owner, text=number[-6:]) != []
    assert await names(agent, text=number[-6:]) == []


@pytest.mark.parametrize(
    "body",
    [
        {"category": "no revision"},
        {"revision": -1},
        {"revision": 0, "phone": "+12125550199"},
        {"revision": 0, "tags": ["x" * 41]},
        {"revision": 0, "tags": [""]},
        {"revision": 0, "tags": None},
        {"revision": 0, "name": "a\u202eb"},
        {"revision": 0, "name": None},
        {"revision": 0, "notes": "a\0b"},
        {"revision": 0, "follow_up_at": "2026-11-28T09:00:00"},
        {"revision": 0, "follow_up_at": "9999-11-28T09:00:00Z"},
        {"revision": 0, "fields": {"": "x"}},
        {"revision": 0, "fields": {"plan": "x" * 501}},
        {"revision": 0, "owner_id": "me"},
    ],
)
async def test_what_cannot_be_kept_is_refused_and_nothing_changes(
    owner: httpx.AsyncClient, one: str, body: dict[str, object]
) -> None:
    before = (await owner.get(one)).json()
    assert (await owner.patch(one, json=body)).status_code == 422
    assert (await owner.get(one)).json() == before


@pytest.mark.parametrize(
    "query",
    ["tag=%00", "grade=%00", "category=a%00", "owner=somebody", "order=called&after=eA", "after=%21", "text=%00"],
)
async def test_a_list_that_cannot_be_asked_for(owner: httpx.AsyncClient, query: str) -> None:
    answer = await owner.get(f"{BOOK}?{query}")
    assert answer.status_code == 422, answer.text
