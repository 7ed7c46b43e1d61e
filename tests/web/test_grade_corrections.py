"""Grades corrected by people: kept with the conversation, and played again with whatever the script becomes."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from tests.web.conftest import Town, client_of
from tests.web.test_scripts import detail


async def correct(client: httpx.AsyncClient, town: Town, grade: str = "B", why: str = "No day was meant") -> Any:
    """Correct the grade of the town's call."""
    path = f"/api/v1/calls/{town.ours.ids['call_id']}/grade-correction"
    return await client.post(path, json={"grade": grade, "why": why})


async def test_a_grade_is_corrected_and_taken_back(owner: httpx.AsyncClient, town: Town) -> None:
    path = f"/api/v1/calls/{town.ours.ids['call_id']}"
    assert (await owner.get(path)).json()["grade_correction"] is None
    made = await correct(owner, town)
    assert made.status_code == 200, made.text
    call = (await owner.get(path)).json()
    assert call["grade"] == "A"
    assert call["grade_correction"] == made.json()
    told = {key: made.json()[key] for key in ("grade", "grade_before", "why", "made_by")}
    assert told == {"grade": "B", "grade_before": "A", "why": "No day was meant", "made_by": "owner"}
    assert call["labels"]["grades"]["B"] == "Interested"
    assert (await correct(owner, town, "C", "Better so")).json()["grade"] == "C"
    assert (await owner.delete(f"{path}/grade-correction")).status_code == 204
    again = await owner.delete(f"{path}/grade-correction")
    assert (again.status_code, again.json()["code"]) == (404, "not-found")


async def test_inspectors_correct_and_agents_do_not(app: FastAPI, town: Town) -> None:
    for role, status in ((Role.INSPECTOR, 200), (Role.AGENT, 403)):
        async with client_of(app, town.ours.tokens[role]) as client:
            assert (await correct(client, town)).status_code == status


@pytest.mark.parametrize(
    ("grade", "why", "code"), [("Z", "So", "unknown-grade"), ("A", "", "invalid"), ("A", "x" * 501, "invalid")]
)
async def test_what_is_no_correction_is_told(
    owner: httpx.AsyncClient, town: Town, grade: str, why: str, code: str
) -> None:
    response = await correct(owner, town, grade, why)
    assert (response.status_code, response.json()["code"]) == (422, code)


async def test_a_call_without_a_grade_has_none_to_correct(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(CallRow).values(grade=None))
    response = await correct(owner, town)
    assert (response.status_code, response.json()["code"]) == (409, "no-grade")


async def test_a_script_is_tried_on_what_people_corrected(owner: httpx.AsyncClient, town: Town) -> None:
    script = await detail(owner, str(town.ours.ids["script_id"]))
    path = f"/api/v1/scripts/{script['id']}/check-corrections"
    assert (await owner.post(path, json={})).json() == {"checked": 0, "agreeing": [], "differing": []}
    await correct(owner, town, "F", "Only a day was named")
    (differing,) = (await owner.post(path, json={})).json()["differing"]
    assert (differing["corrected"], differing["grade_before"], differing["why"]) == (
        "F",
        "A",
        "Only a day was named",
    )
    assert differing["now"] == "D"
    assert differing["reasons"][0]["rule"] == "Spoke with us but decided nothing"
    content = script["content"]
    content["grades"]["rules"] = []
    judged = (await owner.post(path, json={"content": content})).json()
    assert (judged["checked"], judged["differing"]) == (1, [])
    (agreeing,) = judged["agreeing"]
    assert (agreeing["now"], agreeing["call_id"]) == ("F", str(town.ours.ids["call_id"]))
    content["variables"].append({"name": "shoe_size", "label": "Shoe size"})
    (unplayable,) = (await owner.post(path, json={"content": content})).json()["differing"]
    assert (unplayable["now"], "shoe_size" in unplayable["trouble"]) == (None, True)
    assert unplayable["missing"] == ["Shoe size (shoe_size)"]
