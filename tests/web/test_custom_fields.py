"""Custom fields: defined by a supervisor, filled by people and files, kept when they are retired."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import update

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskCustomerRow
from tests.web.conftest import Open, Town, client_of
from tests.web.importing import imported, send

FIELDS = "/api/v1/custom-fields"
BOOK = "/api/v1/customers"


@pytest.fixture
def one(town: Town) -> str:
    return f"{BOOK}/{town.ours.ids['customer_id']}"


async def define(client: httpx.AsyncClient, **what: Any) -> dict[str, Any]:
    answer = await client.post(FIELDS, json=what)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def whole(field: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {key: field[key] for key in ("label", "required", "choices", "retired")} | other


async def test_a_supervisor_defines_fields_and_cards_are_checked_by_them(
    town: Town, open_app: Open, one: str
) -> None:
    async with client_of(open_app(town), town.ours.tokens[Role.SUPERVISOR]) as client:
        await define(client, label="Tariff", kind="choice", choices=["Basic", "Gold"], required=True)
        assert (await define(client, label="合同到期", kind="date", key="expires"))["key"] == "expires"
        await define(client, label="Monthly fee", kind="number")
        for key, value, code in (
            ("tariff", "Silver", "value-not-choice"),
            ("tariff", None, "value-missing"),
            ("expires", "soon", "value-not-date"),
            ("monthly_fee", "dear", "value-not-number"),
        ):
            refused = await client.patch(one, json={"revision": 0, "fields": {key: value}})
            assert (refused.status_code, refused.json()["fault"]) == (422, code), refused.text
            assert refused.json()["errors"][0]["where"] == f"fields.{key}"
        values = {"tariff": "gold", "expires": "2026/3/1", "monthly_fee": "1,250.50"}
        kept = await client.patch(one, json={"revision": 0, "fields": values})
        assert kept.json()["fields"] | {"expires": "2026-03-01"} == kept.json()["fields"]
        assert (kept.json()["fields"]["tariff"], kept.json()["fields"]["monthly_fee"]) == ("Gold", "1250.5")
        found = await client.get(BOOK, params={"field": "tariff:Gold"})
        assert [customer["id"] for customer in found.json()["items"]] == [one.rsplit("/", 1)[1]]
        assert (await client.get(BOOK, params={"field": "tariff:Basic"})).json()["items"] == []


async def test_keys_choices_and_order_are_checked(owner: httpx.AsyncClient) -> None:
    for what, code in (
        ({"label": "City again", "kind": "text", "key": "city"}, "field-key-taken"),
        ({"label": "Number", "kind": "text", "key": "phone"}, "field-key-taken"),
        ({"label": "Plan", "kind": "choice"}, "field-choices"),
        ({"label": "Plan", "kind": "choice", "choices": ["A", "a"]}, "field-choices"),
    ):
        refused = await owner.post(FIELDS, json=what)
        assert refused.json()["code"] == code, refused.text
    first, second = (await owner.get(FIELDS)).json()[0], await define(owner, label="Age", kind="number")
    turned = await owner.put(f"{FIELDS}/order", json={"ids": [second["id"], first["id"]]})
    assert [field["key"] for field in turned.json()] == ["age", "city"]
    refused = await owner.put(f"{FIELDS}/order", json={"ids": [second["id"]]})
    assert (refused.status_code, refused.json()["code"]) == (409, "field-order")


async def test_a_retired_field_is_not_asked_for_and_what_customers_have_stays(
    owner: httpx.AsyncClient, town: Town, database: Database, one: str
) -> None:
    (city,) = (await owner.get(FIELDS)).json()
    assert (await owner.patch(one, json={"revision": 0, "fields": {"city": "Leeds"}})).status_code == 200
    retired = await owner.put(f"{FIELDS}/{city['id']}", json=whole(city, retired=True, required=True))
    assert retired.json()["retired"]
    assert (await owner.get(FIELDS)).json() == []
    assert [field["key"] for field in (await owner.get(FIELDS, params={"retired": True})).json()] == ["city"]
    refused = await owner.patch(one, json={"revision": 1, "fields": {"city": "York"}})
    assert (refused.status_code, refused.json()["fault"]) == (422, "field-retired")
    done = await imported(owner, town, b"phone,customer_name,last_visit,city\n+12125550161,Ann,May,York\n")
    assert done["imported"] == 1
    assert (await owner.get(one)).json()["fields"]["city"] == "Leeds"
    async with database.tenant(town.ours.tenant_id) as session:
        session.add(other := CustomerRow(phone="+12125550009", name="Ann"))
        await session.flush()
    seen = (await owner.get(one)).json()
    others = [{"id": seen["id"], "revision": seen["revision"]}]
    into = f"/api/v1/customers/{other.id}/merge"
    refused = await owner.post(into, json={"revision": 0, "others": others, "fields": {"city": "York"}})
    assert refused.json()["fault"] == "field-retired", "typed anew"
    merged = await owner.post(into, json={"revision": 0, "others": others})
    assert (merged.status_code, merged.json()["fields"]["city"]) == (200, "Leeds"), merged.text
    emptied = {"revision": merged.json()["revision"], "fields": {"city": None}}
    card = (await owner.patch(f"/api/v1/customers/{other.id}", json=emptied)).json()
    assert "city" not in card["fields"]
    assert await owner.put(f"{FIELDS}/{city['id']}", json=whole(city, retired=False)) is not None
    assert len((await owner.get(FIELDS)).json()) == 1


async def test_files_fill_fields_and_faulty_rows_come_back(owner: httpx.AsyncClient, town: Town) -> None:
    await define(owner, label="Tariff", kind="choice", choices=["Basic", "Gold"], required=True)
    await define(owner, label="Last visit", kind="date", key="last_visit")
    lacking = await imported(owner, town, b"phone,customer_name,last_visit\n+12125550161,Ann,2026-03-01\n")
    assert [(fault["row"], fault["column"]) for fault in lacking["faults"]] == [(2, "tariff")]
    rows = (
        b"phone,customer_name,last_visit,Tariff,City\n"
        b"+12125550161,Ann,2026/3/1,gold,Leeds\n"
        b"+12125550162,Bo,May,basic,\n"
        b"+12125550163,Cy,2026-03-01,silver,\n"
        b"+12125550164,Di,2026-03-01,,\n"
    )
    preview = (await send(owner, town, rows)).json()["preview"]
    assert {"key": "fields.tariff", "label": "Tariff", "required": True} in preview["choices"]
    assert preview["places"]["fields.tariff"] == 3
    assert "fields.last_visit" not in preview["places"], "the script's variable has the column"
    done = await imported(owner, town, rows)
    assert [(fault["row"], fault["column"], fault["code"]) for fault in done["faults"]] == [
        (3, "last_visit", "value-not-date"),
        (4, "tariff", "value-not-choice"),
        (5, "tariff", "value-missing"),
    ]
    (ann,) = (await owner.get(BOOK, params={"text": "Ann"})).json()["items"]
    card = (await owner.get(f"{BOOK}/{ann['id']}")).json()
    known = {"tariff": "Gold", "city": "Leeds", "last_visit": "2026-03-01"}
    assert card["fields"] | known == card["fields"]


async def test_whoever_is_known_with_a_required_value_need_not_bring_it_again(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await define(owner, label="Tariff", kind="choice", choices=["Basic", "Gold"], required=True)
    async with database.tenant(town.ours.tenant_id) as session:
        ann = CustomerRow(phone="+12125550161", name="Ann", fields={"tariff": "Gold"})
        session.add(ann)
        await session.flush()
        session.add(CustomerRow(phone="+12125550162", merged_into=ann.id))
        session.add(CustomerRow(phone="+12125550163", name="Bo", fields={"city": "Leeds"}))
    people = b"+12125550161,Ann,May,\n+12125550163,Bo,May,\n+12125550164,Cy,May,\n"
    done = await imported(owner, town, b"phone,customer_name,last_visit,Tariff\n" + people)
    assert [(fault["row"], fault["code"]) for fault in done["faults"]] == [
        (3, "value-missing"),
        (4, "value-missing"),
    ]
    assert done["imported"] == 1
    other = await imported(owner, town, b"phone,customer_name,last_visit\n+12125550162,Ann,May\n")
    assert [fault["code"] for fault in other["faults"]] == ["same-person"], "the card has the value"
    card = (await owner.get(f"{BOOK}/{ann.id}")).json()
    assert card["fields"]["tariff"] == "Gold"


async def test_the_template_and_the_form_have_them_too(owner: httpx.AsyncClient, town: Town) -> None:
    await define(owner, label="Tariff", kind="choice", choices=["Basic", "Gold"], required=True)
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    template = (await owner.get(f"{task}/template")).content
    places = (await send(owner, town, template, "template.xlsx")).json()["preview"]["places"]
    assert {"fields.city", "fields.tariff"} <= places.keys()
    person = {"phone": "+12125550165", "variables": {"customer_name": "Ann", "last_visit": "May"}}
    refused = await owner.post(f"{task}/customers", json=person)
    assert (refused.status_code, refused.json()["errors"][0]["where"]) == (422, "variables.tariff")
    person["variables"]["tariff"] = "basic"  # type: ignore[index]
    assert (await owner.post(f"{task}/customers", json=person)).status_code == 201


async def test_a_company_has_no_more_than_fifty(owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callwright.contacts.field_list.MOST_FIELDS", 2)
    await define(owner, label="Plan", kind="text")
    refused = await owner.post(FIELDS, json={"label": "Age", "kind": "number"})
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-fields")


async def test_another_companys_fields_are_not_asked_for(town: Town, open_app: Open) -> None:
    async with client_of(open_app(town), town.theirs.tokens[Role.OWNER]) as theirs:
        field = await define(theirs, label="Secret", kind="text", required=True)
    async with client_of(open_app(town), town.ours.tokens[Role.OWNER]) as client:
        assert field["id"] not in (await client.get(FIELDS, params={"retired": True})).text
        done = await imported(client, town, b"phone,customer_name,last_visit\n+12125550161,Ann,May\n")
        assert (done["imported"], done["failed"]) == (1, 0)


async def test_numbers_in_fields_are_hidden_from_whoever_may_not_see_numbers(
    owner: httpx.AsyncClient, town: Town, open_app: Open
) -> None:
    customer = f"{BOOK}/{town.ours.ids['customer_id']}"
    told = {"second": "212 555 0177", "mail": "ann@example.com", "plan": "Gold"}
    assert (await owner.patch(customer, json={"revision": 0, "fields": told})).status_code == 200
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as agent:
        (listed,) = [one for one in (await agent.get(BOOK)).json()["items"] if "plan" in one["fields"]]
        card = (await agent.get(customer)).json()
        for shown in (listed["fields"], card["fields"]):
            assert {key: shown[key] for key in told} == {"second": "***177", "mail": "***", "plan": "Gold"}
        kept = await agent.patch(customer, json={"revision": card["revision"], "fields": {"second": "***177"}})
        assert (kept.status_code, kept.json()["fault"]) == (422, "value-hidden")
        body = {"revision": card["revision"], "fields": {"second": "212 555 0178"}}
        assert (await agent.patch(customer, json=body)).json()["fields"]["second"] == "***178"
    assert (await owner.get(customer)).json()["fields"]["second"] == "212 555 0178"


async def test_what_a_field_hides_is_not_found_by_it_and_a_task_hides_the_same(
    owner: httpx.AsyncClient, town: Town, open_app: Open, database: Database
) -> None:
    await define(owner, label="Amount", kind="number")
    customer = f"{BOOK}/{town.ours.ids['customer_id']}"
    told = {"second": "212 555 0177", "mail": "ann@example.com", "plan": "Gold", "amount": "1250000"}
    assert (await owner.patch(customer, json={"revision": 0, "fields": told})).status_code == 200
    async with database.tenant(town.ours.tenant_id) as session:
        of_them = update(TaskCustomerRow).where(TaskCustomerRow.customer_id == town.ours.ids["customer_id"])
        await session.execute(of_them.values(variables=told))
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as agent:
        for key, value in told.items():
            asked, seen = {"field": f"{key}:{value}"}, int(key in ("plan", "amount"))
            assert len((await agent.get(BOOK, params=asked)).json()["items"]) == seen
            assert (await agent.get(f"{BOOK}/count", params=asked)).json() == {"count": seen}
        for key, seen in (("second", 0), ("amount", 1)):
            change = {"act": "add_tag", "tag": "x"}
            body = {"key": str(uuid4()), "change": change, "matching": {"field": f"{key}:{told[key]}"}}
            assert (await agent.post(f"{BOOK}/bulk-changes", json=body)).json()["total"] == seen
        shown = {"second": "***177", "mail": "***", "plan": "Gold", "amount": "1250000"}
        assert shown.items() <= (await agent.get(customer)).json()["fields"].items()
        place = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
        history = await agent.get(f"{place}/{town.ours.ids['task_customer_id']}/attempts")
        listed = (await agent.get(place)).json()["items"]
        assert history.json()["customer"]["variables"] == shown
        assert shown in [one["variables"] for one in listed]
