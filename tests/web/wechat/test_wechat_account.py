"""The company's official account over the API: registered, changed, and shared by processes."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from callwright.channels.http import GuardedHttp
from callwright.channels.wechat.asking import WeChat
from callwright.channels.wechat.port import Token
from callwright.chats.wechat_accounts import KeptAccounts, find_account
from callwright.db.session import Database
from callwright.kit.secrets import SecretBox, new_key
from tests.factories.calling import BOX
from tests.factories.wechat import (
    APP_ID,
    APP_SECRET,
    CALLBACK_TOKEN,
    CUSTOMERS,
    WeChatServer,
)
from tests.web.conftest import Town
from tests.web.wechat.house import ACCOUNT, NEAR, House


async def test_wechat_is_given_the_installations_own_address(house: House, app: FastAPI) -> None:
    app.state.parts = replace(app.state.parts, public_url="https://calls.example.com")
    told = (await house.client.get("/api/v1/wechat-account")).json()["callback"]
    assert told == f"https://calls.example.com{house.path}"


async def test_an_account_is_registered_and_its_secrets_never_shown_again(house: House) -> None:
    account = await house.client.get("/api/v1/wechat-account")
    assert list(account.json()["customers"]["places"]) == list(CUSTOMERS.places)
    shown = account.text
    assert APP_ID in shown
    assert APP_SECRET not in shown
    assert CALLBACK_TOKEN not in shown
    kept = {name: value for name, value in ACCOUNT.items() if name not in ("app_secret", "callback_token")}
    again = await house.client.put("/api/v1/wechat-account", json=kept)
    assert (again.status_code, again.json()["callback"]) == (200, house.path)
    other = await house.client.put("/api/v1/wechat-account", json={**kept, "app_id": "wxfedcba9876543210"})
    assert (other.status_code, other.json()["errors"][0]["where"]) == (422, "app_secret")
    unlocked = await house.client.put("/api/v1/wechat-account", json={**kept, "encrypts": True})
    assert unlocked.json()["errors"][0]["where"] == "aes_key"


@pytest.mark.parametrize(
    ("template", "places"),
    [
        ("customers", {"keyword1": "name"}),
        ("customers", {"phone_number1": "name"}),
        ("customers", {"thing": "name"}),
        ("notices", {"thing1": "phone"}),
        ("notices", {"phone_number1": "phone"}),
    ],
)
async def test_a_place_that_can_not_be_filled_so_is_refused(
    template: str, places: dict[str, str], browser: httpx.AsyncClient
) -> None:
    account = {**ACCOUNT, template: {"id": CUSTOMERS.id, "places": places}}
    refused = await browser.put("/api/v1/wechat-account", json=account)
    assert (refused.status_code, refused.json()["code"]) == (422, "template-place")
    assert refused.json()["errors"][0]["where"] == f"{template}.places"


@pytest.mark.parametrize(
    "places", [{"thing1": "name"}, {"character_string1": "title", "thing2": "name"}, {"const1": "grade"}]
)
async def test_a_template_that_could_not_tell_of_a_ban_is_refused(
    places: dict[str, str], browser: httpx.AsyncClient
) -> None:
    account = {**ACCOUNT, "customers": {"id": CUSTOMERS.id, "places": places}}
    refused = await browser.put("/api/v1/wechat-account", json=account)
    assert (refused.status_code, refused.json()["code"]) == (422, "template-title")
    assert refused.json()["errors"][0]["where"] == "customers.places"


async def test_processes_share_a_token_that_is_sealed(
    house: House, server: WeChatServer, town: Town, database: Database
) -> None:
    http, scenes = GuardedHttp(NEAR), {"action_info": {"scene": {"scene_str": "s" * 43}}}
    for _ in range(2):
        shared = KeptAccounts(database, BOX)
        account = await shared.account(town.ours.tenant_id)
        assert account is not None
        wechat = WeChat(http, shared, house.clock, base=server.base)
        asked = {"expire_seconds": 600, "action_name": "QR_STR_SCENE", **scenes}
        assert (await wechat.ask(account, "qrcode/create", asked)).said.done
    http.close()
    assert server.asked == ["stable_token", "qrcode/create", "qrcode/create"]
    async with database.tenant(town.ours.tenant_id) as session:
        row = await find_account(session)
    assert row is not None
    assert row.access_token is not None
    assert server.tokens[-1].encode() not in row.access_token
    await house.client.put("/api/v1/wechat-account", json=ACCOUNT)
    again = await shared.account(town.ours.tenant_id)
    assert again is not None
    assert await shared.token(again) is None, "another secret is another's token"


async def test_what_was_sealed_with_another_key_is_no_account(house: House, town: Town, database: Database) -> None:
    shared, other = KeptAccounts(database, BOX), KeptAccounts(database, SecretBox(new_key()))
    account = await shared.account(town.ours.tenant_id)
    assert account is not None
    await shared.keep(account, Token("a-token", house.clock.moment))
    assert await shared.token(account) == Token("a-token", house.clock.moment)
    assert (await other.account(town.ours.tenant_id), await other.token(account)) == (None, None)


async def test_without_an_account_there_is_no_code(browser: httpx.AsyncClient) -> None:
    await browser.delete("/api/v1/wechat-account")
    refused = await browser.post("/api/v1/chats/wechat-codes", json={"name": "Me"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no-wechat-account")
    kinds = (await browser.get("/api/v1/chats/kinds")).json()
    assert [one["ready"] for one in kinds if one["scanned"]] == [False]


async def test_two_may_register_the_account_at_once(browser: httpx.AsyncClient) -> None:
    both = await asyncio.gather(*(browser.put("/api/v1/wechat-account", json=ACCOUNT) for _ in range(4)))
    assert [one.status_code for one in both] == [200] * 4
    assert len({one.json()["callback"] for one in both}) == 1
