"""Runs sippy's SIP stack on the asyncio event loop.

sippy has an event dispatcher and socket threads of its own, one set per process. Here its timers are the loop's
timers and its socket is read by the loop, so that several engines live in one process, every callback comes on the
one thread, and stopping leaves nothing behind. Every entry into sippy goes through :meth:`SipStack.enter`, which
says whose the timers started inside are.
"""

import asyncio
import ipaddress
import socket
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import sippy.SipTransactionManager
import structlog
from sippy.Core.EventDispatcher import ED2
from sippy.Network_server import Remote_address
from sippy.SipTransactionManager import TERMINATED, SipTransactionManager
from sippy.Time.MonoTime import MonoTime

from callwright.telephony.errors import EngineUnavailableError

log = structlog.get_logger(__name__)

_RECEIVE_BYTES = 65535
_PURGE_S = 32
_DATAGRAMS_AT_ONCE = 32
_FOREVER = -1

RequestHandler = Callable[[Any, Any], Any]
_running: list["SipStack"] = []


class LoopTimer:
    """What sippy calls an event listener, on the event loop."""

    def __init__(self, callback: Callable[..., None], delay: float, ticks: int, arguments: tuple[Any, ...]) -> None:
        self._stack = _running[-1]
        self._callback = callback
        self._delay = delay
        self._ticks = ticks
        self._arguments = arguments
        self._handle: asyncio.TimerHandle | None = None

    def go(self) -> None:
        """Start counting; sippy makes some timers before it needs them."""
        self._handle = self._stack.loop.call_later(max(0.0, self._delay), self._fire)
        self._stack.timers.add(self)

    def cancel(self) -> None:
        """Stop for good."""
        if self._handle is not None:
            self._handle.cancel()
        self._stack.timers.discard(self)

    def _fire(self) -> None:
        self._stack.timers.discard(self)
        if self._ticks == _FOREVER:
            self.go()
        self._stack.enter(self._callback, *self._arguments)


def _loop_timer(
    callback: Callable[..., None], ival: Any, nticks: int, abs_time: bool, *arguments: Any
) -> LoopTimer:
    # For an absolute time sippy gives a MonoTime and no number of ticks.
    delay = ival.monot - MonoTime().monot if abs_time else ival
    return LoopTimer(callback, delay, nticks or 1, arguments)


def _report(message: str, *_: Any, **__: Any) -> None:
    log.debug("sip message not understood", problem=message, error=repr(sys.exc_info()[1]))


# One place for what sippy does otherwise for the whole process: timers, printing of what it could not parse.
ED2.regTimer = _loop_timer
sippy.SipTransactionManager.dump_exception = _report


class _Silence:
    """sippy's message log, which would hold personal data: not kept."""

    def write(self, *_: Any, **__: Any) -> None:
        """Drop it."""


class _UdpServer:
    """The one socket of a stack, in the shape sippy expects of its servers."""

    transport = "udp"

    def __init__(self, stack: "SipStack", sock: socket.socket) -> None:
        self._stack = stack
        self._socket = sock
        self.uopts = self
        self.laddress: tuple[str, int] = sock.getsockname()
        self._resolving: set[asyncio.Task[None]] = set()
        stack.loop.add_reader(sock.fileno(), self._readable)

    def isWildCard(self) -> bool:  # noqa: N802
        """Tell sippy that this is the address to answer from."""
        return False

    def getSIPaddr(self) -> tuple[tuple[str, int], str]:  # noqa: N802
        """Return the address that Via and Contact show."""
        return self.laddress, self.transport

    def addr2str(self, address: tuple[str, int]) -> str:
        """Return an address as sippy's log wants it."""
        return f"udp:{address[0]}:{address[1]}"

    def send_to(self, data: str | bytes, address: tuple[str, Any]) -> None:
        """Send one message; a host name is looked up first, without blocking."""
        octets = data if isinstance(data, bytes) else data.encode()
        host, port = address[0], int(str(address[1]))
        if _is_address(host):
            self._send(octets, (host, port))
            return
        task = self._stack.loop.create_task(self._send_to_name(octets, host, port))
        self._resolving.add(task)
        task.add_done_callback(self._resolving.discard)

    async def _send_to_name(self, octets: bytes, host: str, port: int) -> None:
        found = await self._stack.look_up(host)
        if found is None:
            self._stack.host_unknown(host)
            return
        self._send(octets, (found, port))

    def _send(self, octets: bytes, address: tuple[str, int]) -> None:
        try:
            self._socket.sendto(octets, address)
        except OSError as problem:
            # SIP repeats what got lost (RFC 3261 clause 17); a dead peer shows as a timeout.
            log.debug("sip message not sent", problem=str(problem))

    def _readable(self) -> None:
        for _ in range(_DATAGRAMS_AT_ONCE):
            try:
                data, address = self._socket.recvfrom(_RECEIVE_BYTES)
            except OSError:
                return
            self._stack.enter(self._stack.received, data, Remote_address(address, self.transport), self)

    async def close(self) -> None:
        """Stop reading and give the port back."""
        self._stack.loop.remove_reader(self._socket.fileno())
        self._socket.close()
        for task in self._resolving:
            task.cancel()
        await asyncio.gather(*self._resolving, return_exceptions=True)


def _is_address(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


class _OneServer:
    """sippy chooses a local socket per destination; here there is one."""

    def __init__(self, server: _UdpServer) -> None:
        self.server = server

    def getServer(self, address: Any, is_local: bool = False) -> _UdpServer:  # noqa: N802
        """Return the socket for any destination."""
        return self.server

    def rotateCache(self) -> None:  # noqa: N802
        """There is nothing to forget."""


class _Transactions(SipTransactionManager):  # type: ignore[misc]
    """sippy's transactions over our socket.

    Its own constructor opens sockets and threads, so it is not called.
    """

    def __init__(self, server: _UdpServer, on_request: RequestHandler) -> None:
        self.global_config = {"_sip_logger": _Silence()}
        self.l4r = _OneServer(server)
        self.tclient: dict[Any, Any] = {}
        self.tserver: dict[Any, Any] = {}
        self.req_consumers: dict[str, Any] = {}
        self.l1rcache: dict[bytes, Any] = {}
        self.l2rcache: dict[bytes, Any] = {}
        self.req_cb = on_request
        self.init_time = 0.0
        self.cp_timer = LoopTimer(self.rCachePurge, _PURGE_S, _FOREVER, ())
        self.cp_timer.go()

    def newTransaction(self, msg: Any, *arguments: Any, **named: Any) -> Any:  # noqa: N802
        """Send a request over UDP, which is all there is, whatever the far end's Contact says or how it spells it.

        sippy compares the transport by case, and so refuses to answer a Contact with ``;transport=UDP``.
        """
        address, _ = msg.getTarget()
        msg.setTarget((address, "udp"))
        return super().newTransaction(msg, *arguments, **named)

    def incomingResponse(self, msg: Any, t: Any, checksum: bytes) -> None:  # noqa: N802
        """Acknowledge a final response before telling of it.

        sippy does it the other way round, so that the next request of the dialogue (an INVITE with credentials, a
        BYE) would overtake the ACK (RFC 3261 clauses 13.2.2.4 and 17.1.1.2).
        """
        told = t.resp_cb
        if not t.needack or told is None or msg.getSCode()[0] < 200 or t.state is TERMINATED:
            super().incomingResponse(msg, t, checksum)
            return
        t.resp_cb = None
        super().incomingResponse(msg, t, checksum)
        told(msg, t)


class SipStack:
    """One SIP socket with its transactions; ``on_request`` takes requests outside any dialogue.

    ``host_unknown`` is told of the host name when a message could not leave because the name has no address.
    """

    def __init__(self, on_request: RequestHandler, host_unknown: Callable[[str], None]) -> None:
        self._on_request = on_request
        self.host_unknown = host_unknown
        self.loop = asyncio.get_running_loop()
        self.timers: set[LoopTimer] = set()
        self._looking_up: Counter[str] = Counter()
        self._server: _UdpServer | None = None
        self.transactions: Any = None

    @property
    def address(self) -> tuple[str, int]:
        """The address listened on."""
        if self._server is None:
            raise EngineUnavailableError(address="of the engine", why="it was not started")
        return self._server.laddress

    @property
    def global_config(self) -> dict[str, Any]:
        """What sippy's user agents want to know."""
        return {"_sip_tm": self.transactions, "_sip_logger": _Silence()}

    def open(self, host: str, port: int) -> None:
        """Take the port. Raises EngineUnavailableError."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        try:
            sock.bind((host, port))
        except OSError as problem:
            sock.close()
            raise EngineUnavailableError(address=f"{host}:{port}", why=problem.strerror) from problem
        self._server = _UdpServer(self, sock)
        self.transactions = self.enter(_Transactions, self._server, self._on_request)

    def enter(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call into sippy; the timers it starts are this stack's."""
        _running.append(self)
        try:
            return function(*arguments)
        finally:
            _running.pop()

    def received(self, data: bytes, source: Any, server: _UdpServer) -> None:
        """Take one datagram; what is no SIP is dropped."""
        try:
            self.transactions.handleIncoming(data, source, server, MonoTime())
        except Exception as problem:
            # sippy raises errors of every kind on malformed messages, and anyone may send one.
            log.debug("sip message dropped", error=repr(problem))

    async def look_up(self, host: str) -> str | None:
        """Return the IPv4 address of ``host``, ``None`` where it has none."""
        if _is_address(host):
            return host
        self._looking_up[host] += 1
        try:
            found = await self.loop.getaddrinfo(host, None, family=socket.AF_INET, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError) as problem:  # UnicodeError: a label that no name server would be asked for
            log.debug("sip host unknown", host=host, problem=str(problem))
            return None
        finally:
            self._looking_up[host] -= 1
        return str(found[0][4][0])

    def is_looking_up(self, host: str) -> bool:
        """Tell whether an address of ``host`` is still being looked for, as where no name server answers."""
        return self._looking_up[host] > 0

    def forget(self, transaction: Any) -> None:
        """Wait no more for the response to a request of ours."""
        if self.transactions.tclient.pop(transaction.tid, None) is None:
            return
        for timer in (transaction.teA, transaction.teB, transaction.teC):
            if timer is not None:
                timer.cancel()
        transaction.cleanup()

    async def close(self, grace_s: float) -> None:
        """Wait up to ``grace_s`` for requests under way to be answered, then let go of everything."""
        if self._server is None:
            return
        deadline = self.loop.time() + grace_s
        # sippy tells nobody when its last transaction ends.
        while self.transactions.tclient and self.loop.time() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        for timer in list(self.timers):
            timer.cancel()
        await self._server.close()
        self._server = None
