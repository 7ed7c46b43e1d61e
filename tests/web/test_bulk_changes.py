"""Many customers changed at once: those chosen or all that match, once, in batches, and taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import delete, func, select, update

from callwright.accounts.roles import Role
from callwright.contacts import bulk_job
from callwright.contacts.bulk_job import UNDONE_WITHIN, bulk_change_job, forget_undo
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import BulkChangedRow, BulkChangeRow, CustomerRow
from tests.factories.jobs import work_off
from tests.web.conftest import START, HandSetClock, Open, Town, client_of

BULK = "/api/v1/customers/bulk-changes"
BOOK = "/api/v1/customers"


@pytest.fixture
async def agent(town: Town, open_app: Open) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as client:
        yield client


@pytest.fixture(autouse=True)
async def people(town: Town, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five people in the book, changed two at a time."""
    monkeypatch.setattr(bulk_job, "AT_A_TIME", 2)
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(delete(BulkChangeRow))
        for number, name in enumerate(("Ann", "Bo", "Cy", "Di", "Ed")):
            tags = ["vip"] if name in ("Ann", "Cy") else []
            session.add(CustomerRow(phone=f"+1212555{number:04}", name=name, tags=tags, category="People"))


async def ask(client: httpx.AsyncClient, act: str, **body: Any) -> dict[str, Any]:
    change = {"act": act} | {name: body.pop(name) for name in ("tag", "category", "owner_id") if name in body}
    matching = {} if "ids" in body else {"matching": {"category": "People"}}
    answer = await client.post(BULK, json={"key": str(uuid4()), "change": change, **matching, **body})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def work(database: Database, town: Town, change: dict[str, Any]) -> None:
    await bulk_change_job(database, HandSetClock()).run(town.ours.tenant_id, UUID(change["id"]))


async def told(client: httpx.AsyncClient, change: dict[str, Any]) -> dict[str, Any]:
    return dict((await client.get(f"{BULK}/{change['id']}")).json())


async def book(client: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    answer = await client.get(BOOK, params={"limit": 200})
    return {one["name"]: one for one in answer.json()["items"] if one["name"] in ("Ann", "Bo", "Cy", "Di", "Ed")}


async def test_all_that_match_are_tagged_once_and_untagged_again(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    assert (await owner.get(f"{BOOK}/count", params={"category": "People"})).json() == {"count": 5}
    change = await ask(owner, "add_tag", tag="vip")
    assert (change["total"], change["state"]) == (5, "waiting")
    await work_off(town.url, [bulk_change_job(database, HandSetClock())])
    done = await told(owner, change)
    assert (done["state"], done["changed"], done["looked_at"], done["undoable"]) == ("done", 3, 5, True)
    assert all(one["tags"] == ["vip"] for one in (await book(owner)).values())
    bo = (await book(owner))["Bo"]
    card = (await owner.get(f"{BOOK}/{bo['id']}")).json()
    assert [(note["what"], note["changed_by"]) for note in card["changes"]] == [(["tags"], "owner")]

    await owner.patch(f"{BOOK}/{bo['id']}", json={"revision": card["revision"], "tags": []})
    assert (await owner.post(f"{BULK}/{change['id']}/undo")).json()["state"] == "undoing"
    await work(database, town, change)
    undone = await told(owner, change)
    assert (undone["state"], undone["restored"], undone["undoable"]) == ("undone", 2, False)
    assert {name for name, one in (await book(owner)).items() if one["tags"]} == {"Ann", "Cy"}
    assert (await owner.post(f"{BULK}/{change['id']}/undo")).json()["state"] == "undone"


async def test_a_category_is_set_for_those_chosen_and_each_gets_their_own_back(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    seen = await book(owner)
    chosen = [seen[name]["id"] for name in ("Ann", "Bo", "Cy")]
    await owner.patch(f"{BOOK}/{chosen[0]}", json={"revision": 0, "category": "Regular"})
    change = await ask(owner, "set_category", category="Winter", ids=chosen)
    await work(database, town, change)
    assert [one["category"] for one in (await book(owner)).values()].count("Winter") == 3
    cy = (await owner.get(f"{BOOK}/{chosen[2]}")).json()
    await owner.patch(f"{BOOK}/{chosen[2]}", json={"revision": cy["revision"], "category": "Spring"})
    await owner.post(f"{BULK}/{change['id']}/undo")
    await work(database, town, change)
    now = {name: one["category"] for name, one in (await book(owner)).items()}
    assert (now["Ann"], now["Bo"], now["Cy"]) == ("Regular", "People", "Spring"), "what changed since stays"


async def test_customers_are_given_away_released_and_come_back(
    owner: httpx.AsyncClient, agent: httpx.AsyncClient, town: Town, database: Database
) -> None:
    me = (await agent.get(f"{BOOK}/choices")).json()["me"]
    refused = await agent.post(
        BULK, json={"key": str(uuid4()), "change": {"act": "assign", "owner_id": me}, "matching": {}}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    key = str(uuid4())
    given = await ask(owner, "assign", owner_id=me, key=key)
    boss = (await owner.get(f"{BOOK}/choices")).json()["me"]
    other = {"key": key, "change": {"act": "assign", "owner_id": boss}, "matching": {"category": "People"}}
    assert (await owner.post(BULK, json=other)).json()["code"] == "bulk-change-key"
    await work(database, town, given)
    assert (await told(owner, given))["owner"] == "agent"
    ann = (await book(owner))["Ann"]
    await owner.patch(f"{BOOK}/{ann['id']}", json={"revision": 99, "owner_id": boss})
    released = await ask(agent, "release", matching={})
    await work(database, town, released)
    assert (await told(agent, released))["changed"] == 4
    assert {name for name, one in (await book(owner)).items() if one["owner"]} == {"Ann"}, (
        "an agent's are their own"
    )
    assert (await agent.post(f"{BULK}/{given['id']}/undo")).status_code == 404, "it is somebody else's change"
    await agent.post(f"{BULK}/{released['id']}/undo")
    await work(database, town, released)
    assert {one["owner"]["name"] for one in (await book(owner)).values()} == {"agent", "owner"}


async def test_nobody_is_given_customers_who_can_not_have_them(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.system() as session:
        theirs = await session.scalar(select(UserRow.id).where(UserRow.tenant_id == town.theirs.tenant_id))
    body = {"key": str(uuid4()), "change": {"act": "assign", "owner_id": str(theirs)}, "matching": {}}
    assert (await owner.post(BULK, json=body)).status_code == 404
    me = (await owner.get(f"{BOOK}/choices")).json()["me"]
    change = await ask(owner, "assign", owner_id=me)
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(BulkChangeRow).values(owner_id=None))  # as when the person is deleted
    await work(database, town, change)
    gone = await told(owner, change)
    assert (gone["failure"], gone["changed"], gone["undoable"]) == ("owner-gone", 0, False)


async def test_what_is_asked_twice_or_cut_short_is_done_once(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    key = str(uuid4())
    change = await ask(owner, "add_tag", tag="spring", key=key)
    assert (await ask(owner, "add_tag", tag="spring", key=key))["id"] == change["id"]
    other = {"key": key, "change": {"act": "add_tag", "tag": "summer"}, "matching": {}}
    refused = await owner.post(BULK, json=other)
    assert (refused.status_code, refused.json()["code"]) == (409, "bulk-change-key")

    class Ended(HandSetClock):
        def now(self) -> Any:
            if self.moment > START:
                raise OSError("the worker is killed")
            self.moment += timedelta(seconds=1)
            return START

    with pytest.raises(OSError, match="killed"):
        await bulk_change_job(database, Ended()).run(town.ours.tenant_id, UUID(change["id"]))
    assert (await told(owner, change))["changed"] == 2
    async with database.tenant(town.ours.tenant_id) as session:
        session.add(CustomerRow(phone="+12125559999", name="Late", category="People"))
    await work(database, town, change)
    await work(database, town, change)
    done = await told(owner, change)
    assert (done["state"], done["changed"], done["looked_at"]) == ("done", 5, 5), "who came later was not meant"
    revisions = [one["tags"] for one in (await book(owner)).values()]
    assert all(tags.count("spring") == 1 for tags in revisions)


async def test_a_company_waits_for_its_changes(owner: httpx.AsyncClient) -> None:
    for _ in range(3):
        await ask(owner, "release")
    body = {"key": str(uuid4()), "change": {"act": "release"}, "matching": {}}
    refused = await owner.post(BULK, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-bulk-changes")
    for both in ({}, {"ids": [str(uuid4())], "matching": {}}):
        wrong = await owner.post(BULK, json={"key": str(uuid4()), "change": {"act": "release"}} | both)
        assert wrong.status_code == 422


async def test_what_was_before_is_forgotten_after_a_while(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    change = await ask(owner, "set_category", category="Winter")
    await work(database, town, change)
    assert await forget_undo(database, START + UNDONE_WITHIN - timedelta(seconds=1)) == 0
    assert await forget_undo(database, START + UNDONE_WITHIN + timedelta(seconds=1)) >= 1
    refused = await owner.post(f"{BULK}/{change['id']}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "bulk-change-not-undone")
    async with database.tenant(town.ours.tenant_id) as session:
        assert await session.scalar(select(func.count()).select_from(BulkChangedRow)) == 0


async def test_who_sees_no_numbers_finds_nobody_by_one(
    agent: httpx.AsyncClient, town: Town, database: Database
) -> None:
    assert (await agent.get(f"{BOOK}/count", params={"text": "2125550"})).json() == {"count": 0}
    change = await ask(agent, "add_tag", tag="found", matching={"text": "2125550"})
    await work(database, town, change)
    assert (change["total"], (await told(agent, change))["changed"]) == (0, 0)


async def test_whom_it_meant_is_forgotten_once_it_is_done(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    key = str(uuid4())
    whom = {"matching": {"category": "People", "text": "Ann"}}
    body = {"key": key, "change": {"act": "add_tag", "tag": "spring"}, **whom}
    change = (await owner.post(BULK, json=body)).json()
    await work(database, town, change)
    async with database.tenant(town.ours.tenant_id) as session:
        row = await session.get_one(BulkChangeRow, UUID(change["id"]))
        assert row.whom is None
        assert "Ann" not in str(row.digest)
    assert (await owner.post(BULK, json=body)).json()["id"] == change["id"]
    other = await owner.post(BULK, json=body | {"matching": {"category": "People", "text": "Bo"}})
    assert (other.status_code, other.json()["code"]) == (409, "bulk-change-key")
    assert (await owner.post(f"{BULK}/{change['id']}/undo")).status_code == 202
    await work(database, town, change)
    assert (await told(owner, change))["restored"] == 1
