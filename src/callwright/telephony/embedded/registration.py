"""A registration kept alive (RFC 3261 clause 10): refreshed in time, tried again, taken back at the end."""

import asyncio
import random
from typing import Any

import structlog
from sippy.SipAddress import SipAddress
from sippy.SipCallId import SipCallId
from sippy.SipContact import SipContact
from sippy.SipCSeq import SipCSeq
from sippy.SipFrom import SipFrom
from sippy.SipHeader import SipHeader
from sippy.SipRequest import SipRequest
from sippy.SipTo import SipTo
from sippy.SipURL import SipURL

from callwright.telephony.embedded.agent import ALLOW
from callwright.telephony.embedded.digest import credentials
from callwright.telephony.embedded.exchange import cannot_be_found, exchange, no_reply
from callwright.telephony.embedded.stack import SipStack
from callwright.telephony.port import Trunk, TrunkState, TrunkStatus

log = structlog.get_logger(__name__)

_REFRESH_AT = 0.8
_RETRY_S = 2.0
_LONGEST_RETRY_S = 300.0
_TAKE_BACK_S = 2.0
_SHORTEST_EXPIRES_S = 1


class Registrant:
    """One trunk's registration: a task that keeps it, and its state."""

    def __init__(self, stack: SipStack, trunk: Trunk, user_agent: str, reply_timeout_s: float) -> None:
        self._stack = stack
        self._trunk = trunk
        self._user_agent = user_agent
        self._reply_timeout_s = reply_timeout_s
        self._address = trunk.host
        self._call_id = SipCallId()
        self._cseq = SipCSeq.genRandCSeq()
        self._expires_s = trunk.register_expires_s
        self.status = TrunkStatus(trunk.name, TrunkState.REGISTERING)
        self._at_once = asyncio.Event()
        self._task = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        failures = 0
        while True:
            kept_s = await self._try()
            if kept_s is not None:
                failures = 0
                await self._rest(kept_s * _REFRESH_AT)
                continue
            failures += 1
            longest = min(_LONGEST_RETRY_S, _RETRY_S * 2**failures)
            await self._rest(longest * random.uniform(0.5, 1))  # noqa: S311

    async def _rest(self, rest_s: float) -> None:
        try:
            async with asyncio.timeout(rest_s):
                await self._at_once.wait()
        except TimeoutError:
            return
        self._at_once.clear()

    def register_at_once(self) -> None:
        """Register now, rather than when it would be time for it."""
        self._at_once.set()

    async def _try(self) -> float | None:
        """Register once; return for how long the registrar keeps us, ``None`` where it doesn't."""
        found = await self._stack.look_up(self._trunk.host)
        if found is None:
            self._set(TrunkState.UNRESOLVED, None, cannot_be_found(self._trunk.host))
            return None
        self._address = found
        response = await self._register(self._expires_s)
        if response is not None and response.scode == 423 and self._take_min_expires(response):
            response = await self._register(self._expires_s)
        if response is None:
            where = f"{self._trunk.host}:{self._trunk.port}"
            self._set(TrunkState.UNREACHABLE, None, no_reply(where, self._reply_timeout_s))
            return None
        if response.scode < 300:
            self._set(TrunkState.REGISTERED, response.scode, response.reason)
            return self._granted(response)
        out_of_service = response.scode >= 500
        self._set(TrunkState.UNREACHABLE if out_of_service else TrunkState.REFUSED, response.scode, response.reason)
        return None

    def _set(self, state: TrunkState, code: int | None, reason: str) -> None:
        if state is not self.status.state:
            log.info("registration changed", trunk=self._trunk.name, state=state.value, code=code)
        self.status = TrunkStatus(self._trunk.name, state, code, reason)

    def _granted(self, response: Any) -> float:
        """Return for how long the registrar keeps us: the Contact's own word, else Expires (clause 10.2.4)."""
        own = self._stack.address
        for contact in response.getHFBodys("contact"):
            url = contact.getUrl()
            if (url.host, str(url.port or 5060)) == (own[0], str(own[1])) and contact.address.getParam("expires"):
                return self._seconds(contact.address.getParam("expires"))
        for expires in response.getHFs("expires"):
            return self._seconds(expires.body)
        return self._expires_s

    def _seconds(self, word: Any) -> float:
        """Return what a registrar wrote; a word that is no number must not end the keeping."""
        said = str(word).strip()
        known = said.isascii() and said.isdigit() and len(said) < 11
        return max(_SHORTEST_EXPIRES_S, int(said)) if known else self._expires_s

    def _take_min_expires(self, response: Any) -> bool:
        for header in response.getHFs("min-expires"):
            wanted = str(header.body).strip()
            if wanted.isdigit() and int(wanted) > self._expires_s:
                self._expires_s = int(wanted)
                return True
        return False

    async def _register(self, expires_s: int) -> Any | None:
        response = await self._ask(expires_s, None)
        username, password = self._trunk.username, self._trunk.password
        challenged = response is not None and response.scode in (401, 407)
        if challenged and username is not None and password is not None:
            answer = credentials(response, username, password, "REGISTER", str(self._registrar()))
            if answer is not None:
                response = await self._ask(expires_s, answer)
        return response

    async def _ask(self, expires_s: int, answer: Any) -> Any | None:
        return await exchange(self._stack, self._request(expires_s, answer), self._reply_timeout_s)

    def _request(self, expires_s: int, answer: Any) -> SipRequest:
        user = self._trunk.username or self._trunk.name
        record = SipURL(username=user, host=self._trunk.host, port=None)
        host, port = self._stack.address
        contact = SipContact(address=SipAddress(url=SipURL(username=user, host=host, port=port), hadbrace=True))
        contact.address.setParam("expires", str(expires_s))
        sender = SipFrom(address=SipAddress(url=record.getCopy(), hadbrace=True))
        sender.genTag()
        self._cseq += 1
        request = SipRequest(
            method="REGISTER",
            ruri=self._registrar(),
            fr0m=sender,
            to=SipTo(address=SipAddress(url=record.getCopy(), hadbrace=True)),
            callid=self._call_id.getCopy(),
            cseq=self._cseq,
            contact=contact,
            target=((self._address, self._trunk.port), "udp"),
            user_agent=self._user_agent,
        )
        if answer is not None:
            request.appendHeader(answer)
        request.appendHeader(SipHeader(name="allow", bodys=ALLOW))
        return request

    def _registrar(self) -> Any:
        return SipURL(host=self._trunk.host, port=self._trunk.port)

    async def close(self) -> None:
        """Stop keeping it, and take it back where it stands (clause 10.2.2)."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if self.status.state is not TrunkState.REGISTERED:
            return
        try:
            async with asyncio.timeout(_TAKE_BACK_S):
                await self._register(0)
        except TimeoutError:
            log.info("registration not taken back", trunk=self._trunk.name)
