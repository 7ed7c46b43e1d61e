"""Scripts for a language model through the API: uploaded, changed, checked and published like any other."""

import copy
import dataclasses
from typing import Any

import httpx
from fastapi import FastAPI

from callwright.dialogue.writing import write_script
from callwright.language.providers.openai_compatible import OpenAiCompatible
from tests.unit.dialogue.model.shop import shop


async def _made(owner: httpx.AsyncClient) -> dict[str, Any]:
    response = await owner.post("/api/v1/scripts", json={"source": write_script(shop())})
    assert response.status_code == 201, response.text
    found: dict[str, Any] = (await owner.get(f"/api/v1/scripts/{response.json()['id']}")).json()
    return found


async def test_one_is_uploaded_changed_and_published(owner: httpx.AsyncClient) -> None:
    script = await _made(owner)
    assert (script["engine"], script["content"], script["faults"]) == ("2.0", None, [])
    brief = copy.deepcopy(script["brief"])
    brief["facts"].append("Bring the bicycle with its lock.")
    address = f"/api/v1/scripts/{script['id']}"
    saved = await owner.put(f"{address}/draft", json={"brief": brief, "revision": script["revision"]})
    assert saved.status_code == 200, saved.text
    assert saved.json()["brief"]["facts"][-1] == "Bring the bicycle with its lock."
    assert "Bring the bicycle with its lock." in saved.json()["source"]
    published = await owner.post(f"{address}/publish", json={})
    assert published.json()["published"]["number"] == 1


async def test_faults_and_forms_are_told(owner: httpx.AsyncClient) -> None:
    brief = (await _made(owner))["brief"]
    checked = await owner.post("/api/v1/scripts/check", json={"brief": brief | {"anywhere": {}}})
    assert [fault["rule"] for fault in checked.json()["faults"]] == ["no-way-out-model"]
    malformed = await owner.post("/api/v1/scripts/check", json={"brief": brief | {"limits": {"turns": 0}}})
    assert malformed.status_code == 422
    assert malformed.json()["faults"][0]["field"] == "limits.turns"


async def test_a_draft_is_for_one_engine(owner: httpx.AsyncClient) -> None:
    for body in ({}, {"brief": (await _made(owner))["brief"], "content": None, "revision": 1, "more": 1}):
        assert (await owner.post("/api/v1/scripts/check", json=body)).status_code == 422


async def test_who_writes_one_learns_whether_a_model_is_set_up(app: FastAPI, owner: httpx.AsyncClient) -> None:
    assert (await owner.get("/api/v1/features")).json() == {"language_model": False}
    model = OpenAiCompatible("http://127.0.0.1:9/v1", "small")
    app.state.parts = dataclasses.replace(app.state.parts, language_model=model)
    assert (await owner.get("/api/v1/features")).json() == {"language_model": True}


async def test_a_spreadsheet_teaches_a_brief_questions(owner: httpx.AsyncClient) -> None:
    script = await _made(owner)
    address = f"/api/v1/scripts/{script['id']}/knowledge"
    sheet = b"question,wordings,answer,next\nduration,is it quick,,\nHelmet,may I,Bring it.,\nx,y,z,node\n"
    files = {"file": ("k.csv", sheet)}
    preview = (await owner.post(f"{address}/import", files=files)).json()
    assert [change["name"] for change in preview["changes"]] == ["duration", "helmet"]
    assert [(fault["row"], fault["code"]) for fault in preview["errors"]] == [(4, "node-unknown")]
    taken = await owner.post(f"{address}/import", files=files, params={"revision": script["revision"]})
    brief = taken.json()["script"]["brief"]
    assert brief["knowledge"]["helmet"]["answer"] == "Bring it."
    assert brief["knowledge"]["duration"]["wordings"][-1] == "is it quick"
    assert (await owner.get(f"{address}/template")).status_code == 200
