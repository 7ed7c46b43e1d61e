"""The do-not-call lists over the API: looked through, added to, taken from, and nothing ever forgotten."""

from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from callwright.accounts.roles import Role
from callwright.callroom.opening import Refused
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.dialing.gate import GateRule
from tests.factories.calls import claim, make_node, open_call, plan_now
from tests.web.conftest import NOT_TO_BE_CALLED, Town, client_of
from tests.web.importing import imported

LIST = "/api/v1/do-not-call"
EVERYWHERE = "/api/v1/installation/do-not-call"
ANN, BO = "+12125550188", "+12125550189"


@pytest.fixture
async def operator(app: FastAPI, town: Town) -> httpx.AsyncClient:
    """The browser of whoever runs the installation."""
    return client_of(app, town.ours.tokens[Role.OPERATOR])


async def phones(client: httpx.AsyncClient, path: str = LIST, **query: str) -> list[str]:
    answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return [item["phone"] for item in answer.json()["items"]]


async def test_what_was_said_in_a_call_leads_to_the_call(owner: httpx.AsyncClient, town: Town) -> None:
    (entry,) = (await owner.get(LIST)).json()["items"]
    assert (entry["phone"], entry["source"]) == (NOT_TO_BE_CALLED, "call")
    assert entry["call_id"] == str(town.ours.ids["call_id"])


async def test_numbers_are_listed_once_and_bad_ones_told(owner: httpx.AsyncClient) -> None:
    pasted = ["(212) 555-0188", "", ANN, "12", BO, NOT_TO_BE_CALLED]
    answer = await owner.post(LIST, json={"phones": pasted, "note": "By letter"})
    assert answer.status_code == 200, answer.text
    result = answer.json()
    (fault,) = result.pop("errors")
    assert result == {"rows": 5, "added": 2, "already_listed": 1, "duplicates": 1, "failed": 1}
    assert (fault["row"], fault["code"], fault["fields"]) == (4, "phone-length", {"region": "US"})
    assert set(await phones(owner)) == {NOT_TO_BE_CALLED, ANN, BO}
    entry = (await owner.get(LIST, params={"text": "555-0188"})).json()["items"][0]
    assert (entry["phone"], entry["source"], entry["added_by"]) == (ANN, "person", "owner")
    assert (entry["note"], entry["removed_at"]) == ("By letter", None)


async def test_a_file_is_listed_with_its_note(owner: httpx.AsyncClient) -> None:
    files = {"file": ("stop.csv", f"name,phone\nAnn,{ANN}\nBo,\n".encode())}
    answer = await owner.post(f"{LIST}/imports", files=files, params={"note": "From the old system"})
    assert (answer.json()["added"], answer.json()["errors"][0]["code"]) == (1, "phone-missing")
    entry = (await owner.get(LIST)).json()["items"][0]
    assert (entry["source"], entry["note"]) == ("file", "From the old system")
    refused = await owner.post(f"{LIST}/imports", files={"file": ("stop.xlsx", b"%PDF-1.7")})
    assert (refused.status_code, refused.json()["fault"], refused.json()["file_name"]) == (422, "pdf", "stop.xlsx")


async def test_what_is_taken_off_stays_in_the_history(owner: httpx.AsyncClient, town: Town) -> None:
    entry = f"{LIST}/{town.ours.ids['entry_id']}"
    assert (await owner.post(f"{entry}/removal", json={"why": " "})).status_code == 422
    removed = (await owner.post(f"{entry}/removal", json={"why": "Wants the offer after all"})).json()
    assert (removed["removed_by"], removed["removed_why"]) == ("owner", "Wants the offer after all")
    assert removed["removed_at"]
    again = await owner.post(f"{entry}/removal", json={"why": "Once more"})
    assert (again.status_code, again.json()["code"]) == (409, "not-listed")
    assert await phones(owner) == []
    assert await phones(owner, state="removed") == [NOT_TO_BE_CALLED]
    await owner.post(LIST, json={"phones": [NOT_TO_BE_CALLED]})
    history = (await owner.get(entry)).json()["history"]
    assert [(one["source"], bool(one["removed_at"])) for one in history] == [("person", False), ("call", True)]
    assert await phones(owner, state="all") == [NOT_TO_BE_CALLED] * 2


async def test_history_can_be_neither_changed_nor_deleted(database: Database, town: Town) -> None:
    for statement in ("DELETE FROM do_not_call", "UPDATE do_not_call SET phone = '+1', note = 'x'"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with database.tenant(town.ours.tenant_id) as session:
                await session.execute(text(statement))


async def test_pages_follow_one_another(owner: httpx.AsyncClient) -> None:
    await owner.post(LIST, json={"phones": [f"+1212555{number:04}" for number in range(100, 105)]})
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        answer = (await owner.get(LIST, params=query)).json()
        seen += [item["phone"] for item in answer["items"]]
        if answer["next"] is None:
            break
        query["after"] = answer["next"]
    assert len(seen) == len(set(seen)) == 6


async def test_an_agent_adds_but_sees_no_number_and_finds_none_out(agent: httpx.AsyncClient, town: Town) -> None:
    assert (await agent.post(LIST, json={"phones": [ANN]})).json()["added"] == 1
    assert await phones(agent) == ["+1 2125 ***188", "+1 2025 ***199"]
    assert await phones(agent, text="555") == []
    refused = await agent.post(f"{LIST}/{town.ours.ids['entry_id']}/removal", json={"why": "x"})
    assert refused.status_code == 403


async def test_what_was_said_in_a_call_is_read_by_whoever_may_read_the_call_without_numbers(
    agent: httpx.AsyncClient, owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    tenant_id, call_id = town.ours.tenant_id, UUID(str(town.ours.ids["call_id"]))
    words = "I'm in hospital, ask my son, 020 7946 0123."
    async with database.tenant(tenant_id) as session:
        await put_on_list(session, tenant_id, ANN, call_id=call_id, words=words)
        await put_on_list(session, tenant_id, BO, call_id=None, words="In a trial.")
    hidden = "I'm in hospital, ask my son, ***123."
    assert [(await _notes(client, 2)) for client in (owner, agent)] == [["In a trial.", words], ["", hidden]]
    async with database.tenant(tenant_id) as session:
        somebody = await session.scalar(select(UserRow.id).where(UserRow.role == Role.OWNER))
        called = select(CallRow.customer_id).where(CallRow.id == call_id).scalar_subquery()
        await session.execute(update(CustomerRow).where(CustomerRow.id == called).values(owner_id=somebody))
    assert (await agent.get(f"/api/v1/calls/{call_id}")).status_code == 404
    assert [(await _notes(client, 2)) for client in (owner, agent)] == [["In a trial.", words], ["", ""]]
    entry = (await agent.get(LIST)).json()["items"][1]
    seen = (await agent.get(f"{LIST}/{entry['id']}")).json()
    assert (seen["note"], seen["history"][0]["note"]) == ("", "")


async def _notes(client: httpx.AsyncClient, latest: int) -> list[str]:
    return [one["note"] for one in (await client.get(LIST)).json()["items"][:latest]]


async def test_the_installations_list_holds_for_every_company_and_shows_itself_to_none(
    operator: httpx.AsyncClient, owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with operator:
        assert (await operator.post(EVERYWHERE, json={"phones": [ANN, "+12125550000"]})).json()["added"] == 2
        assert set(await phones(operator, EVERYWHERE)) == {ANN, "+12125550000"}
        assert ANN not in await phones(owner)
        task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
        body = {"phone": ANN, "variables": {"customer_name": "Ann", "last_visit": "May"}}
        refused = await owner.post(f"{task}/customers", json=body)
        assert (refused.status_code, refused.json()["fault"]) == (409, "do-not-call-everywhere")
        file = f"phone,customer_name,last_visit\n{ANN},Ann,May\n{NOT_TO_BE_CALLED},Bo,May\n".encode()
        result = await imported(owner, town, file)
        assert [fault["code"] for fault in result["faults"]] == ["do-not-call-everywhere", "do-not-call"]
    with pytest.raises(DBAPIError, match="permission denied"):
        async with database.tenant(town.ours.tenant_id) as session:
            await session.execute(text("SELECT * FROM do_not_call_everywhere"))


async def test_nobody_on_the_installations_list_is_dialled(
    operator: httpx.AsyncClient, owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}"
    waiting = (await owner.get(f"{task}/customers", params={"state": "uncalled"})).json()["items"]
    async with operator:
        await operator.post(EVERYWHERE, json={"phones": [customer["phone"] for customer in waiting]})
    started = await owner.post(f"{task}/start")
    assert started.status_code == 200, started.text
    node = await make_node(database)
    assert await plan_now(database) == len(waiting)
    for attempt in await claim(database, node):
        refused = await open_call(database, attempt, node)
        assert isinstance(refused, Refused)
        assert refused.decision.rule is GateRule.DO_NOT_CALL_INSTALLATION
    listed = (await owner.get(f"{task}/customers", params={"state": "do_not_call"})).json()["items"]
    assert {one["id"] for one in listed} == {one["id"] for one in waiting}
