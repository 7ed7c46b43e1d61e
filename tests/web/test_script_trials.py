"""Being rung on one's own phone by a script, as the browser asks for it."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Role
from callwright.blobs.disk import DiskBlobs
from callwright.blobs.port import BlobKey, BlobNotFoundError
from callwright.callroom.test_gate import TestDialling, foresee
from callwright.calls import trials
from callwright.db.session import Database
from callwright.db.tables.lines import LineStatusRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.trials import TrialCallRow
from callwright.dialing.gate import Decision
from callwright.kit.ids import new_id
from callwright.web.routes import script_trials
from tests.web.conftest import NOT_TO_BE_CALLED, START, HandSetClock, Town, client_of

OWN = "+12025550143"
OTHERS_TRANSACTIONS = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid()
""")


@pytest.fixture
async def line_works(database: Database) -> None:
    async with database.system() as session:
        await session.execute(update(LineStatusRow).values(state="ready"))


@pytest.fixture
async def supervisor(app: FastAPI, town: Town) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of a supervisor of our company's."""
    async with client_of(app, town.ours.tokens[Role.SUPERVISOR]) as client:
        yield client


def wish(town: Town, **other: Any) -> dict[str, Any]:
    return {"phone": OWN, "own": True, "line_id": str(town.ours.ids["line_id"]), **other}


async def ring(owner: httpx.AsyncClient, town: Town, **other: Any) -> httpx.Response:
    return await owner.post(f"/api/v1/scripts/{town.ours.ids['script_id']}/ring", json=wish(town, **other))


@pytest.mark.usefixtures("line_works")
async def test_ones_own_phone_is_rung_and_remembered(owner: httpx.AsyncClient, town: Town) -> None:
    asked = await ring(owner, town, phone="(202) 555-0143", variables={"customer_name": "Zoe"})
    assert asked.status_code == 201, asked.text
    trial = asked.json()
    assert (trial["phone"], trial["state"], trial["draft"], trial["script"]["version"]) == (
        OWN,
        "waiting",
        False,
        1,
    )
    assert trial["variables"]["customer_name"] == "Zoe"
    assert (trial["confirmation"], len(trial["code"])) == ("awaited", 4)
    seen = (await owner.get(f"/api/v1/scripts/{town.ours.ids['script_id']}/ring")).json()
    assert (seen["phone"], seen["latest"]["id"]) == (OWN, trial["id"])
    again = await ring(owner, town)
    assert (again.status_code, again.json()["code"]) == (409, "trial-under-way")


@pytest.mark.usefixtures("line_works")
async def test_no_customers_phone_is_rung(owner: httpx.AsyncClient, town: Town, database: Database) -> None:
    customers = (await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}/customers")).json()["items"]
    refused = await ring(owner, town, phone=customers[0]["phone"])
    assert (refused.status_code, refused.json()["code"]) == (409, "customers-number")
    assert [error["where"] for error in refused.json()["errors"]] == ["phone"]
    async with database.system() as session:
        assert await trials.claim(session, new_id(), START) is None


@pytest.mark.usefixtures("line_works")
async def test_a_trial_is_seen_by_who_asked_for_it_and_by_owners(
    owner: httpx.AsyncClient, supervisor: httpx.AsyncClient, town: Town
) -> None:
    own = (await ring(supervisor, town)).json()
    seen = await owner.get(f"/api/v1/trials/{own['id']}")
    assert (seen.status_code, seen.json()["code"]) == (200, None), "the code is for whoever has the phone"
    assert (seen.json()["own"], seen.json()["asked_by"]["name"], own["own"]) == (False, "supervisor", True)
    assert (await supervisor.get(f"/api/v1/trials/{own['id']}")).json()["code"] == own["code"]
    others = f"/api/v1/trials/{town.ours.ids['trial_id']}"
    assert (await owner.get(others)).status_code == 200
    for path in (others, f"{others}/recording"):
        hidden = await supervisor.get(path)
        assert (hidden.status_code, hidden.json()["code"]) == (404, "not-found")


@pytest.mark.usefixtures("line_works")
async def test_a_phone_that_nobody_says_is_theirs_or_that_is_listed_waits_for_no_node(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    refused = await ring(owner, town, own=False)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["where"] == "own"
    listed = await ring(owner, town, phone=NOT_TO_BE_CALLED)
    assert (listed.status_code, listed.json()["code"]) == (409, "trial-refused")
    assert listed.json()["gate"]["rule"] == "do-not-call"
    async with database.system() as session:
        assert await trials.claim(session, new_id(), START) is None


@pytest.mark.usefixtures("line_works")
async def test_while_the_gate_is_asked_nobody_waits(
    owner: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []

    async def looking(session: AsyncSession, test: TestDialling, now: datetime) -> Decision:
        held.append(await session.scalar(OTHERS_TRANSACTIONS) or 0)
        return await foresee(session, test, now)

    monkeypatch.setattr(script_trials, "foresee", looking)
    assert (await ring(owner, town)).status_code == 201
    assert held == [0]


async def test_a_line_that_is_off_rings_nobody(owner: httpx.AsyncClient, town: Town) -> None:
    refused = await ring(owner, town)
    assert (refused.status_code, refused.json()["gate"]["rule"]) == (409, "line-off")


@pytest.mark.usefixtures("line_works")
async def test_a_script_with_faults_rings_nobody(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        version = await session.scalar(select(ScriptVersionRow))
        assert version is not None
        nodes = dict(version.content["nodes"])
        nodes["lost"] = {"kind": "say", "text": "Nobody comes here.", "next": "lost"}
        version.content = {**version.content, "nodes": nodes}
    refused = await ring(owner, town)
    assert (refused.status_code, refused.json()["code"]) == (422, "script-invalid")
    assert "lost" in {fault["node"] for fault in refused.json()["faults"]}


async def test_what_was_recorded_in_trials_goes_with_the_script(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    copies = f"/api/v1/scripts/{town.ours.ids['script_id']}/copies"
    script_id = (await owner.post(copies, json={"name": "Tried and thrown away"})).json()["id"]
    blobs, key = DiskBlobs(town.blobs), BlobKey(town.ours.tenant_id, "trials/thrown-away.wav")
    await blobs.put(key, b"a voice")
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(TrialCallRow).values(script_id=script_id, recording_key=str(key)))
    assert (await owner.delete(f"/api/v1/scripts/{script_id}")).status_code == 204
    with pytest.raises(BlobNotFoundError):
        await blobs.size(key)


@pytest.mark.usefixtures("line_works")
async def test_a_neighbours_line_rings_nobody(owner: httpx.AsyncClient, town: Town) -> None:
    refused = await ring(owner, town, line_id=str(town.theirs.ids["line_id"]))
    assert refused.status_code == 404
