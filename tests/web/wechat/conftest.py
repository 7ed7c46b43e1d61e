"""A server of WeChat's API, an owner's browser, and a company with an official account."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from callwright.accounts.roles import Role
from callwright.channels.http import GuardedHttp
from callwright.channels.wechat.asking import WeChat
from callwright.chats.wechat_accounts import KeptAccounts
from callwright.db.session import Database
from tests.factories.calling import BOX
from tests.factories.wechat import WeChatServer, wechat_server
from tests.web.conftest import HandSetClock, Open, Town, client_of
from tests.web.wechat.house import ACCOUNT, NEAR, House


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


@pytest.fixture
async def house(browser: httpx.AsyncClient, clock: HandSetClock) -> House:
    saved = await browser.put("/api/v1/wechat-account", json=ACCOUNT)
    assert saved.status_code == 200, saved.text
    return House(browser, clock, saved.json()["callback"])
