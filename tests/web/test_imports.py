"""Files of customers: sent, understood, mapped by hand, imported once, called off, the failed rows taken back."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update

from callwright.accounts.roles import Role
from callwright.blobs.disk import DiskBlobs
from callwright.contacts import importing
from callwright.contacts.importing import read_customers
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.events import EventRow
from callwright.db.tables.imports import ImportRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.imports import service
from callwright.imports.forgetting import forget_files
from callwright.imports.jobs import import_job
from callwright.kit.tabular import Column, read_rows, write_workbook
from callwright.web.uploads import shown_file_name
from tests.factories.jobs import work_off
from tests.web.blobs import breaking, files_in
from tests.web.conftest import START, HandSetClock, Open, Town, client_of, wanted
from tests.web.importing import imported, send, work

HEAD = "phone,customer_name,last_visit\n"
GOOD = (HEAD + "+12125550177,Zoe,May\n+12125550178,Yan,June\n").encode()


async def customers(database: Database) -> int:
    async with database.system() as session:
        return await session.scalar(select(func.count()).select_from(CustomerRow)) or 0


async def the_import(client: httpx.AsyncClient, import_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = (await client.get(f"/api/v1/imports/{import_id}")).json()
    return shown


async def test_a_file_is_looked_at_before_anything_is_imported(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    before = await customers(database)
    sent = (await send(owner, town, GOOD)).json()
    assert (sent["import"]["state"], sent["import"]["file_name"]) == ("taken", "people.csv")
    preview = sent["preview"]
    assert preview["headings"] == ["phone", "customer_name", "last_visit"]
    assert preview["rows"][0] == ["+12125550177", "Zoe", "May"]
    assert preview["places"] == {
        "phone": 0,
        "name": 1,
        "variables.customer_name": 1,
        "variables.last_visit": 2,
    }
    assert preview["missing"] == []
    assert {"key": "variables.last_visit", "label": "Last visit", "required": True} in preview["choices"]
    assert await customers(database) == before
    assert (await owner.get(f"/api/v1/imports/{sent['import']['id']}/preview")).json() == preview


async def test_columns_can_be_chosen_by_hand(owner: httpx.AsyncClient, town: Town) -> None:
    sent = (await send(owner, town, b"Ansprechpartner,Handy,Zuletzt\nZoe,+12125550177,May\n")).json()
    where = f"/api/v1/imports/{sent['import']['id']}"
    assert sent["preview"]["missing"] == ["phone", "customer_name", "last_visit"]
    refused = await owner.post(f"{where}/start", json={})
    assert (refused.status_code, refused.json()["code"]) == (422, "columns-not-chosen")
    places = {"phone": 1, "name": 0, "variables.last_visit": 2}
    wrong = await owner.post(f"{where}/start", json={"places": places | {"variables.shoe_size": 3}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "no-such-column")
    started = await owner.post(f"{where}/start", json={"places": places})
    assert (started.status_code, started.json()["state"]) == (202, "waiting")
    await work(town, sent["import"]["id"])
    done = await the_import(owner, sent["import"]["id"])
    assert (done["state"], done["rows"], done["imported"], done["failed"]) == ("done", 1, 1, 0)
    assert done["progress"] == 1


async def test_a_file_without_headings_is_imported_from_its_first_row(owner: httpx.AsyncClient, town: Town) -> None:
    sent = (await send(owner, town, b"Zoe,+12125550177,May\nYan,+12125550178,June\n")).json()
    body = {"heading_row": 0, "places": {"phone": 1, "name": 0, "variables.last_visit": 2}}
    await owner.post(f"/api/v1/imports/{sent['import']['id']}/start", json=body)
    await work(town, sent["import"]["id"])
    assert (await the_import(owner, sent["import"]["id"]))["imported"] == 2


async def test_what_is_sent_twice_under_one_key_is_imported_once(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    owner.headers["Idempotency-Key"] = str(uuid4())
    first, second = [(await send(owner, town, GOOD, start=True)).json()["import"]["id"] for _ in range(2)]
    assert first == second
    await work(town, first)
    await work(town, first)
    assert (await owner.post(f"/api/v1/imports/{first}/start", json={})).json()["state"] == "done"
    done = await the_import(owner, first)
    assert (done["imported"], done["already_in_task"]) == (2, 0)
    async with database.system() as session:
        count = select(func.count()).select_from(ImportRow).where(ImportRow.id != town.ours.ids["import_id"])
        assert await session.scalar(count.where(ImportRow.tenant_id == town.ours.tenant_id)) == 1


async def test_who_of_a_file_is_in_the_task_is_told_apart(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await imported(owner, town, (HEAD + "".join(f"+1212555017{row},Zoe,May\n" for row in (7, 8, 9))).encode())
    called = select(CustomerRow.id).where(CustomerRow.phone == "+12125550179").scalar_subquery()
    async with database.tenant(town.ours.tenant_id) as session:
        entry = update(TaskCustomerRow).where(TaskCustomerRow.customer_id == called)
        await session.execute(entry.values(state="called", last_called_at=START))
    again = (HEAD + "+12125550177,Zoe,June\n+12125550178,Zoe,May\n+12125550179,Zoe,July\n").encode()
    result = await imported(owner, town, again)
    counts = {"imported": 0, "updated": 2, "changed_in_task": 1, "too_late": 1, "already_in_task": 1, "failed": 0}
    assert result | counts == result
    async with database.system() as session:
        event = select(EventRow.data).where(EventRow.kind == "import.done").order_by(EventRow.id.desc()).limit(1)
        data = await session.scalar(event)
    assert data is not None
    assert data | counts == data
    where = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
    found = (await owner.get(where, params={"limit": 200})).json()["items"]
    visits = {one["phone"]: one["variables"]["last_visit"] for one in found}
    assert [visits[f"+1212555017{row}"] for row in (7, 8, 9)] == ["June", "May", "May"]


async def test_what_is_called_off_imports_nothing(owner: httpx.AsyncClient, town: Town, database: Database) -> None:
    before = await customers(database)
    import_id = (await send(owner, town, GOOD, start=True)).json()["import"]["id"]
    assert (await owner.post(f"/api/v1/imports/{import_id}/cancel")).json()["state"] == "cancelled"
    await work(town, import_id)
    assert await customers(database) == before
    again = await owner.post(f"/api/v1/imports/{import_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "import-state")
    restarted = await owner.post(f"/api/v1/imports/{import_id}/start", json={})
    assert (restarted.status_code, restarted.json()["code"]) == (409, "import-state")


async def test_what_is_called_off_while_rows_are_entered_leaves_no_half(
    owner: httpx.AsyncClient, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await customers(database)
    import_id = (await send(owner, town, GOOD, start=True)).json()["import"]["id"]
    finish = service.finish

    async def calling_off_first(*given: Any, **named: Any) -> bool:
        assert (await owner.post(f"/api/v1/imports/{import_id}/cancel")).status_code == 200
        return await finish(*given, **named)

    monkeypatch.setattr(service, "finish", calling_off_first)
    await work(town, import_id)
    assert await customers(database) == before
    assert (await the_import(owner, import_id))["state"] == "cancelled"


@pytest.mark.parametrize(("language", "reason"), [("en", "too few or too many digits"), ("zh", "位数过多或过少")])
async def test_failed_rows_come_back_to_be_repaired_and_sent_again(
    owner: httpx.AsyncClient, town: Town, language: str, reason: str
) -> None:
    done = await imported(owner, town, (HEAD + "+12125550177,Zoe,May\n12,Bo,June\n,Cy,July\n").encode())
    assert (done["imported"], done["failed"]) == (1, 2)
    book = await owner.get(f"/api/v1/imports/{done['id']}/failed-rows", params={"language": language})
    assert "people%20-%20failed%20rows.xlsx" in book.headers["content-disposition"]
    rows = [row.cells for row in read_rows(book.content, file_name="failed.xlsx")]
    assert rows[0][:3] == ["phone", "customer_name", "last_visit"]
    assert rows[1][:3] == ["12", "Bo", "June"]
    assert reason in rows[1][3]
    repaired = book.content if language == "zh" else (HEAD + "+12125550179,Bo,June\n").encode()
    again = await imported(owner, town, repaired, "failed.xlsx" if language == "zh" else "failed.csv")
    assert (again["rows"], again["failed"]) == ((2, 2) if language == "zh" else (1, 0))


async def test_failed_rows_of_columns_chosen_by_hand_are_read_by_them_again(
    owner: httpx.AsyncClient, town: Town
) -> None:
    sent = (await send(owner, town, b"Wer;Filiale;Handy*;Zuletzt\nZoe;Ost;12;May\n")).json()["import"]
    places = {"phone": 2, "name": 0, "variables.last_visit": 3}
    await owner.post(f"/api/v1/imports/{sent['id']}/start", json={"places": places})
    await work(town, sent["id"])
    book = await owner.get(f"/api/v1/imports/{sent['id']}/failed-rows")
    headings, row = (one.cells for one in read_rows(book.content, file_name="f.xlsx"))
    assert headings == ["Wer", "Filiale", "Handy*", "Zuletzt", "(reason)"], "as they were sent"
    repaired = "\n".join([";".join(headings), ";".join(["Zoe", "Ost", "+12125550177", "May", row[-1]])]).encode()
    taken = (await send(owner, town, repaired)).json()
    assert (taken["preview"]["places"], taken["preview"]["missing"]) == (places, [])
    assert (await owner.get(f"/api/v1/imports/{taken['import']['id']}/preview")).json() == taken["preview"]
    again = await imported(owner, town, repaired)
    assert (again["rows"], again["imported"], again["failed"]) == (1, 1, 0)


async def test_failed_rows_of_a_file_without_headings_have_the_names_of_what_was_read(
    owner: httpx.AsyncClient, town: Town
) -> None:
    sent = (await send(owner, town, b"Zoe;12;May;Ost\n")).json()["import"]
    body = {"heading_row": 0, "places": {"phone": 1, "name": 0, "variables.last_visit": 2}}
    await owner.post(f"/api/v1/imports/{sent['id']}/start", json=body)
    await work(town, sent["id"])
    book = await owner.get(f"/api/v1/imports/{sent['id']}/failed-rows")
    headings = next(read_rows(book.content, file_name="f.xlsx")).cells
    assert headings == ["name", "phone", "last_visit", "", "(reason)"]
    again = await imported(owner, town, book.content, "failed.xlsx")
    assert [fault["code"] for fault in again["faults"]] == ["phone-length"]


async def test_failed_rows_keep_the_columns_that_were_left_out_and_no_import_of_the_task_reads_them(
    owner: httpx.AsyncClient, town: Town
) -> None:
    sent = (await send(owner, town, b"Handy;Name;Mobile;Zuletzt;(reason)\n12;Zoe;+12125550177;May;old\n")).json()
    places = {"phone": 0, "name": 1, "variables.last_visit": 3}
    await owner.post(f"/api/v1/imports/{sent['import']['id']}/start", json={"places": places})
    await work(town, sent["import"]["id"])
    for _ in range(2):
        book = await owner.get(f"/api/v1/imports/{sent['import']['id']}/failed-rows")
        headings, row = (one.cells for one in read_rows(book.content, file_name="f.xlsx"))
        assert [headings[0], *headings[2:]] == ["Handy", "Mobile", "Zuletzt", "(reason)"]
        assert (row[:4], "old" in row) == (["12", "Zoe", "+12125550177", "May"], False)
        sent["import"] = await imported(owner, town, book.content, "failed.xlsx")
        assert [fault["code"] for fault in sent["import"]["faults"]] == ["phone-length"]


async def test_a_row_with_what_no_database_takes_is_only_a_row_that_failed(
    owner: httpx.AsyncClient, town: Town
) -> None:
    heads = [Column(heading) for heading in ("phone", "name", "last_visit", "consent")]
    rows = [("+12125550177", "Zo\0e", "May", ""), ("12\0", "Bo", "May", ""), ("+12125550178", "Cy", "May", "\0x")]
    done = await imported(owner, town, write_workbook(heads, [*rows, ("+12125550179", "Di", "May", "")]), "a.xlsx")
    assert (done["state"], done["imported"], done["failed"]) == ("done", 1, 3)
    assert [fault["value"] for fault in done["faults"]] == ["Zoe", "12", "x"]


async def test_a_file_that_turns_out_too_long_fails_whole_and_is_deleted(
    owner: httpx.AsyncClient, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_ROWS", 1)
    before = await customers(database)
    import_id = (await send(owner, town, GOOD, start=True)).json()["import"]["id"]
    await work_off(town.url, [import_job(database, DiskBlobs(town.blobs), HandSetClock())])
    failed = await the_import(owner, import_id)
    assert (failed["state"], failed["failure"], failed["imported"]) == ("failed", "spreadsheet-too-large", 0)
    assert (await the_import(owner, str(town.ours.ids["import_id"])))["state"] == "taken", "only what is under way"
    assert await customers(database) == before
    assert not _blob(town, import_id).exists()


def test_progress_is_of_the_files_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "TELL_EVERY", 1)
    told: list[float] = []
    for name, content in (("a.csv", GOOD), ("a.xlsx", write_workbook([Column("phone")], [["1"], ["2"]]))):
        read_customers(content, file_name=name, variables=[], region="US", tell=told.append)
    assert told == [2 / 3, 1.0, 2 / 3, 1.0]


def _blob(town: Town, import_id: str) -> Path:
    return town.blobs / str(town.ours.tenant_id) / "imports" / import_id


async def test_files_are_deleted_once_nobody_needs_them(
    open_app: Open, town: Town, database: Database, tmp_path: Path
) -> None:
    own = replace(town, blobs=shutil.copytree(town.blobs, tmp_path / "blobs"))  # other tests read the shared ones
    async with client_of(open_app(own), own.ours.tokens[Role.OWNER]) as owner:
        await _see_files_deleted(owner, own, database)


async def _see_files_deleted(owner: httpx.AsyncClient, town: Town, database: Database) -> None:
    off = (await send(owner, town, GOOD)).json()["import"]["id"]
    assert (await owner.post(f"/api/v1/imports/{off}/cancel")).json()["file_kept"] is False
    assert not _blob(town, off).exists(), "at once"
    gone = await owner.get(f"/api/v1/imports/{off}/file")
    assert (gone.status_code, gone.json()["code"]) == (404, "import-file-gone")
    stuck = await imported(owner, town, (HEAD + "13,Cy,June\n").encode())
    _blob(town, stuck["id"]).unlink()
    _blob(town, stuck["id"]).mkdir()
    done = await imported(owner, town, (HEAD + "12,Bo,June\n").encode())
    looked_at = (await send(owner, town, GOOD)).json()["import"]["id"]
    blobs, sent_at = DiskBlobs(town.blobs), datetime.now(UTC)
    kept = sent_at - datetime.fromisoformat(done["ended_at"]) + timedelta(days=30)
    assert await forget_files(database, blobs, sent_at, kept=kept) == 0
    await forget_files(database, blobs, sent_at + timedelta(hours=25), kept=kept)
    left = await the_import(owner, looked_at)
    assert (left["state"], left["failure"], left["file_kept"]) == ("cancelled", "not-started", False)
    assert _blob(town, done["id"]).exists()
    await forget_files(database, blobs, sent_at + timedelta(days=31), kept=kept)
    assert (await the_import(owner, stuck["id"]))["file_kept"] is True
    assert not _blob(town, done["id"]).exists(), "whatever became of another's"
    shown = await the_import(owner, done["id"])
    assert (shown["failed"], shown["file_kept"]) == (1, False)
    assert (await owner.get(f"/api/v1/imports/{done['id']}/faults")).json() == []
    assert (await owner.get(f"/api/v1/imports/{done['id']}/failed-rows")).status_code == 404


async def test_a_file_that_cannot_be_kept_is_no_import_and_leaves_none(
    owner: httpx.AsyncClient, app: FastAPI, town: Town, database: Database, tmp_path: Path
) -> None:
    blobs = breaking(app, tmp_path / "blobs")
    assert (await send(owner, town, GOOD, start=True)).status_code == 500
    newest = (await owner.get("/api/v1/imports")).json()["items"][0]
    assert newest["state"] == "cancelled"
    await forget_files(database, blobs, datetime.now(UTC), kept=timedelta(days=30))
    assert files_in(tmp_path / "blobs") == []


async def test_only_so_many_files_may_wait(
    owner: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_OPEN", 2)
    owner.headers["Idempotency-Key"] = str(uuid4())
    last = (await send(owner, town, GOOD)).json()["import"]["id"]
    assert (await send(owner, town, GOOD)).json()["import"]["id"] == last, "it is the same"
    owner.headers["Idempotency-Key"] = str(uuid4())
    refused = await send(owner, town, GOOD)
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-imports")
    await owner.post(f"/api/v1/imports/{last}/cancel")
    assert (await send(owner, town, GOOD)).status_code == 201


async def test_a_key_stands_for_one_file_of_one_task(owner: httpx.AsyncClient, town: Town, open_app: Open) -> None:
    owner.headers["Idempotency-Key"] = str(uuid4())
    first = (await send(owner, town, GOOD)).json()["import"]
    assert first["state"] == "taken"
    other = await send(owner, town, GOOD + b"+12125550179,Al,May\n")
    assert (other.status_code, other.json()["code"]) == (409, "import-key")
    task = (await owner.post("/api/v1/tasks", json={"name": "Another", "seats": 1, **wanted(town)})).json()
    elsewhere = await owner.post(f"/api/v1/tasks/{task['id']}/imports", files={"file": ("people.csv", GOOD)})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "import-key")
    for _ in range(2):
        started = (await send(owner, town, GOOD, start=True)).json()["import"]
        assert (started["id"], started["state"]) == (first["id"], "waiting")
    await work(town, first["id"])
    assert (await the_import(owner, first["id"]))["imported"] == 2


async def test_failed_rows_are_only_of_what_was_imported_and_failed(owner: httpx.AsyncClient, town: Town) -> None:
    sent = (await send(owner, town, GOOD)).json()["import"]["id"]
    early = await owner.get(f"/api/v1/imports/{sent}/failed-rows")
    assert (early.status_code, early.json()["code"]) == (409, "import-state")
    done = await imported(owner, town, GOOD)
    none = await owner.get(f"/api/v1/imports/{done['id']}/failed-rows")
    assert (none.status_code, none.json()["code"]) == (404, "no-failed-rows")


async def test_many_faults_are_told_in_part(owner: httpx.AsyncClient, town: Town) -> None:
    done = await imported(owner, town, (HEAD + "12,Bo,June\n" * 205).encode())
    assert (done["failed"], len(done["faults"])) == (205, 200)
    rest = (await owner.get(f"/api/v1/imports/{done['id']}/faults", params={"first": 200})).json()
    assert [fault["row"] for fault in rest] == [202, 203, 204, 205, 206]


async def test_what_is_called_off_too_late_is_told_as_it_is(owner: httpx.AsyncClient, town: Town) -> None:
    done = await imported(owner, town, GOOD)
    late = await owner.post(f"/api/v1/imports/{done['id']}/cancel")
    assert (late.status_code, late.json()["state"]) == (409, "done")
    assert (await the_import(owner, done["id"]))["file_kept"] is True


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../x.xlsx", "x.xlsx"),
        ("C:\\Users\\ann\\people.csv", "people.csv"),
        ("..", "file"),
        ("a\0\u202eb.csv", "ab.csv"),
        ("x" * 300 + ".xlsx", "x" * 195 + ".xlsx"),
        ("客户.xlsx", "客户.xlsx"),
    ],
)
def test_a_file_is_called_by_its_name_alone(given: str, shown: str) -> None:
    assert shown_file_name(given) == shown


async def test_the_list_has_the_newest_first_and_the_files_as_they_were_sent(
    owner: httpx.AsyncClient, town: Town, open_app: Open
) -> None:
    sent = (await send(owner, town, GOOD, "客户名单.csv")).json()["import"]
    listed = (await owner.get("/api/v1/imports", params={"task_id": town.ours.ids["task_id"]})).json()["items"]
    assert [one["id"] for one in listed] == [sent["id"], str(town.ours.ids["import_id"])]
    assert listed[0]["asked_by"] == "owner"
    file = await owner.get(f"/api/v1/imports/{sent['id']}/file")
    assert file.content == GOOD
    assert "filename*=UTF-8''%E5%AE%A2" in file.headers["content-disposition"]
    first = (await owner.get("/api/v1/imports", params={"limit": 1})).json()
    rest = (await owner.get("/api/v1/imports", params={"limit": 1, "after": first["next"]})).json()
    assert [one["id"] for one in rest["items"]] == [str(town.ours.ids["import_id"])]


async def test_who_may_not_see_numbers_reads_no_values_of_failed_rows(
    owner: httpx.AsyncClient, town: Town, open_app: Open
) -> None:
    done = await imported(owner, town, (HEAD + "12,Bo,June\n").encode())
    assert done["faults"][0]["value"] == "12"
    async with client_of(open_app(town), town.ours.tokens[Role.INSPECTOR]) as inspector:
        assert (await inspector.get(f"/api/v1/imports/{done['id']}/faults")).json()[0]["value"] is None
        assert (await inspector.get(f"/api/v1/imports/{done['id']}/file")).status_code == 403
