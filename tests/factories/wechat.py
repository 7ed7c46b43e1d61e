"""WeChat's side of an official account: a server of its API, and what it sends to the account's address."""

import asyncio
import base64
import hashlib
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from callwright.channels.wechat.forms import Part, Template
from callwright.chats.wechat_accounts import AccountDraft
from tests.factories.receiver import Receiver, Request, saying

APP_ID = "wx0123456789abcdef"
APP_SECRET = "0123456789abcdef0123456789abcdef"
CALLBACK_TOKEN = "aTokenOfSixteen16"
AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
OPENID = "oABCD0123456789abcdefghijklm"
TEMPLATE_ID = "TM00015_customers_aBcDeFgHiJkLmNoPqRsTuV"
CUSTOMERS = Template(
    TEMPLATE_ID,
    {
        "thing1": Part.NAME,
        "phone_number2": Part.PHONE,
        "time3": Part.TIME,
        "const4": Part.GRADE,
        "thing5": Part.TITLE,
    },
)
NOTICES = Template("TM00016_notices_aBcDeFgHiJkLmNoPqRsTuVwX", {"thing1": Part.TITLE, "thing2": Part.DETAILS})
DRAFT = AccountDraft(APP_ID, CUSTOMERS, NOTICES, False, APP_SECRET, CALLBACK_TOKEN)
_numbers = itertools.count(1)


@dataclass
class WeChatServer:
    """api.weixin.qq.com as published: what it is asked is checked, and answered; ``says`` comes first."""

    says: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    codes: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forced: list[bool] = field(default_factory=list)
    status: int = 200
    port: int = 0

    @property
    def base(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def revoke(self) -> None:
        """Let the token be no longer the account's."""
        self.tokens.append(f"token-{len(self.tokens)}")

    def answer(self, request: Request) -> dict[str, Any]:
        """Answer a request."""
        asked = urlsplit(request.path)
        path = asked.path.removeprefix("/cgi-bin/")
        self.asked.append(path)
        if path == "stable_token":
            return self._said(path) or self._token(request.message)
        if parse_qs(asked.query) != {"access_token": self.tokens[-1:]}:
            return {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
        took = {"message/template/send": self._send, "qrcode/create": self._code}[path]
        return self._said(path) or took(request.message)

    def _said(self, path: str) -> dict[str, Any] | None:
        waiting = self.says.get(path)
        return waiting.pop(0) if waiting else None

    def _token(self, body: dict[str, Any]) -> dict[str, Any]:
        # developers.weixin.qq.com/doc/offiaccount/Basic_Information/getStableAccessToken.html
        assert set(body) == {"grant_type", "appid", "secret", "force_refresh"}
        self.forced.append(body["force_refresh"])
        assert (body["grant_type"], body["appid"]) == ("client_credential", APP_ID)
        if body["secret"] != APP_SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if body["force_refresh"] or not self.tokens:
            self.revoke()
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        # developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html
        assert set(body) in ({"touser", "template_id", "data"}, {"touser", "template_id", "data", "url"})
        for place, filled in body["data"].items():
            assert set(filled) == {"value"}
            assert 0 < len(filled["value"]) <= {"thing": 20, "phone_number": 17}.get(place.rstrip("0123456789"), 32)
        self.messages.append(body)
        return {"errcode": 0, "errmsg": "ok", "msgid": 200228332}

    def _code(self, body: dict[str, Any]) -> dict[str, Any]:
        # developers.weixin.qq.com/doc/offiaccount/Account_Management/Generating_a_Parametric_QR_Code.html
        assert (body["expire_seconds"], body["action_name"]) == (600, "QR_STR_SCENE")
        assert 40 <= len(body["action_info"]["scene"]["scene_str"]) <= 64
        self.codes.append(body)
        return {
            "ticket": "gQH47joAAAAA==",
            "expire_seconds": 600,
            "url": "http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI",
        }

    @property
    def scene(self) -> str:
        """Of the code that was made last."""
        scene: str = self.codes[-1]["action_info"]["scene"]["scene_str"]
        return scene


@asynccontextmanager
async def wechat_server() -> AsyncIterator[WeChatServer]:
    """Run one."""
    server = WeChatServer()

    async def answer(writer: asyncio.StreamWriter) -> None:
        await saying(server.status, json.dumps(server.answer(receiver.requests[-1])))(writer)

    receiver = Receiver(answer)
    listening = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()


def signed(
    timestamp: float, *, token: str = CALLBACK_TOKEN, nonce: str = "", encrypted: str = ""
) -> dict[str, str]:
    """Return what WeChat adds to the address it asks."""
    at, nonce = str(int(timestamp)), nonce or str(next(_numbers))
    query = {"signature": _sha1(token, at, nonce), "timestamp": at, "nonce": nonce}
    return {**query, "msg_signature": _sha1(token, at, nonce, encrypted)} if encrypted else query


def event(kind: str, scene: str = "", openid: str = OPENID) -> str:
    """Return an event as WeChat tells it: before following, scenes begin otherwise."""
    key = f"qrscene_{scene}" if scene and kind == "subscribe" else scene
    return (
        f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
        "<CreateTime>123456789</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[{kind}]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
        "<Ticket><![CDATA[TICKET]]></Ticket></xml>"
    )


def encrypted(message: str, app_id: str = APP_ID) -> str:
    """Return a message as WeChat encrypts it."""
    content = message.encode()
    plain = b"r" * 16 + len(content).to_bytes(4, "big") + content + app_id.encode()
    pad = 32 - len(plain) % 32
    key = base64.b64decode(AES_KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def _sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()
