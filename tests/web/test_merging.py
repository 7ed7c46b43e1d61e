"""Customers who are one person: suggested, merged into one card for good, each number with what holds for it."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from callwright.contacts.consent import get_consents, note_by_file, note_by_person
from callwright.contacts.do_not_call import put_on_list
from callwright.contacts.drafts import Consent, CustomerDraft
from callwright.contacts.repository import keep_incoming
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import LastCallRow
from callwright.db.tables.contacts import CustomerRow
from tests.factories.calling import NOW
from tests.web.conftest import Town
from tests.web.importing import imported

BOOK = "/api/v1/customers"


@pytest.fixture
async def anns(town: Town, database: Database) -> list[str]:
    """One person under three numbers, and a namesake of nobody."""
    people = [
        CustomerRow(phone="+12125550001", name="Ann Lee", tags=["vip"], fields={"plan": "Gold"}),
        CustomerRow(phone="+12125550002", name="Ann Lee", tags=["spring"], notes="Likes tea", category="Regular"),
        CustomerRow(phone="+12125550003", name="A. Lee", fields={"plan": "Basic", "city": "Leeds"}),
        CustomerRow(phone="+12125550004", name="Zoe Park"),
    ]
    async with database.tenant(town.ours.tenant_id) as session:
        session.add_all(people)
        await session.flush()
        session.add(LastCallRow(customer_id=people[1].id, called_at=NOW, phone_state="busy", calls=2))
        await put_on_list(session, town.ours.tenant_id, "+12125550002", call_id=town.ours.ids["call_id"])
        return [str(one.id) for one in people]


async def merge(client: httpx.AsyncClient, kept: str, *others: str, **values: Any) -> httpx.Response:
    seen = [{"id": one, "revision": 0} for one in others]
    return await client.post(f"{BOOK}/{kept}/merge", json={"revision": 0, "others": seen, **values})


async def found(client: httpx.AsyncClient, text: str) -> list[str]:
    return [one["id"] for one in (await client.get(BOOK, params={"text": text})).json()["items"]]


async def test_nobody_is_merged_with_themselves(owner: httpx.AsyncClient, anns: list[str]) -> None:
    for others in (anns[:1], anns[:2]):
        refused = await merge(owner, anns[0], *others)
        assert (refused.status_code, refused.json()["code"]) == (422, "merged-with-itself")
    assert await found(owner, "Ann Lee") == [anns[1], anns[0]]


async def test_those_of_one_name_or_one_value_are_suggested(owner: httpx.AsyncClient, anns: list[str]) -> None:
    groups = (await owner.get(f"{BOOK}/duplicates")).json()
    assert [(group["value"], [one["id"] for one in group["customers"]]) for group in groups] == [
        ("Ann Lee", sorted(anns[:2]))
    ]
    assert (await owner.get(f"{BOOK}/duplicates", params={"after": "Ann Lee"})).json() == []
    for one in anns[2:]:
        await owner.patch(f"{BOOK}/{one}", json={"revision": 0, "fields": {"contract": "C-1"}})
    by_field = (await owner.get(f"{BOOK}/duplicates", params={"field": "contract"})).json()
    assert [group["value"] for group in by_field] == ["C-1"]


async def test_several_become_one_card_that_is_found_by_every_number(
    owner: httpx.AsyncClient, anns: list[str], town: Town
) -> None:
    kept, second, third, _ = anns
    card = (await merge(owner, kept, second, third, fields={"city": "York"})).json()
    assert (card["name"], card["category"], card["notes"]) == ("Ann Lee", "Regular", "Likes tea")
    assert (card["tags"], card["fields"]) == (["vip", "spring"], {"plan": "Gold", "city": "York"})
    assert (card["calls"], card["last_call"]["phone_state"]) == (2, "busy")
    assert card["other_numbers"] == [
        {"phone": "+12125550002", "barred": "do-not-call"},
        {"phone": "+12125550003", "barred": None},
    ]
    assert card["barred"] == "do-not-call", "whoever asked under one number is called under none"
    assert card["changes"][0]["what"][-1] == "merged"
    assert await found(owner, "5550003") == [kept]
    assert await found(owner, "A. Lee") == [kept]
    assert (await owner.get(f"{BOOK}/{third}")).json()["id"] == kept
    assert (await owner.patch(f"{BOOK}/{third}", json={"revision": 0, "notes": "?"})).status_code == 404
    again = await merge(owner, anns[3], third)
    assert (again.status_code, again.json()["code"]) == (409, "customer-merged")
    listed = (await owner.get("/api/v1/do-not-call", params={"text": "5550002"})).json()["items"]
    await owner.post(f"/api/v1/do-not-call/{listed[0]['id']}/removal", json={"why": "Asked to be called again"})
    await imported(owner, town, b"phone,customer_name,last_visit\n+12125550003,Ann Lee-Park,May\n")
    now = (await owner.get(f"{BOOK}/{kept}")).json()
    assert (now["name"], now["fields"]["last_visit"]) == ("Ann Lee-Park", "May"), "a file speaks of the person"


async def test_a_card_that_others_were_merged_into_takes_them_along(
    owner: httpx.AsyncClient, anns: list[str], town: Town, database: Database
) -> None:
    first, second, third, zoe = anns
    await merge(owner, second, third)
    boss = (await owner.get(f"{BOOK}/choices")).json()["me"]
    seen = [{"id": second, "revision": 1}, {"id": zoe, "revision": 0}]
    body = {"revision": 0, "others": seen, "owner_id": boss}
    card = (await owner.post(f"{BOOK}/{first}/merge", json=body)).json()
    assert [one["phone"] for one in card["other_numbers"]] == ["+12125550002", "+12125550003", "+12125550004"]
    async with database.tenant(town.ours.tenant_id) as session:
        owners = await session.scalars(
            select(CustomerRow.owner_id).where(CustomerRow.phone.startswith("+1212555000"))
        )
        assert {str(one) for one in owners} == {boss}, "whoever has the card sees the calls of every number"


async def test_what_changed_meanwhile_is_not_merged_over(owner: httpx.AsyncClient, anns: list[str]) -> None:
    await owner.patch(f"{BOOK}/{anns[1]}", json={"revision": 0, "notes": "Moved"})
    refused = await merge(owner, anns[0], anns[1])
    assert (refused.status_code, refused.json()["code"]) == (409, "customer-changed")
    assert (await owner.get(f"{BOOK}/{anns[0]}")).json()["other_numbers"] == []


async def test_whoever_took_consent_back_took_it_back_under_every_number(
    owner: httpx.AsyncClient, anns: list[str], town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        person = await session.scalar(select(UserRow.id).limit(1))
        ids = list(await session.scalars(select(CustomerRow.id).where(CustomerRow.name.in_(("Ann Lee", "A. Lee")))))
        assert person is not None
        for one in ids:
            given = str(one) != anns[1]
            await note_by_person(session, one, Consent(given, "Form"), by=person)
    await merge(owner, anns[0], anns[1])
    assert (await owner.get(f"{BOOK}/{anns[0]}")).json()["consent"] is False
    await merge(owner, anns[0], anns[2])
    async with database.tenant(town.ours.tenant_id) as session:
        assert set((await get_consents(session, ids)).values()) == {False}
        told = {ids[0]: Consent(True, "A list")}
        assert await note_by_file(session, told, by=person) == [], "no file can say that it was given again"
        again = await note_by_person(session, UUID(anns[0]), Consent(True, "A letter"), by=person)
        assert set(again) == set(ids)
        assert set((await get_consents(session, ids)).values()) == {True}, "the latest that a person noted holds"
        await note_by_file(session, {UUID(anns[2]): Consent(False, "A list")}, by=person)
        assert set((await get_consents(session, ids)).values()) == {False}, "taken back under one, though by a file"
        await note_by_person(session, UUID(anns[1]), Consent(True, "By phone"), by=person)
        await note_by_person(session, UUID(anns[1]), Consent(False, "By phone"), by=person)
        assert set((await get_consents(session, ids)).values()) == {False}


async def test_a_neighbours_customer_is_not_merged(owner: httpx.AsyncClient, anns: list[str], town: Town) -> None:
    refused = await merge(owner, anns[0], str(town.theirs.ids["customer_id"]))
    assert refused.status_code == 404


async def test_the_card_tells_the_persons_consent(
    owner: httpx.AsyncClient, anns: list[str], town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        person = await session.scalar(select(UserRow.id).limit(1))
        assert person is not None
        await note_by_person(session, UUID(anns[0]), Consent(True, "Form"), by=person)
    await merge(owner, anns[0], anns[1])
    async with database.tenant(town.ours.tenant_id) as session:
        await note_by_file(session, {UUID(anns[1]): Consent(False, "A list")}, by=person)
    card = (await owner.get(f"{BOOK}/{anns[0]}")).json()
    assert card["consent"] is False
    assert [(note["given"], note["source"]) for note in card["consents"]] == [(False, "A list"), (True, "Form")]
    (listed,) = [one for one in (await owner.get(BOOK)).json()["items"] if one["id"] == anns[0]]
    assert listed["consent"] is False


async def test_what_a_file_says_of_several_numbers_of_a_person_reaches_the_card_at_once(
    owner: httpx.AsyncClient, anns: list[str], town: Town, database: Database
) -> None:
    assert (await merge(owner, anns[3], *anns[:3])).status_code == 200
    said = [
        ("+12125550001", "Ann", {"city": "York", "shop": "Mill", "plan": "Basic"}),
        ("+12125550004", "", {"shop": "Quay"}),
        ("+12125550002", "Anne", {"plan": "Silver"}),
        ("+12125550003", "", {}),
    ]
    drafts = [CustomerDraft(phone, name, fields=fields) for phone, name, fields in said]
    told = []
    for _ in range(2):
        async with database.tenant(town.ours.tenant_id) as session:
            kept = await keep_incoming(session, drafts)
        told.append((len(kept.changed), len(kept.unchanged)))
        card = (await owner.get(f"{BOOK}/{anns[3]}")).json()
        assert (card["name"], card["fields"]) == ("Anne", {"city": "York", "shop": "Quay", "plan": "Silver"})
    assert told == [(3, 1), (0, 4)], "the last says nothing"


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ([(3, "", {"shop": "Quay"}), (0, "", {"shop": "Mill"})], {0, 3}),
        ([(0, "", {"shop": "Mill"}), (3, "", {"shop": "Quay"})], {0, 3}),
        ([(3, "Ann", {}), (0, "Anne", {}), (1, "", {})], {0, 3}),
        ([(3, "", {}), (0, "", {"shop": "Mill"})], {0}),
        ([(1, "Zoe Park", {"plan": "Gold"})], set()),
        ([(1, "", {}), (2, "", {"shop": "Mill"})], {2}),
        ([(3, "", {"shop": "Quay"})], {3}),
    ],
)
async def test_a_card_is_written_once_and_a_number_told_as_changed_only_by_what_the_card_did_not_know(
    owner: httpx.AsyncClient,
    anns: list[str],
    town: Town,
    database: Database,
    said: list[tuple[int, str, dict[str, str]]],
    changed: set[int],
) -> None:
    before = (await merge(owner, anns[3], *anns[:3])).json()["revision"]
    drafts = [CustomerDraft(f"+1212555000{one + 1}", name, fields=fields) for one, name, fields in said]
    told, revisions = [], []
    for _ in range(3):
        async with database.tenant(town.ours.tenant_id) as session:
            kept = await keep_incoming(session, drafts)
        told.append(({anns.index(str(one)) for one in kept.changed}, len(kept.unchanged)))
        revisions.append((await owner.get(f"{BOOK}/{anns[3]}")).json()["revision"] - before)
    assert told == [(changed, len(said) - len(changed)), *[(set(), len(said))] * 2]
    assert set(revisions) == {1 if changed else 0}


async def test_the_same_file_sent_again_is_told_to_add_nothing(
    owner: httpx.AsyncClient, anns: list[str], town: Town
) -> None:
    assert (await merge(owner, anns[3], anns[0])).status_code == 200
    file = b"phone,customer_name,last_visit\n+12125550004,Zoe Park,May\n+12125550001,Zoe Lee,June\n"
    told = [await imported(owner, town, file) for _ in range(3)]
    assert [(one["updated"], one["unchanged"]) for one in told] == [(2, 0), (0, 2), (0, 2)]
