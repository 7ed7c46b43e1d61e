"""Lines as people change them, the groups that they are in, and seats that the operator opens."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from callwright.accounts.roles import Role
from callwright.kit.phone_region import region_of, regions_in
from tests.web.conftest import START, HandSetClock, Open, Town, client_of, wanted

LINE: dict[str, Any] = {"name": "New", "carrier_host": "sip.example", "caller_number": "+12125550100"}
POOL = {**LINE, "kind": "pooled", "more_numbers": ["+12125550101", "(212) 555-0102"]}


async def made(owner: httpx.AsyncClient, **wishes: Any) -> dict[str, Any]:
    response = await owner.post("/api/v1/lines", json={**LINE, **wishes})
    assert response.status_code == 201, response.text
    line: dict[str, Any] = response.json()
    return line


async def test_a_line_comes_back_as_it_was_made(owner: httpx.AsyncClient) -> None:
    home = {"country": "US", "province": "NY", "city": ""}
    line = await made(owner, **{**POOL, "price": "0.0085", "home": home, "expires_at": "2026-03-05T00:00:00Z"})
    assert line["more_numbers"] == ["+12125550101", "+12125550102"]
    assert (line["price_per_minute"], line["home"], line["expiry"]) == (8_500, home, "soon")
    assert line["health"] == {"fault": None, "since": None, "next_probe_at": None, "connect_rate": None}
    assert (await owner.get(f"/api/v1/lines/{line['id']}")).json() == line


@pytest.mark.parametrize(
    ("wishes", "code", "where"),
    [
        ({"price": "-1"}, "price", "price"),
        ({"price": "cheap"}, "price", "price"),
        ({"expires_at": START.isoformat()}, "line-expiry", "expires_at"),
        ({"expires_at": "9999-12-31T23:59:59-12:00"}, "invalid", "expires_at"),
        ({**POOL, "more_numbers": ["+12125550101", "12"]}, "line-pool-number", "more_numbers"),
        ({**POOL, "more_numbers": ["+1 212 555 0100"]}, "line-pool-number-twice", "more_numbers"),
        ({"more_numbers": ["+12125550101"]}, "line-not-pooled", "more_numbers"),
        ({"kind": "mobile", "channels": 2}, "line-mobile-channels", "channels"),
        ({"ring_timeout_s": 14}, "invalid", "ring_timeout_s"),
        ({"billed_next_s": 0}, "invalid", "billed_next_s"),
        ({"calls_per_second": 0}, "invalid", "calls_per_second"),
    ],
)
async def test_what_no_line_can_be_is_refused_with_its_place(
    owner: httpx.AsyncClient, wishes: dict[str, Any], code: str, where: str
) -> None:
    response = await owner.post("/api/v1/lines", json={**LINE, **wishes})
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    assert response.json()["errors"][0]["where"] == where


async def test_a_mobile_line_has_one_channel(owner: httpx.AsyncClient) -> None:
    assert (await made(owner, kind="mobile"))["channels"] == 1


async def test_a_changed_line_keeps_its_password_until_its_user_goes(owner: httpx.AsyncClient) -> None:
    line = await made(owner, username="me", password="a secret", register=True)
    where = f"/api/v1/lines/{line['id']}"
    body = {**LINE, "username": "me", "register": True, "channels": 3}
    changed = await owner.put(where, json=body)
    assert (changed.status_code, changed.json()["channels"]) == (200, 3), changed.text
    assert (await owner.put(where, json=LINE)).status_code == 200
    assert (await owner.put(where, json=body)).json()["code"] == "line-password-missing"


async def test_an_expired_line_can_be_changed_in_other_ways(owner: httpx.AsyncClient, clock: HandSetClock) -> None:
    line = await made(owner)
    where = f"/api/v1/lines/{line['id']}"
    expires_at = (START + timedelta(minutes=1)).isoformat()
    await owner.put(where, json={**LINE, "expires_at": expires_at})
    clock.pass_(minutes=2)
    renamed = await owner.put(where, json={**LINE, "name": "Old", "expires_at": expires_at})
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Old"), renamed.text


async def test_a_line_in_use_stays(owner: httpx.AsyncClient, town: Town) -> None:
    where = f"/api/v1/lines/{town.ours.ids['line_id']}"
    for response in (await owner.delete(where), await owner.post(f"{where}/retirement")):
        assert (response.status_code, response.json()["code"]) == (409, "line-in-use")
        assert "task Spring, policy group Nationwide" in response.json()["detail"]
    await owner.put(f"/api/v1/policy-groups/{town.ours.ids['group_id']}/lines", json={"lines": []})
    for verb in ("start", "finish"):
        await owner.post(f"/api/v1/tasks/{town.ours.ids['task_id']}/{verb}")
    assert (await owner.delete(where)).json()["code"] == "line-has-history"
    assert (await owner.post(f"{where}/retirement")).status_code == 200
    assert (await owner.get(f"/api/v1/calls/{town.ours.ids['call_id']}")).json()["line"]["name"] == "Line"
    fresh = await made(owner)
    assert (await owner.delete(f"/api/v1/lines/{fresh['id']}")).status_code == 204
    assert (await owner.get(f"/api/v1/lines/{fresh['id']}")).status_code == 404


async def test_a_retired_line_is_kept_out_of_every_choice_until_it_is_taken_back(
    owner: httpx.AsyncClient, town: Town
) -> None:
    line = await made(owner)
    where = f"/api/v1/lines/{line['id']}"
    retired = (await owner.post(f"{where}/retirement")).json()
    at = START.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert (retired["retired_at"], retired["expiry"]) == (at, "none")
    assert (await owner.post(f"{where}/retirement")).json() == retired, "retired it is already"
    assert await _names(owner) == ["Line"]
    assert await _names(owner, retired=True) == ["New"]
    refused = [
        await owner.post("/api/v1/tasks", json={**wanted(town), "name": "T", "seats": 1, "line_ids": [line["id"]]}),
        await owner.put(
            f"/api/v1/policy-groups/{town.ours.ids['group_id']}/lines",
            json={"lines": [{"line_id": line["id"], "priority": 1}]},
        ),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(409, "line-retired")] * 2
    tested = (await owner.post(f"{where}/test-call", json={"to": "+12025550143"})).json()
    assert tested["gate"]["rule"] == "line-retired"
    costly = await owner.post(f"{where}/test-call", json={"to": "+19002345678"})
    assert (costly.status_code, costly.json()["code"]) == (422, "invalid-phone-number")
    back = await owner.delete(f"{where}/retirement")
    assert (back.status_code, back.json()["retired_at"]) == (200, None)
    assert await _names(owner) == ["New", "Line"]
    task = {**wanted(town), "name": "T", "seats": 1, "line_ids": [line["id"]]}
    assert (await owner.post("/api/v1/tasks", json=task)).status_code == 201


async def _names(owner: httpx.AsyncClient, **filters: Any) -> list[str]:
    return [line["name"] for line in (await owner.get("/api/v1/lines", params=filters)).json()["items"]]


async def test_a_group_answers_which_line_would_be_taken(owner: httpx.AsyncClient, town: Town) -> None:
    group = f"/api/v1/policy-groups/{town.ours.ids['group_id']}"
    near = await made(owner, home={"country": "US", "province": "NY", "city": ""})
    lines = [{"line_id": str(town.ours.ids["line_id"]), "priority": 1}, {"line_id": near["id"], "priority": 2}]
    bound = (await owner.put(f"{group}/lines", json={"lines": lines})).json()
    assert [(line["name"], line["priority"]) for line in bound["lines"]] == [("Line", 1), ("New", 2)]
    answer = (await owner.get(f"{group}/route", params={"phone": "(212) 555-0199"})).json()
    assert answer["region"]["province"] == "NY"
    assert (answer["line"], answer["standing"]) == (None, "off")
    assert [line["standing"] for line in answer["lines"]] == ["off", "unknown"]


@pytest.mark.parametrize("priority", [0, 101])
async def test_a_priority_has_bounds(owner: httpx.AsyncClient, town: Town, priority: int) -> None:
    lines = [{"line_id": str(town.ours.ids["line_id"]), "priority": priority}]
    where = f"/api/v1/policy-groups/{town.ours.ids['group_id']}/lines"
    assert (await owner.put(where, json={"lines": lines})).json()["code"] == "policy-group-priority"


async def test_a_neighbours_line_cannot_be_bound(owner: httpx.AsyncClient, town: Town) -> None:
    lines = [{"line_id": str(town.theirs.ids["line_id"]), "priority": 1}]
    where = f"/api/v1/policy-groups/{town.ours.ids['group_id']}/lines"
    assert (await owner.put(where, json={"lines": lines})).status_code == 404


async def test_the_operator_gives_groups_and_seats(town: Town, open_app: Open) -> None:
    theirs = f"/api/v1/installation/tenants/{town.theirs.tenant_id}"
    async with client_of(open_app(town), town.ours.tokens[Role.OPERATOR]) as client:
        group = (await client.post(f"{theirs}/policy-groups", json={"name": "Europe"})).json()
        taken = await client.post(f"{theirs}/policy-groups", json={"name": "Europe"})
        assert taken.json()["code"] == "policy-group-name-taken"
        ours = f"/api/v1/installation/tenants/{town.ours.tenant_id}/policy-groups/{group['id']}"
        assert (await client.delete(ours)).status_code == 404
        assert (await client.delete(f"{theirs}/policy-groups/{group['id']}")).status_code == 204
        opened = await client.post(f"{theirs}/ai-seat-packs", json={"seats": 5})
        assert (opened.json()["total"], len(opened.json()["packs"])) == (55, 2)
        for wrong in ({"seats": 0}, {"seats": 1, "expires_at": START.isoformat()}):
            refused = await client.post(f"{theirs}/ai-seat-packs", json=wrong)
            assert (refused.status_code, refused.json()["code"]) == (422, "invalid-seat-pack")
        assert [one["name"] for one in (await client.get("/api/v1/installation/tenants")).json()] == [
            "Ours",
            "Theirs",
        ]


def test_places_to_choose_are_those_that_numbers_tell() -> None:
    for number, country in (
        ("+861088886666", "CN"),
        ("+8675588886666", "CN"),
        ("+12125550100", "US"),
        ("+442079460123", "GB"),
    ):
        assert region_of(number) in regions_in(country)
    assert {place.province for place in regions_in("US")} >= {"NY", "CA", "DC"}
    assert len({place.province for place in regions_in("CN")}) >= 31


async def test_of_many_who_choose_the_lines_of_a_group_at_once_each_is_answered(
    owner: httpx.AsyncClient, town: Town
) -> None:
    path = f"/api/v1/policy-groups/{town.ours.ids['group_id']}/lines"
    wish = {"lines": [{"line_id": str(town.ours.ids["line_id"]), "priority": 7}]}
    answers = await asyncio.gather(*(owner.put(path, json=wish) for _ in range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert [line["priority"] for line in answers[0].json()["lines"]] == [7]
