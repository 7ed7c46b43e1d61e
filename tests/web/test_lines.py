"""Lines: what a page is told of them, and the test calls that it asks for."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.tasks.nodes import beat, end_node, register_node
from callwright.tasks.schemas import Trouble
from tests.web.conftest import NOT_TO_BE_CALLED, TESTED, HandSetClock, Open, Town, client_of

READY = text("UPDATE line_status SET state = 'ready'")
OTHERS = text("SELECT id FROM nodes WHERE id <> :one AND ended_at IS NULL")
COLLEAGUE = "+1 202 555 0143"
LINE: dict[str, Any] = {"name": "New", "carrier_host": "sip.example", "caller_number": "+12125550100"}


@pytest.fixture
async def ready(database: Database) -> None:
    """Every line can take calls."""
    async with database.system() as session:
        await session.execute(READY)


async def test_a_line_says_how_it_stands(owner: httpx.AsyncClient) -> None:
    (line,) = (await owner.get("/api/v1/lines")).json()["items"]
    status = line["status"]
    assert status.pop("since").endswith("Z")
    assert status == {"state": "refused", "sip_code": 403, "detail": "Forbidden"}


async def test_a_line_that_nobody_has_looked_at_says_nothing(owner: httpx.AsyncClient) -> None:
    made = (await owner.post("/api/v1/lines", json=LINE)).json()
    assert made["status"] is None


@pytest.mark.parametrize("character", ["\u0000", "\u0007", "\n", "\u007f", "\u0085", "\u2028", "\u202e"])
async def test_a_name_with_control_characters_is_refused(owner: httpx.AsyncClient, character: str) -> None:
    response = await owner.post("/api/v1/lines", json={**LINE, "name": f"Lon{character}don"})
    assert response.status_code == 422, response.text


async def test_two_lines_may_be_alike_but_for_their_name(owner: httpx.AsyncClient) -> None:
    assert (await owner.post("/api/v1/lines", json=LINE)).status_code == 201
    assert (await owner.post("/api/v1/lines", json={**LINE, "name": "Second"})).status_code == 201
    assert (await owner.post("/api/v1/lines", json=LINE)).json()["code"] == "line-name-taken"


@pytest.mark.usefixtures("ready")
async def test_a_test_call_waits_for_a_call_node_but_not_for_ever(
    owner: httpx.AsyncClient, town: Town, clock: HandSetClock
) -> None:
    where = f"/api/v1/lines/{town.ours.ids['line_id']}/test-call"
    assert (await owner.get(where)).json()["phone"] == TESTED
    placed = await owner.post(where, json={"to": COLLEAGUE})
    assert placed.status_code == 201, placed.text
    assert placed.json() == (await owner.get(where)).json()
    assert (placed.json()["phone"], placed.json()["state"]) == ("+12025550143", "waiting")
    clock.pass_(seconds=31)
    late = (await owner.get(where)).json()
    assert late["state"] == "not_placed"
    assert "No call node" in late["reason"]


@pytest.mark.usefixtures("ready")
async def test_a_line_is_tested_once_a_minute(owner: httpx.AsyncClient, town: Town, clock: HandSetClock) -> None:
    where = f"/api/v1/lines/{town.ours.ids['line_id']}/test-call"
    assert (await owner.post(where, json={"to": COLLEAGUE})).status_code == 201
    clock.pass_(seconds=50)
    again = await owner.post(where, json={"to": COLLEAGUE})
    assert (again.status_code, again.json()["code"], again.json()["seconds"]) == (409, "test-call-too-soon", 10)
    clock.pass_(seconds=10)
    assert (await owner.post(where, json={"to": COLLEAGUE})).status_code == 201


@pytest.mark.parametrize(
    ("to", "status", "code"), [(NOT_TO_BE_CALLED, 409, "test-call-refused"), ("12", 422, "invalid-phone-number")]
)
async def test_not_every_number_may_be_tested_with(
    owner: httpx.AsyncClient, town: Town, to: str, status: int, code: str
) -> None:
    where = f"/api/v1/lines/{town.ours.ids['line_id']}/test-call"
    response = await owner.post(where, json={"to": to})
    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_the_rule_that_lets_no_test_call_through_is_told(owner: httpx.AsyncClient, town: Town) -> None:
    """Ten in the morning in London is five in New York; and our line was refused by its carrier."""
    where = f"/api/v1/lines/{town.ours.ids['line_id']}/test-call"
    asleep = await owner.post(where, json={"to": "+1 212 234 5678"})
    told = asleep.json()
    assert (asleep.status_code, told["code"], told["errors"][0]["where"]) == (409, "test-call-refused", "to")
    assert told["gate"] == {
        "verdict": "hold",
        "rule": "calling-hours",
        "until": "2026-03-02T13:00:00.000Z",
        "detail": {"reason": "before_hours"},
    }
    off = await owner.post(where, json={"to": COLLEAGUE})
    assert (off.status_code, off.json()["gate"]["rule"]) == (409, "line-off")
    assert (await owner.get(where)).json()["phone"] == TESTED, (
        "what was refused was not placed, nor is its minute used"
    )


@pytest.mark.usefixtures("ready")
async def test_a_supervisor_may_test_a_line(town: Town, open_app: Open) -> None:
    async with client_of(open_app(town), town.ours.tokens[Role.SUPERVISOR]) as client:
        response = await client.post(f"/api/v1/lines/{town.ours.ids['line_id']}/test-call", json={"to": COLLEAGUE})
    assert response.status_code == 201, response.text


async def test_a_running_task_says_why_its_calls_wait(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    where = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    assert (await owner.get(where)).json()["progress"]["trouble"] is None
    assert (await owner.post(f"{where}/start")).status_code == 200
    trouble = Trouble("no-media-port", "All RTP ports from 1 to 2 are in use.")
    async with database.system() as session:
        node_id = await register_node(session, host="h", pid=2, capacity=1)
        await beat(session, node_id, 0, trouble)
    told = (await owner.get(where)).json()["progress"]["trouble"]
    assert told is None, "two other nodes are well"
    async with database.system() as session:
        for (other,) in await session.execute(OTHERS, {"one": node_id}):
            await end_node(session, other)
    told = (await owner.get(where)).json()["progress"]["trouble"]
    assert told == {"code": "no-media-port", "detail": "All RTP ports from 1 to 2 are in use."}
