"""A task asked for twice under one key, as after an answer that got lost, is one task."""

import asyncio
from uuid import uuid4

import httpx

from tests.web.conftest import Town, wanted


async def _ask(client: httpx.AsyncClient, town: Town, name: str, key: str, **other: object) -> httpx.Response:
    body = {**wanted(town), "name": name, "seats": 1, **other}
    return await client.post("/api/v1/tasks", json=body, headers={"Idempotency-Key": key})


async def test_a_task_asked_for_twice_under_one_key_is_made_once(owner: httpx.AsyncClient, town: Town) -> None:
    key = str(uuid4())
    answers = await asyncio.gather(*(_ask(owner, town, "Only once", key) for _ in range(3)))
    answers.append(await _ask(owner, town, " Only once", key))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    listed = (await owner.get("/api/v1/tasks", params={"name": "Only once"})).json()["items"]
    assert [task["id"] for task in listed] == [answers[0].json()["id"]]


async def test_a_key_stands_for_no_other_task(owner: httpx.AsyncClient, town: Town) -> None:
    key = str(uuid4())
    made = await _ask(owner, town, "Only once", key)
    refused = await _ask(owner, town, "Autumn", key)
    assert (refused.status_code, refused.json()["code"]) == (409, "task-key")
    assert "Only once" in refused.json()["detail"]
    otherwise = await _ask(owner, town, "Only once", key, hold_s=3.0)
    assert (otherwise.status_code, otherwise.json()["code"]) == (409, "task-key")
    without = await owner.post("/api/v1/tasks", json={**wanted(town), "name": "Only once", "seats": 1})
    assert (without.status_code, without.json()["code"]) == (409, "task-name-taken")
    assert made.status_code == 201
