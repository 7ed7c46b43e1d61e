"""Texts handed to chats in each one's own form, which Apprise knows, over connections that are guarded.

Apprise's classes ask through ``requests``. In the modules of those used here something else stands by that name,
which asks through ``channels.http`` instead: what was checked is what is connected to, no redirection is followed,
time and bytes are bounded, and what the other side answered can be told, of which Apprise keeps nothing.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import unquote

import requests
from apprise import NotifyFormat
from apprise.exception import AppriseException
from apprise.plugins.base import NotifyBase
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.google_chat import NotifyGoogleChat
from apprise.plugins.lark import NotifyLark
from apprise.plugins.pushplus import NotifyPushplus
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram
from apprise.plugins.wecombot import NotifyWeComBot

from callwright.channels.chat_kinds import KINDS, ChatKind
from callwright.channels.chat_port import ChatAnswer, ChatFault, Delivered
from callwright.channels.http import Answer, GuardedHttp

AT_ONCE = 16
"""As many as a worker sends at once, so that none waits for a thread while it holds a place."""
ANSWER_READ = 65536
"""Bytes: some answer with the whole message again."""
SAYS_NOTHING = logging.CRITICAL + 1
SERVER_FAULTS = 500
"""From this status of HTTP on, nobody knows what was done with a message."""

# What Apprise logs has keys in it.
logging.getLogger("apprise").setLevel(SAYS_NOTHING)


@dataclass(slots=True)
class _Sending:
    """What is being sent, on behalf of whom, and what was answered."""

    ask: Callable[[str, str, bytes, Mapping[str, str]], Answer]
    secret: str = ""
    """What the content is signed with, where the kind does that."""
    answers: list[Answer] = field(default_factory=list)


_sending: ContextVar[_Sending] = ContextVar("sending")


class _GuardedRequests:
    """As much of ``requests`` as Apprise's classes use."""

    codes = requests.codes
    RequestException = requests.RequestException
    exceptions = requests.exceptions

    def request(self, method: str, url: str, **given: Any) -> requests.Response:
        """Ask, within what is being sent. Raises requests' ConnectionError where there is no answer."""
        content = {name: given[name] for name in ("params", "data", "json", "headers", "files") if name in given}
        sending = _sending.get()
        if sending.secret:
            content["data"] = _signed(content["data"], sending.secret)
        asked = requests.Request(method, url, **content).prepare()
        body = asked.body or b""
        answer = sending.ask(
            method,
            asked.url or "",
            body.encode() if isinstance(body, str) else body,
            {**asked.headers, "accept-encoding": "identity"},
        )
        sending.answers.append(answer)
        if answer.status is None:
            raise requests.ConnectionError(answer.failure)
        response = requests.Response()
        response.status_code, response.encoding = answer.status, "utf-8"
        response._content = answer.text.encode()  # noqa: SLF001 - there is no other way to make one
        return response

    def post(self, url: str, **given: Any) -> requests.Response:
        """Ask with POST."""
        return self.request("POST", url, **given)

    def get(self, url: str, **given: Any) -> requests.Response:
        """Ask with GET."""
        return self.request("GET", url, **given)


# What customers are called and said must not become links, mentions or markup: Slack's class sees to that itself.


class _Telegram(NotifyTelegram):  # type: ignore[no-untyped-call]
    """Sends as HTML whatever it is given."""

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return escape(body, quote=False)


class _GoogleChat(NotifyGoogleChat):  # type: ignore[no-untyped-call]
    """Reads ``<users/all>`` and ``<address|words>``."""

    notify_format = NotifyFormat.TEXT

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return escape(body, quote=False)


class _Feishu(NotifyFeishu):  # type: ignore[no-untyped-call]
    """Reads ``<at user_id="all">`` and ``[words](address)`` in texts, and knows no way of writing them plainly."""

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return _without_marks(body)


class _Lark(NotifyLark):  # type: ignore[no-untyped-call]
    """Reads what Feishu does."""

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return _without_marks(body)


class _WeComBot(NotifyWeComBot):  # type: ignore[no-untyped-call]
    """Reads ``<@somebody>``, and elsewhere ``<a href="">``, with no way of writing them plainly either."""

    def dialect_convert(self, body: str, *_: Any, **__: Any) -> str:
        return _without_marks(body)


def _without_marks(body: str) -> str:
    return body.replace("<", "\N{FULLWIDTH LESS-THAN SIGN}").replace("](", "] (")


def _telegram(chat: str, **address: str) -> NotifyBase:
    make: Callable[..., NotifyBase] = _Telegram
    return make(targets=[chat], detect_owner=False, **address)


def _google_chat(webhook_token: str, **address: str) -> NotifyBase:
    make: Callable[..., NotifyBase] = _GoogleChat
    return make(webhook_token=unquote(webhook_token), **address)


def _slack(**address: str) -> NotifyBase:
    make: Callable[..., NotifyBase] = NotifySlack
    return make(include_footer=False, include_image=False, **address)


class _DingTalk(NotifyDingTalk):
    """Signed ones: Apprise 2.3 writes the signature as addresses want it, and requests does so once more."""

    def get_signature(self) -> tuple[str, str]:
        timestamp, signature = super().get_signature()  # type: ignore[no-untyped-call]
        return timestamp, unquote(signature)


def _feishu(token: str, **_secret: str) -> NotifyBase:
    make: Callable[..., NotifyBase] = _Feishu
    return make(token=token)


def _lark(token: str, **_secret: str) -> NotifyBase:
    make: Callable[..., NotifyBase] = _Lark
    return make(token=token)


SIGNED = ("feishu", "lark")
"""Kinds whose content is signed, where their bot asks for it, which Apprise 2.3 does not do."""


def _signed(content: bytes, secret: str) -> bytes:
    """Return JSON with a signature of now: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot."""
    timestamp = str(int(time.time()))
    digest = hmac.new(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    sign = base64.b64encode(digest).decode()
    return json.dumps({"timestamp": timestamp, "sign": sign, **json.loads(content)}).encode()


MAKERS: dict[str, Callable[..., NotifyBase]] = {
    "wecom_bot": _WeComBot,
    "dingtalk": _DingTalk,
    "feishu": _feishu,
    "lark": _lark,
    "slack": _slack,
    "telegram": _telegram,
    "google_chat": _google_chat,
    "pushplus": NotifyPushplus,
}
TITLED = {"pushplus": 100}
"""Kinds whose messages have a title, and how long it may be."""
_CLASSES = (
    NotifyWeComBot,
    NotifyDingTalk,
    NotifyFeishu,
    NotifyLark,
    NotifySlack,
    NotifyTelegram,
    NotifyGoogleChat,
    NotifyPushplus,
)
for _class in _CLASSES:
    vars(sys.modules[_class.__module__])["requests"] = _GuardedRequests()


class AppriseChats:
    """Hands texts to chats through ``http``, which is to read answers of ``ANSWER_READ`` bytes. ``close`` it."""

    def __init__(self, http: GuardedHttp) -> None:
        self._http = http
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="chats")

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def send(self, kind: str, address: Mapping[str, str], text: str) -> ChatAnswer:
        """Hand ``text`` to the chat of ``kind`` at ``address``; never raises for the other side's faults."""
        loop = asyncio.get_running_loop()

        def ask(method: str, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
            asking = self._http.request(method, url, content, headers)
            return asyncio.run_coroutine_threadsafe(asking, loop).result()

        sending = _Sending(ask, address.get("secret", "") if kind in SIGNED else "")
        await loop.run_in_executor(self._threads, copy_context().run, _notify, sending, kind, address, text)
        return _answer(KINDS[kind], sending.answers)


def _notify(sending: _Sending, kind: str, address: Mapping[str, str], text: str) -> None:
    """Send; what was answered tells what came of it, whatever Apprise makes of that."""
    _sending.set(sending)
    title = text.partition("\n")[0][: TITLED.get(kind, 0)]
    with suppress(AppriseException, TypeError, ValueError, LookupError, AttributeError):
        MAKERS[kind](**address).notify(body=text, title=title, body_format=NotifyFormat.TEXT)


def _answer(kind: ChatKind, answers: list[Answer]) -> ChatAnswer:
    if not answers:
        return ChatAnswer(Delivered.UNREACHED, failure=ChatFault.UNUSABLE)
    last = answers[-1]
    if last.failure is not None:
        sent = last.connected
        return ChatAnswer(Delivered.UNANSWERED if sent else Delivered.UNREACHED, last.text, last.failure)
    if last.succeeded and kind.took(last.text):
        return ChatAnswer(Delivered.TAKEN, last.text)
    lost = (last.status or 0) >= SERVER_FAULTS
    return ChatAnswer(Delivered.UNANSWERED if lost else Delivered.REFUSED, f"{last.status} {last.text}".strip())
