"""People bind their WeChat by a code that they scan."""

import asyncio

import httpx
import pytest

from tests.factories.telling import FEISHU
from tests.factories.wechat import OPENID, WeChatServer, event
from tests.web.outside_examples import A_CHAT
from tests.web.wechat.house import House


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


async def test_one_code_of_a_person_is_good_and_a_few_a_minute(house: House, server: WeChatServer) -> None:
    async def asks() -> httpx.Response:
        return await house.client.post("/api/v1/chats/wechat-codes", json={"name": "Me"})

    made = await asyncio.gather(*(asks() for _ in range(5)))
    assert [one.status_code for one in made] == [201] * 5
    looked = [await house.client.get(f"/api/v1/chats/wechat-codes/{one.json()['id']}") for one in made]
    assert sorted(one.status_code for one in looked) == [200, 404, 404, 404, 404]
    refused = await asks()
    assert (refused.status_code, refused.json()["code"], len(server.codes)) == (429, "too-many-codes", 5)
    house.clock.pass_(minutes=1)
    assert (await asks()).status_code == 201


async def test_whoever_has_as_many_chats_as_there_may_be_binds_no_other(house: House, server: WeChatServer) -> None:
    async def bind(number: int) -> None:
        chat = {**A_CHAT, "address": {"webhook": f"{FEISHU['webhook']}{number}"}}
        assert (await house.client.post("/api/v1/chats", json=chat)).status_code == 201

    for number in range(8):  # the owner of the town has one
        await bind(number)
    code = await house.shows()
    await bind(8)
    await house.hears(event("SCAN", server.scene))
    assert (await house.state(code), await house.chats()) == ("too_many", [])


async def test_what_wechat_refuses_to_make_is_told_in_its_words(house: House, server: WeChatServer) -> None:
    server.says["qrcode/create"] = [{"errcode": 48001, "errmsg": "api unauthorized"}]
    refused = await house.client.post("/api/v1/chats/wechat-codes", json={"name": "Me"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wechat-refused")
    assert (refused.json()["errcode"], refused.json()["fault"]) == (48001, "not_permitted")


async def test_where_wechat_can_not_be_reached_there_is_no_code(house: House, server: WeChatServer) -> None:
    server.status = 502
    refused = await house.client.post("/api/v1/chats/wechat-codes", json={"name": "Me"})
    assert (refused.status_code, refused.json()["code"], refused.json()["why"]) == (409, "wechat-away", "HTTP 502")
