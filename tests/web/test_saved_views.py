"""Columns and views: everybody's own, in every browser; shared by those who lead, changed by nobody else."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Role
from callwright.accounts.saved_views import MOST_VIEWS
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.lists import SavedViewRow
from tests.waiting import until
from tests.web.conftest import Open, Town, client_of

COLUMNS = "/api/v1/list-columns"
VIEWS = "/api/v1/saved-views"
OF_CUSTOMERS = {"list": "customers"}
NONE: dict[str, list[str]] = {"shown": [], "hidden": []}


def view(name: str, **other: Any) -> dict[str, Any]:
    return {"list": "customers", "name": name, "search": "whose=pool&tag=vip", "columns": NONE} | other


def whole(of: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {key: of[key] for key in ("name", "search", "columns", "shared")} | other


async def saved(client: httpx.AsyncClient, name: str, **other: Any) -> dict[str, Any]:
    answer = await client.post(VIEWS, json=view(name, **other))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def names(client: httpx.AsyncClient, **asked: str) -> list[tuple[str, bool]]:
    answer = await client.get(VIEWS, params=OF_CUSTOMERS | asked)
    return [(one["name"], one["mine"]) for one in answer.json()]


async def test_columns_are_kept_for_each_list_and_person_and_given_back_as_they_were(
    town: Town, open_app: Open
) -> None:
    app = open_app(town)
    chosen = {"shown": ["field-city"], "hidden": ["owner", "owner"]}
    kept = {"shown": ["field-city"], "hidden": ["owner"]}
    async with client_of(app, town.ours.tokens[Role.AGENT]) as agent:
        for columns in (NONE | {"hidden": ["name"]}, chosen):
            told = await agent.put(COLUMNS, json={"list": "customers", "columns": columns})
            assert told.status_code == 204, told.text
        await agent.put(COLUMNS, json={"list": "tasks", "columns": NONE | {"hidden": ["called"]}})
        assert (await agent.get(COLUMNS)).json() == {"customers": kept, "tasks": NONE | {"hidden": ["called"]}}
        await agent.put(COLUMNS, json={"list": "tasks", "columns": NONE})
        assert (await agent.get(COLUMNS)).json() == {"customers": kept}
        unseen = await agent.put(COLUMNS, json={"list": "ledger", "columns": chosen})
        assert (unseen.status_code, unseen.json()["code"]) == (403, "forbidden")
    async with client_of(app, town.ours.tokens[Role.INSPECTOR]) as other:
        assert (await other.get(COLUMNS)).json() == {}


@pytest.mark.parametrize(
    "body",
    [
        {"list": "customers", "columns": NONE | {"shown": ["x"] * 101}},
        {"list": "customers", "columns": NONE | {"shown": ["x" * 81]}},
        {"list": "customers", "columns": NONE | {"hidden": [""]}},
        {"list": "no-such-list", "columns": NONE},
    ],
)
async def test_columns_are_bounded(owner: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert (await owner.put(COLUMNS, json=body)).status_code == 422


async def test_a_view_is_saved_renamed_replaced_and_removed(owner: httpx.AsyncClient) -> None:
    first = await saved(owner, "  Busy VIPs ", columns={"shown": ["field-city"], "hidden": []})
    assert (first["name"], first["mine"], first["owner"]["name"]) == ("Busy VIPs", True, "owner")
    changed = whole(first, name="VIPs", search="tag=vip", columns=NONE)
    answer = await owner.put(f"{VIEWS}/{first['id']}", json=changed)
    assert answer.json() == first | changed
    assert await names(owner) == [("Mine", True), ("VIPs", True)]
    assert await names(owner, list="calls") == []
    assert (await owner.delete(f"{VIEWS}/{first['id']}")).status_code == 204
    again = await owner.delete(f"{VIEWS}/{first['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "not-found")
    assert await names(owner) == [("Mine", True)]


async def test_names_are_unique_for_a_person_and_list_and_the_views_are_counted(
    owner: httpx.AsyncClient, town: Town, open_app: Open
) -> None:
    mine = (await owner.get(VIEWS, params=OF_CUSTOMERS)).json()[0]
    for refused in (await owner.post(VIEWS, json=view("mine")), await owner.post(VIEWS, json=view(" Mine"))):
        assert (refused.status_code, refused.json()["code"]) == (409, "view-name-taken")
        assert refused.json()["errors"][0]["where"] == "name"
    other = await saved(owner, "Other")
    refused = await owner.put(f"{VIEWS}/{other['id']}", json=whole(other, name="MINE"))
    assert refused.json()["code"] == "view-name-taken"
    assert (await owner.put(f"{VIEWS}/{mine['id']}", json=whole(mine, name="MINE"))).json()["name"] == "MINE"
    await saved(owner, "Mine", list="calls")
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as agent:
        await saved(agent, "Mine")
    for number in range(MOST_VIEWS - 2):
        await saved(owner, f"View {number}")
    refused = await owner.post(VIEWS, json=view("One too many"))
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-views")


@pytest.mark.parametrize(
    "bad",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"name": "two\nlines"},
        {"search": "a=b c"},
        {"search": "#elsewhere"},
        {"search": "x" * 4001},
        {"list": "nothing"},
    ],
)
async def test_a_view_that_makes_no_sense_is_refused(owner: httpx.AsyncClient, bad: dict[str, str]) -> None:
    assert (await owner.post(VIEWS, json=view("A view") | bad)).status_code == 422


async def test_only_those_who_lead_share_and_others_use_but_do_not_change_it(town: Town, open_app: Open) -> None:
    app, tokens = open_app(town), town.ours.tokens
    async with client_of(app, tokens[Role.SUPERVISOR]) as leader, client_of(app, tokens[Role.AGENT]) as agent:
        shared = await saved(leader, "Everybody's", shared=True)
        alone = await saved(leader, "Mine alone")
        assert await names(agent) == [("Everybody's", False)]
        for refused in (
            await agent.put(f"{VIEWS}/{shared['id']}", json=whole(shared, name="Ours")),
            await agent.delete(f"{VIEWS}/{shared['id']}"),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "others-view")
            assert "supervisor" in refused.json()["detail"]
        for hidden in (
            await agent.put(f"{VIEWS}/{alone['id']}", json=whole(alone)),
            await agent.delete(f"{VIEWS}/{alone['id']}"),
        ):
            assert (hidden.status_code, hidden.json()["code"]) == (404, "not-found")
        own = await saved(agent, "Own")
        for refused in (
            await agent.post(VIEWS, json=view("Ours", shared=True)),
            await agent.put(f"{VIEWS}/{own['id']}", json=whole(own, shared=True)),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
            assert "owner" in refused.json()["who"]
    async with client_of(app, town.theirs.tokens[Role.OWNER]) as neighbour:
        assert await names(neighbour) == [("Mine", True)]


async def test_views_of_a_list_that_one_does_not_see_are_not_there(town: Town, open_app: Open) -> None:
    app, tokens = open_app(town), town.ours.tokens
    async with client_of(app, tokens[Role.OWNER]) as leader, client_of(app, tokens[Role.AGENT]) as agent:
        ledger = await saved(leader, "Charges", list="ledger", search="kind=charge", shared=True)
        for refused in (
            await agent.get(VIEWS, params={"list": "ledger"}),
            await agent.post(VIEWS, json=view("Charges", list="ledger")),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert (await agent.delete(f"{VIEWS}/{ledger['id']}")).status_code == 404


async def test_what_a_leader_shared_is_theirs_alone_once_they_lead_no_more(
    town: Town, open_app: Open, database: Database
) -> None:
    app, tokens = open_app(town), town.ours.tokens
    async with client_of(app, tokens[Role.SUPERVISOR]) as leader, client_of(app, tokens[Role.AGENT]) as agent:
        await saved(leader, "Everybody's", shared=True)
        async with database.tenant(town.ours.tenant_id) as session:
            await session.execute(update(UserRow).where(UserRow.name == "supervisor").values(role="agent"))
        assert await names(agent) == []
        assert await names(leader) == [("Everybody's", True)]


async def test_no_view_is_found_under_an_id_of_nothing(owner: httpx.AsyncClient) -> None:
    answer = await owner.put(f"{VIEWS}/{uuid4()}", json={"name": "A view", "search": "", "columns": NONE})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_view_removed_while_it_is_changed_is_not_found(
    owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    first = await saved(owner, "Old")
    async with asyncio.TaskGroup() as group, database.tenant(town.ours.tenant_id) as session:
        await session.execute(delete(SavedViewRow).where(SavedViewRow.id == UUID(first["id"])))
        change = group.create_task(owner.put(f"{VIEWS}/{first['id']}", json=whole(first, name="Other")))
        await until(lambda: _somebody_waits(session), "the change")
    assert (change.result().status_code, change.result().json()["code"]) == (404, "not-found")


async def _somebody_waits(session: AsyncSession) -> bool:
    here = "SELECT pid FROM pg_locks JOIN pg_database ON oid = database WHERE datname = current_database()"
    waits = text(f"SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid IN ({here}))")
    return bool(await session.scalar(waits))


async def test_no_view_keeps_whom_it_searched_for(town: Town, open_app: Open, database: Database) -> None:
    app = open_app(town)
    kept = "category=a%2Bb&field=plan%3AGold&tag=vip"
    searched = "category=a%2Bb&field=plan%3AGold&field=second%3A212+555+0177&tag=vip&te%78t=%2B1212555"
    async with client_of(app, town.ours.tokens[Role.OWNER]) as owner:
        first = await saved(owner, "Ours", search=searched, shared=True)
        changed = await owner.put(f"{VIEWS}/{first['id']}", json=whole(first, search=searched))
    async with client_of(app, town.ours.tokens[Role.AGENT]) as agent:
        theirs = (await agent.get(VIEWS, params=OF_CUSTOMERS)).json()
    async with database.tenant(town.ours.tenant_id) as session:
        row = await session.get_one(SavedViewRow, UUID(first["id"]))
    seen = [first["search"], changed.json()["search"], row.search]
    assert seen + [one["search"] for one in theirs if one["id"] == first["id"]] == [kept] * 4
