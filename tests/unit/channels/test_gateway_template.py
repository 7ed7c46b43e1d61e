"""What a description of a gateway makes of a message, and what it takes an answer or a callback for."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from callwright.channels.gateway import told_by
from callwright.channels.gateway_template import GatewayTemplate
from callwright.channels.port import Receipt, Reply
from callwright.kit.errors import InvalidInputError

URL = "https://gateway.example/send"
BODY = '"{recipient}{text}"'
OWN = (
    *("Host", "Content-Length", "Transfer-Encoding", "TE", "Trailer"),
    *("Connection", "Keep-Alive", "Proxy-Connection", "Upgrade", "Expect"),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


def _values(text: str) -> dict[str, str]:
    return {
        "recipient": "+8613800138000",
        "recipient_digits": "8613800138000",
        "sender": "1069",
        "text": text,
        "id": "7",
        "secret": 'p"w&x',
    }


@given(texts)
def test_a_text_never_changes_what_is_asked(text: str) -> None:
    as_json = GatewayTemplate(url=URL, body='{"to": "{recipient}", "text": "{text}", "n": {"key": "{secret}"}}')
    as_form = GatewayTemplate(url=URL, body="to={recipient}&text={text}&key={secret}", body_is="form")
    as_query = GatewayTemplate(method="GET", url=URL + "?to={recipient}&text={text}&key={secret}")

    _, headers, body = as_json.request(_values(text))
    assert json.loads(body) == {"to": "+8613800138000", "text": text, "n": {"key": 'p"w&x'}}
    assert headers == {"content-type": "application/json"}
    filled = {"to": ["+8613800138000"], "text": [text], "key": ['p"w&x']}
    _, _, body = as_form.request(_values(text))
    assert parse_qs(body.decode(), keep_blank_values=True) == filled
    url, headers, body = as_query.request(_values(text))
    assert (parse_qs(urlsplit(url).query, keep_blank_values=True), headers, body) == (filled, {}, b"")
    assert urlsplit(url).netloc == "gateway.example"


def test_a_secret_can_not_add_a_header() -> None:
    template = GatewayTemplate(url=URL, body='"{recipient}{text}"', headers={"Authorization": "Bearer {secret}"})

    _, headers, _ = template.request(_values("x") | {"secret": "a\r\nX-Evil: 1"})

    assert headers["authorization"] == "Bearer a%0D%0AX-Evil: 1"


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"code": "1"}, "Extra"),
        ({"answer": {"begins": [""]}}, "at least 1"),
    ],
)
def test_a_description_of_another_form_is_refused(part: dict[str, object], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        GatewayTemplate.model_validate({"url": URL, "body": BODY} | part)


@pytest.mark.parametrize(
    ("part", "code", "where"),
    [
        ({"body": '"{recipient}"'}, "gateway-text", "body"),
        ({"body": '"{text}"'}, "gateway-recipient", "body"),
        ({"url": "https://{sender}.example/{text}{recipient}"}, "gateway-host", "url"),
        ({"url": URL + "#?t={text}"}, "gateway-fragment", "url"),
        ({"body": '{"to": {recipient}, "text": {text}'}, "gateway-body", "body"),
        ({"body": "[" * 7000 + "{recipient}{text}"}, "gateway-body", "body"),
        ({"headers": {"X Y": "1"}}, "gateway-header", "headers"),
        ({"headers": {"X": "1\n"}}, "gateway-header", "headers"),
        *(({"headers": {name: "1"}}, "gateway-own-header", f"headers.{name}") for name in OWN),
    ],
)
def test_a_description_that_could_not_work_is_refused(part: dict[str, object], code: str, where: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        GatewayTemplate.model_validate({"url": URL, "body": BODY} | part)
    assert (refused.value.code, refused.value.fields["where"]) == (code, where)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"sms": {"id": 7, "state": "DELIVRD"}}', [Receipt("7", delivered=True)]),
        ('[{"sms": {"id": "7", "state": "EXPIRED"}}]', [Receipt("7", delivered=False, detail="EXPIRED")]),
        ('{"sms": {"id": "7", "state": "ENROUTE"}}', []),
        ("from=8613800138000&to=1069&text=%E9%80%80%E8%AE%A2", [Reply("8613800138000", "1069", "退订")]),
        (
            r'{"from": "8613800138000", "to": "1069", "text": "STOP \ud83d\u0000"}',
            [Reply("8613800138000", "1069", "STOP \ufffd\ufffd")],
        ),
        (r'{"sms": {"id": "\ud800", "state": "DELIVRD"}}', [Receipt("\ufffd", delivered=True)]),
        ("nonsense", []),
        ("[" * 100_000, []),
    ],
)
def test_callbacks_are_read_as_the_description_says(body: str, told: list[object]) -> None:
    template = GatewayTemplate.model_validate(
        {
            "url": URL,
            "body": '"{recipient}{text}"',
            "receipt": {"id_path": "sms.id", "state_path": "sms.state"},
            "reply": {"sender_path": "from", "recipient_path": "to", "text_path": "text"},
        }
    )

    assert told_by(template, body) == told
