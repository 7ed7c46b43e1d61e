"""Crowds over the API: asked for, played by a worker, read, compared, taught from, and needed by a task."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import JSON, cast, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.crowds import repository
from callwright.crowds.jobs import crowd_job
from callwright.crowds.service import AT_ONCE
from callwright.db.session import Database
from callwright.db.tables.crowds import CrowdRunRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.tasks.service import start_automatic_tasks
from tests.factories.jobs import work_off
from tests.fakes.classifier import WordClassifier
from tests.web.conftest import HandSetClock, Town, wanted

API = "/api/v1"


async def ask(client: httpx.AsyncClient, town: Town, **body: Any) -> dict[str, Any]:
    response = await client.post(f"{API}/scripts/{town.ours.ids['script_id']}/crowds", json={"people": 40, **body})
    assert response.status_code == 202, response.text
    told: dict[str, Any] = response.json()
    return told


async def play_all(town: Town, database: Database, clock: HandSetClock) -> None:
    await work_off(town.url, [crowd_job(database, clock, WordClassifier)])


async def read(client: httpx.AsyncClient, crowd: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = (await client.get(f"{API}/crowds/{crowd['id']}")).json()
    return told


async def test_a_crowd_is_played_and_can_be_read(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    first, second = await ask(owner, town, seed=4), await ask(owner, town, seed=4)
    assert (first["state"], first["asked_by"]) == ("waiting", "owner")
    await play_all(town, database, clock)
    told = await read(owner, first)
    assert (told["state"], told["progress"], told["failure"]) == ("done", 1, None)
    report = told["report"]
    assert report["people"] == sum(report["endings"].values()) == 40
    assert told["passed"] is report["verdict"]["passed"] is False  # 40 people prove too little
    wrong = (await owner.get(f"{API}/crowds/{first['id']}/conversations", params={"went_wrong": True})).json()
    one = wrong["items"][0]
    assert any(line["right"] is False for line in one["lines"]) or one["grade"] != one["meant_grade"]
    again = await owner.get(f"{API}/crowds/{first['id']}/conversations/{one['number']}")
    assert again.json() == one
    changes = (await owner.get(f"{API}/crowds/{second['id']}/comparison/{first['id']}")).json()["changes"]
    assert changes["grades_right"]["change"] == 0
    other = await ask(owner, town, seed=5)
    refused = await owner.get(f"{API}/crowds/{other['id']}/comparison/{first['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "crowd-not-done")


async def test_a_company_has_a_few_crowds_at_once(owner: httpx.AsyncClient, town: Town) -> None:
    path = f"{API}/scripts/{town.ours.ids['script_id']}/crowds"
    asked = await asyncio.gather(*(owner.post(path, json={"people": 5000}) for _ in range(6)))
    assert sorted(answer.status_code for answer in asked) == [202] * AT_ONCE + [409] * (6 - AT_ONCE)
    assert {answer.json()["code"] for answer in asked if answer.status_code == 409} == {"too-many-crowds"}
    one = next(answer.json() for answer in asked if answer.status_code == 202)
    await owner.post(f"{API}/crowds/{one['id']}/cancel")
    await ask(owner, town)


async def test_one_that_is_called_off_as_it_ends_is_told_as_it_is(
    owner: httpx.AsyncClient, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = await ask(owner, town)
    move = repository.move

    async def failing_before(session: AsyncSession, crowd_id: UUID, **values: object) -> bool:
        async with database.tenant(town.ours.tenant_id) as worker:
            await move(worker, crowd_id, state="failed")
        return await move(session, crowd_id, **values)

    monkeypatch.setattr(repository, "move", failing_before)
    refused = await owner.post(f"{API}/crowds/{crowd['id']}/cancel")
    assert (refused.status_code, refused.json()["state"]) == (409, "failed")


async def test_one_that_is_called_off_goes_home(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    crowd = await ask(owner, town)
    assert (await owner.post(f"{API}/crowds/{crowd['id']}/cancel")).json()["state"] == "cancelled"
    assert (await owner.post(f"{API}/crowds/{crowd['id']}/cancel")).json()["code"] == "crowd-over"
    await play_all(town, database, clock)
    assert (await read(owner, crowd))["report"] is None


async def test_a_draft_that_changed_meanwhile_is_not_judged(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    crowd = await ask(owner, town)
    async with database.tenant(town.ours.tenant_id) as session:
        changed = cast(cast(ScriptVersionRow.content, JSONB).op("||")({"company": "Another"}), JSON)
        await session.execute(update(ScriptVersionRow).values(content=changed))
    await play_all(town, database, clock)
    told = await read(owner, crowd)
    assert (told["state"], told["failure"]) == ("failed", "script-changed")


async def test_an_earlier_version_is_tried_and_compared_with(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    path = f"{API}/scripts/{town.ours.ids['script_id']}"
    script = (await owner.get(path)).json()
    content = {**script["content"], "company": "Another"}
    drafted = await owner.put(f"{path}/draft", json={"content": content, "revision": script["revision"]})
    newest, earlier = await ask(owner, town), await ask(owner, town, version=1)
    assert (newest["script"]["version"], earlier["script"]["version"]) == (2, 1)
    await play_all(town, database, clock)
    compared = (await owner.get(f"{API}/crowds/{newest['id']}/comparison/{earlier['id']}")).json()
    assert (compared["before"]["script"]["version"], compared["after"]["script"]["version"]) == (1, 2)
    assert (
        compared["changes"]["understood"]["before"] == (await read(owner, earlier))["report"]["accuracy"]["share"]
    )
    assert compared["changes"]["understood"]["differing"] == 0
    assert [(await read(owner, one))["changed_since"] for one in (newest, earlier)] == [False, False]
    written_on = {"content": {**content, "company": "A third"}, "revision": drafted.json()["revision"]}
    (await owner.put(f"{path}/draft", json=written_on)).raise_for_status()
    assert [(await read(owner, one))["changed_since"] for one in (newest, earlier)] == [True, False]


async def test_a_sentence_is_taught_to_the_draft(owner: httpx.AsyncClient, town: Town) -> None:
    crowd = await ask(owner, town)
    script = f"{API}/scripts/{town.ours.ids['script_id']}"
    examples = (await owner.get(script)).json()["content"]["intents"]["yes"]["examples"]
    where = f"{API}/crowds/{crowd['id']}/examples"
    taught = await owner.post(where, json={"meant": "yes", "text": "go right ahead my friend"})
    assert taught.status_code == 200, taught.text
    after = (await owner.get(script)).json()
    assert after["content"]["intents"]["yes"]["examples"] == [*examples, "go right ahead my friend"]
    assert (after["revision"], after["draft"]["number"]) == (taught.json()["revision"], taught.json()["draft"])
    known = await owner.post(where, json={"meant": "yes", "text": "Go right ahead my friend"})
    assert (known.status_code, known.json()["code"]) == (409, "sentence-known")
    unknown = await owner.post(where, json={"meant": "nothing_such", "text": "hello"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "no-such-meaning")


async def test_marks_are_the_companys(owner: httpx.AsyncClient, town: Town) -> None:
    marks = {"people": 30, "accuracy": 0.5, "grades": 0.5, "gave_up": 0.5, "silent_s": 90}
    assert (await owner.put(f"{API}/settings/crowd", json=marks)).json() == marks
    assert (await owner.get(f"{API}/settings/crowd")).json() == marks
    assert (await ask(owner, town))["marks"] == marks


async def test_a_task_that_needs_a_crowd_starts_only_after_a_passed_one(
    owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    body = {"name": "Proven", "seats": 1, "needs_crowd": True, **wanted(town)}
    task = (await owner.post(f"{API}/tasks", json=body)).json()
    customer = {"phone": "+12125550177", "variables": {"customer_name": "Ann", "last_visit": "May"}}
    assert (await owner.post(f"{API}/tasks/{task['id']}/customers", json=customer)).status_code == 201
    start = f"{API}/tasks/{task['id']}/start"
    refused = await owner.post(start)
    assert (refused.status_code, refused.json()["code"]) == (409, "crowd-needed")
    assert refused.json()["script_id"] == str(town.ours.ids["script_id"])
    automatic = {**body, "name": "By itself", "start_mode": "automatic"}
    other = (await owner.post(f"{API}/tasks", json=automatic)).json()
    await owner.post(f"{API}/tasks/{other['id']}/customers", json=customer)
    later = clock.now() + timedelta(days=2)
    async with database.system() as session:
        assert await start_automatic_tasks(session, later) == 0
    await ask(owner, town)
    await play_all(town, database, clock)
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(CrowdRunRow).where(CrowdRunRow.state == "done").values(passed=True))
    async with database.system() as session:
        assert await start_automatic_tasks(session, later) == 1
    assert (await owner.post(start)).json()["state"] == "running"
