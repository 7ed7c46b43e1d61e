"""Requests to others' servers: whatever they do, and wherever their names lead."""

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.factories.certificates import certificate
from tests.factories.receiver import receiving, saying, silence

from callwright.channels import addresses, http
from callwright.channels.addresses import Reach, networks
from callwright.channels.http import MOST_READ, Failure, GuardedHttp

NEAR = Reach(networks("127.0.0.0/8, ::1/128"))


@pytest.fixture
def client() -> Iterator[GuardedHttp]:
    """Whatever reaches this machine, too."""
    made = GuardedHttp(NEAR, timeout_s=20)
    yield made
    made.close()


@pytest.fixture
def guarded() -> Iterator[GuardedHttp]:
    """Whatever reaches the public internet alone."""
    made = GuardedHttp(Reach(), timeout_s=20)
    yield made
    made.close()


async def test_what_is_sent_arrives_and_the_answer_comes_back(client: GuardedHttp) -> None:
    async with receiving(saying(202, "thank\0you")) as receiver:
        answer = await client.post(receiver.url, b"{}", {"x-one": "1"})
    assert (answer.status, answer.text, answer.failure, answer.succeeded) == (202, "thank\ufffdyou", None, True)
    (request,) = receiver.requests
    assert (request.path, request.body, request.headers["x-one"]) == ("/calls", "{}", "1")
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"


async def test_nobody_is_led_on_elsewhere(client: GuardedHttp) -> None:
    async with receiving(saying(200)) as other, receiving(saying(302, "", f"Location: {other.url}")) as receiver:
        answer = await client.post(receiver.url, b"{}", {})
    assert (answer.status, answer.succeeded) == (302, False)
    assert other.connections == 0


async def test_who_says_nothing_is_not_waited_for() -> None:
    client = GuardedHttp(NEAR, timeout_s=0.3)
    async with receiving(silence) as receiver:
        answer = await client.post(receiver.url, b"{}", {})
    client.close()
    assert (answer.status, answer.failure) == (None, Failure.TIMEOUT)


async def test_an_answer_without_end_is_read_no_further(client: GuardedHttp) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 1000)
            await writer.drain()

    async def endless_headers(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"x: " + b"y" * 1000 + b"\r\n")
            await writer.drain()

    async with receiving(endless) as receiver:
        answer = await client.post(receiver.url, b"{}", {})
    assert (answer.status, len(answer.text)) == (200, MOST_READ)
    async with receiving(endless_headers) as receiver:
        answer = await client.post(receiver.url, b"{}", {})
    assert (answer.status, answer.failure) == (None, Failure.PROTOCOL)


async def test_no_http_and_nobody_there_are_told(client: GuardedHttp) -> None:
    async def babble(writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n\r\n")

    async with receiving(babble) as receiver:
        assert (await client.post(receiver.url, b"{}", {})).failure is Failure.PROTOCOL
    assert (await client.post(receiver.url, b"{}", {})).failure is Failure.CONNECTION


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "127.1", "0x7f.1"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_nothing_inside_is_even_connected_to(guarded: GuardedHttp, scheme: str, host: str) -> None:
    async with receiving(saying(200)) as receiver:
        answer = await guarded.post(f"{scheme}://{host}:{receiver.port}/", b"{}", {})
    assert (answer.status, answer.failure) == (None, Failure.REFUSED_ADDRESS)
    assert receiver.connections == 0


async def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(
    guarded: GuardedHttp, client: GuardedHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["203.0.113.1"]

    monkeypatch.setattr(http, "_addresses", rebinding)
    async with receiving(saying(200)) as receiver:
        answer = await client.post(f"http://crm.example:{receiver.port}/", b"{}", {})
        assert (answer.status, looked_up) == (200, ["crm.example"])
        assert receiver.requests[0].headers["host"] == f"crm.example:{receiver.port}"
        looked_up.clear()
        refused = await guarded.post(f"https://crm.example:{receiver.port}/", b"{}", {})
        assert (refused.failure, looked_up) == (Failure.REFUSED_ADDRESS, ["crm.example"])


async def test_this_machine_is_not_reached_by_a_public_address_of_its_own(
    guarded: GuardedHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda _address: True)
    async with receiving(saying(200)) as receiver:
        answer = await guarded.post(f"https://127.0.0.1:{receiver.port}/", b"{}", {})
    assert answer.failure is Failure.REFUSED_ADDRESS
    assert receiver.requests == []


async def test_whose_certificate_does_not_hold_gets_nothing(client: GuardedHttp, tmp_path: Path) -> None:
    known, server_side = certificate(tmp_path)
    trusting = GuardedHttp(NEAR, timeout_s=20, tls=ssl.create_default_context(cafile=str(known)))
    async with receiving(saying(200), server_side) as receiver:
        answer = await client.post(f"https://localhost:{receiver.port}/", b"{}", {})
        assert (answer.failure, receiver.requests) == (Failure.ENCRYPTION, [])
        answer = await trusting.post(f"https://127.0.0.2:{receiver.port}/", b"{}", {})
        assert answer.failure in (Failure.ENCRYPTION, Failure.CONNECTION), "it is another's"
        answer = await trusting.post(f"https://localhost:{receiver.port}/", b"{}", {})
        assert answer.status == 200
    trusting.close()
