"""What no column of the database holds is refused at the door, with its field named."""

from collections.abc import Iterator
from typing import Any

import httpx
from fastapi import FastAPI

from tests.web.conftest import Town

BOUNDED_BY_RULE = {"BoundLineIn priority", "RedialRule tries", "NewSeatPack seats"}
"""Refused by a rule of the domain, which has words of its own."""


def parts_of(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every object within ``part`` that is described, itself too."""
    if isinstance(part, dict):
        yield part
    for inner in part if isinstance(part, list) else part.values() if isinstance(part, dict) else ():
        yield from parts_of(inner)


def unbounded(part: Any) -> bool:
    numbers = [one for one in parts_of(part) if one.get("type") == "integer" and not {"const", "enum"} & one.keys()]
    return not all(one.keys() & {"maximum", "exclusiveMaximum"} and "minimum" in one for one in numbers)


def named_in(part: Any) -> set[str]:
    return {one["$ref"].rpartition("/")[2] for one in parts_of(part) if isinstance(one.get("$ref"), str)}


def test_every_whole_number_that_is_sent_has_bounds(app: FastAPI) -> None:
    described = app.openapi()
    models = described["components"]["schemas"]
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    parameters = [one for operation in operations for one in operation.get("parameters", ())]
    reached: set[str] = set()
    left = named_in([operation.get("requestBody") for operation in operations])
    while left:
        reached |= left
        left = named_in([models[name] for name in left]) - reached
    fields = {f"{name} {field}": of for name in reached for field, of in models[name].get("properties", {}).items()}
    assert {place for place, of in fields.items() if unbounded(of)} == BOUNDED_BY_RULE
    assert [one["name"] for one in parameters if unbounded(one)] == []


async def test_a_version_of_nowhere_is_refused(owner: httpx.AsyncClient, town: Town) -> None:
    path = f"/api/v1/scripts/{town.ours.ids['script_id']}"
    answers = [
        await owner.post(f"{path}/crowds", json={"people": 40, "version": 10**30}),
        await owner.get(f"{path}/versions/{10**30}"),
        await owner.post(f"{path}/versions/{2**31}/restore", json={"revision": 1}),
        await owner.post(f"{path}/publish", json={"number": 2**63}),
        await owner.get(f"{path}/source", params={"version": 2**40}),
    ]
    assert [answer.status_code for answer in answers] == [
        422,
        404,
        404,
        422,
        422,
    ]
