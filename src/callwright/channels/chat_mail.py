"""Texts handed to mail boxes: by the server that a person's own mail goes through, encrypted, and guarded.

The server's name is looked up once and the very address that was checked is connected to, as with ``http.py``.
"""

import asyncio
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP as LINES
from ipaddress import ip_address

from callwright.channels.addresses import Reach, Target, choose, inner
from callwright.channels.chat_port import ChatAnswer, Delivered
from callwright.channels.errors import OutsideAddressError
from callwright.channels.http import Failure

TIMEOUT_S = 10.0
"""For each answer of the server."""
WHOLE_S = 30.0
"""For everything, from the name on: a server that answers byte by byte would hold its thread for ever."""
AT_ONCE = 16
"""As many as a worker sends at once, so that none waits for a thread while it holds a place."""
FOR_GOOD = 500
"""SMTP's answers from this one on stay the same when asked again."""
ENCRYPTED_FROM_THE_START = 465
"""RFC 8314 clause 7.3; on other ports STARTTLS (RFC 3207) is insisted upon."""
SUBJECT = 120


class MailChats:
    """Hands texts to mail boxes. ``close`` it at the end."""

    def __init__(
        self,
        reach: Reach,
        *,
        timeout_s: float = TIMEOUT_S,
        whole_s: float = WHOLE_S,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._reach = reach
        self._timeout_s = timeout_s
        self._whole_s = whole_s
        self._tls = tls or ssl.create_default_context()
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail")

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def send(self, kind: str, address: Mapping[str, str], text: str) -> ChatAnswer:
        """Hand ``text`` to the box at ``address``; never raises for the other side's faults."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._send, address, text)

    def _send(self, address: Mapping[str, str], text: str) -> ChatAnswer:
        message = _message(address, text)
        server: smtplib.SMTP | None = None
        under_way = False
        leash = _Leash(self._timeout_s, self._whole_s)
        try:
            server = self._opened(address["host"], int(address["port"] or ENCRYPTED_FROM_THE_START), leash)
            server.login(address["user"], address["password"])
            under_way = True
            server.send_message(message)
        except OutsideAddressError:
            return ChatAnswer(Delivered.UNREACHED, failure=Failure.REFUSED_ADDRESS)
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            lost = Delivered.UNANSWERED if under_way else Delivered.UNREACHED
            if leash.over:  # what was read of an answer by then is none
                return ChatAnswer(lost, failure=Failure.TIMEOUT)
            return _refused(error, opened=server is not None) or ChatAnswer(lost, failure=_failure(error))
        finally:
            leash.let_go()
            if server is not None:
                server.close()
        return ChatAnswer(Delivered.TAKEN)

    def _opened(self, host: str, port: int, leash: "_Leash") -> smtplib.SMTP:
        target = Target(host, host, port, encrypted=True)
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        addresses = choose(target, list(dict.fromkeys(found)), self._reach)
        if port == ENCRYPTED_FROM_THE_START:
            return _GuardedTls(host, port, addresses, self._reach, leash, context=self._tls)
        server = _Guarded(host, port, addresses, self._reach, leash)
        try:
            server.starttls(context=self._tls)
        except BaseException:
            server.close()
            raise
        return server


class _Leash:
    """Ends a connection after some time, whatever is being done with it then."""

    def __init__(self, timeout_s: float, whole_s: float) -> None:
        self._timeout_s = timeout_s
        self._until = time.monotonic() + whole_s
        self._made: socket.socket | None = None
        self._timer: threading.Timer | None = None

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._until

    @property
    def timeout_s(self) -> float:
        """How long the next step may take. Raises TimeoutError where the time is over."""
        if self.over:
            raise TimeoutError
        return min(self._timeout_s, self._until - time.monotonic())

    def hold(self, made: socket.socket) -> None:
        """Hold a connection; by a handle of its own, as encryption takes the other's place."""
        self._made = made.dup()
        self._timer = threading.Timer(max(0.0, self._until - time.monotonic()), self._end)
        self._timer.daemon = True
        self._timer.start()

    def let_go(self) -> None:
        """Hold nothing any more."""
        if self._timer is not None and self._made is not None:
            self._timer.cancel()
            self._timer.join()
            self._made.close()

    def _end(self) -> None:
        assert self._made is not None
        with suppress(OSError):
            self._made.shutdown(socket.SHUT_RDWR)


class _Guarded(smtplib.SMTP):
    """Connects to addresses that were checked, whatever the server's name leads to by now."""

    def __init__(self, host: str, port: int, addresses: list[str], reach: Reach, leash: _Leash) -> None:
        self._addresses, self._reach, self._leash = addresses, reach, leash
        super().__init__(host, port, timeout=leash.timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _connected(self._addresses, port, self._leash, self._reach)


class _GuardedTls(smtplib.SMTP_SSL):
    """The same, encrypted from the start; its certificate is held against the server's name."""

    def __init__(
        self,
        host: str,
        port: int,
        addresses: list[str],
        reach: Reach,
        leash: _Leash,
        *,
        context: ssl.SSLContext,
    ) -> None:
        self._addresses, self._reach, self._leash = addresses, reach, leash
        super().__init__(host, port, timeout=leash.timeout_s, context=context)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = _connected(self._addresses, port, self._leash, self._reach)
        return self.context.wrap_socket(plain, server_hostname=host)


def _connected(addresses: list[str], port: int, leash: _Leash, reach: Reach) -> socket.socket:
    error: OSError = ConnectionError("its name leads nowhere")
    for address in addresses:
        try:
            made = socket.create_connection((address, port), leash.timeout_s)
        except OSError as refused:
            error = refused
            continue
        ours, theirs = made.getsockname()[0], made.getpeername()[0]
        if ours == theirs and not reach.allows(inner(ip_address(theirs.partition("%")[0]))):
            made.close()
            raise OutsideAddressError(address=address, why="it is this machine")
        leash.hold(made)
        return made
    raise error


def _message(address: Mapping[str, str], text: str) -> EmailMessage:
    message = EmailMessage(policy=LINES)
    message["From"], message["To"] = address["user"], address["to"]
    message["Subject"] = text.partition("\n")[0][:SUBJECT]
    message.set_content(text)
    return message


def _refused(error: Exception, *, opened: bool) -> ChatAnswer | None:
    """Return what is told where the server answered that it won't have a message."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return ChatAnswer(Delivered.REFUSED, _said(*next(iter(error.recipients.values()))))
        case smtplib.SMTPAuthenticationError():
            # Providers lock accounts whose password is wrong time and again.
            final = error.smtp_code >= FOR_GOOD
            return ChatAnswer(Delivered.REFUSED, _said(error.smtp_code, error.smtp_error), final=final)
        case smtplib.SMTPResponseException():
            return ChatAnswer(Delivered.REFUSED, _said(error.smtp_code, error.smtp_error))
        case smtplib.SMTPNotSupportedError() if opened:
            return ChatAnswer(Delivered.REFUSED, str(error), final=True)
    return None


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _failure(error: Exception) -> Failure:
    match error:
        case socket.gaierror() | UnicodeError():
            return Failure.NAME
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return Failure.ENCRYPTION
        # The library tells of a lost connection, with what it was lost by behind it.
        case _ if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return Failure.TIMEOUT
        case smtplib.SMTPServerDisconnected():
            return Failure.CONNECTION
        case OSError() if not isinstance(error, smtplib.SMTPException):
            return Failure.CONNECTION
    return Failure.PROTOCOL
