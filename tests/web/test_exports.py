"""Lists as pages show them, written to files by a job worker, for whoever may, and told of for good."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import delete, select, text
from structlog.testing import capture_logs

from callwright.accounts.roles import WHO_MAY, Act, Role
from callwright.blobs import forgetting
from callwright.blobs.disk import DiskBlobs
from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.field_list import NewField, add_field
from callwright.db.jobs import Queue
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskRow
from callwright.exports import jobs, service
from callwright.exports.forgetting import forget_exports
from callwright.exports.jobs import export_job
from callwright.exports.words import HEADINGS, WORDS
from callwright.kit.tabular import read_rows
from tests.factories.jobs import work_off
from tests.web.blobs import BreakingBlobs, files_in
from tests.web.conftest import START, HandSetClock, Open, Town, client_of

EXPORTS = "/api/v1/exports"


@pytest.fixture
def house(town: Town, tmp_path: Path) -> Town:
    """The town with files of its own."""
    return replace(town, blobs=tmp_path)


@pytest.fixture
async def owner(open_app: Open, house: Town) -> AsyncIterator[httpx.AsyncClient]:
    """Its owner, signed in."""
    async with client_of(open_app(house), house.ours.tokens[Role.OWNER]) as client:
        yield client


def body(town: Town, **change: Any) -> dict[str, Any]:
    shown = {"what": "customers", "task_id": str(town.ours.ids["task_id"])}
    return {"key": str(uuid4()), "shown": shown, "language": "en", "time_zone": "Asia/Shanghai"} | change


async def work(database: Database, town: Town, export_id: str) -> None:
    """Do what a worker does with an export."""
    job = export_job(database, DiskBlobs(town.blobs), HandSetClock())
    await job.run(town.ours.tenant_id, UUID(export_id))


async def exported(client: httpx.AsyncClient, database: Database, town: Town, **change: Any) -> dict[str, Any]:
    """Ask for a list, have it written, and return the export."""
    asked = await client.post(EXPORTS, json=body(town, **change))
    assert asked.status_code == 202, asked.text
    await work(database, town, asked.json()["id"])
    told: dict[str, Any] = (await client.get(f"{EXPORTS}/{asked.json()['id']}")).json()
    return told


async def rows_of(client: httpx.AsyncClient, export: dict[str, Any]) -> list[list[str]]:
    answer = await client.get(f"{EXPORTS}/{export['id']}/file")
    assert answer.status_code == 200, answer.text
    if export["file_name"].endswith(".csv"):
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return [row.cells for row in read_rows(answer.content, file_name="x")]


async def add(client: httpx.AsyncClient, town: Town, phone: str, name: str) -> None:
    values = {"last_visit": "=1+1"}
    made = await client.post(
        f"/api/v1/tasks/{town.ours.ids['task_id']}/customers",
        json={"phone": phone, "name": name, "variables": values},
    )
    assert made.status_code == 201, made.text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_the_customers_of_a_task_are_exported_as_they_are_shown(
    owner: httpx.AsyncClient, house: Town, database: Database, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AT_A_TIME", 1)
    await add(owner, house, "+12125550177", "@Zoe")
    done = await exported(owner, database, house, file_kind=kind)
    listed = (await owner.get(f"/api/v1/tasks/{house.ours.ids['task_id']}/customers")).json()["items"]
    rows = await rows_of(owner, done)
    assert rows[0][:5] == ["Name", "Phone number", "Agreed to be called", "State", "To be called (Asia/Shanghai)"]
    visit = rows[0].index("Last visit")
    assert [row[1] for row in rows[1:]] == [one["phone"] for one in listed]
    assert (done["state"], done["rows"], done["progress"]) == ("done", len(listed), 1)
    plain = ("@Zoe", "=1+1") if kind == "xlsx" else ("'@Zoe", "'=1+1")  # an XLSX says itself what is text
    assert (rows[-1][0], rows[-1][visit]) == plain
    assert done["file_name"].endswith(f" - customers - {START.date()}.{kind}")


async def test_filters_of_the_page_hold(owner: httpx.AsyncClient, house: Town, database: Database) -> None:
    await add(owner, house, "+12125550177", "Zoe")
    task = str(house.ours.ids["task_id"])
    for shown, told in (
        ({"what": "customers", "task_id": task, "text": "zoe", "state": "uncalled"}, 1),
        ({"what": "customers", "task_id": task, "text": "zoe", "state": "called"}, 0),
        ({"what": "customers", "task_id": task, "min_talk_ms": 1}, 1),
        ({"what": "customers", "task_id": task, "tag": "vip"}, 0),
        ({"what": "calls", "tag": "vip"}, 0),
        ({"what": "calls"}, 1),
        ({"what": "calls", "task_id": task, "phone_state": "connected"}, 1),
        ({"what": "calls", "grade": "Z"}, 0),
        ({"what": "calls", "max_talk_ms": 30_000, "since": "2020-01-01T00:00:00Z"}, 1),
        ({"what": "calls", "before": "2020-01-01T00:00:00Z"}, 0),
    ):
        done = await exported(owner, database, house, shown=shown)
        assert done["rows"] == told, shown
        assert done["filters"] == {key: value for key, value in shown.items() if key not in ("what", "task_id")}


async def test_a_file_has_the_columns_that_are_shown_in_their_order(
    owner: httpx.AsyncClient, house: Town, database: Database
) -> None:
    task = {"what": "customers", "task_id": str(house.ours.ids["task_id"])}
    for shown, columns, told in (
        ({"what": "book"}, ["field-city", "name", "tags", "actions"], ["City", "Name", "Category", "Tags"]),
        (task, ["phone", "variable-last_visit", "last"], ["Phone number", "Last visit", "Last phone state"]),
        ({"what": "calls"}, ["grade", "customer", "arm"], ["Grade", "Name", "Phone number", "Version"]),
    ):
        done = await exported(owner, database, house, shown=shown, columns=columns)
        (headings, *rows) = await rows_of(owner, done)
        assert (headings, {len(row) for row in rows}) == (told, {len(told)})


@pytest.fixture
async def people(house: Town, database: Database) -> dict[str, str]:
    """Customers with fields, of whom some belong to the owner."""
    async with database.tenant(house.ours.tenant_id) as session:
        owner = await session.scalar(select(UserRow.id).where(UserRow.role == "owner"))
        await add_field(session, NewField("Second phone", FieldKind.TEXT, key="second"))
        made = [
            CustomerRow(
                phone="+12125550001", name="=Ann", owner_id=owner, tags=["a", "b"], fields={"second": "@x"}
            ),
            CustomerRow(phone="+12125550002", name="Bo", owner_id=owner, fields={"second": "212 555 0177"}),
            CustomerRow(phone="+12125550003", name="Cy", category="Regular"),
        ]
        session.add_all(made)
        await session.flush()
        return {one.name: str(one.id) for one in made}


async def test_the_book_is_exported_as_it_is_shown(
    owner: httpx.AsyncClient,
    house: Town,
    database: Database,
    people: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "AT_A_TIME", 1)
    mine = {"what": "book", "owner": "me", "order": "name"}
    done = await exported(owner, database, house, shown=mine, file_kind="csv")
    headings, *rows = await rows_of(owner, done)
    assert headings[:5] == ["Name", "Phone number", "Owner", "Category", "Tags"]
    assert headings[-2:] == ["City", "Second phone"]
    assert [(row[0], row[1], row[2], row[4], row[-1]) for row in rows] == [
        ("'=Ann", "+12125550001", "owner", "a, b", "'@x"),
        ("Bo", "+12125550002", "owner", "", "212 555 0177"),
    ]
    assert (done["what"], done["filters"], done["rows"]) == ("book", {"owner": "asker"}, 2)
    assert done["file_name"] == f"customer book - {START.date()}.csv"
    for shown, told in (
        ({"owner": "nobody", "category": "Regular"}, ["Cy"]),
        ({"text": "cy"}, ["Cy"]),
        ({"ids": [people["Cy"], people["Bo"]], "order": "called"}, ["Cy", "Bo"]),
        ({"order": "called"}, []),
    ):
        one = await exported(owner, database, house, shown={"what": "book", **shown})
        assert [row[0] for row in (await rows_of(owner, one))[1:]] == told, shown


async def test_whoever_may_not_see_numbers_gets_none_in_a_file_either(
    owner: httpx.AsyncClient,
    house: Town,
    database: Database,
    people: dict[str, str],
    open_app: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(WHO_MAY, Act.EXPORT, frozenset(Role))
    async with client_of(open_app(house), house.ours.tokens[Role.AGENT]) as agent:
        done = await exported(agent, database, house, shown={"what": "book"})
        rows = {row[0]: row for row in (await rows_of(agent, done))[1:]}
        assert "Bo" not in rows, "a colleague's"
        assert rows["Cy"][1] == "+1 2125 ***003"
        seen = {"what": "book", "ids": [people["Bo"], people["Cy"]], "text": "5550003"}
        assert (await exported(agent, database, house, shown=seen))["rows"] == 0
        async with database.tenant(house.ours.tenant_id) as session:
            (await session.get_one(CustomerRow, UUID(people["Bo"]))).owner_id = None
        done = await exported(agent, database, house, shown={"what": "book", "ids": [people["Bo"]]})
        assert (await rows_of(agent, done))[1][-1] == "***177"


async def test_calls_are_told_in_the_readers_words_and_by_their_clock(
    owner: httpx.AsyncClient, house: Town, database: Database
) -> None:
    (call,) = (await owner.get("/api/v1/calls")).json()["items"]
    done = await exported(owner, database, house, shown={"what": "calls"}, language="zh", file_kind="csv")
    headings, row = await rows_of(owner, done)
    assert headings[:6] == [
        "拨打时间（Asia/Shanghai）",
        "结束时间（Asia/Shanghai）",
        "任务",
        "姓名",
        "电话号码",
        "号码状态",
    ]
    told = dict(zip(headings, row, strict=True))
    assert (told["电话号码"], told["号码状态"]) == (call["customer"]["phone"], "接通")
    dialled, shown = call["dialled_at"], told["拨打时间（Asia/Shanghai）"]
    assert (int(dialled[11:13]) + 8) % 24 == int(shown[11:13])
    assert dialled[13:19] == shown[13:]


async def test_what_is_asked_twice_under_one_key_is_written_once(
    owner: httpx.AsyncClient, house: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = body(house)
    first, second = [(await owner.post(EXPORTS, json=asked)).json()["id"] for _ in range(2)]
    assert first == second
    other = await owner.post(EXPORTS, json=asked | {"file_kind": "csv"})
    assert (other.status_code, other.json()["code"]) == (409, "export-key")
    monkeypatch.setattr(service, "MOST_UNDER_WAY", 2)
    refused = await owner.post(EXPORTS, json=body(house))
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-exports")


async def test_what_is_called_off_leaves_no_file(
    owner: httpx.AsyncClient, house: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (await owner.post(EXPORTS, json=body(house))).json()["id"]
    finish = service.finish

    async def calling_off_first(*given: Any, **named: Any) -> None:
        assert (await owner.post(f"{EXPORTS}/{asked}/cancel")).json()["state"] == "cancelled"
        await finish(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(service, "finish", calling_off_first)
        await work(database, house, asked)
    assert files_in(house.blobs) == []
    none = await owner.get(f"{EXPORTS}/{asked}/file")
    assert (none.status_code, none.json()["code"]) == (409, "export-state")
    done = await exported(owner, database, house)
    late = await owner.post(f"{EXPORTS}/{done['id']}/cancel")
    assert (late.status_code, late.json()["state"]) == (409, "done")


async def test_what_is_called_off_after_its_file_came_to_nothing_leaves_none(
    owner: httpx.AsyncClient, house: Town, database: Database
) -> None:
    asked = (await owner.post(EXPORTS, json=body(house))).json()["id"]
    blobs = BreakingBlobs(house.blobs)
    with pytest.raises(OSError, match="disk"):
        await export_job(database, blobs, HandSetClock()).run(house.ours.tenant_id, UUID(asked))
    await owner.post(f"{EXPORTS}/{asked}/cancel")
    assert await forget_exports(database, blobs, START, kept=timedelta(days=30)) == 1
    assert files_in(house.blobs) == []


async def test_who_takes_a_file_is_noted_and_the_file_is_deleted_in_time(
    owner: httpx.AsyncClient, house: Town, database: Database, open_app: Open
) -> None:
    done = await exported(owner, database, house)
    assert (done["asked_by"], done["downloads"], done["downloaded_by"]) == ("owner", 0, None)
    async with client_of(open_app(house), house.ours.tokens[Role.SUPERVISOR]) as supervisor:
        await rows_of(supervisor, done)
    taken = (await owner.get(EXPORTS)).json()["items"][0]
    assert (taken["id"], taken["downloads"], taken["downloaded_by"]) == (done["id"], 1, "supervisor")
    blobs, kept = DiskBlobs(house.blobs), timedelta(days=30)
    assert await forget_exports(database, blobs, START + timedelta(days=29), kept=kept) == 0
    assert await forget_exports(database, blobs, START + timedelta(days=31), kept=kept) == 1
    assert files_in(house.blobs) == []
    gone = await owner.get(f"{EXPORTS}/{done['id']}/file")
    assert (gone.status_code, gone.json()["code"]) == (404, "export-file-gone")
    assert (await owner.get(f"{EXPORTS}/{done['id']}")).json()["file_kept"] is False


async def test_a_file_that_cannot_be_deleted_keeps_no_other_and_no_searched_name_outlives_its_file(
    owner: httpx.AsyncClient, house: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "AT_A_TIME", 1)
    calls = {"what": "calls", "text": "Bo"}
    customers = {"what": "customers", "task_id": str(house.ours.ids["task_id"]), "text": "Bo"}
    stuck, deleted, other = [await exported(owner, database, house, shown=s) for s in (calls, calls, customers)]
    blob = house.blobs / str(house.ours.tenant_id) / "exports" / stuck["id"]
    blob.unlink()
    blob.mkdir()
    with capture_logs() as logs:
        await forget_exports(database, DiskBlobs(house.blobs), START + timedelta(days=31), kept=timedelta(days=30))
    assert [(log["of"], log["count"], log["rows"]) for log in logs] == [("exports", 1, [stuck["id"]])]
    told = [(await owner.get(f"{EXPORTS}/{one['id']}")).json() for one in (stuck, deleted, other)]
    assert [one["file_kept"] for one in told] == [True, False, False]
    assert [one["filters"].get("text") for one in told] == ["Bo", None, None]


async def test_who_took_out_what_is_still_told_once_the_task_is_gone(
    owner: httpx.AsyncClient, house: Town, database: Database
) -> None:
    done = await exported(owner, database, house)
    async with database.system() as session:
        await session.execute(delete(TaskRow).where(TaskRow.id == house.ours.ids["task_id"]))
    left = (await owner.get(f"{EXPORTS}/{done['id']}")).json()
    assert left == done | {"task": None}


async def test_an_export_waits_in_no_import_s_way(
    owner: httpx.AsyncClient, house: Town, database: Database
) -> None:
    asked = (await owner.post(EXPORTS, json=body(house))).json()["id"]
    queue = text("SELECT queue_name FROM procrastinate_jobs WHERE args ->> 'key' = :asked")
    async with database.system() as session:
        assert await session.scalar(queue, {"asked": asked}) == Queue.EXPORTING


async def test_a_list_that_is_too_long_fails_and_says_why(
    owner: httpx.AsyncClient, house: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_ROWS", 1)
    asked = (await owner.post(EXPORTS, json=body(house))).json()["id"]
    await owner.post(f"{EXPORTS}/{house.ours.ids['export_id']}/cancel")
    await work_off(house.url, [export_job(database, DiskBlobs(house.blobs), HandSetClock())])
    failed = (await owner.get(f"{EXPORTS}/{asked}")).json()
    assert (failed["state"], failed["failure"], failed["file_kept"]) == ("failed", "export-too-large", False)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"time_zone": "Mars/Olympus"}, 422),
        ({"language": "fr"}, 422),
        ({"shown": {"what": "everything"}}, 422),
        ({"shown": {"what": "customers", "task_id": str(uuid4())}}, 404),
        ({"shown": {"what": "calls", "text": "\0"}}, 422),
        ({"columns": []}, 422),
        ({"columns": ["actions", "no-such-column"]}, 422),
    ],
)
async def test_what_cannot_be_exported_is_refused(
    owner: httpx.AsyncClient, house: Town, change: dict[str, Any], status: int
) -> None:
    assert (await owner.post(EXPORTS, json=body(house, **change))).status_code == status


def test_both_languages_have_every_word() -> None:
    assert HEADINGS["en"].keys() == HEADINGS["zh"].keys()
    assert WORDS["en"].keys() == WORDS["zh"].keys()
