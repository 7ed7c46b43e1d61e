"""What a new task may choose, the company's calling settings, and why somebody was called or was not."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import yaml
from fastapi import FastAPI

from callwright.accounts.roles import Role
from callwright.billing.ledger import CallMoney, charge
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.kit.ids import new_id
from callwright.lines.groups import bind_lines, create_group
from tests.factories.calling import phone
from tests.factories.calls import claim, make_node, open_call, plan_now
from tests.unit.dialogue.small import small
from tests.web.conftest import Town, client_of, wanted

HOURS = {"opens": "10:00:00", "closes": "18:00:00", "days": ["friday", "monday"], "no_dial": [], "holidays": []}
SETTINGS = {
    "time_zone": "Asia/Shanghai",
    "calling_hours": HOURS,
    "number_caps": {"day": 3},
    "consent_policy": "as_country_asks",
    "script_duties": {"say_ai": True, "say_recorded": False, "offer_way_out": True},
}


async def test_the_range_of_calls_at_once_follows_the_seats(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.system() as session:
        group_id = await create_group(session, town.ours.tenant_id, "South")
    async with database.tenant(town.ours.tenant_id) as session:
        await bind_lines(session, group_id, [(town.ours.ids["line_id"], 1)])
    three = (await owner.get("/api/v1/tasks/choices", params={"seats": 3})).json()
    assert (three["multi"], three["adaptive_most"]) == ({"lowest": 4, "highest": 6}, 6)
    assert 0 < three["seats_free"] <= three["seats_total"] == 50
    assert {"id": str(group_id), "name": "South", "lines": 1, "channels": 50} in three["policy_groups"]
    one = (await owner.get("/api/v1/tasks/choices", params={"seats": 1})).json()
    assert one["multi"] is None
    for calls, status in ((3, 422), (4, 201), (6, 201), (7, 422)):
        body = {"name": f"T{calls}", "seats": 3, "mode": "multi", "concurrency": calls, **wanted(town)}
        assert (await owner.post("/api/v1/tasks", json=body)).status_code == status, calls


async def test_settings_are_kept_and_are_nobody_elses(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    before = (await owner.get("/api/v1/settings/calling")).json()
    assert (before["time_zone"], before["number_caps"], before["consent_policy"]) == ("UTC", {}, "not_checked")
    assert "Europe/Paris" in before["time_zones"]
    saved = await owner.put("/api/v1/settings/calling", json=SETTINGS)
    assert saved.status_code == 200, saved.text
    found = (await owner.get("/api/v1/settings/calling")).json()
    found["calling_hours"]["days"].sort()
    assert {key: found[key] for key in SETTINGS} == SETTINGS
    async with database.system() as session:
        theirs = await session.get_one(TenantRow, town.theirs.tenant_id)
        assert (theirs.time_zone, theirs.number_caps) == ("UTC", {})


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"time_zone": "Europe/Atlantis"}, "unknown-time-zone", "time_zone"),
        ({"time_zone": "../etc/passwd"}, "unknown-time-zone", "time_zone"),
        ({"number_caps": {"day": 0}}, "invalid", "number_caps.day"),
        ({"number_caps": {"year": 1}}, "invalid", "number_caps.year"),
        ({"consent_policy": "maybe"}, "invalid", "consent_policy"),
        ({"calling_hours": HOURS | {"days": []}}, "hours-no-day", "calling_hours"),
        ({"calling_hours": HOURS | {"closes": "09:00"}}, "hours-order", "calling_hours"),
        (
            {
                "calling_hours": HOURS
                | {"no_dial": [{"starts": "12:00", "ends": "14:00"}, {"starts": "13:00", "ends": "15:00"}]}
            },
            "no-dial-overlap",
            "calling_hours",
        ),
        ({"calling_hours": HOURS | {"surprise": 1}}, "invalid", "calling_hours.surprise"),
    ],
)
async def test_settings_that_cannot_be_are_refused_with_their_place(
    owner: httpx.AsyncClient, change: dict[str, Any], code: str, where: str
) -> None:
    response = await owner.put("/api/v1/settings/calling", json=SETTINGS | change)
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert [error["where"] for error in response.json()["errors"]] == [where]
    assert (await owner.get("/api/v1/settings/calling")).json()["time_zone"] == "UTC"


async def test_a_tasks_hours_must_meet_the_companys(owner: httpx.AsyncClient, town: Town) -> None:
    await owner.put("/api/v1/settings/calling", json=SETTINGS)
    body = {"name": "T", "seats": 1, "calling_hours": HOURS | {"days": ["sunday"]}, **wanted(town)}
    response = await owner.post("/api/v1/tasks", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "hours-never-meet")


def _history(town: Town, customer: dict[str, Any]) -> str:
    return f"/api/v1/tasks/{town.ours.ids['task_id']}/customers/{customer['id']}/attempts"


async def _customers(client: httpx.AsyncClient, town: Town) -> list[dict[str, Any]]:
    response = await client.get(f"/api/v1/tasks/{town.ours.ids['task_id']}/customers")
    found: list[dict[str, Any]] = response.json()["items"]
    return found


async def _bring_to_the_gate(database: Database) -> None:
    node = await make_node(database)
    await plan_now(database)
    for attempt in await claim(database, node):
        await open_call(database, attempt, node)


async def test_why_somebody_was_not_called_is_told_with_the_rule(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        await put_on_list(session, town.ours.tenant_id, phone(1), call_id=town.ours.ids["call_id"])
    await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/start")
    await _bring_to_the_gate(database)
    called, listed = await _customers(owner, town)
    assert (called["state"], listed["state"]) == ("called", "do_not_call")
    body = (await owner.get(_history(town, listed))).json()
    assert body["customer"] == listed
    (attempt,) = body["attempts"]
    assert attempt["gate"] == {"verdict": "deny", "rule": "do-not-call", "until": None, "detail": {}}
    assert (attempt["state"], attempt["dialled_at"], attempt["call_id"]) == ("interrupted", None, None)
    (made,) = (await owner.get(_history(town, called))).json()["attempts"]
    assert (made["gate"], made["phone_state"]) == (None, "connected")
    assert made["call_id"] == str(town.ours.ids["call_id"])
    assert made["line"]["name"] == "Line"
    progress = (await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}/progress")).json()
    assert (progress["called"], progress["do_not_call"], progress["denied"], progress["waiting"]) == (1, 1, 0, 0)
    (task,) = (await owner.get("/api/v1/tasks")).json()["items"]
    for told in (progress, task):
        assert (told["done"], told["customers"]) == (2, 2), "nobody is left, so the task has come to its end"
        assert (told["called"], told["connected"], told["calls"]) == (1, 1, 1)


async def test_a_history_hides_the_number_from_agents(app: FastAPI, owner: httpx.AsyncClient, town: Town) -> None:
    first, _ = await _customers(owner, town)
    async with client_of(app, town.ours.tokens[Role.AGENT]) as agent:
        shown = await agent.get(_history(town, first))
    assert shown.json()["customer"]["phone_masked"] is True
    assert phone(0) not in shown.text


async def test_who_was_called_is_put_back_unless_they_said_no(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    again = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers/redial"
    first, second = await _customers(owner, town)
    assert (await owner.post(again, json={"phone_state": "lost"})).json() == {"put_back": 0, "left_out": 0}
    assert (await owner.post(again, json={"phone_state": "connected"})).json() == {"put_back": 1, "left_out": 0}
    both = {"ids": [first["id"], second["id"]]}
    assert (await owner.post(again, json=both)).json() == {"put_back": 0, "left_out": 2}, "both wait anyway"
    async with database.tenant(town.ours.tenant_id) as session:
        await put_on_list(session, town.ours.tenant_id, phone(0), call_id=town.ours.ids["call_id"])
    await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/start")
    await _bring_to_the_gate(database)
    assert (await owner.post(again, json={"ids": [first["id"]]})).json() == {"put_back": 0, "left_out": 1}
    await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/finish")
    refused = await owner.post(again, json=both)
    assert (refused.status_code, refused.json()["code"]) == (409, "task-state")


@pytest.mark.parametrize(
    "body", [{}, {"ids": [], "phone_state": None}, {"ids": [str(UUID(int=1))], "phone_state": "lost"}]
)
async def test_who_is_to_be_put_back_is_said_in_one_way(
    owner: httpx.AsyncClient, town: Town, body: dict[str, Any]
) -> None:
    path = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers/redial"
    assert (await owner.post(path, json=body)).status_code == 422


async def test_a_neighbours_customers_are_not_put_back(owner: httpx.AsyncClient, town: Town) -> None:
    path = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers/redial"
    theirs = {"ids": [str(town.theirs.ids["task_customer_id"])]}
    assert (await owner.post(path, json=theirs)).json() == {"put_back": 0, "left_out": 1}


async def test_progress_tells_what_the_calls_have_cost_and_why_nobody_is_dialled(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    ours = town.ours
    async with database.system() as session:
        money = [CallMoney(ours.tenant_id, ours.ids["task_id"], None, new_id(), amount) for amount in (17_000, 3)]
        await charge(session, money)
    await owner.post(f"/api/v1/tasks/{ours.ids['task_id']}/start")
    await plan_now(database)
    task = (await owner.get(f"/api/v1/tasks/{ours.ids['task_id']}")).json()
    assert task["progress"]["spent"] == 17_003
    assert (task["progress"]["lost_percent"], task["progress"]["connected"]) == (0.0, 1)
    assert task["waiting"] == task["progress"]["wait"]
    assert task["waiting"]["reason"] in ("lines", "nodes"), "the carrier refuses the only node, which fell silent"
    (listed,) = (await owner.get("/api/v1/tasks")).json()["items"]
    assert listed["waiting"] == task["waiting"]


async def test_a_script_is_published_once_it_says_first_what_the_company_wants(
    owner: httpx.AsyncClient,
) -> None:
    made = await owner.post("/api/v1/scripts", json={"source": yaml.safe_dump(small()), "name": "Silent"})
    assert made.status_code == 201, made.text
    script = f"/api/v1/scripts/{made.json()['id']}"
    refused = await owner.post(f"{script}/publish")
    assert refused.status_code == 422
    told = {(fault["rule"], fault["node"]) for fault in refused.json()["faults"]}
    assert told == {("ai-not-said", "hello"), ("recording-not-said", "hello")}
    assert {fault["rule"] for fault in (await owner.get(script)).json()["faults"]} == {rule for rule, _ in told}
    wanted = SETTINGS | {"script_duties": {"say_ai": False, "say_recorded": False, "offer_way_out": False}}
    assert (await owner.put("/api/v1/settings/calling", json=wanted)).status_code == 200
    checked = await owner.post("/api/v1/scripts/check", json={"content": small()})
    assert checked.json()["faults"] == []
    assert (await owner.post(f"{script}/publish")).status_code == 200


async def test_a_customer_sent_twice_under_one_key_is_added_once(owner: httpx.AsyncClient, town: Town) -> None:
    path = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
    person = {"phone": "+12125550177", "name": "Zoe", "variables": {"last_visit": "May"}}
    under = {"Idempotency-Key": str(uuid4())}
    first = await owner.post(path, json=person, headers=under)
    again = await owner.post(path, json=person, headers=under)
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert again.json() == first.json()
    other = await owner.post(path, json=person | {"phone": "+12125550178"}, headers=under)
    assert (other.status_code, other.json()["code"]) == (409, "task-customer-key")
    meant = await owner.post(path, json=person, headers={"Idempotency-Key": str(uuid4())})
    assert meant.status_code == 409, "whoever means it anew is told that they are there"
    assert [one["name"] for one in await _customers(owner, town)].count("Zoe") == 1
