"""Versions compared over the API: a task split, its comparison read, the rest given to one."""

from typing import Any

import httpx

from callwright.scripts.service import demo_source
from tests.web.conftest import Town, wanted


async def _split(owner: httpx.AsyncClient, town: Town) -> dict[str, Any]:
    """Return a task over our script and a copy of it."""
    made = await owner.post("/api/v1/scripts", json={"name": "Other words", "source": demo_source()})
    other = made.json()["id"]
    await owner.post(f"/api/v1/scripts/{other}/publish", json={})
    ours = wanted(town)
    arms = [
        {"script_id": ours["script_id"], "version": 1, "share": 60},
        {"script_id": other, "version": 1, "share": 40},
    ]
    response = await owner.post("/api/v1/tasks", json={"name": "Split", "seats": 1, "arms": arms, **ours})
    assert response.status_code == 201, response.text
    task: dict[str, Any] = response.json()
    return task


async def test_a_task_is_split_compared_and_settled(owner: httpx.AsyncClient, town: Town) -> None:
    task = await _split(owner, town)
    where = f"/api/v1/tasks/{task['id']}"
    assert [(arm["script"]["name"], arm["share"]) for arm in task["arms"]] == [
        ("Check-up reminder", 60),
        ("Other words", 40),
    ]
    listed = (await owner.get("/api/v1/tasks", params={"name": "Split"})).json()["items"]
    assert [[arm["id"] for arm in one["arms"]] for one in listed] == [[arm["id"] for arm in task["arms"]]]
    compared = (await owner.get(f"{where}/comparison")).json()
    assert [(one["good"], one["called"]) for one in compared["arms"]] == [(["A", "B"], 0)] * 2
    assert {one["verdict"] for one in compared["differences"]} == {"too_few"}
    chosen = (await owner.get(f"{where}/comparison", params={"good": ["A", "C"]})).json()
    assert chosen["arms"][0]["good"] == ["A", "C"]
    assert (await owner.get(f"{where}/comparison", params={"good": "Z"})).json()["code"] == "unknown-grade"
    second = task["arms"][1]["id"]
    assert (await owner.post(f"{where}/arms/{second}/rest")).json() == {"moved": 0}
    settled = (await owner.get(where)).json()["arms"]
    assert [arm["settled_at"] is None for arm in settled] == [True, False]


async def test_what_can_not_be_split_is_said_where_it_stands(owner: httpx.AsyncClient, town: Town) -> None:
    ours = wanted(town)
    arm = {"script_id": ours["script_id"], "version": 1, "share": 50}
    for arms, code in (([arm], "task-shares"), ([arm, arm], "task-arm-twice")):
        response = await owner.post("/api/v1/tasks", json={"name": "T", "seats": 1, "arms": arms, **ours})
        assert (response.status_code, response.json()["code"]) == (422, code)
    five = [{**arm, "share": 20}] * 5
    response = await owner.post("/api/v1/tasks", json={"name": "T", "seats": 1, "arms": five, **ours})
    assert response.status_code == 422
    assert response.json()["code"] == "invalid"


async def test_a_task_moves_to_another_version_and_says_where_it_can_not(
    owner: httpx.AsyncClient, town: Town
) -> None:
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    script = f"/api/v1/scripts/{town.ours.ids['script_id']}"
    draft = (await owner.get(script)).json()
    body = {"content": draft["content"], "revision": draft["revision"]}
    assert (await owner.put(f"{script}/draft", json=body)).status_code == 200
    refused = await owner.put(f"{task}/script-version", json={"version": 2})
    assert (refused.status_code, refused.json()["code"]) == (409, "version-not-published")
    assert (await owner.post(f"{script}/publish", json={})).status_code == 200
    assert (await owner.get(task)).json()["script"]["version"] == 1
    moved = await owner.put(f"{task}/script-version", json={"version": 2})
    assert (moved.status_code, moved.json()["script"]["version"]) == (200, 2)
    split = await _split(owner, town)
    refused = await owner.put(f"/api/v1/tasks/{split['id']}/script-version", json={"version": 2})
    assert (refused.status_code, refused.json()["code"]) == (409, "task-split")


async def test_a_neighbours_task_is_neither_compared_nor_settled(owner: httpx.AsyncClient, town: Town) -> None:
    arm = (await _split(owner, town))["arms"][0]["id"]
    for task_id in (town.theirs.ids["task_id"], town.ours.ids["task_id"]):
        response = await owner.post(f"/api/v1/tasks/{task_id}/arms/{arm}/rest")
        assert response.status_code == 404, "an arm is of its own task alone"
