"""What people get wrong: each a problem that says what and what to do, and nothing half done."""

import base64
import io
import zipfile
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.scripts.service import demo_source
from callwright.web.app import WebParts, create_app
from tests.factories.calling import phone
from tests.web.conftest import BASE, Town, client_of, wanted
from tests.web.importing import imported, send


async def count(database: Database, row: Any) -> int:
    async with database.system() as session:
        return await session.scalar(select(func.count()).select_from(row)) or 0


async def upload(
    client: httpx.AsyncClient, town: Town, content: bytes, name: str = "people.xlsx"
) -> httpx.Response:
    return await send(client, town, content, name, start=True)


def some_zip(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "spreadsheet-unreadable"),
        (b"PK\x03\x04 and then nothing", "spreadsheet-unreadable"),
        (some_zip({"photo.jpg": b"not a table"}), "spreadsheet-unreadable"),
        (some_zip({"xl/workbook.xml": b"<broken"}), "spreadsheet-unreadable"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"old", "spreadsheet-unreadable"),
        (b"\x00\x01\x02\x03" * 100, "spreadsheet-unreadable"),
        (b"first,second\n1,2\n", "spreadsheet-columns"),
        (b"phone,name\n+12125550188,Ann\n", "spreadsheet-columns"),
        (some_zip({"xl/workbook.xml": b"0" * (201 << 20)}), "spreadsheet-too-large"),
    ],
)
async def test_a_file_that_is_no_table_of_customers_imports_nothing(
    owner: httpx.AsyncClient, town: Town, database: Database, content: bytes, code: str
) -> None:
    before = await count(database, CustomerRow)
    response = await upload(owner, town, content)
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    if code == "spreadsheet-columns":
        assert "last_visit" in response.json()["missing"]
    assert await count(database, CustomerRow) == before


async def test_bad_rows_are_told_and_good_ones_imported(owner: httpx.AsyncClient, town: Town) -> None:
    rows = "Phone;customer_name;last visit;plan\n+1 212 555 0188;Ann;May;\n12;Bo;May;\n212-555-0189;Cy;;\n"
    rows += f"(212) 555-0188;Ann again;May;\n{phone(1)};Known;May;family\n"
    result = await imported(owner, town, rows.encode("utf-16"))
    told = ("rows", "imported", "updated", "duplicates", "changed_in_task", "already_in_task", "failed")
    assert [result[name] for name in told] == [5, 1, 1, 1, 1, 0, 2]
    assert [(error["row"], error["column"], error["value"]) for error in result["faults"]] == [
        (3, "phone", "12"),
        (4, "last_visit", None),
    ]


async def test_a_file_field_must_be_there(owner: httpx.AsyncClient, town: Town) -> None:
    response = await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/imports", data={"other": "x"})
    assert response.status_code == 422
    assert response.json()["errors"] == [{"where": "file", "message": "Field required"}]


async def test_too_much_is_refused_whatever_length_is_said(owner: httpx.AsyncClient, town: Town) -> None:
    response = await upload(owner, town, b"x" * (51 << 20))
    assert (response.status_code, response.json()["code"]) == (413, "too-large")

    async def endless() -> Any:
        for _ in range(120):
            yield b" " * (1 << 16)

    response = await owner.post("/api/v1/scripts", content=endless(), headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize("phone", ["", "12", "+99 999", "not a number", "+1 212 555 01000000"])
async def test_a_bad_number_is_told_at_its_field(owner: httpx.AsyncClient, town: Town, phone: str) -> None:
    response = await owner.post(
        f"/api/v1/tasks/{town.ours.ids['task_id']}/customers",
        json={"phone": phone, "variables": {"customer_name": "Ann", "last_visit": "May"}},
    )
    assert response.status_code == 422
    assert [error["where"] for error in response.json()["errors"]] == ["phone"]


async def test_a_missing_variable_is_told_at_its_field(owner: httpx.AsyncClient, town: Town) -> None:
    response = await owner.post(
        f"/api/v1/tasks/{town.ours.ids['task_id']}/customers",
        json={"phone": "+12125550188", "name": "Ann", "variables": {}},
    )
    assert response.status_code == 422
    assert response.json()["errors"][0]["where"] == "variables.last_visit"


async def test_a_script_that_cannot_be_read_is_not_kept(owner: httpx.AsyncClient, database: Database) -> None:
    before = await count(database, ScriptVersionRow)
    response = await owner.post("/api/v1/scripts", json={"source": "name: [broken"})
    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, "script-invalid")
    assert problem["faults"][0].keys() >= {"node", "field", "path", "rule", "message", "remedy"}
    assert await count(database, ScriptVersionRow) == before


async def test_a_script_with_faults_stays_a_draft(owner: httpx.AsyncClient) -> None:
    source = demo_source().replace("entry: greeting", "entry: nowhere").replace("Check-up reminder", "Faulty")
    made = await owner.post("/api/v1/scripts", json={"source": source})
    assert made.status_code == 201, made.text
    key = made.json()["id"]
    refused = await owner.post(f"/api/v1/scripts/{key}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "script-invalid")
    assert any("nowhere" in fault["message"] for fault in refused.json()["faults"])
    detail = (await owner.get(f"/api/v1/scripts/{key}")).json()
    assert detail["published"] is None
    assert detail["draft"]["number"] == 1
    assert detail["faults"] == refused.json()["faults"]
    assert detail["source"] == source


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"seats": 0}, "seats"),
        ({"seats": "many"}, "seats"),
        ({"concurrency": 0}, "concurrency"),
        ({"mode": "eager"}, "mode"),
        ({"lost_limit_percent": 0}, "lost_limit_percent"),
        ({"hold_s": 31}, "hold_s"),
        ({"redial": {"connected": {"interval_h": 1, "tries": 1}}}, "redial.connected"),
        ({"name": "   "}, "name"),
        ({"script_id": "x"}, "script_id"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_a_wrong_field_is_named(
    owner: httpx.AsyncClient, town: Town, change: dict[str, Any], where: str
) -> None:
    ids = wanted(town)
    response = await owner.post("/api/v1/tasks", json={"name": "T", "seats": 1, **ids, **change})
    assert response.status_code == 422
    assert [error["where"] for error in response.json()["errors"]] == [where]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"redial": {"busy": {"interval_h": 0, "tries": 1}}}, "redial-interval"),
        ({"redial": {"busy": {"interval_h": 1, "tries": 11}}}, "redial-tries"),
        ({"calling_hours": {"opens": "18:00", "closes": "09:00"}}, "hours-order"),
        ({"calling_hours": {"no_dial": [{"starts": "12:00", "ends": "11:00"}]}}, "no-dial-order"),
        ({"mode": "multi", "seats": 2, "concurrency": 5}, "concurrency-range"),
        ({"outbound": "mobile", "line_ids": []}, "task-lines"),
        ({"outbound": "mobile"}, "task-line-kind"),
    ],
)
async def test_a_rule_of_tasks_that_is_broken_is_named(
    owner: httpx.AsyncClient, town: Town, change: dict[str, Any], code: str
) -> None:
    response = await owner.post("/api/v1/tasks", json={"name": "T", "seats": 1, **wanted(town), **change})
    assert (response.status_code, response.json()["code"]) == (422, code)


async def test_more_calls_at_once_than_seats_are_refused(owner: httpx.AsyncClient, town: Town) -> None:
    ids = wanted(town)
    response = await owner.post("/api/v1/tasks", json={"name": "T", "seats": 51, **ids})
    assert (response.status_code, response.json()["code"]) == (422, "task-concurrency")
    assert response.json()["errors"][0]["where"] == "seats"


async def test_what_does_not_fit_the_state_is_a_conflict(owner: httpx.AsyncClient, town: Town) -> None:
    response = await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/resume")
    assert (response.status_code, response.json()["code"]) == (409, "task-state")
    assert response.json()["state"] == "draft"
    assert "start" in response.json()["possible"]
    ids = wanted(town)
    empty = (await owner.post("/api/v1/tasks", json={"name": "Empty", "seats": 1, **ids})).json()
    response = await owner.post(f"/api/v1/tasks/{empty['id']}/start")
    assert (response.status_code, response.json()["code"]) == (409, "task-empty")
    again = await owner.post("/api/v1/tasks", json={"name": "Empty", "seats": 1, **ids})
    assert (again.status_code, again.json()["code"]) == (409, "task-name-taken")


@pytest.mark.parametrize("after", ["x", "%%%", "bm9uc2Vuc2U"])
async def test_a_cursor_of_nowhere_is_refused(owner: httpx.AsyncClient, after: str) -> None:
    response = await owner.get("/api/v1/tasks", params={"after": after})
    assert (response.status_code, response.json()["code"]) == (422, "invalid-cursor")


@pytest.mark.parametrize("place", [2**63, -(2**63), 10**100])
async def test_a_cursor_beyond_every_list_is_refused(owner: httpx.AsyncClient, town: Town, place: int) -> None:
    after = base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")
    path = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
    response = await owner.get(path, params={"after": after})
    assert (response.status_code, response.json()["code"]) == (422, "invalid-cursor")


@pytest.mark.parametrize(
    "path", ["/customers", "/customers/count", "/calls", "/tasks/{task_id}/customers", "/do-not-call"]
)
async def test_a_search_for_what_can_not_be_shown_is_refused_and_not_for_everybody(
    owner: httpx.AsyncClient, town: Town, path: str
) -> None:
    response = await owner.get(f"/api/v1{path.format(**town.ours.ids)}", params={"text": "\0"})
    assert (response.status_code, response.json()["errors"][0]["where"]) == (422, "query.text")


async def test_no_database_is_said_and_its_password_is_not(app: FastAPI) -> None:
    parts: WebParts = app.state.parts
    away = Database("postgresql://someone:secret@127.0.0.1:1/callwright")
    gone = create_app(replace(parts, database=away))
    async with client_of(gone, "token") as client:
        for path in ("/api/v1/health", "/api/v1/tasks"):
            response = await client.get(path)
            assert (response.status_code, response.json()["code"]) == (503, "database-unavailable")
            assert "CALLWRIGHT_DATABASE_URL" in response.json()["detail"]
            assert "secret" not in response.text
    await away.close()


async def test_an_unforeseen_error_tells_only_its_incident(capsys: pytest.CaptureFixture[str]) -> None:
    async with client_of(create_app(None), "token") as client:  # without parts nothing can work
        response = await client.get("/api/v1/tasks")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (500, "internal")
    assert problem["incident"] in problem["detail"]
    assert "Assertion" not in response.text
    logged = capsys.readouterr().out
    assert problem["incident"] in logged
    assert "AssertionError" in logged


async def test_an_address_of_nothing_is_a_problem_too(nobody: httpx.AsyncClient) -> None:
    for path in ("/api/v1/nothing", "/api", "/api/v2/tasks"):
        response = await nobody.get(path)
        assert (response.status_code, response.json()["code"]) == (404, "not-found"), path
    response = await nobody.put("/api/v1/tasks")
    assert (response.status_code, response.json()["code"]) == (405, "method-not-allowed")


async def test_who_asks_from_elsewhere_by_name_is_still_ourselves(owner: httpx.AsyncClient) -> None:
    response = await owner.patch("/api/v1/session", json={"language": "en"}, headers={"Origin": BASE})
    assert response.status_code == 200
