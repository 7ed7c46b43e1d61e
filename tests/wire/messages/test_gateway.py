"""Messages over a gateway's HTTP: what it gets, and what is made of its answers."""

import asyncio
from collections.abc import Iterator

import pytest
from tests.factories.receiver import Answer, receiving, saying, silence

from callwright.channels.addresses import Reach, networks
from callwright.channels.gateway import GatewayChannel
from callwright.channels.gateway_template import GatewayTemplate
from callwright.channels.http import GuardedHttp
from callwright.channels.port import Fate, OutgoingMessage
from callwright.kit.ids import new_id
from callwright.texting.segments import segments

MESSAGE = OutgoingMessage(new_id(), "1069", "+8613800138000", segments("您好"))


@pytest.fixture
def http() -> Iterator[GuardedHttp]:
    made = GuardedHttp(Reach(networks("127.0.0.0/8")), timeout_s=1)
    yield made
    made.close()


def _channel(url: str, http: GuardedHttp) -> GatewayChannel:
    template = GatewayTemplate.model_validate(
        {
            "url": url,
            "headers": {"Authorization": "Bearer {secret}"},
            "body": '{"to": "{recipient}", "from": "{sender}", "text": "{text}", "ref": "{id}"}',
            "answer": {"path": "code", "values": ["0"], "busy_values": ["8"], "id_path": "data.0.id"},
        }
    )
    return GatewayChannel(template, "key", http)


async def test_a_gateway_gets_the_message_and_names_it(http: GuardedHttp) -> None:
    async with receiving(saying(200, '{"code": 0, "data": [{"id": "m-1"}]}')) as receiver:
        submitted = await _channel(receiver.url, http).submit(MESSAGE)

    assert (submitted.fate, submitted.network_ids) == (Fate.ACCEPTED, ("m-1",))
    (request,) = receiver.requests
    assert request.headers["authorization"] == "Bearer key"
    assert request.message == {"to": "+8613800138000", "from": "1069", "text": "您好", "ref": str(MESSAGE.id)}


async def _cut(writer: asyncio.StreamWriter) -> None:
    writer.close()


@pytest.mark.parametrize(
    ("answer", "fate", "why"),
    [
        (saying(200, '{"code": 3, "message": "no balance"}'), Fate.REFUSED, "network_refused"),
        (saying(200, '{"code": 8}'), Fate.LATER, "network_busy"),
        (saying(400), Fate.REFUSED, "network_refused"),
        (saying(429), Fate.LATER, "network_busy"),
        (saying(500), Fate.UNKNOWN, "unanswered"),
        (saying(302, "", "Location: http://127.0.0.1/"), Fate.UNKNOWN, "unanswered"),
        (saying(200, "<html>"), Fate.UNKNOWN, "unanswered"),
        (silence, Fate.UNKNOWN, "unanswered"),
        (_cut, Fate.UNKNOWN, "unanswered"),
    ],
)
async def test_only_what_was_surely_not_sent_may_be_sent_again(
    http: GuardedHttp, answer: Answer, fate: Fate, why: str
) -> None:
    async with receiving(answer) as receiver:
        submitted = await _channel(receiver.url, http).submit(MESSAGE)

    assert (submitted.fate, submitted.why) == (fate, why)


async def test_a_gateway_that_is_away_got_nothing(http: GuardedHttp) -> None:
    async with receiving(silence) as receiver:
        url = receiver.url
    channel = _channel(url, http)

    submitted = await channel.submit(MESSAGE)

    assert (submitted.fate, submitted.why, channel.trouble) == (Fate.LATER, "not_connected", "not_connected")
