"""Messages over a gateway that is asked by GET: everything stands in the address, the key, too."""

import json
import logging
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

import pytest
from structlog.testing import capture_logs
from tests.factories.receiver import Answer, receiving, saying, silence

from callwright.channels.addresses import Reach, networks
from callwright.channels.gateway import GatewayChannel
from callwright.channels.gateway_template import GatewayTemplate
from callwright.channels.http import GuardedHttp
from callwright.channels.port import Fate, OutgoingMessage, Submitted
from callwright.kit.ids import new_id
from callwright.texting.segments import segments

KEY = 'k&y=/ #1"中'
WRITTEN = [
    KEY,
    quote(KEY, safe=""),
    quote_plus(KEY),
    quote(KEY, safe="").lower(),
    json.dumps(KEY)[1:-1],
    json.dumps(KEY, ensure_ascii=False)[1:-1],
    r"k\u0026y=\/ #1\u0022\u4E2D",
]
TEXT = "Hello & goodbye=100% + 您好? #1\nÄ/{id}"
MESSAGE = OutgoingMessage(new_id(), "Call & Co", "+8613800138000", segments(TEXT))


@pytest.fixture
def http() -> Iterator[GuardedHttp]:
    made = GuardedHttp(Reach(networks("127.0.0.0/8")), timeout_s=1)
    yield made
    made.close()


async def _submitted(url: str, http: GuardedHttp, **rule: object) -> Submitted:
    asked = "?to={recipient_digits}&from={sender}&text={text}&ref={id}&key={secret}&long=yes"
    described = {"method": "GET", "url": url + asked, "answer": rule}
    return await GatewayChannel(GatewayTemplate.model_validate(described), KEY, http).submit(MESSAGE)


async def test_each_value_arrives_as_it_is_in_the_parameter_it_is_for(http: GuardedHttp) -> None:
    async with receiving(saying(200, "code=0&id=m-1")) as receiver:
        submitted = await _submitted(receiver.url, http, path="code", values=["0"], id_path="id")
    assert (submitted.fate, submitted.network_ids) == (Fate.ACCEPTED, ("m-1",))
    (request,) = receiver.requests
    assert (request.method, request.body) == ("GET", "")
    assert parse_qsl(urlsplit(request.path).query, strict_parsing=True) == [
        ("to", "8613800138000"),
        ("from", "Call & Co"),
        ("text", TEXT),
        ("ref", str(MESSAGE.id)),
        ("key", KEY),
        ("long", "yes"),
    ]


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        (saying(200, "OK 123"), Fate.ACCEPTED),
        (saying(200, "ERR no balance"), Fate.REFUSED),
        (saying(429, "OK"), Fate.LATER),
        (saying(500, "OK"), Fate.UNKNOWN),
        (silence, Fate.UNKNOWN),
    ],
)
async def test_an_answer_in_plain_text_is_told_by_how_it_begins(
    http: GuardedHttp, answer: Answer, fate: Fate
) -> None:
    async with receiving(answer) as receiver:
        assert (await _submitted(receiver.url, http, begins=["OK"])).fate is fate


async def test_the_key_is_neither_logged_nor_kept_where_the_gateway_says_it_again(
    http: GuardedHttp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = f"ERR /calls?key={' '.join(WRITTEN)} " + "x" * 300
    with capture_logs() as logged:
        async with receiving(saying(200, said)) as receiver:
            refused = await _submitted(receiver.url, http, begins=["OK"])
        away = await _submitted(receiver.url, http)
    assert (refused.fate, away.fate) == (Fate.REFUSED, Fate.LATER)
    assert refused.detail.startswith("ERR /calls?key=" + "… " * len(WRITTEN) + "x")
    told = f"{logged} {caplog.text} {refused} {away}"
    assert not any(one in told for one in (*WRITTEN, "goodbye", "13800138000"))
