"""What WeChat tells an account's address by itself, and what is not WeChat."""

import pytest
from structlog.testing import capture_logs

from callwright.accounts.roles import Role
from tests.factories.wechat import (
    AES_KEY,
    WeChatServer,
    encrypted,
    event,
    signed,
)
from tests.web.conftest import Open, Town, client_of
from tests.web.wechat.house import ACCOUNT, House


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
    nameless = event("SCAN", openid="o" * 201)
    for body in (bomb, outside, large, nameless, "", "<xml>", "{}"):
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


async def test_what_is_encrypted_where_plain_is_registered_is_not_taken_for_heard(house: House) -> None:
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{encrypted(event('SCAN'))}</Encrypt></xml>"
    with capture_logs() as logs:
        assert await house.hears(body) == 404
    assert [one["log_level"] for one in logs] == ["warning", "info"]
    assert house.path.rpartition("/")[2] not in str(logs)


async def test_no_address_holds_nul(house: House) -> None:
    found = await house.client.get("/api/v1/wechat-callbacks/a%00b", params=signed(0))
    assert found.status_code == 404


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
