"""WeChat over the API: the company's account, binding by a scanned code, and what WeChat tells by itself."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from callwright.accounts.roles import Role
from callwright.channels.addresses import Reach, networks
from callwright.channels.chat_ways import EveryChat
from callwright.channels.http import GuardedHttp
from callwright.channels.wechat.asking import WeChat
from callwright.channels.wechat.port import Account, Token
from callwright.chats.wechat_accounts import KeptAccounts, find_account
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.pushing.jobs import Pusher
from tests.factories.calling import BOX
from tests.factories.wechat import (
    AES_KEY,
    APP_ID,
    APP_SECRET,
    CALLBACK_TOKEN,
    CUSTOMERS,
    NOTICES,
    OPENID,
    WeChatServer,
    encrypted,
    event,
    signed,
    wechat_server,
)
from tests.web.conftest import HandSetClock, Open, Town, client_of

NEAR = Reach(networks("127.0.0.1/32"))
ACCOUNT: dict[str, Any] = {
    "app_id": APP_ID,
    "app_secret": APP_SECRET,
    "callback_token": CALLBACK_TOKEN,
    "customers": {"id": CUSTOMERS.id, "places": dict(CUSTOMERS.places)},
    "notices": {"id": NOTICES.id, "places": dict(NOTICES.places)},
}


@pytest.fixture
async def server() -> AsyncIterator[WeChatServer]:
    async with wechat_server() as running:
        yield running


@pytest.fixture
async def browser(
    town: Town, open_app: Open, server: WeChatServer, database: Database, clock: HandSetClock
) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an owner whose application asks the server here."""
    app, http = open_app(town), GuardedHttp(NEAR)
    asks = WeChat(http, KeptAccounts(database, BOX), clock, base=server.base)
    app.state.parts = replace(app.state.parts, wechat=asks)
    async with client_of(app, town.ours.tokens[Role.OWNER]) as client:
        yield client
    http.close()


class _Away(KeptAccounts):
    """Where the database goes away once an account is found."""

    async def token(self, account: Account) -> Token | None:
        raise DatabaseUnavailableError(address="here", why="it restarts")


class House:
    """A company with an account, and what WeChat tells it."""

    def __init__(self, client: httpx.AsyncClient, clock: HandSetClock, path: str) -> None:
        self.client, self.clock, self.path = client, clock, path

    async def hears(self, body: str, **proof: str) -> int:
        """Have WeChat tell something; return HTTP's status."""
        query = proof or signed(self.clock.moment.timestamp())
        told = await self.client.post(self.path, content=body, params=query, headers={"content-type": "text/xml"})
        assert told.text == "success" or told.status_code != 200
        return told.status_code

    async def shows(self, name: str = "Me") -> dict[str, Any]:
        """Have a code made."""
        made = await self.client.post("/api/v1/chats/wechat-codes", json={"name": name})
        assert made.status_code == 201, made.text
        code: dict[str, Any] = made.json()
        return code

    async def state(self, code: dict[str, Any]) -> str:
        """Return how far a code is."""
        state: str = (await self.client.get(f"/api/v1/chats/wechat-codes/{code['id']}")).json()["state"]
        return state

    async def reached(self) -> bool:
        """Tell whether tasks may tell anybody in WeChat."""
        pushers = (await self.client.get("/api/v1/pushers")).json()
        return any("wechat" in one["kinds"] for one in pushers)

    async def chats(self) -> list[dict[str, Any]]:
        """Return the chats that were bound so."""
        return [one for one in (await self.client.get("/api/v1/chats")).json() if one["kind"] == "wechat"]


@pytest.fixture
async def house(browser: httpx.AsyncClient, clock: HandSetClock) -> House:
    saved = await browser.put("/api/v1/wechat-account", json=ACCOUNT)
    assert saved.status_code == 200, saved.text
    return House(browser, clock, saved.json()["callback"])


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


async def test_without_an_account_there_is_no_code(browser: httpx.AsyncClient) -> None:
    await browser.delete("/api/v1/wechat-account")
    refused = await browser.post("/api/v1/chats/wechat-codes", json={"name": "Me"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no-wechat-account")
    kinds = (await browser.get("/api/v1/chats/kinds")).json()
    assert [one["ready"] for one in kinds if one["scanned"]] == [False]


async def test_wechat_verifies_the_address(house: House) -> None:
    query = {**signed(house.clock.moment.timestamp()), "echostr": "5837397576500011341"}
    verified = await house.client.get(house.path, params=query)
    assert (verified.status_code, verified.text) == (200, "5837397576500011341")
    kept = await house.client.put("/api/v1/wechat-account", json=ACCOUNT)
    assert kept.json()["verified_at"]


@pytest.mark.parametrize("other", [{"app_id": "wxfedcba9876543210"}, {"callback_token": "anotherTokenOf16x"}])
async def test_what_was_verified_is_not_where_another_is_to_prove_itself(
    other: dict[str, str], house: House
) -> None:
    await house.client.get(house.path, params={**signed(house.clock.moment.timestamp()), "echostr": "5"})
    saved = await house.client.put("/api/v1/wechat-account", json={**ACCOUNT, **other})
    assert (saved.status_code, saved.json()["verified_at"]) == (200, None)


async def test_what_verified_the_address_proves_nothing_again(house: House, server: WeChatServer) -> None:
    code, proof = await house.shows(), signed(house.clock.moment.timestamp())
    verified = [await house.client.get(house.path, params={**proof, "echostr": "1"}) for _ in range(2)]
    assert [one.status_code for one in verified] == [200, 404]
    assert await house.hears(event("SCAN", server.scene, openid="oAttacker"), **proof) == 404
    assert await house.state(code) == "waiting"


@pytest.mark.parametrize("kind", ["subscribe", "SCAN"])
async def test_whoever_scans_a_code_is_bound_once(kind: str, house: House, server: WeChatServer) -> None:
    code = await house.shows()
    assert code["url"].startswith("http://weixin.qq.com/q/")
    assert (await house.state(code), server.scene in str(code)) == ("waiting", False)
    assert await house.hears(event(kind, server.scene)) == 200
    assert await house.state(code) == "bound"
    (chat,) = await house.chats()
    assert (chat["name"], chat["hint"], chat["left_at"]) == ("Me", "…" + OPENID[-4:], None)
    await house.hears(event(kind, server.scene, openid="oSomebodyElse"))
    assert len(await house.chats()) == 1


async def test_a_code_is_over_after_ten_minutes_and_an_unknown_one_binds_nobody(
    house: House, server: WeChatServer
) -> None:
    code = await house.shows()
    await house.hears(event("SCAN", "not-" + server.scene))
    assert await house.state(code) == "waiting"
    house.clock.pass_(minutes=10)
    await house.hears(event("SCAN", server.scene))
    assert (await house.state(code), await house.chats()) == ("expired", [])


async def test_what_is_forged_stale_or_heard_before_binds_nobody(house: House, server: WeChatServer) -> None:
    code = await house.shows()
    at, told = house.clock.moment.timestamp(), event("SCAN", server.scene)
    forged = [
        {"nonce": "1"},
        signed(at, token="another"),
        {**signed(at), "nonce": "other"},
        {**signed(at), "signature": "é"},
        signed(at - 301),
        signed(at + 301),
    ]
    assert [await house.hears(told, **proof) for proof in forged] == [404] * len(forged)
    proof = signed(at)
    assert await house.hears(event("CLICK"), **proof) == 200
    assert await house.hears(told, **proof) == 404
    assert await house.state(code) == "waiting"


async def test_what_is_no_plain_small_xml_is_refused(house: House) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><MsgType>&b;</MsgType></xml>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><MsgType>&a;</MsgType></xml>'
    large = event("SCAN", "x" * 40_000)
    for body in (bomb, outside, large, "", "<xml>", "{}"):
        assert await house.hears(body) == 404


async def test_another_companys_address_binds_nobody_here(
    house: House, server: WeChatServer, town: Town, open_app: Open
) -> None:
    code = await house.shows()
    async with client_of(house.client._transport.app, town.theirs.tokens[Role.OWNER]) as neighbour:  # type: ignore[attr-defined]
        theirs = (await neighbour.put("/api/v1/wechat-account", json=ACCOUNT)).json()["callback"]
        told = await neighbour.post(
            theirs, content=event("SCAN", server.scene), params=signed(house.clock.moment.timestamp())
        )
        assert told.status_code == 200
        assert [one for one in (await neighbour.get("/api/v1/chats")).json() if one["kind"] == "wechat"] == []
    assert await house.state(code) == "waiting"


async def test_in_the_secure_mode_only_what_is_encrypted_is_heard(house: House, server: WeChatServer) -> None:
    await house.client.put("/api/v1/wechat-account", json={**ACCOUNT, "encrypts": True, "aes_key": AES_KEY})
    code, at = await house.shows(), house.clock.moment.timestamp()
    told = event("SCAN", server.scene)
    assert await house.hears(told) == 404
    foreign = encrypted(told, app_id="wxfedcba9876543210")
    wrong = {**signed(at, encrypted="other"), "x": ""}
    sealed = encrypted(told)
    for content, proof in (
        (foreign, signed(at, encrypted=foreign)),
        (sealed, wrong),
        ("?", signed(at, encrypted="?")),
    ):
        assert await house.hears(f"<xml><Encrypt>{content}</Encrypt></xml>", **proof) == 404
    assert await house.state(code) == "waiting"
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    assert await house.hears(body, **signed(at, encrypted=sealed)) == 200
    assert await house.state(code) == "bound"


async def test_a_test_gets_there_until_its_reader_stops_following(
    house: House, server: WeChatServer, town: Town, database: Database
) -> None:
    await house.shows()
    await house.hears(event("subscribe", server.scene))
    (chat,) = await house.chats()
    ways = EveryChat(NEAR, KeptAccounts(database, BOX), wechat_at=server.base)
    pusher = Pusher(database, ways, BOX, house.clock)

    async def tried() -> tuple[str, str]:
        await house.client.post(f"/api/v1/chats/{chat['id']}/test")
        await pusher.run(town.ours.tenant_id, chat["id"])
        (shown,) = await house.chats()
        return shown["test"]["state"], shown["test"]["failure"]

    assert await tried() == ("delivered", "")
    (message,) = server.messages
    assert (message["touser"], message["template_id"]) == (OPENID, NOTICES.id)
    assert message["data"]["thing1"] == {"value": "This chat is bound."}
    await house.client.post(f"/api/v1/chats/{chat['id']}/test")
    await house.hears(event("unsubscribe"))
    (left,) = await house.chats()
    assert (left["test"]["state"], left["test"]["failure"]) == ("failed", "left")
    assert left["left_at"]
    assert await tried() == ("failed", "left")
    await house.hears(event("subscribe"))
    assert await tried() == ("delivered", "")
    server.says["message/template/send"] = [{"errcode": 43004, "errmsg": "require subscribe"}]
    assert await tried() == ("failed", "not_following")
    assert await house.reached() is False
    await house.hears(event("subscribe"))
    assert await house.reached() is True
    ways.close()


@pytest.mark.parametrize("change", ["removed", "another app"])
async def test_whoever_was_bound_with_another_account_is_not_reached(
    change: str, house: House, server: WeChatServer
) -> None:
    await house.shows()
    await house.hears(event("subscribe", server.scene))
    await house.client.put("/api/v1/wechat-account", json=ACCOUNT)
    assert await house.reached() is True
    if change == "removed":
        await house.client.delete("/api/v1/wechat-account")
    else:
        await house.client.put("/api/v1/wechat-account", json={**ACCOUNT, "app_id": "wxfedcba9876543210"})
    assert await house.reached() is False
    house.path = (await house.client.put("/api/v1/wechat-account", json=ACCOUNT)).json()["callback"]
    assert await house.reached() is False
    await house.shows()
    await house.hears(event("SCAN", server.scene))
    assert (await house.reached(), len(await house.chats())) == (True, 1)


async def test_two_may_register_the_account_at_once(browser: httpx.AsyncClient) -> None:
    both = await asyncio.gather(*(browser.put("/api/v1/wechat-account", json=ACCOUNT) for _ in range(4)))
    assert [one.status_code for one in both] == [200] * 4
    assert len({one.json()["callback"] for one in both}) == 1


async def test_a_push_whose_token_could_not_be_looked_up_waits(
    house: House, server: WeChatServer, town: Town, database: Database
) -> None:
    await house.shows()
    await house.hears(event("subscribe", server.scene))
    (chat,) = await house.chats()
    await house.client.post(f"/api/v1/chats/{chat['id']}/test")
    ways = EveryChat(NEAR, _Away(database, BOX), wechat_at=server.base)
    await Pusher(database, ways, BOX, house.clock).run(town.ours.tenant_id, chat["id"])
    ways.close()
    (shown,) = await house.chats()
    assert (shown["test"]["state"], shown["test"]["failure"]) == ("waiting", "unready")


async def test_what_wechat_refuses_to_make_is_told_in_its_words(house: House, server: WeChatServer) -> None:
    server.says["qrcode/create"] = [{"errcode": 48001, "errmsg": "api unauthorized"}]
    refused = await house.client.post("/api/v1/chats/wechat-codes", json={"name": "Me"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wechat-refused")
    assert (refused.json()["errcode"], refused.json()["fault"]) == (48001, "not_permitted")
