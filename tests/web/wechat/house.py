"""A company with an official account of WeChat, and what WeChat tells it."""

from typing import Any

import httpx

from callwright.channels.addresses import Reach, networks
from tests.factories.wechat import (
    APP_ID,
    APP_SECRET,
    CALLBACK_TOKEN,
    CUSTOMERS,
    NOTICES,
    signed,
)
from tests.web.conftest import HandSetClock

NEAR = Reach(networks("127.0.0.1/32"))
ACCOUNT: dict[str, Any] = {
    "app_id": APP_ID,
    "app_secret": APP_SECRET,
    "callback_token": CALLBACK_TOKEN,
    "customers": {"id": CUSTOMERS.id, "places": dict(CUSTOMERS.places)},
    "notices": {"id": NOTICES.id, "places": dict(NOTICES.places)},
}


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
