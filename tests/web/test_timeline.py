"""Everything that happened with one person on one time line, page by page, for whoever reaches them."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from callwright.accounts.roles import Role
from callwright.contacts.bulk_job import bulk_change_job
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerChangeRow, CustomerRow
from tests.factories.messages import rows_of_messages
from tests.web.conftest import START, HandSetClock, Open, Town, client_of

BOOK = "/api/v1/customers"
NOBODY = "01a22231-218b-7fe2-8aed-4120140acd68"


@pytest.fixture
async def called(town: Town, database: Database) -> str:
    """A customer who was called, under two numbers, of which one is not to be called any more."""
    async with database.tenant(town.ours.tenant_id) as session:
        second = CustomerRow(phone="+12125550002", merged_into=town.ours.ids["customer_id"])
        session.add(second)
        await session.flush()
        await put_on_list(session, town.ours.tenant_id, second.phone, call_id=town.ours.ids["call_id"])
    return str(town.ours.ids["customer_id"])


async def line(client: httpx.AsyncClient, customer: str, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get(f"{BOOK}/{customer}/timeline", params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def change(client: httpx.AsyncClient, customer: str, **values: Any) -> dict[str, Any]:
    seen = (await client.get(f"{BOOK}/{customer}")).json()["revision"]
    answer = await client.patch(f"{BOOK}/{customer}", json={"revision": seen, **values})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def tag_and_untag(
    client: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock, customer: str
) -> None:
    """Give a customer the tag `spring` by a change of many, and take that back."""
    body = {"key": str(uuid4()), "change": {"act": "add_tag", "tag": "spring"}, "ids": [customer]}
    asked = (await client.post(f"{BOOK}/bulk-changes", json=body)).json()["id"]
    job = bulk_change_job(database, clock)
    clock.pass_(minutes=1)
    await job.run(town.ours.tenant_id, UUID(asked))
    await client.post(f"{BOOK}/bulk-changes/{asked}/undo")
    clock.pass_(minutes=1)
    await job.run(town.ours.tenant_id, UUID(asked))


async def test_everything_that_happened_stands_on_one_line(
    owner: httpx.AsyncClient, town: Town, database: Database, called: str, clock: HandSetClock
) -> None:
    boss = (await owner.get(f"{BOOK}/choices")).json()["me"]
    due = "2026-12-01T09:00:00.000Z"
    await change(owner, called, owner_id=boss, notes="Likes tea", tags=["vip"], follow_up_at=due)
    clock.pass_(minutes=1)
    await change(owner, called, owner_id=None, follow_up_at=None)
    await tag_and_untag(owner, town, database, clock, called)
    entry = town.ours.ids["task_customer_id"]
    consent = {"given": True, "source": "A form"}
    await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/customers/{entry}/consent", json=consent)
    listed = (await owner.get("/api/v1/do-not-call", params={"text": "5550002"})).json()["items"]
    await owner.post(f"/api/v1/do-not-call/{listed[0]['id']}/removal", json={"why": "Asked to be called"})

    found = await line(owner, called)
    assert [one["at"] for one in found] == sorted((one["at"] for one in found), reverse=True)
    by_kind = {kind: [one for one in found if one["kind"] == kind] for kind in {one["kind"] for one in found}}
    (call,) = by_kind["call"]
    assert (call["call"]["id"], call["call"]["grade"]) == (str(town.ours.ids["call_id"]), "A")
    assert (call["call"]["talk_ms"], call["call"]["task_name"]) == (30_000, by_kind["task"][0]["task"]["name"])
    assert [(one["owner"], one["who"]) for one in by_kind["owner"]] == [(None, "owner"), ("owner", "owner")]
    assert [(one["due_at"], one["known"]) for one in by_kind["follow_up"]] == [(None, True), (due, True)]
    assert [one["who"] for one in by_kind["note"]] == ["owner"]
    bulked = {"act": "add_tag", "value": "spring"}
    assert [(one["parts"], one["bulk"]) for one in by_kind["change"]] == [
        (["tags"], bulked | {"undone": True}),
        (["tags"], bulked | {"undone": False}),
        (["tags"], None),
    ]
    told = [(one["given"], one["source"], one["who"]) for one in by_kind["consent"]]
    assert told == [(True, "A form", "owner")], "once, though it holds for both numbers"
    assert by_kind["do_not_call"][0]["call_id"] == str(town.ours.ids["call_id"])
    assert (by_kind["call_again"][0]["why"], by_kind["call_again"][0]["who"]) == ("Asked to be called", "owner")
    assert {one["phone"] for one in by_kind["book"]} == {"+12125550002", call["call"]["customer"]["phone"]}
    assert await line(owner, called, kind=["note", "call"]) == [
        one for one in found if one["kind"] in ("note", "call")
    ]


async def test_pages_leave_nothing_out_and_repeat_nothing(
    owner: httpx.AsyncClient, town: Town, database: Database, called: str
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        for revision in range(1, 8):  # all at one moment, several of them of several kinds
            what = ["notes", "follow_up_at", "tags"][: 1 + revision % 3]
            session.add(CustomerChangeRow(customer_id=UUID(called), revision=revision, what=what, changed_at=START))
    whole = [(one["id"], one["kind"]) for one in await line(owner, called)]
    assert len(set(whole)) == len(whole) > 12
    paged, after = [], None
    while True:
        params = {"limit": 3} | ({"after": after} if after else {})
        found = (await owner.get(f"{BOOK}/{called}/timeline", params=params)).json()
        paged += [(one["id"], one["kind"]) for one in found["items"]]
        after = found["next"]
        if after is None:
            break
    assert paged == whole


async def test_of_changes_long_ago_it_is_not_made_up_what_they_led_to(
    owner: httpx.AsyncClient, town: Town, database: Database, called: str
) -> None:
    gone = {"owner_id": str(uuid4())}
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    of_it = {"customer_id": UUID(called), "changed_at": long_ago}
    async with database.tenant(town.ours.tenant_id) as session:
        session.add(CustomerChangeRow(**of_it, revision=1, what=["owner_id", "follow_up_at"]))
        session.add(CustomerChangeRow(**of_it, revision=2, what=["owner_id"], detail=gone))
    found = await line(owner, called, kind=["owner", "follow_up"])
    assert [one["known"] for one in found] == [False, False, False]


async def test_an_agent_sees_their_own_and_the_pools_with_numbers_hidden(
    owner: httpx.AsyncClient, town: Town, database: Database, called: str, open_app: Open
) -> None:
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as agent:
        found = await line(agent, called)
        phones = [one["phone"] for one in found if "phone" in one]
        phones += [one["call"]["customer"]["phone"] for one in found if one["kind"] == "call"]
        assert len(phones) == 5
        assert all("•" in one or "*" in one for one in phones)
        async with database.tenant(town.ours.tenant_id) as session:
            boss = await session.scalar(select(UserRow.id).where(UserRow.role == "owner"))
            (await session.get_one(CustomerRow, UUID(called))).owner_id = boss
        hidden = await agent.get(f"{BOOK}/{called}/timeline")
        assert hidden.status_code == 404
        assert (await line(owner, called))[0]["id"]


@pytest.mark.parametrize("place", ["x", "1:x", f"1:{NOBODY}:2026-01-01", f"-1:{NOBODY}:2026-01-01T09:00:00+00:00"])
async def test_what_is_no_place_of_a_time_line_is_told_so(
    owner: httpx.AsyncClient, called: str, place: str
) -> None:
    answer = await owner.get(
        f"{BOOK}/{called}/timeline", params={"after": urlsafe_b64encode(place.encode()).decode()}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-cursor")


async def test_a_message_stands_where_it_was_written_with_how_far_it_is(
    owner: httpx.AsyncClient, town: Town, called: str, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        for row in rows_of_messages(town.ours.ids):
            session.add(row)
            await session.flush()
    (message,) = await line(owner, called, kind="message")
    assert (message["text"], message["state"]) == ("Thank you.", "sent")
    assert message["call_id"] == str(town.ours.ids["call_id"])
    assert "message" in [one["kind"] for one in await line(owner, called)]
