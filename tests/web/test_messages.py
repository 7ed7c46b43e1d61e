"""Templates of messages and their channels through the API: approval, versions, what is never told again."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.dialing.calling_hours import Weekday
from tests.web.conftest import Town, client_of

TEMPLATES = "/api/v1/message-templates"
REVIEW = "/api/v1/installation/message-templates"
CHANNELS = "/api/v1/installation/message-channels"
DRAFT = {"name": "Offer", "kind": "marketing", "text": "Dear {name}, our offer. {company}"}
GATEWAY = {
    "name": "Gateway",
    "provider": "gateway",
    "config": {"url": "https://gateway.example/send", "body": '{"to": "{recipient}", "text": "{text}"}'},
    "secret": "the key",
}


@pytest.fixture
def operator(app: FastAPI, town: Town) -> httpx.AsyncClient:
    return client_of(app, town.ours.tokens[Role.OPERATOR])


async def test_a_template_is_usable_once_approved_and_a_rejected_one_says_why(
    owner: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    made = (await owner.post(TEMPLATES, json=DRAFT)).json()
    where = f"{TEMPLATES}/{made['id']}"
    assert (made["versions"][0]["state"], made["usable"]) == ("draft", None)
    await owner.post(f"{where}/submission")
    refused = await owner.put(where, json={**DRAFT, "text": "Other"})
    assert (refused.status_code, refused.json()["code"]) == (409, "message-template-state")
    again = (await owner.post(f"{where}/submission")).json()
    assert "Wait for the operator" in again["detail"]
    waiting = {one["template_name"]: one for one in (await operator.get(REVIEW)).json()}
    version = waiting["Offer"]["id"]
    why = {"reason": "It doesn't say what it costs."}
    assert (await operator.post(f"{REVIEW}/{version}/rejection", json=why)).status_code == 204
    rejected = (await owner.get(where)).json()
    assert (rejected["versions"][0]["reason"], rejected["usable"]) == (why["reason"], None)

    changed = (await owner.put(where, json={**DRAFT, "text": "It costs 5."})).json()
    assert [(one["number"], one["state"]) for one in changed["versions"]] == [(2, "draft"), (1, "rejected")]
    await owner.post(f"{where}/submission")
    assert (await operator.post(f"{REVIEW}/{changed['versions'][0]['id']}/approval")).status_code == 204
    again = await operator.post(f"{REVIEW}/{changed['versions'][0]['id']}/approval")
    assert (again.status_code, again.json()["code"]) == (409, "message-template-state")
    assert (await owner.get(where)).json()["usable"]["text"] == "It costs 5."


async def test_an_approved_version_never_changes(
    owner: httpx.AsyncClient, operator: httpx.AsyncClient, town: Town, database: Database
) -> None:
    version = town.ours.ids["version_id"]
    await operator.post(f"{REVIEW}/{version}/approval")
    where = f"{TEMPLATES}/{town.ours.ids['template_id']}"
    changed = (await owner.put(where, json={**DRAFT, "text": "Another"})).json()
    assert (changed["usable"]["id"], changed["usable"]["text"]) == (str(version), "Dear {name}, thank you.")
    assert changed["versions"][0]["state"] == "draft"
    with pytest.raises(DBAPIError, match="never changes"):
        async with database.system() as session:
            await session.execute(
                text("UPDATE message_template_versions SET text = 'x' WHERE id = :id"), {"id": version}
            )


async def test_what_is_not_wanted_any_more_leaves_the_operators_list(
    owner: httpx.AsyncClient, operator: httpx.AsyncClient, town: Town
) -> None:
    where = f"{TEMPLATES}/{town.ours.ids['template_id']}"
    assert (await owner.delete(f"{where}/submission")).json()["versions"][0]["state"] == "draft"
    assert (await owner.delete(where)).status_code == 204
    assert (await owner.get(where)).json()["retired_at"] is not None
    assert (await owner.post(f"{where}/submission")).status_code == 404
    assert [one["tenant_name"] for one in (await operator.get(REVIEW)).json()] == ["Theirs"]


async def test_a_text_is_counted_as_it_is_sent(owner: httpx.AsyncClient) -> None:
    counted = (await owner.post(f"{TEMPLATES}/preview", json={"kind": "marketing", "text": "Hello {name}"})).json()
    assert counted == {
        "text": "Us: Hello {name} Reply STOP to opt out.",
        "alphabet": "gsm7",
        "units": 41,
        "segments": 1,
        "variables": ["name"],
    }
    wrong = await owner.post(f"{TEMPLATES}/preview", json={"kind": "service", "text": "Hello {"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "message-variable")


async def test_a_channels_secret_is_never_told_again(operator: httpx.AsyncClient, town: Town) -> None:
    made = (await operator.post(CHANNELS, json=GATEWAY)).json()
    assert "the key" not in (await operator.get(CHANNELS)).text
    assert made["callback"].startswith(f"/api/v1/message-callbacks/{made['id']}?key=")
    assert made["trouble"] == "not_kept_open"
    where = f"{CHANNELS}/{made['id']}"
    assert "the key" not in (await operator.put(where, json={**GATEWAY, "name": "Other", "secret": None})).text
    for wrong, code in (
        ({"config": {"url": "https://gateway.example/"}}, "gateway-text"),
        ({"config": {**GATEWAY["config"], "code": "1"}}, "message-channel-config"),  # type: ignore[dict-item]
        ({"config": {**GATEWAY["config"], "url": "https://10.0.0.1/"}}, "outside-address"),  # type: ignore[dict-item]
        ({"config": {**GATEWAY["config"], "url": "https://gateway.example#?t={text}"}}, "gateway-fragment"),  # type: ignore[dict-item]
        ({"provider": "smpp", "config": {"host": "smsc.example", "system_id": "us"}}, "message-channel-config"),
        ({"config": {**GATEWAY["config"], "headers": {"Host": "10.0.0.1"}}}, "gateway-own-header"),  # type: ignore[dict-item]
    ):
        refused = await operator.put(where, json={**GATEWAY, **wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, code)
        assert "Value error" not in refused.text
    assert refused.json()["errors"][0]["where"] == "config.headers.Host"
    account = {"channel_id": made["id"], "sender": "Callwright", "price": 50_000}
    of_company = f"/api/v1/installation/tenants/{town.ours.tenant_id}/message-account"
    assert (await operator.put(of_company, json=account)).json()["sender"] == "Callwright"
    refused = await operator.put(of_company, json={**account, "sender": "What a long name"})
    assert (refused.status_code, refused.json()["code"]) == (422, "message-sender")
    used = await operator.delete(where)
    assert (used.status_code, used.json()["code"]) == (409, "message-channel-in-use")


async def test_a_company_sees_what_it_pays_and_why_nothing_can_be_sent(owner: httpx.AsyncClient) -> None:
    account = (await owner.get(f"{TEMPLATES}/account")).json()
    assert (account["price"], account["pays_for"], account["trouble"]) == (50_000, 2000, "not_kept_open")


async def test_the_hours_of_each_kind_are_set_and_never_so_that_nothing_leaves(
    owner: httpx.AsyncClient,
) -> None:
    hours = (await owner.get("/api/v1/message-hours")).json()
    assert hours["service"]["days"] == [*Weekday]
    assert (hours["marketing"]["opens"], hours["marketing"]["closes"]) == ("09:00:00", "18:00:00")
    assert hours["service"]["opens"] == hours["service"]["closes"] == "00:00:00"
    wanted = hours | {"marketing": hours["marketing"] | {"closes": "17:30"}}
    saved = (await owner.put("/api/v1/message-hours", json=wanted)).json()
    assert saved["marketing"]["closes"] == "17:30:00"
    never = wanted | {"financial": {"opens": "01:00", "closes": "02:00"}}
    refused = await owner.put("/api/v1/message-hours", json=never)
    assert (refused.status_code, refused.json()["code"]) == (422, "message-hours-never-meet")
    assert (await owner.get("/api/v1/message-hours")).json() == saved
