"""The kinds of chats, what leads to each, and how each answers.

Every address is taken apart by a pattern and nothing else of it is used: an address that a library would read whole
can name more than a chat, such as a file of this machine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from callwright.channels.errors import ChatAddressError
from callwright.kit.json_object import read_object

LONGEST = 1000
WECHAT = "wechat"
"""The company's official account: bound by scanning a code, not by typing."""
HINT = 4
"""Characters of an address by which its owner knows it again."""


@dataclass(frozen=True, slots=True)
class ChatField:
    """One thing to be typed. The named groups of ``pattern`` are what is used of it."""

    name: str
    pattern: str
    example: str
    secret: bool = True
    required: bool = True
    hidden: bool = False
    """Not to be seen while it is typed."""

    def read(self, typed: str) -> dict[str, str] | None:
        """Return what is used of ``typed``; nothing where it is not what is asked for."""
        found = re.fullmatch(self.pattern, typed, re.ASCII)
        return None if found is None else {name: part or "" for name, part in found.groupdict().items()}


@dataclass(frozen=True, slots=True)
class ChatKind:
    """A kind of chats. It takes ``per_minute`` messages; more than that it refuses."""

    name: str
    fields: tuple[ChatField, ...]
    per_minute: int
    scanned: bool = False
    """Bound by scanning a code."""
    told_by: tuple[str, int | bool] | None = None
    """Which part of an answer in JSON tells whether it took a message, and what it is then; else HTTP's status."""

    def took(self, answer: str) -> bool:
        """Tell whether an answer that HTTP calls a success says so itself."""
        if self.told_by is None:
            return True
        part, good = self.told_by
        found = (read_object(answer) or {}).get(part)
        return type(found) is type(good) and found == good  # for Python false is 0, and true is 1


_BOX = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}"
KINDS: dict[str, ChatKind] = {
    one.name: one
    for one in (
        ChatKind(WECHAT, (), per_minute=60, scanned=True),
        ChatKind(
            "wecom_bot",
            (
                ChatField(
                    "webhook",
                    r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=(?P<key>[\w-]{8,80})",
                    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
                ),
            ),
            per_minute=20,
            told_by=("errcode", 0),
        ),
        ChatKind(
            "dingtalk",
            (
                ChatField(
                    "webhook",
                    r"https://oapi\.dingtalk\.com/robot/send\?access_token=(?P<token>[A-Za-z0-9]{16,128})",
                    "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec3f1d9...",
                ),
                ChatField("secret", r"(?P<secret>SEC[A-Za-z0-9]{8,128})", "SEC1a2b3c...", required=False),
            ),
            per_minute=20,
            told_by=("errcode", 0),
        ),
        ChatKind(
            "feishu",
            (
                ChatField(
                    "webhook",
                    r"https://open\.feishu\.cn/open-apis/bot/v2/hook/(?P<token>[\w-]{8,80})",
                    "https://open.feishu.cn/open-apis/bot/v2/hook/0f2a...",
                ),
                ChatField("secret", r"(?P<secret>[\w-]{8,128})", "Xb8aD1...", required=False),
            ),
            per_minute=100,
            told_by=("code", 0),
        ),
        ChatKind(
            "lark",
            (
                ChatField(
                    "webhook",
                    r"https://open\.larksuite\.com/open-apis/bot/v2/hook/(?P<token>[\w-]{8,80})",
                    "https://open.larksuite.com/open-apis/bot/v2/hook/0f2a...",
                ),
                ChatField("secret", r"(?P<secret>[\w-]{8,128})", "Xb8aD1...", required=False),
            ),
            per_minute=100,
            told_by=("code", 0),
        ),
        ChatKind(
            "slack",
            (
                ChatField(
                    "webhook",
                    r"https://hooks\.slack\.com/services/(?P<token_a>T\w{2,20})/(?P<token_b>B\w{2,20})/(?P<token_c>\w{8,40})",
                    "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
                ),
            ),
            per_minute=60,
        ),
        ChatKind(
            "telegram",
            (
                ChatField(
                    "bot_token",
                    r"(?P<bot_token>\d{5,20}:[\w-]{30,60})",
                    "123456789:AAF1x2y3z4A5b6C7d8E9f0G1h2I3j4K5l6M",
                ),
                ChatField("chat", r"(?P<chat>-?\d{3,20}|@\w{4,40})", "-1001234567890", secret=False),
            ),
            per_minute=20,
            told_by=("ok", True),
        ),
        ChatKind(
            "google_chat",
            (
                ChatField(
                    "webhook",
                    r"https://chat\.googleapis\.com/v1/spaces/(?P<workspace>[\w-]{4,40})/messages"
                    r"\?key=(?P<webhook_key>[\w-]{10,80})&token=(?P<webhook_token>[\w-]{10,120}(?:%3D|=)?)",
                    "https://chat.googleapis.com/v1/spaces/AAAA.../messages?key=...&token=...",
                ),
            ),
            per_minute=60,
        ),
        ChatKind(
            "pushplus",
            (ChatField("token", r"(?P<token>[a-zA-Z0-9]{32})", "0f2a1b3c4d5e6f708192a3b4c5d6e7f8"),),
            per_minute=5,
            told_by=("code", 200),
        ),
        ChatKind(
            "mail",
            (
                ChatField("to", rf"(?P<to>{_BOX})", "anna@example.com", secret=False),
                ChatField(
                    "server",
                    r"(?P<host>(?=[^:]{4,253}(?::|$))(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63})(?::(?P<port>25|465|587|2525))?",
                    "smtp.example.com:587",
                ),
                ChatField("user", rf"(?P<user>{_BOX})", "anna@example.com"),
                ChatField("password", r"(?P<password>[ -~]{1,200})", "...", hidden=True),
            ),
            per_minute=20,
        ),
    )
}


def read_address(kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what leads to a chat, of what was typed. Raises ChatAddressError, naming the field."""
    known = KINDS.get(kind)
    if known is None or known.scanned:
        typed_kinds = ", ".join(one.name for one in KINDS.values() if not one.scanned)
        raise ChatAddressError(field="kind", example=typed_kinds, where="kind")
    for name in typed:
        if name not in {one.name for one in known.fields}:
            raise ChatAddressError(field=name, example="nothing", where=f"address.{name}")
    read: dict[str, str] = {}
    for one in known.fields:
        given = typed.get(one.name, "").strip()
        if not given and not one.required:
            continue
        parts = one.read(given) if len(given) <= LONGEST else None
        if parts is None:
            raise ChatAddressError(field=one.name, example=one.example, where=f"address.{one.name}")
        read |= parts
    return read


def hint_of(kind: str, typed: Mapping[str, str]) -> str:
    """Return by what a chat's owner knows it again: the end of what leads to it."""
    fields = KINDS[kind].fields
    shown = next((one for one in fields if not one.secret), None)
    if shown is not None:
        return typed[shown.name].strip()
    return "…" + typed[fields[0].name].strip()[-HINT:]
