"""Who is told in WeChat, and reached there."""

import pytest

from callwright.channels.chat_ways import EveryChat
from callwright.channels.wechat.port import Account, Token
from callwright.chats.wechat_accounts import KeptAccounts
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.pushing.jobs import Pusher
from tests.factories.calling import BOX
from tests.factories.wechat import (
    NOTICES,
    OPENID,
    WeChatServer,
    event,
)
from tests.web.conftest import Town
from tests.web.wechat.house import ACCOUNT, NEAR, House


class _Away(KeptAccounts):
    """Where the database goes away once an account is found."""

    async def token(self, account: Account) -> Token | None:
        raise DatabaseUnavailableError(address="here", why="it restarts")


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
    code = await house.shows()
    await house.hears(event("SCAN", server.scene))
    assert (await house.reached(), len(await house.chats()), await house.state(code)) == (True, 1, "bound")


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
