"""How a gateway of short messages is spoken to over HTTP: a description without any code in it.

Texts may hold the :data:`PLACES` in curly brackets; each value is escaped for where it stands. Everything else in
curly brackets, such as JSON, stays as it is written.
"""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, quote, quote_plus, urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from callwright.channels.errors import (
    GatewayBodyError,
    GatewayFragmentError,
    GatewayHeaderError,
    GatewayHostError,
    GatewayOwnHeaderError,
    GatewayRecipientError,
    GatewayTextError,
)
from callwright.kit.storable import storable

PLACES = ("recipient", "recipient_digits", "sender", "text", "id", "secret")
LONGEST = 8000
_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
OWN_HEADERS = frozenset(
    {"host", "content-length", "transfer-encoding", "te", "trailer"}
    | {"connection", "keep-alive", "proxy-connection", "upgrade", "expect"}
)
"""What leads a request, or says where it ends (RFC 9110, RFC 9112): a description's text in one of these could make
it a different request."""
_CONTENT_TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "plain": "text/plain; charset=utf-8",
}
Path = Annotated[str, Field(max_length=200, pattern=r"^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)?$")]
"""Where a value stands in JSON: names and numbers with points between them, such as ``messages.0.id``."""
Values = Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(max_length=50)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnswerRule(_Part):
    """When the gateway has taken a message: by HTTP's status, and, where ``path`` is given, by a value there.

    Of an answer that is plain text, such as ``OK 123``, it is told by how it ``begins``, where that is given.
    """

    status: tuple[int, ...] = (200, 201, 202)
    path: Path = ""
    values: Values = ()
    begins: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=100)], ...], Field(max_length=50)] = ()
    id_path: Path = ""
    """Where the answer names the message."""
    busy_status: tuple[int, ...] = (429, 503)
    busy_values: Values = ()


class ReceiptRule(_Part):
    """Where a callback tells what became of a message, and which words mean what."""

    id_path: Annotated[Path, Field(min_length=1)]
    state_path: Annotated[Path, Field(min_length=1)]
    delivered: Annotated[Values, Field(min_length=1)] = ("DELIVRD", "delivered")
    failed: Values = ("UNDELIV", "REJECTD", "EXPIRED", "DELETED", "undelivered", "failed", "rejected", "expired")


class ReplyRule(_Part):
    """Where a callback tells what somebody wrote to us."""

    sender_path: Annotated[Path, Field(min_length=1)]
    recipient_path: Annotated[Path, Field(min_length=1)]
    text_path: Annotated[Path, Field(min_length=1)]


class GatewayTemplate(_Part):
    """A gateway: what is asked of it, what its answer means, and what it tells by callback.

    Besides ``ValidationError`` it raises ``InvalidInputError`` for the rule that is broken, with ``where``.
    """

    method: Literal["POST", "GET"] = "POST"
    url: Annotated[str, Field(min_length=1, max_length=2000)]
    headers: dict[str, str] = Field(default_factory=dict, max_length=20)
    body: Annotated[str, Field(max_length=LONGEST)] = ""
    body_is: Literal["json", "form", "plain"] = "json"
    answer: AnswerRule = AnswerRule()
    receipt: ReceiptRule | None = None
    reply: ReplyRule | None = None

    @model_validator(mode="after")
    def _check(self) -> "GatewayTemplate":
        if _PLACE.search("".join(urlsplit(self.url)[:2])):
            raise GatewayHostError(where="url")
        if "#" in self.url:
            raise GatewayFragmentError(where="url")
        for name, value in self.headers.items():
            _check_header(name, value)
        if "{text}" not in self.url + self.body:
            raise GatewayTextError(where="body")
        if not re.search(r"\{recipient(_digits)?\}", self.url + self.body):
            raise GatewayRecipientError(where="body")
        if self.body_is == "json" and self.body:
            _check_json(self.body)
        return self

    def request(self, values: Mapping[str, str]) -> tuple[str, dict[str, str], bytes]:
        """Return address, headers and body for a message; ``values`` has all of :data:`PLACES`."""
        url = _filled(self.url, values, lambda value: quote(value, safe=""))
        headers = {name.lower(): _filled(value, values, _in_header) for name, value in self.headers.items()}
        body = _filled(self.body, values, _ESCAPES[self.body_is]).encode()
        if body:
            headers.setdefault("content-type", _CONTENT_TYPES[self.body_is])
        return url, headers, body


def value_at(path: str, content: Any) -> str | None:
    """Return the text, number or truth at ``path`` as text; nothing where there is none."""
    for step in path.split("."):
        if isinstance(content, list) and step.isdigit() and int(step) < len(content):
            content = content[int(step)]
        elif isinstance(content, dict) and step in content:
            content = content[step]
        else:
            return None
    if isinstance(content, bool):
        return str(content).lower()
    return storable(str(content)) if isinstance(content, str | int | float) else None


def read_content(body: str) -> Any:
    """Return what JSON or a form says, nothing where it is neither."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return {
            name: found[-1] for name, found in parse_qs(body, keep_blank_values=True, max_num_fields=100).items()
        }


def _filled(text: str, values: Mapping[str, str], escape: Any) -> str:
    return _PLACE.sub(lambda place: escape(values[place.group(1)]), text)


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _in_header(value: str) -> str:
    return quote(value, safe="!#$&'()*+,/:;=?@[]~ ")


_ESCAPES = {"json": _in_json, "form": quote_plus, "plain": str}


def _check_header(name: str, value: str) -> None:
    if not _HEADER.fullmatch(name) or not value.isprintable() or not value.isascii() or len(value) > LONGEST:
        raise GatewayHeaderError(where="headers")
    if name.lower() in OWN_HEADERS:
        raise GatewayOwnHeaderError(name=name, where=f"headers.{name}")


def _check_json(body: str) -> None:
    try:
        json.loads(_PLACE.sub("0", body))
    except (ValueError, RecursionError):
        raise GatewayBodyError(where="body") from None
