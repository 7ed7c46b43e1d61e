"""What people read: lists in pages, a task, a call, its recording; numbers hidden from whom they don't concern."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.kit.secrets import SecretBox
from callwright.kit.tabular import read_rows
from callwright.lines.service import get_line, to_trunk
from tests.factories.calling import BOX, phone
from tests.web.conftest import RECORDING, Town, wanted


async def pages(client: httpx.AsyncClient, path: str, limit: int) -> list[list[dict[str, Any]]]:
    found, after = [], None
    while True:
        params = {"limit": limit, **({"after": after} if after else {})}
        body = (await client.get(path, params=params)).json()
        found.append(body["items"])
        after = body["next"]
        if after is None:
            return found


async def test_a_list_comes_in_pages_that_neither_repeat_nor_leave_out(
    owner: httpx.AsyncClient, town: Town
) -> None:
    ids = wanted(town)
    for number in range(4):
        made = await owner.post("/api/v1/tasks", json={"name": f"Task {number}", "seats": 1, **ids})
        assert made.status_code == 201, made.text
    found = await pages(owner, "/api/v1/tasks", 2)
    assert [[task["name"] for task in page] for page in found] == [
        ["Task 3", "Task 2"],
        ["Task 1", "Task 0"],
        ["Spring"],
    ]
    customers = await pages(owner, f"/api/v1/tasks/{town.ours.ids['task_id']}/customers", 1)
    assert [page[0]["phone"] for page in customers] == [phone(0), phone(1)]


async def test_lists_are_searched(owner: httpx.AsyncClient, town: Town) -> None:
    customers = f"/tasks/{town.ours.ids['task_id']}/customers"
    (called,) = (await owner.get(f"/api/v1{customers}?state=called")).json()["items"]
    card = f"/api/v1/customers/{called['customer_id']}"
    revision = (await owner.get(card)).json()["revision"]
    assert (await owner.patch(card, json={"revision": revision, "tags": ["vip"]})).status_code == 200
    for query, found in (
        ("/tasks?name=SPR", 1),
        ("/tasks?name=summer", 0),
        ("/tasks?state=running", 0),
        ("/scripts?name=check", 1),
        ("/scripts?name=%25", 0),
        ("/calls?grade=A&phone_state=connected&text=person", 1),
        ("/calls?min_talk_ms=30001", 0),
        ("/calls?text=1555010", 1),
        ("/calls?tag=vip", 1),
        ("/calls?tag=vi", 0),
        (f"{customers}?state=called", 1),
        (f"{customers}?tag=vip", 1),
        (f"{customers}?tag=vip&state=uncalled", 0),
        (f"{customers}?min_talk_ms=30000&max_talk_ms=30000", 1),
        (f"{customers}?min_talk_ms=30001", 0),
        (f"{customers}?max_talk_ms=29999", 0),
    ):
        response = await owner.get(f"/api/v1{query}")
        assert len(response.json()["items"]) == found, query


async def test_a_task_and_its_progress(owner: httpx.AsyncClient, town: Town) -> None:
    task = (await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}")).json()
    assert (task["name"], task["state"], task["customers"], task["called"], task["connected"]) == (
        "Spring",
        "draft",
        2,
        1,
        1,
    )
    assert [variable["name"] for variable in task["variables"]] == ["customer_name", "last_visit", "plan"]
    assert task["grades"] == ["A", "B", "C", "D", "E", "F"]
    progress = task["progress"]
    assert (progress["uncalled"], progress["called"], progress["by_grade"]) == (1, 1, {"A": 1})
    assert progress["reply_ms"] == {"p50": 450, "p95": 495}
    started = await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/start")
    assert started.json()["state"] == "running"
    assert started.json()["started_at"].endswith("Z")
    for act, state in (("pause", "paused"), ("resume", "running"), ("finish", "finished")):
        changed = await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/{act}")
        assert changed.json()["state"] == state


async def test_a_call_with_everything(owner: httpx.AsyncClient, town: Town) -> None:
    call = (await owner.get(f"/api/v1/calls/{town.ours.ids['call_id']}")).json()
    assert call["customer"]["phone"] == phone(0)
    assert call["grade_reasons"] == [{"rule": "A day was agreed", "quote": "Tuesday", "kind": "rule", "values": {}}]
    assert call["path"] == [{"node": "greeting", "kind": "say", "title": "greeting", "at_ms": 120}]
    assert call["transcript"][0]["text"] == "Tuesday"
    assert (call["answered_after_ms"], call["has_recording"], call["script"]["version"]) == (5000, True, 1)


async def test_agents_see_numbers_masked_and_cannot_search_them_out(agent: httpx.AsyncClient, town: Town) -> None:
    task = town.ours.ids["task_id"]
    for path in (
        f"/tasks/{task}/customers",
        f"/tasks/{task}/calls",
        "/calls",
        f"/calls/{town.ours.ids['call_id']}",
    ):
        response = await agent.get(f"/api/v1{path}")
        assert response.status_code == 200
        assert "+1 2015 ***100" in response.text
        assert phone(0)[1:] not in response.text
        assert '"phone_masked":true' in response.text
    for path in ("/calls", f"/tasks/{task}/customers"):
        assert (await agent.get(f"/api/v1{path}", params={"text": "555"})).json()["items"] == []
        assert (await agent.get(f"/api/v1{path}", params={"text": "person"})).json()["items"] != []


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        (None, 200, slice(None), None),
        ("bytes=0-99", 206, slice(0, 100), "bytes 0-99/2048"),
        ("bytes=2000-", 206, slice(2000, None), "bytes 2000-2047/2048"),
        ("bytes=-48", 206, slice(2000, None), "bytes 2000-2047/2048"),
        ("bytes=2040-9999", 206, slice(2040, None), "bytes 2040-2047/2048"),
        ("bytes=2048-", 416, slice(0, 0), "bytes */2048"),
        ("bytes=9-3", 200, slice(None), None),
        ("bytes=0-1,5-6", 200, slice(None), None),
    ],
)
async def test_a_recording_in_parts(
    owner: httpx.AsyncClient, town: Town, asked: str | None, status: int, part: slice, told: str | None
) -> None:
    response = await owner.get(
        f"/api/v1/calls/{town.ours.ids['call_id']}/recording", headers={"Range": asked} if asked else {}
    )
    assert response.status_code == status
    assert response.content == RECORDING[part]
    assert response.headers.get("content-range") == told
    assert int(response.headers["content-length"]) == len(response.content)
    if status != 416:
        assert response.headers["content-type"] == "audio/wav"


async def test_the_template_fits_the_script_and_can_be_filled_in(owner: httpx.AsyncClient, town: Town) -> None:
    response = await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}/template")
    assert "customers.xlsx" in response.headers["content-disposition"]
    rows = list(read_rows(response.content, file_name="customers.xlsx"))
    assert rows[0].cells == ["phone*", "customer_name*", "last_visit*", "plan", "city", "consent", "consent_source"]


async def test_lines_never_give_their_password_back(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    line = {
        "name": "London",
        "carrier_host": "sip.example",
        "username": "u",
        "password": "secret words",
        "register": True,
        "caller_number": "+442079460123",
    }
    made = await owner.post("/api/v1/lines", json=line)
    assert made.status_code == 201, made.text
    assert (made.json()["register"], made.json()["caller_number"]) == (True, "+442079460123")
    listed = await owner.get("/api/v1/lines")
    assert [one["name"] for one in listed.json()["items"]] == ["London", "Line"]
    assert "secret words" not in made.text + listed.text
    async with database.tenant(town.ours.tenant_id) as session:
        row = await get_line(session, made.json()["id"])
        assert row.secret is not None
        assert b"secret words" not in row.secret
        assert to_trunk(row, BOX).password == "secret words"
    assert isinstance(BOX, SecretBox)
    again = await owner.post("/api/v1/lines", json=line)
    assert (again.status_code, again.json()["code"]) == (409, "line-name-taken")
    bare = await owner.post("/api/v1/lines", json={**line, "name": "Other", "password": None})
    assert (bare.status_code, bare.json()["code"]) == (422, "line-password-missing")


async def test_ai_seats(owner: httpx.AsyncClient) -> None:
    seats = (await owner.get("/api/v1/ai-seats")).json()
    assert (seats["total"], seats["reserved"], seats["in_use"], seats["free"]) == (50, 1, 0, 49)
    (pack,) = seats["packs"]
    assert (pack["seats"], pack["state"], pack["days_used"], pack["days_left"]) == (50, "open", 1, None)
    (task,) = seats["tasks"]
    assert (task["task"]["name"], task["reserved"], task["busy"]) == ("Spring", 1, 0)


async def test_a_new_version_of_a_script_is_a_draft_beside_the_published(
    owner: httpx.AsyncClient, town: Town
) -> None:
    detail = (await owner.get(f"/api/v1/scripts/{town.ours.ids['script_id']}")).json()
    made = (await owner.post("/api/v1/scripts", json={"source": detail["source"]})).json()
    assert (made["id"], made["versions"]) == (detail["id"], 2)
    assert (made["published"]["number"], made["draft"]["number"]) == (1, 2)
    published = (await owner.post(f"/api/v1/scripts/{made['id']}/publish")).json()
    assert (published["published"]["number"], published["draft"]) == (2, None)
    again = await owner.post(f"/api/v1/scripts/{made['id']}/publish")
    assert (again.status_code, again.json()["code"]) == (409, "nothing-to-publish")


async def test_adding_one_customer(owner: httpx.AsyncClient, town: Town) -> None:
    path = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
    body = {"phone": "(212) 555-0188", "name": "Ann", "variables": {"last_visit": "May"}}
    made = await owner.post(path, json=body)
    assert made.status_code == 201, made.text
    assert (made.json()["phone"], made.json()["name"], made.json()["state"]) == ("+12125550188", "Ann", "uncalled")
    assert made.json()["variables"] == {"customer_name": "Ann", "last_visit": "May", "plan": ""}
    again = await owner.post(path, json=body)
    assert (again.status_code, again.json()["code"]) == (409, "customer-in-task")


async def test_the_application_describes_itself_without_anything_from_elsewhere(nobody: httpx.AsyncClient) -> None:
    schema = (await nobody.get("/api/v1/openapi.json")).json()
    assert schema["paths"]["/api/v1/tasks"]["get"]["operationId"] == "listTasks"
    assert {"Hello", "TaskNews", "CallNews", "LineNews", "Problem"} <= schema["components"]["schemas"].keys()
    page = await nobody.get("/api/v1/docs")
    assert "/api/v1/tasks/{task_id}/imports" in page.text
    assert "<script" not in page.text
    assert "http://" not in page.text.split("<h2>")[0]


async def test_the_browser_application_is_served(nobody: httpx.AsyncClient, app: FastAPI) -> None:
    missing = await nobody.get("/tasks")
    assert missing.status_code == 503
    assert "npm run build" in missing.text
    folder = app.state.parts.browser_application
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Callwright</title>")
    (folder / "assets" / "app-1a2b.js").write_text("1")
    (folder.parent / "secret.txt").write_text("secret")
    for path in ("/", "/tasks", "/tasks/abc/calls"):
        page = await nobody.get(path)
        assert (page.status_code, page.text) == (200, "<title>Callwright</title>")
        assert page.headers["cache-control"] == "no-cache"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert "script-src 'self';" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
    script = await nobody.get("/assets/app-1a2b.js")
    assert "immutable" in script.headers["cache-control"]
    for path in ("/assets/gone.js", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"):
        assert (await nobody.get(path)).status_code == 404, path


async def test_a_call_hands_out_its_scripts_labels_and_its_call_id(owner: httpx.AsyncClient, town: Town) -> None:
    call = (await owner.get(f"/api/v1/calls/{town.ours.ids['call_id']}")).json()
    assert call["labels"]["intents"]["do_not_call"] == "Never call again"
    assert call["labels"]["variables"]["last_visit"] == "Last visit"
    assert call["sip_call_id"]


async def test_the_session_says_what_one_may_do_and_who_may(agent: httpx.AsyncClient) -> None:
    permissions = {one["act"]: one for one in (await agent.get("/api/v1/session")).json()["permissions"]}
    assert permissions["read_calls"]["allowed"]
    assert not permissions["read_scripts"]["allowed"]
    assert permissions["change_lines"]["roles"] == ["operator", "owner"]


async def test_calls_are_told_by_the_hour_of_the_companys_day_and_by_line(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.system() as session:
        await session.execute(update(TenantRow).values(time_zone="Asia/Kolkata"))
    told = (await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}/hours")).json()
    (hour,) = told["hours"]
    assert (told["time_zone"], hour["hour"]) == ("Asia/Kolkata", 15), "09:30 in UTC"
    assert (hour["calls"], hour["connected"], hour["lost"], hour["line"]["name"]) == (1, 1, 0, "Line")
