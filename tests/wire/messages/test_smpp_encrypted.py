"""Messages by SMPP over TLS, against a message centre that is not ours (node-smpp)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.factories.certificates import certificate
from tests.factories.smsc import MessageCentre, message_centre
from tests.waiting import until

from callwright.channels.port import Fate, Incoming, OutgoingMessage, Receipt
from callwright.channels.smpp.channel import SmppChannel
from callwright.channels.smpp.session import SmppAddress
from callwright.kit.ids import new_id
from callwright.texting.segments import segments

MESSAGE = OutgoingMessage(new_id(), "10690001", "+8613800138000", segments("Hello"))


@pytest.fixture
async def centre(tmp_path: Path) -> AsyncIterator[MessageCentre]:
    certificate(tmp_path)
    async with message_centre(tmp_path / "both.pem") as made:
        yield made


@asynccontextmanager
async def _running(port: int, host: str = "localhost") -> AsyncIterator[tuple[SmppChannel, list[Incoming]]]:
    came: list[Incoming] = []

    async def take(incoming: Incoming) -> None:
        came.append(incoming)

    address = SmppAddress(host, port, "callwright", "secret", encrypted=True, answer_s=20)
    channel = SmppChannel(address, rebind_s=(0.01,))
    running = asyncio.create_task(channel.run(take))
    try:
        yield channel, came
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _in_trouble(channel: SmppChannel, trouble: str) -> None:
    async def there() -> bool:
        return channel.trouble == trouble

    await until(there, trouble or "binding")


async def test_a_message_and_its_receipt_go_encrypted(
    centre: MessageCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    await centre.order("set", receipts="DELIVRD")
    async with _running(centre.port) as (channel, came):
        await _in_trouble(channel, "")
        submitted = await channel.submit(MESSAGE)
        await centre.wait("receipt-answer")
    assert (submitted.fate, submitted.network_ids) == (Fate.ACCEPTED, ("n1",))
    assert came == [Receipt("n1", delivered=True)]
    assert centre.all("submit")[0]["text"] == "Hello"


@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("127.0.0.1", True)])
async def test_whoever_shows_a_certificate_that_is_wrong_gets_not_even_the_password(
    centre: MessageCentre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool
) -> None:
    if trusted:  # of an authority's that is trusted, but for another host
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    async with _running(centre.port, host) as (channel, _):
        await _in_trouble(channel, "not_trusted")
        submitted = await channel.submit(MESSAGE)
    assert (submitted.fate, submitted.why) == (Fate.LATER, "not_trusted")
    assert centre.all("bind") == centre.all("submit") == []


async def test_a_network_that_speaks_no_tls_gets_nothing_in_plain() -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes.fromhex("00000010800000000000000300000000"))  # generic_nack, as servers answer nonsense
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server, _running(server.sockets[0].getsockname()[1], "127.0.0.1") as (channel, _):
        await _in_trouble(channel, "not_encrypted")
        assert (await channel.submit(MESSAGE)).fate is Fate.LATER
