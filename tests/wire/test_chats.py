"""Each kind of chat over real HTTP, against a stub of what its operator documents: its form, and its answers.

Apprise keeps the addresses of those services in its classes; here they lead to the stub.
"""

import base64
import hashlib
import hmac
import html
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.google_chat import NotifyGoogleChat
from apprise.plugins.lark import NotifyLark
from apprise.plugins.pushplus import NotifyPushplus
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram
from apprise.plugins.wecombot import NotifyWeComBot
from tests.factories.receiver import Receiver, Request, receiving, saying, silence

from callwright.channels.addresses import Reach, networks
from callwright.channels.chat_apprise import ANSWER_READ, AppriseChats
from callwright.channels.chat_kinds import KINDS, hint_of, read_address
from callwright.channels.chat_port import ChatAnswer, Delivered
from callwright.channels.errors import ChatAddressError
from callwright.channels.http import Failure, GuardedHttp

NEAR = Reach(networks("127.0.0.1/32"))
TEXT = "Customer of grade A\nMaria <b>, +1 212 555 0143 & 张三"
KEY = "693a91f6-7b2c-4bc4-97a0-0ec2sifa5aaa"
TYPED: dict[str, dict[str, str]] = {
    "wecom_bot": {"webhook": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"},
    "dingtalk": {
        "webhook": "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec3f1d9566cc69da782e",
        "secret": "SECb8ad1234567890",
    },
    "feishu": {"webhook": f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}"},
    "lark": {"webhook": f"https://open.larksuite.com/open-apis/bot/v2/hook/{KEY}"},
    "slack": {"webhook": "https://hooks.slack.com/services/T12345678/B12345678/abcdefghijklmnopqrstuvwx"},
    "google_chat": {
        "webhook": "https://chat.googleapis.com/v1/spaces/AAAAxyz/messages?key=AIzaSyDdI0hCZtE6v&token=xvVJ0aIq1Wg%3D"
    },
    "pushplus": {"token": "0f2a1b3c4d5e6f708192a3b4c5d6e7f8"},
    "telegram": {"bot_token": "123456789:AAF1x2y3z4A5b6C7d8E9f0G1h2I3j4K5l6M", "chat": "-1001234567890"},
}
BASES: dict[str, tuple[type, str, str]] = {
    "wecom_bot": (NotifyWeComBot, "notify_url", "https://qyapi.weixin.qq.com"),
    "dingtalk": (NotifyDingTalk, "notify_url", "https://oapi.dingtalk.com"),
    "feishu": (NotifyFeishu, "notify_url", "https://open.feishu.cn"),
    "lark": (NotifyLark, "notify_url", "https://open.larksuite.com"),
    "slack": (NotifySlack, "webhook_url", "https://hooks.slack.com"),
    "google_chat": (NotifyGoogleChat, "notify_url", "https://chat.googleapis.com"),
    "pushplus": (NotifyPushplus, "notify_url", "https://www.pushplus.plus"),
    "telegram": (NotifyTelegram, "notify_url", "https://api.telegram.org"),
}
SAYS_YES = {
    "wecom_bot": '{"errcode":0,"errmsg":"ok"}',
    "dingtalk": '{"errcode":0,"errmsg":"ok"}',
    "feishu": '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}',
    "lark": '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}',
    "slack": "ok",
    "google_chat": '{"name":"spaces/AAAAxyz/messages/1"}',
    "pushplus": '{"code":200,"msg":"请求成功","data":"abc"}',
    "telegram": '{"ok":true,"result":{"message_id":1}}',
}
SAYS_NO = {
    "wecom_bot": (200, '{"errcode":93000,"errmsg":"invalid webhook url"}'),
    "dingtalk": (200, '{"errcode":310000,"errmsg":"keywords not in content"}'),
    "feishu": (200, '{"code":19024,"msg":"Key Words Not Found","data":{}}'),
    "lark": (200, '{"code":19001,"msg":"param invalid: incoming webhook access token invalid","data":{}}'),
    "slack": (404, "no_service"),
    "google_chat": (404, '{"error":{"code":404,"status":"NOT_FOUND"}}'),
    "pushplus": (200, '{"code":903,"msg":"无效的用户token","data":null}'),
    "telegram": (403, '{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}'),
}


@dataclass
class House:
    """What sends, and the stub that it reaches."""

    chats: AppriseChats
    receiver: Receiver

    async def send(self, kind: str, text: str = TEXT) -> ChatAnswer:
        """Send to the chat that was typed."""
        return await self.chats.send(kind, read_address(kind, TYPED[kind]), text)


@pytest.fixture
async def chats() -> AsyncIterator[AppriseChats]:
    http = GuardedHttp(NEAR, timeout_s=1.0, most_read=ANSWER_READ)
    sending = AppriseChats(http)
    yield sending
    sending.close()
    http.close()


def lead_to(stub: Receiver, patch: pytest.MonkeyPatch, kind: str) -> None:
    of, name, base = BASES[kind]
    address = getattr(of, name)
    assert address.startswith(base)
    patch.setattr(of, name, address.replace(base, f"http://127.0.0.1:{stub.port}"))


def _wecom_bot(asked: Request) -> None:
    # developer.work.weixin.qq.com/document/path/91770
    assert asked.path == f"/cgi-bin/webhook/send?key={KEY}"
    assert asked.message == {"msgtype": "text", "text": {"content": TEXT.replace("<b>", "＜b>")}}


def _dingtalk(asked: Request) -> None:
    # open.dingtalk.com/document/robots/customize-robot-security-settings: HmacSHA256 over "timestamp\nsecret"
    query = parse_qs(urlsplit(asked.path).query)
    timestamp, secret = query["timestamp"][0], TYPED["dingtalk"]["secret"]
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(digest).decode()]
    assert query["access_token"] == ["566cc69da782ec3f1d9566cc69da782e"]
    assert asked.message["msgtype"] == "text"
    assert TEXT in asked.message["text"]["content"]
    assert not asked.message.get("at", {}).get("isAtAll")


def _feishu(asked: Request) -> None:
    # open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
    assert asked.path.rstrip("/") == f"/open-apis/bot/v2/hook/{KEY}"
    assert asked.message["msg_type"] == "text"
    assert asked.message["content"]["text"] == TEXT.replace("<b>", "＜b>")


def _slack(asked: Request) -> None:
    # docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; &, < and > are escaped
    assert asked.path.startswith("/services/T12345678/B12345678/abcdefghijklmnopqrstuvwx")
    (attached,) = asked.message["attachments"]
    assert attached["text"] == html.escape(TEXT, quote=False)
    assert "Apprise" not in asked.body
    assert "http" not in asked.body


def _telegram(asked: Request) -> None:
    # core.telegram.org/bots/api#sendmessage
    assert asked.path == f"/bot{TYPED['telegram']['bot_token']}/sendMessage"
    assert str(asked.message["chat_id"]) == "-1001234567890"
    assert (asked.message["parse_mode"], asked.message["text"]) == ("HTML", html.escape(TEXT, quote=False))


def _google_chat(asked: Request) -> None:
    # developers.google.com/workspace/chat/quickstart/webhooks; format-messages: &, < and > are escaped
    assert urlsplit(asked.path).path == "/v1/spaces/AAAAxyz/messages"
    assert parse_qs(urlsplit(asked.path).query) == {"key": ["AIzaSyDdI0hCZtE6v"], "token": ["xvVJ0aIq1Wg="]}
    assert asked.message["text"] == html.escape(TEXT, quote=False)


def _pushplus(asked: Request) -> None:
    # www.pushplus.plus/doc/guide/api.html
    assert asked.path == "/send"
    assert (asked.message["token"], asked.message["template"]) == (TYPED["pushplus"]["token"], "html")
    assert asked.message["title"] == TEXT.partition("\n")[0]
    assert "<b>" not in asked.message["content"]
    lines = asked.message["content"].replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n")
    assert [
        line.strip() for line in html.unescape(lines).replace("\xa0", " ").splitlines() if line
    ] == TEXT.splitlines()


FORMS: dict[str, Callable[[Request], None]] = {
    "wecom_bot": _wecom_bot,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
    "lark": _feishu,
    "slack": _slack,
    "telegram": _telegram,
    "google_chat": _google_chat,
    "pushplus": _pushplus,
}


def test_every_kind_is_looked_at() -> None:
    assert set(KINDS) - {"mail", "wechat"} == set(TYPED) == set(FORMS) == set(SAYS_NO)


@pytest.mark.parametrize("kind", TYPED)
async def test_a_text_goes_in_the_published_form(
    kind: str, chats: AppriseChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving(saying(200, SAYS_YES[kind])) as stub:
        lead_to(stub, monkeypatch, kind)
        answer = await House(chats, stub).send(kind)
    assert (answer.delivered, answer.text) == (Delivered.TAKEN, SAYS_YES[kind])
    (asked,) = stub.requests
    FORMS[kind](asked)


@pytest.mark.parametrize("kind", ["feishu", "lark"])
async def test_a_bot_that_checks_signatures_gets_one(
    kind: str, chats: AppriseChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "Xb8aD1b8aD1b8aD1"
    async with receiving(saying(200, SAYS_YES[kind])) as stub:
        lead_to(stub, monkeypatch, kind)
        answer = await chats.send(kind, read_address(kind, TYPED[kind] | {"secret": secret}), TEXT)
    assert answer.delivered is Delivered.TAKEN
    (asked,) = stub.requests
    _feishu(asked)
    # open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: "timestamp\nsecret" is the key, of nothing
    key = f"{asked.message['timestamp']}\n{secret}".encode()
    assert asked.message["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


@pytest.mark.parametrize("kind", TYPED)
async def test_what_the_other_side_refuses_is_told_in_its_words(
    kind: str, chats: AppriseChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, says = SAYS_NO[kind]
    async with receiving(saying(status, says)) as stub:
        lead_to(stub, monkeypatch, kind)
        answer = await House(chats, stub).send(kind)
    assert answer.delivered is Delivered.REFUSED
    assert says in answer.text


async def test_what_may_have_arrived_is_told_from_what_did_not(
    chats: AppriseChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving(silence) as stub:
        lead_to(stub, monkeypatch, "wecom_bot")
        waited = await House(chats, stub).send("wecom_bot")
    gone = await House(chats, stub).send("wecom_bot")
    assert (waited.delivered, waited.failure) == (Delivered.UNANSWERED, Failure.TIMEOUT)
    assert (gone.delivered, gone.failure) == (Delivered.UNREACHED, Failure.CONNECTION)


@pytest.mark.parametrize("kind", sorted(set(TYPED) - {"dingtalk"}))  # whose texts are plain
async def test_what_customers_said_mentions_nobody_and_leads_nowhere(
    kind: str, chats: AppriseChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = 'A\n<at user_id="all">x</at> <!channel> <users/all> <a href="http://evil.example">y</a> [z](http://evil)'
    async with receiving(saying(200, SAYS_YES[kind])) as stub:
        lead_to(stub, monkeypatch, kind)
        await House(chats, stub).send(kind, said)
    (asked,) = stub.requests
    assert not re.search("<(at|!|users|a )", asked.body)
    if kind in ("feishu", "lark"):
        assert "](" not in asked.body


async def test_a_server_at_fault_may_have_taken_it(chats: AppriseChats, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving(saying(504, "gateway timeout")) as stub:
        lead_to(stub, monkeypatch, "feishu")
        answer = await House(chats, stub).send("feishu")
    assert (answer.delivered, answer.text) == (Delivered.UNANSWERED, "504 gateway timeout")


async def test_nothing_leads_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = GuardedHttp(Reach(), most_read=ANSWER_READ)
    guarded = AppriseChats(outside)
    async with receiving(saying(200, SAYS_YES["feishu"])) as inside:
        lead_to(inside, monkeypatch, "feishu")
        refused = await House(guarded, inside).send("feishu")
    assert (refused.delivered, refused.failure) == (Delivered.UNREACHED, Failure.REFUSED_ADDRESS)
    assert inside.connections == 0
    outside.close()
    guarded.close()


async def test_a_redirection_is_not_followed(chats: AppriseChats, monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        receiving(saying(200, SAYS_YES["feishu"])) as other,
        receiving(saying(307, "", f"Location: {other.url}")) as stub,
    ):
        lead_to(stub, monkeypatch, "feishu")
        answer = await House(chats, stub).send("feishu")
    assert answer.delivered is Delivered.REFUSED
    assert other.connections == 0


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("slack", {"webhook": TYPED["slack"]["webhook"] + "?template=/etc/passwd"}, "webhook"),
        (
            "wecom_bot",
            {"webhook": TYPED["wecom_bot"]["webhook"].replace("qyapi.weixin.qq.com", "10.0.0.1")},
            "webhook",
        ),
        ("wecom_bot", {"webhook": ""}, "webhook"),
        ("dingtalk", {**TYPED["dingtalk"], "secret": "mine"}, "secret"),
        ("telegram", {"bot_token": TYPED["telegram"]["bot_token"]}, "chat"),
        ("wecom_bot", {**TYPED["wecom_bot"], "verify": "no"}, "verify"),
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(kind: str, typed: dict[str, str], field: str) -> None:
    with pytest.raises(ChatAddressError) as refused:
        read_address(kind, typed)
    assert refused.value.fields["where"] == f"address.{field}"


def test_of_an_address_only_its_end_is_shown() -> None:
    assert hint_of("wecom_bot", TYPED["wecom_bot"]) == "…5aaa"
    assert hint_of("telegram", TYPED["telegram"]) == "-1001234567890"
