"""Requests outside any dialogue: calls that come in, OPTIONS, REGISTER."""

import asyncio
from typing import Any, Protocol

import structlog
from sippy.SipHeader import SipHeader

from callwright.telephony import sdp
from callwright.telephony.embedded.agent import Agent, body_text, not_allowed, options
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.digest import refusal
from callwright.telephony.embedded.incoming import IncomingLeg
from callwright.telephony.embedded.registrar import Registrar
from callwright.telephony.errors import NoMediaPortError
from callwright.telephony.port import IncomingCall, IncomingHandler

log = structlog.get_logger(__name__)


class CallMaker(Protocol):
    """The engine, as far as calls that come in need it."""

    def new_incoming(self) -> IncomingLeg:
        """Return a call with media ports of its own. Raises NoMediaPortError."""
        ...

    def new_agent(self, call: IncomingLeg) -> Agent:
        """Return a dialogue for it."""
        ...


class Reception:
    """Takes what arrives outside any dialogue."""

    def __init__(self, config: EmbeddedConfig, maker: CallMaker, registrar: Registrar | None) -> None:
        self._config = config
        self._maker = maker
        self._registrar = registrar
        self._tasks: set[asyncio.Task[None]] = set()
        self.handler: IncomingHandler | None = None
        self.closed = False

    def request(self, req: Any, transaction: Any) -> Any:
        """Return sippy's triple for a request: a response at once, or what the new dialogue says."""
        if req.getHFBody("to").getTag():
            return (
                req.genResponse(481, "Call/Transaction Does Not Exist", server=self._config.user_agent),
                None,
                None,
            )
        if req.getMethod() != "INVITE":
            answerers = {"OPTIONS": self._options, "REGISTER": self._register}
            return answerers.get(req.getMethod(), not_allowed)(req), None, None
        refused = self._refused(req)
        return (refused, None, None) if refused is not None else self._invited(req, transaction)

    def _options(self, req: Any) -> Any:
        return options(req, self._config.user_agent)

    def _register(self, req: Any) -> Any:
        return not_allowed(req) if self._registrar is None else self._registrar.register(req)

    def _refused(self, req: Any) -> Any | None:
        challenge = self._config.challenge
        if challenge is not None and challenge.of_calls:
            refused = refusal(req, challenge, as_proxy=True)
            if refused is not None:
                return refused
        if req.countHFs("require"):
            # RFC 3261 clause 8.2.2.3: no extension is supported.
            response = req.genResponse(420, "Bad Extension", server=self._config.user_agent)
            response.appendHeader(SipHeader(name="unsupported", bodys=str(req.getHF("require").body)))
            return response
        if self.handler is None or self.closed:
            return req.genResponse(480, "Temporarily Unavailable", server=self._config.user_agent)
        if not req.countHFs("contact"):
            return req.genResponse(400, "Missing Contact", server=self._config.user_agent)
        return None

    def _invited(self, req: Any, transaction: Any) -> Any:
        offered = body_text(req)
        try:
            remote = sdp.parse(offered) if offered is not None else None
        except sdp.MediaRefusedError:
            return req.genResponse(488, "Not Acceptable Here", server=self._config.user_agent), None, None
        try:
            call = self._maker.new_incoming()
        except NoMediaPortError as problem:
            log.warning("call refused", problem=str(problem))
            return req.genResponse(503, "Service Unavailable", server=self._config.user_agent), None, None
        agent = self._maker.new_agent(call)
        call.came(agent, remote)
        result = agent.recvRequest(req, transaction)
        to = req.getRURI().username or ""
        caller = req.getHFBody("from").getUrl().username or ""
        self._spawn(IncomingCall(call, to, caller), call)
        return result

    def _spawn(self, incoming: IncomingCall, call: IncomingLeg) -> None:
        task = asyncio.get_running_loop().create_task(self._handle(incoming, call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, incoming: IncomingCall, call: IncomingLeg) -> None:
        if self.handler is None:
            await call.refuse(480, "Temporarily Unavailable")
            return
        try:
            await self.handler(incoming)
        except Exception:
            log.exception("handler of incoming calls failed", call=call.id)
            await call.refuse(500, "Server Internal Error")
            await call.hang_up()

    async def close(self) -> None:
        """Take no more, and end what handles the last ones."""
        self.closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
