"""Mail boxes as chats, against a server that speaks SMTP: encrypted, in its form, and what it answers."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from tests.factories.certificates import certificate

from callwright.channels import chat_mail
from callwright.channels.addresses import Reach, networks
from callwright.channels.chat_kinds import read_address
from callwright.channels.chat_mail import MailChats
from callwright.channels.chat_port import ChatAnswer, Delivered
from callwright.channels.errors import ChatAddressError
from callwright.channels.http import Failure

NEAR = Reach(networks("127.0.0.0/8,::1/128"))
TEXT = "Customer of grade A\n张三, +1 212 555 0143"
TYPED = {
    "to": "anna@example.com",
    "server": "localhost:587",
    "user": "callwright@example.com",
    "password": "right: % horse",
}


@dataclass
class MailServer:
    """What came in, and what is answered to some commands."""

    tls: ssl.SSLContext
    implicit: bool = False
    says: dict[str, str] = field(default_factory=dict)
    port: int = 0
    heard: list[str] = field(default_factory=list)
    mail: bytes = b""
    plain: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one session."""
        encrypted = self.implicit
        writer.write(b"220 mail.example ESMTP\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.split(" ")[0].split(":")[0].upper()
            (self.heard if encrypted else self.plain).append(line)
            said = self.says.get(word)
            if said == "silence":
                await asyncio.Event().wait()
            if word == "EHLO":
                offers = ["250-mail.example", *([] if encrypted else self._starttls()), self._auth()]
                writer.write("".join(f"{one}\r\n" for one in offers).encode())
            elif word == "STARTTLS":
                writer.write(b"220 Go ahead\r\n")
                await writer.drain()
                await writer.start_tls(self.tls)
                encrypted = True
            elif said is not None:
                writer.write(f"{said}\r\n".encode())
            elif word == "DATA":
                writer.write(b"354 Go on\r\n")
                self.mail = await reader.readuntil(b"\r\n.\r\n")
                if self.says.get("END") == "silence":
                    await asyncio.Event().wait()
                writer.write((self.says.get("END") or "250 Taken").encode() + b"\r\n")
            else:
                writer.write(b"235 Welcome\r\n" if word == "AUTH" else b"250 Fine\r\n")
        writer.close()

    def _auth(self) -> str:
        return "250 SIZE" if "NO_AUTH" in self.says else "250 AUTH PLAIN"

    def _starttls(self) -> list[str]:
        return [] if "NO_TLS" in self.says else ["250-STARTTLS"]


class Dripping(MailServer):
    """Answers byte by byte, and never to the end."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer."""
        while True:
            writer.write(b"2")
            await writer.drain()
            await asyncio.sleep(0.05)


@asynccontextmanager
async def serving(server: MailServer) -> AsyncIterator[MailServer]:
    sessions: set[asyncio.Task[None]] = set()

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await server.serve(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sessions.add(asyncio.create_task(session(reader, writer)))

    opened = await asyncio.start_server(take, "127.0.0.1", 0, ssl=server.tls if server.implicit else None)
    server.port = opened.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        opened.close()
        for one in sessions:
            one.cancel()
        await asyncio.gather(*sessions, return_exceptions=True)


async def send(server: MailServer, trusted: Path, reach: Reach = NEAR) -> ChatAnswer:
    mail = MailChats(reach, timeout_s=1.0, tls=ssl.create_default_context(cafile=str(trusted)))
    address = {**read_address("mail", TYPED), "port": str(server.port)}
    try:
        return await mail.send("mail", address, TEXT)
    finally:
        mail.close()


async def test_a_text_is_mailed_encrypted_with_its_first_line_as_subject(tmp_path: Path) -> None:
    trusted, tls = certificate(tmp_path)
    async with serving(MailServer(tls)) as server:
        answer = await send(server, trusted)
    assert answer.delivered is Delivered.TAKEN
    assert [line.split(" ")[0] for line in server.plain] == ["ehlo", "STARTTLS"]
    credentials = base64.b64decode(server.heard[1].split(" ")[2]).decode()
    assert credentials == "\0callwright@example.com\0right: % horse"
    mail = message_from_bytes(server.mail, policy=policy.default)
    assert (mail["From"], mail["To"]) == ("callwright@example.com", "anna@example.com")
    assert mail["Subject"] == "Customer of grade A"
    assert mail.get_body() is not None
    assert "张三, +1 212 555 0143" in mail.get_content()


async def test_on_the_port_for_it_everything_is_encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted, tls = certificate(tmp_path)
    async with serving(MailServer(tls, implicit=True)) as server:
        monkeypatch.setattr(chat_mail, "ENCRYPTED_FROM_THE_START", server.port)
        answer = await send(server, trusted)
    assert answer.delivered is Delivered.TAKEN
    assert server.plain == []


@pytest.mark.parametrize(
    ("says", "delivered", "told"),
    [
        ({"AUTH": "535 Wrong password"}, Delivered.REFUSED, "535 Wrong password"),
        ({"RCPT": "550 No such box"}, Delivered.REFUSED, "550 No such box"),
        ({"END": "554 Looks like spam"}, Delivered.REFUSED, "554 Looks like spam"),
        ({"NO_TLS": ""}, Delivered.UNREACHED, Failure.ENCRYPTION),
        ({"NO_AUTH": ""}, Delivered.REFUSED, "SMTP AUTH extension not supported by server."),
        ({"END": "silence"}, Delivered.UNANSWERED, Failure.TIMEOUT),
        ({"EHLO": "silence"}, Delivered.UNREACHED, Failure.TIMEOUT),
    ],
)
async def test_what_the_server_says_is_told(
    says: dict[str, str], delivered: Delivered, told: str, tmp_path: Path
) -> None:
    trusted, tls = certificate(tmp_path)
    async with serving(MailServer(tls, says=says)) as server:
        answer = await send(server, trusted)
    assert (answer.delivered, answer.text or answer.failure) == (delivered, told)
    assert answer.final is bool(says.keys() & {"AUTH", "NO_AUTH"}), "a wrong password is not tried again"
    assert not any(TYPED["password"] in line or "AUTH" in line for line in server.plain)


async def test_a_server_that_answers_byte_by_byte_is_left(tmp_path: Path) -> None:
    _, tls = certificate(tmp_path)
    mail = MailChats(NEAR, timeout_s=5, whole_s=0.3)
    async with serving(Dripping(tls)) as server, asyncio.timeout(3):
        address = {**read_address("mail", TYPED), "port": str(server.port)}
        answer = await mail.send("mail", address, TEXT)
    mail.close()
    assert (answer.delivered, answer.failure) == (Delivered.UNREACHED, Failure.TIMEOUT)


async def test_a_name_that_none_can_have_is_not_known() -> None:
    mail = MailChats(NEAR)
    answer = await mail.send("mail", {**read_address("mail", TYPED), "host": "a..b.example.com"}, TEXT)
    assert (answer.delivered, answer.failure) == (Delivered.UNREACHED, Failure.NAME)
    mail.close()


async def test_nothing_leads_inside(tmp_path: Path) -> None:
    trusted, tls = certificate(tmp_path)
    async with serving(MailServer(tls)) as server:
        answer = await send(server, trusted, Reach())
    assert (answer.delivered, answer.failure) == (Delivered.UNREACHED, Failure.REFUSED_ADDRESS)
    assert server.plain == []


@pytest.mark.parametrize(
    "typed",
    [
        {**TYPED, "to": "anna@example.com, everybody@example.com"},
        {**TYPED, "to": "anna@example.com\nBcc: everybody@example.com"},
        {**TYPED, "server": "localhost:22"},
        {**TYPED, "server": "a..b.example.com"},
        {**TYPED, "server": "x" * 64 + ".example.com"},
        {**TYPED, "user": "callwright"},
    ],
)
def test_what_is_no_box_or_mail_server_is_refused(typed: dict[str, str]) -> None:
    with pytest.raises(ChatAddressError):
        read_address("mail", typed)
