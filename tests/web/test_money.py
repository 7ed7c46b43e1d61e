"""Money over the API: what is entered once, who may read what, and sums that are the ledger's."""

import csv
import io

import httpx
import pytest
from sqlalchemy import text

from callwright.accounts.roles import Role
from callwright.billing.ledger import CallMoney, charge
from callwright.billing.message_money import MessageMoney, charge_messages, refund_messages
from callwright.db.session import Database
from callwright.kit.ids import new_id
from tests.factories.messages import waiting_message
from tests.web.conftest import TOPPED_UP, Open, Town, client_of

KEY = "f3a1c2d4-0001"

TOO_MUCH = "can't be entered at once. Give an amount of 1000000000.00 at most."


@pytest.fixture
async def operator(town: Town, open_app: Open) -> httpx.AsyncClient:
    """The browser of the operator, who works in our company."""
    return client_of(open_app(town), town.ours.tokens[Role.OPERATOR])


async def enter(client: httpx.AsyncClient, town: Town, **body: str) -> httpx.Response:
    where = f"/api/v1/installation/tenants/{town.theirs.tenant_id}/ledger"
    return await client.post(where, json={"kind": "top_up", "amount": "25.50", "key": KEY, **body})


async def spend(database: Database, town: Town, *amounts: int) -> None:
    ids = town.ours.ids
    async with database.system() as session:
        await charge(
            session,
            [CallMoney(town.ours.tenant_id, ids["task_id"], ids["line_id"], new_id(), each) for each in amounts],
        )


async def test_a_movement_sent_twice_is_entered_once(operator: httpx.AsyncClient, town: Town) -> None:
    first, again = await enter(operator, town), await enter(operator, town)
    assert first.status_code == 201, first.text
    assert again.json() == first.json()
    assert first.json()["balance"] == {"available": TOPPED_UP + 25_500_000, "held": 0, "currency": "USD"}
    other = await enter(operator, town, amount="26")
    assert (other.status_code, other.json()["code"]) == (409, "ledger-key")
    where = f"/api/v1/installation/tenants/{town.theirs.tenant_id}/ledger"
    assert [one["amount"] for one in (await operator.get(where)).json()["items"]] == [25_500_000, TOPPED_UP]


@pytest.mark.parametrize(
    ("kind", "amount"),
    [("top_up", "0"), ("top_up", "-1"), ("correction", "0"), ("top_up", "1,000"), ("top_up", "NaN"),
     ("top_up", "0.0000001"), ("top_up", "1e20"), ("correction", "much")],
)  # fmt: skip
async def test_what_is_no_amount_is_refused_with_its_place(
    operator: httpx.AsyncClient, town: Town, kind: str, amount: str
) -> None:
    response = await enter(operator, town, kind=kind, amount=amount)
    assert (response.status_code, response.json()["code"]) == (422, "ledger-amount")
    assert response.json()["errors"][0]["where"] == "amount"


@pytest.mark.parametrize(
    ("kind", "amount", "told"),
    [
        ("top_up", "-25", "-25.00 can't be topped up. Give an amount above 0."),
        ("correction", "0", "0.00 can't be a correction. Give an amount other than 0."),
        ("top_up", "1000000000.01", f"1000000000.01 {TOO_MUCH}"),
        ("correction", "-999999999999", f"-999999999999 {TOO_MUCH}"),
    ],
)  # fmt: skip
async def test_what_is_refused_is_told_in_money(
    operator: httpx.AsyncClient, town: Town, kind: str, amount: str, told: str
) -> None:
    response = await enter(operator, town, kind=kind, amount=amount)
    assert (response.status_code, response.json()["detail"]) == (422, told)


async def test_a_correction_may_take(operator: httpx.AsyncClient, town: Town) -> None:
    response = await enter(operator, town, kind="correction", amount="-1.25")
    assert response.json()["balance"]["available"] == TOPPED_UP - 1_250_000


async def test_a_supervisor_reads_the_balance_alone(town: Town, open_app: Open) -> None:
    async with client_of(open_app(town), town.ours.tokens[Role.SUPERVISOR]) as client:
        assert (await client.get("/api/v1/balance")).json()["available"] == TOPPED_UP
        assert (await client.get("/api/v1/ledger")).status_code == 403


async def test_the_ledger_comes_in_pages_by_kind_and_as_csv(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await spend(database, town, 2_500)
    await spend(database, town, 2_500)
    first = (await owner.get("/api/v1/ledger", params={"limit": 2})).json()
    rest = (await owner.get("/api/v1/ledger", params={"limit": 2, "after": first["next"]})).json()
    assert [one["amount"] for one in first["items"] + rest["items"]] == [-2_500, -2_500, TOPPED_UP]
    assert (first["items"][0]["task"]["name"], first["items"][0]["line"]["name"]) == ("Spring", "Line")
    assert rest["next"] is None
    charges = (await owner.get("/api/v1/ledger", params={"kind": "charge"})).json()["items"]
    assert {one["kind"] for one in charges} == {"charge"}
    exported = (await owner.get("/api/v1/ledger/export")).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert [row["amount"] for row in rows] == ["-0.0025", "-0.0025", "100.00"]


async def test_a_note_is_no_formula_in_a_spreadsheet(operator: httpx.AsyncClient, town: Town) -> None:
    where = f"/api/v1/installation/tenants/{town.ours.tenant_id}/ledger"
    await operator.post(where, json={"kind": "top_up", "amount": "1", "key": KEY, "note": "=1+1"})
    assert ",'=1+1\r\n" in (await operator.get("/api/v1/ledger/export")).text


@pytest.mark.parametrize("by", ["task", "line", "day"])
async def test_spending_is_the_sum_of_charges(
    owner: httpx.AsyncClient, town: Town, database: Database, by: str
) -> None:
    await spend(database, town, 1_000, 2_500)
    async with database.system() as session:
        today = await session.scalar(text("SELECT (now() AT TIME ZONE 'UTC')::date"))
    days = {"first": str(today), "last": str(today)}
    (sums,) = (await owner.get("/api/v1/spending", params={"by": by, **days})).json()
    assert (sums["calls"], sums["amount"]) == (2, 3_500)
    assert sums["name"] == {"task": "Spring", "line": "Line", "day": None}[by]
    assert sums["day"] == (str(today) if by == "day" else None)


async def test_days_in_the_wrong_order_are_refused(owner: httpx.AsyncClient) -> None:
    response = await owner.get("/api/v1/spending", params={"first": "2026-03-02", "last": "2026-03-01"})
    assert (response.status_code, response.json()["code"]) == (422, "spending-range")


@pytest.mark.parametrize("by", ["task", "line", "day"])
async def test_messages_are_spent_for_beside_lines_and_what_was_given_back_is_not(
    owner: httpx.AsyncClient, town: Town, database: Database, by: str
) -> None:
    await spend(database, town, 1_000)
    ids = town.ours.ids
    async with database.tenant(town.ours.tenant_id) as session:
        kept, refused = (waiting_message(ids, ids["customer_id"], "Hello") for _ in range(2))
        refused.purpose = "node:write"
        session.add_all((kept, refused))
        await session.flush()
    async with database.system() as session:
        costs = [MessageMoney(town.ours.tenant_id, ids["task_id"], one.id, 50_000) for one in (kept, refused)]
        await charge_messages(session, costs)
        await refund_messages(session, [refused.id])
        await refund_messages(session, [refused.id])
        today = str(await session.scalar(text("SELECT (now() AT TIME ZONE 'UTC')::date")))
    sums = (await owner.get("/api/v1/spending", params={"by": by, "first": today, "last": today})).json()
    found = [(one["name"], one["calls"], one["messages"], one["amount"]) for one in sums]
    assert (
        found
        == {
            "task": [("Spring", 1, 1, 51_000)],
            "line": [(None, 0, 1, 50_000), ("Line", 1, 0, 1_000)],
            "day": [(None, 1, 1, 51_000)],
        }[by]
    )
    newest = (await owner.get("/api/v1/ledger", params={"limit": 3})).json()["items"]
    # Made within one millisecond they stand in no order.
    assert sorted(one["kind"] for one in newest) == ["message_charge", "message_charge", "message_refund"]


async def test_the_ledger_and_its_file_hold_what_is_wanted_of_it(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    await spend(database, town, 2_500)
    async with database.system() as session:
        today = await session.scalar(text("SELECT (now() AT TIME ZONE 'UTC')::date"))
    for wanted, count in (
        ({"task_id": str(town.ours.ids["task_id"])}, 1),
        ({"task_id": str(new_id())}, 0),
        ({"first": str(today), "last": str(today)}, 2),
        ({"first": "2020-01-01", "last": "2020-12-31"}, 0),
        ({"kind": "charge", "first": str(today)}, 1),
    ):
        assert len((await owner.get("/api/v1/ledger", params=wanted)).json()["items"]) == count, wanted
        exported = (await owner.get("/api/v1/ledger/export", params=wanted)).text.removeprefix("\ufeff")
        assert len(list(csv.DictReader(io.StringIO(exported)))) == count, wanted
