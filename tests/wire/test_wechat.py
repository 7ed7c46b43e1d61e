"""Template messages over real HTTP, against a server that takes what WeChat publishes, and its tokens."""

import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.factories.calling import NOW
from tests.factories.wechat import APP_ID, APP_SECRET, CUSTOMERS, NOTICES, OPENID, WeChatServer, wechat_server
from tests.fakes.clock import ManualClock

from callwright.channels.addresses import Reach, networks
from callwright.channels.chat_port import ChatAnswer, ChatFault, Delivered, Told
from callwright.channels.http import Failure, GuardedHttp
from callwright.channels.wechat.asking import WeChat
from callwright.channels.wechat.faults import WeChatFault
from callwright.channels.wechat.forms import Part, Template, filled
from callwright.channels.wechat.port import Account, Token
from callwright.channels.wechat.sending import WeChatChats
from callwright.kit.errors import UnavailableError

TENANT = uuid4()
ADDRESS = {"tenant_id": str(TENANT), "app_id": APP_ID, "openid": OPENID}
PARTS: dict[str, str] = {
    Part.NAME: "Maria\nMagdalena von und zu Hohenstein",
    Part.PHONE: "+12125550143",
    Part.TIME: "2026年5月3日 09:00",
    Part.GRADE: "A",
    Part.TITLE: "请勿致电，A 级",
}
TOLD = Told("Customer", PARTS, "https://calls.example/pushed/x", of_customer=True)


@dataclass
class Shared:
    """What two workers share."""

    secret: str = APP_SECRET
    customers: Template = CUSTOMERS
    away: bool = False
    kept: list[Token] = field(default_factory=list)

    async def account(self, tenant_id: UUID) -> Account | None:
        if tenant_id != TENANT:
            return None
        return Account(uuid4(), tenant_id, APP_ID, self.secret, self.customers, NOTICES)

    async def token(self, account: Account) -> Token | None:
        if self.away:
            raise UnavailableError
        return self.kept[-1] if self.kept else None

    async def keep(self, account: Account, token: Token) -> None:
        self.kept.append(token)


@dataclass
class House:
    """What sends, and whom it asks."""

    server: WeChatServer
    http: GuardedHttp
    shared: Shared = field(default_factory=Shared)
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))

    async def send(self, *, address: Mapping[str, str] | None = None) -> ChatAnswer:
        """Send as a worker that begins."""
        worker = WeChatChats(WeChat(self.http, self.shared, self.clock, base=self.server.base))
        return await worker.send("wechat", {**ADDRESS, **(address or {})}, TOLD)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    http = GuardedHttp(Reach(networks("127.0.0.1/32")), timeout_s=2.0)
    async with wechat_server() as server:
        yield House(server, http)
    http.close()


async def test_a_message_goes_in_the_published_form(house: House) -> None:
    answer = await house.send()
    assert answer.delivered is Delivered.TAKEN
    assert house.server.messages == [
        {
            "touser": OPENID,
            "template_id": CUSTOMERS.id,
            "url": "https://calls.example/pushed/x",
            "data": {
                "thing1": {"value": "Maria Magdalena von…"},
                "phone_number2": {"value": "+12125550143"},
                "time3": {"value": "2026年5月3日 09:00"},
                "const4": {"value": "A"},
                "thing5": {"value": "请勿致电，A 级"},
            },
        }
    ]


async def test_workers_share_a_token_until_it_is_about_to_end(house: House) -> None:
    await house.send()
    await house.send()
    assert house.server.asked.count("stable_token") == 1
    house.clock.advance(timedelta(hours=2).total_seconds())
    await house.send()
    assert house.server.asked.count("stable_token") == 2


async def test_a_token_that_is_refused_is_renewed_once(house: House) -> None:
    await house.send()
    house.server.revoke()
    assert (await house.send()).delivered is Delivered.TAKEN
    assert house.server.asked.count("stable_token") == 2
    house.server.says["message/template/send"] = [{"errcode": 42001, "errmsg": "access_token expired"}]
    assert (await house.send()).delivered is Delivered.TAKEN
    assert house.server.forced == [False, False, False, True]
    assert len(house.shared.kept) == 3
    always = {"errcode": 40001, "errmsg": "invalid credential"}
    house.server.says["message/template/send"] = [always] * 3
    answer = await house.send()
    assert (answer.delivered, answer.failure) == (Delivered.REFUSED, WeChatFault.CREDENTIALS)
    assert house.server.says["message/template/send"] == [always]


@pytest.mark.parametrize(
    ("code", "failure", "final"),
    [
        (43004, WeChatFault.NOT_FOLLOWING, True),
        (40003, WeChatFault.UNKNOWN_READER, True),
        (40037, WeChatFault.TEMPLATE, True),
        (47003, WeChatFault.PLACES, True),
        (45009, WeChatFault.QUOTA, False),
        (-1, WeChatFault.BUSY, False),
        (99999, "", False),
    ],
)
async def test_what_wechat_refuses_is_told_with_its_code(
    code: int, failure: str, final: bool, house: House
) -> None:
    house.server.says["message/template/send"] = [{"errcode": code, "errmsg": "no rid: 1"}]
    answer = await house.send()
    assert (answer.delivered, answer.failure, answer.final) == (Delivered.REFUSED, failure, final)
    assert answer.gone == (code in (43004, 40003))
    assert f"{code}" in answer.text


async def test_a_wrong_secret_is_told(house: House) -> None:
    house.shared.secret = "0" * 32
    answer = await house.send()
    assert (answer.delivered, answer.failure) == (Delivered.REFUSED, WeChatFault.CREDENTIALS)
    assert house.server.asked == ["stable_token"]


async def test_nothing_is_asked_for_whoever_was_bound_with_another_account(house: House) -> None:
    for address in ({"app_id": "wxfedcba9876543210"}, {"tenant_id": str(uuid4())}):
        answer = await house.send(address=address)
        assert (answer.delivered, answer.failure, answer.final) == (
            Delivered.UNREACHED,
            WeChatFault.NO_ACCOUNT,
            True,
        )
    assert house.server.asked == []


async def test_who_is_not_reached_is_not_taken_for_told(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        house.server.port = taken.getsockname()[1]
        answer = await house.send()
    assert (answer.delivered, answer.failure) == (Delivered.UNREACHED, Failure.CONNECTION)


async def test_what_has_to_be_looked_up_and_is_away_leaves_the_message_to_be_tried_again(house: House) -> None:
    house.shared.away = True
    answer = await house.send()
    assert (answer.delivered, answer.failure, answer.final) == (Delivered.UNREACHED, ChatFault.UNREADY, False)
    assert house.server.asked == []


@pytest.mark.parametrize("place", ["character_string5", "thing"])
async def test_a_template_that_could_not_tell_of_a_ban_tells_nothing(place: str, house: House) -> None:
    places = {"thing1": Part.NAME, "const4": Part.GRADE, place: Part.TITLE}
    house.shared.customers = replace(CUSTOMERS, places=places)
    answer = await house.send()
    assert (answer.delivered, answer.failure, answer.final) == (Delivered.UNREACHED, WeChatFault.NO_TITLE, True)
    assert house.server.asked == []


async def test_a_server_that_fails_may_have_sent_it(house: House) -> None:
    await house.send()
    house.server.status = 502
    assert (await house.send()).delivered is Delivered.UNANSWERED
    house.shared.kept.clear()
    answer = await house.send()
    assert (answer.delivered, answer.final) == (Delivered.REFUSED, False)
    assert "token" not in answer.text


async def test_what_answers_who_asks_for_a_token_is_not_told(house: House) -> None:
    house.server.says["stable_token"] = [{"access_token": "SECRET-TOKEN", "expires_in": "7200"}]
    answer = await house.send()
    assert answer.delivered is Delivered.REFUSED
    assert "SECRET" not in answer.text


def test_values_are_cut_to_what_each_place_takes() -> None:
    parts = {
        **PARTS,
        Part.PHONE: "+1 (212) 555-0143 ext 99999 abc",
        Part.WHY: "赞" * 30,
        Part.TASK: "春季 Sale 2026",
    }
    places = {
        "phone_number1": Part.PHONE,
        "thing2": Part.WHY,
        "character_string3": Part.TASK,
        "thing4": Part.CONCERNS,
    }
    values = {place: one["value"] for place, one in filled(type(CUSTOMERS)("x", places), parts).items()}
    assert values == {
        "phone_number1": "+1 (212) 555-0143",
        "thing2": "赞" * 19 + "…",
        "character_string3": "Sale 2026",
        "thing4": "-",
    }
