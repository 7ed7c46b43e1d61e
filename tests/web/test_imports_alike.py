"""Files with the same headings: read as a person corrected one, shown as they are read, forgotten in time."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text

from callwright.blobs.disk import DiskBlobs
from callwright.contacts.columns import choose, columns_of, correct
from callwright.db.session import Database
from callwright.db.tables.imports import ImportRow
from callwright.dialogue.graph import Variable
from callwright.imports.forgetting import forget_file
from callwright.imports.repository import wait_for_turn
from callwright.kit.tabular import Row
from tests.factories.calling import NOW
from tests.waiting import PATIENCE_S, until
from tests.web.conftest import Town
from tests.web.importing import send, work

HEAD = "phone,customer_name,last_visit,Dentist\n"
WAITING = text("""
    SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database
    WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
""")
FILE = (HEAD + "+12125550177,Zoe,May,+12125550188\n").encode()


async def preview_of(client: httpx.AsyncClient, import_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = (await client.get(f"/api/v1/imports/{import_id}/preview")).json()
    return shown


async def import_by(client: httpx.AsyncClient, town: Town, import_id: str, **body: Any) -> None:
    started = await client.post(f"/api/v1/imports/{import_id}/start", json=body)
    assert started.status_code == 202, started.text
    await work(town, import_id)


@pytest.mark.parametrize(("chosen", "phone", "dentist"), [({}, 0, 3), ({"name": 2}, 0, 3), ({"phone": 3}, 3, None)])
async def test_a_field_defined_later_is_read_from_files_with_the_same_headings(
    owner: httpx.AsyncClient, town: Town, chosen: dict[str, int], phone: int, dentist: int | None
) -> None:
    sent = (await send(owner, town, FILE)).json()
    await import_by(owner, town, sent["import"]["id"], places=sent["preview"]["places"] | chosen)
    field = {"key": "dentist", "kind": "text", "label": "Dentist"}
    assert (await owner.post("/api/v1/custom-fields", json=field)).status_code == 201
    again = (await send(owner, town, FILE)).json()["preview"]["places"]
    assert (again["phone"], again.get("fields.dentist"), again["name"]) == (phone, dentist, chosen.get("name", 1))


def test_what_a_person_corrected_counts_before_headings_and_what_is_gone_is_left_out() -> None:
    row = Row(1, ["Handy", "phone", "Name", "Plan", "Shop"])
    plan, shop = (Variable(name=name, label=name.title()) for name in ("plan", "shop"))
    said = columns_of(row, [plan])
    chosen = choose(said, 1, {"phone": 0, "variables.plan": 3})
    assert chosen.corrected == {"phone": 0, "name": None}
    assert choose(chosen, 0, chosen.places).corrected == {}
    later = correct(columns_of(row, [shop]), chosen.corrected, {"phone", "name", "variables.shop"})
    assert later.places == {"phone": 0, "variables.shop": 4}
    assert correct(columns_of(row, [shop]), {"variables.plan": 4}, {"variables.shop"}).places["variables.shop"] == 4
    assert "variables.shop" not in correct(columns_of(row, [shop]), {"phone": 4}, {"phone"}).places


@pytest.mark.parametrize(
    ("corrected", "places"),
    [
        ({"phone": 0}, {"phone": 0}),
        ({"name": 0, "phone": 1}, {"name": 0, "phone": 1, "variables.name": 0}),
        ({"variables.name": 0}, {"name": 0, "variables.name": 0}),
        ({"name": 0, "phone": 0}, {"name": 0, "phone": 0}),
    ],
)
def test_the_name_stands_beside_a_variable_that_is_the_name_and_beside_nothing_else(
    corrected: dict[str, int | None], places: dict[str, int]
) -> None:
    said = columns_of(Row(1, ["Name", "Note"]), [Variable(name="name", label="Name")])
    assert correct(said, corrected, {"phone", "name", "variables.name"}).places == places


async def test_a_file_is_imported_as_it_was_shown_whatever_was_imported_since(
    owner: httpx.AsyncClient, town: Town
) -> None:
    first = (await send(owner, town, FILE)).json()
    second = (await send(owner, town, FILE.replace(b"Zoe", b"Yan"))).json()
    places = first["preview"]["places"] | {"phone": 3}
    await import_by(owner, town, second["import"]["id"], places=places)
    shown = await preview_of(owner, first["import"]["id"])
    assert shown == first["preview"]
    await import_by(owner, town, first["import"]["id"])
    assert await preview_of(owner, first["import"]["id"]) == shown
    assert (await preview_of(owner, second["import"]["id"]))["places"] == places
    customers = (await owner.get("/api/v1/customers", params={"text": "Zoe"})).json()["items"]
    assert [one["phone"] for one in customers] == ["+12125550177"]


async def test_a_file_sent_again_under_its_key_is_shown_as_it_will_be_imported(
    owner: httpx.AsyncClient, town: Town
) -> None:
    key = {"Idempotency-Key": "6c1f0b5e-6d0e-4b1e-9a59-0f3a2c5d7e11"}
    where = f"/api/v1/tasks/{town.ours.ids['task_id']}/imports"
    first = (await owner.post(where, files={"file": ("people.csv", FILE)}, headers=key)).json()
    other = (await send(owner, town, FILE)).json()
    await import_by(owner, town, other["import"]["id"], places=first["preview"]["places"] | {"phone": 3})
    again = (await owner.post(where, files={"file": ("people.csv", FILE)}, headers=key)).json()
    assert (again["import"]["id"], again["preview"]) == (first["import"]["id"], first["preview"])


async def test_what_a_file_sent_again_lacks_is_told_as_long_as_it_can_be_started(
    owner: httpx.AsyncClient, town: Town
) -> None:
    owner.headers["Idempotency-Key"] = "6c1f0b5e-6d0e-4b1e-9a59-0f3a2c5d7e11"
    file = b"Ansprechpartner,Handy,Zuletzt\nZoe,+12125550177,May\n"
    sent = (await send(owner, town, file)).json()["import"]
    refused = await send(owner, town, file, start=True)
    assert (refused.status_code, refused.json()["code"]) == (422, "spreadsheet-columns")
    assert (await owner.get(f"/api/v1/imports/{sent['id']}")).json()["state"] == "taken"
    await import_by(owner, town, sent["id"], places={"phone": 1, "name": 0, "variables.last_visit": 2})
    again = await send(owner, town, file, start=True)
    assert (again.status_code, again.json()["import"]["state"]) == (201, "done")
    owner.headers["Idempotency-Key"] = "6c1f0b5e-6d0e-4b1e-9a59-0f3a2c5d7e12"
    unlike = file.replace(b"Handy", b"Telefon")
    other = (await send(owner, town, unlike)).json()["import"]
    await owner.post(f"/api/v1/imports/{other['id']}/cancel")
    again = await send(owner, town, unlike, start=True)
    assert (again.status_code, again.json()["import"]["state"]) == (201, "cancelled")


async def test_a_file_sent_again_waits_for_no_other(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    owner.headers["Idempotency-Key"] = "6c1f0b5e-6d0e-4b1e-9a59-0f3a2c5d7e11"
    sent = (await send(owner, town, FILE)).json()
    async with database.tenant(town.ours.tenant_id) as session:
        await wait_for_turn(session)
        async with asyncio.timeout(PATIENCE_S):
            assert (await send(owner, town, FILE)).json() == sent


async def test_a_file_sent_twice_at_once_under_one_key_is_one_import(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    owner.headers["Idempotency-Key"] = "6c1f0b5e-6d0e-4b1e-9a59-0f3a2c5d7e11"
    async with asyncio.TaskGroup() as group, database.tenant(town.ours.tenant_id) as session:
        await wait_for_turn(session)
        both = [group.create_task(send(owner, town, FILE)) for _ in range(2)]

        async def both_wait() -> bool:
            return bool(await session.scalar(WAITING) == len(both))

        await until(both_wait, "both wait")
    first, second = (one.result().json() for one in both)
    assert first == second


async def test_a_field_that_was_retired_since_is_read_from_no_file(owner: httpx.AsyncClient, town: Town) -> None:
    field = {"key": "dentist", "kind": "text", "label": "Dentist"}
    made = (await owner.post("/api/v1/custom-fields", json=field)).json()
    sent = (await send(owner, town, FILE)).json()
    assert sent["preview"]["places"]["fields.dentist"] == 3
    whole = {"label": "Dentist", "required": False, "choices": [], "retired": True}
    retired = await owner.put(f"/api/v1/custom-fields/{made['id']}", json=whole)
    assert retired.status_code == 200, retired.text
    assert "fields.dentist" not in (await preview_of(owner, sent["import"]["id"]))["places"]
    await import_by(owner, town, sent["import"]["id"])
    assert "fields.dentist" not in (await preview_of(owner, sent["import"]["id"]))["places"]


async def test_what_was_chosen_counts_where_it_was_not_noted_what_of_it_was_corrected(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    sent = (await send(owner, town, FILE)).json()
    await import_by(owner, town, sent["import"]["id"], places=sent["preview"]["places"] | {"phone": 3})
    async with database.tenant(town.ours.tenant_id) as session:
        row = await session.get(ImportRow, UUID(sent["import"]["id"]))
        assert row is not None
        row.columns = {key: value for key, value in row.columns.items() if key != "corrected"}
    again = (await send(owner, town, FILE)).json()
    assert again["preview"]["places"] == sent["preview"]["places"] | {"phone": 3}
    await import_by(owner, town, again["import"]["id"])
    assert (await send(owner, town, FILE)).json()["preview"]["places"]["phone"] == 3


async def test_a_file_started_as_one_without_headings_is_shown_from_its_first_row(
    owner: httpx.AsyncClient, town: Town
) -> None:
    sent = (await send(owner, town, b"Zoe,+12125550177,May\n")).json()["import"]["id"]
    places = {"phone": 1, "name": 0, "variables.last_visit": 2}
    await import_by(owner, town, sent, heading_row=0, places=places)
    shown = await preview_of(owner, sent)
    assert (shown["headings"], shown["rows"]) == ([], [["Zoe", "+12125550177", "May"]])


async def test_how_a_file_was_read_outlives_the_file(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    sent = (await send(owner, town, FILE)).json()
    await import_by(owner, town, sent["import"]["id"], places=sent["preview"]["places"] | {"phone": 3})
    await forget_file(database, DiskBlobs(town.blobs), town.ours.tenant_id, UUID(sent["import"]["id"]), NOW)
    assert (await send(owner, town, FILE)).json()["preview"]["places"]["phone"] == 3


async def test_of_a_file_that_was_called_off_no_digest_of_its_first_row_stays(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    sent = (await send(owner, town, b"Zoe,+12125550177,May\n")).json()["import"]["id"]
    assert await likeness_of(database, town, sent) != ""
    assert (await owner.post(f"/api/v1/imports/{sent}/cancel")).status_code == 200
    assert await likeness_of(database, town, sent) == ""


async def likeness_of(database: Database, town: Town, import_id: str) -> str:
    async with database.tenant(town.ours.tenant_id) as session:
        found = await session.scalar(select(ImportRow.columns).where(ImportRow.id == import_id))
    assert found is not None
    return str(found["alike"])
