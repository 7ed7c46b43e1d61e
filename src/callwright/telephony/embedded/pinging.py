"""Whether a peer is there (OPTIONS, RFC 3261 clause 11)."""

import asyncio
import random
from collections.abc import Callable

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

from callwright.telephony.embedded.exchange import cannot_be_found, exchange, no_reply
from callwright.telephony.embedded.stack import SipStack
from callwright.telephony.port import TrunkState

log = structlog.get_logger(__name__)

_NOT_IMPLEMENTED = 501

Seen = tuple[TrunkState, int | None, str]


class Pinger:
    """Asks one peer every ``every_s``; ``trunks`` are those that lead there.

    Any response shows a peer that lives, even one that knows no OPTIONS; only a 5xx tells that it can't serve.
    ``turned`` is called when a peer that has answered before does not, each time, and when it does again.
    """

    def __init__(
        self,
        stack: SipStack,
        host: str,
        port: int,
        user_agent: str,
        *,
        every_s: float,
        reply_timeout_s: float,
        turned: Callable[[], None],
    ) -> None:
        self._stack = stack
        self._host, self._port = host, port
        self._user_agent = user_agent
        self._every_s = every_s
        self._reply_timeout_s = reply_timeout_s
        self._turned = turned
        self._has_answered = False
        self.trunks: set[str] = set()
        self.seen: Seen | None = None
        self._task = asyncio.create_task(self._keep_asking())

    async def _keep_asking(self) -> None:
        while True:
            seen = await self._ask()
            if self.seen is None or seen[0] is not self.seen[0]:
                log.info("peer changed", host=self._host, port=self._port, state=seen[0].value, code=seen[1])
            before, self.seen = self.seen, seen
            is_there = seen[0] is TrunkState.READY
            if (self._has_answered and not is_there) or (
                is_there and before is not None and before[0] is not seen[0]
            ):
                self._turned()
            self._has_answered |= is_there
            # Spread, so that many peers are not asked in the same instant.
            await asyncio.sleep(self._every_s * random.uniform(0.9, 1.1))  # noqa: S311

    async def _ask(self) -> Seen:
        address = await self._stack.look_up(self._host)
        if address is None:
            return TrunkState.UNRESOLVED, None, cannot_be_found(self._host)
        response = await exchange(self._stack, self._request(address), self._reply_timeout_s)
        if response is None:
            return TrunkState.UNREACHABLE, None, no_reply(f"{self._host}:{self._port}", self._reply_timeout_s)
        can_not_serve = response.scode >= 500 and response.scode != _NOT_IMPLEMENTED
        state = TrunkState.UNREACHABLE if can_not_serve else TrunkState.READY
        return state, response.scode, response.reason

    def _request(self, address: str) -> SipRequest:
        own_host, own_port = self._stack.address
        own = SipURL(username="ping", host=own_host, port=own_port)
        sender = SipFrom(address=SipAddress(url=own.getCopy(), hadbrace=True))
        sender.genTag()
        request = SipRequest(
            method="OPTIONS",
            ruri=SipURL(host=self._host, port=self._port),
            fr0m=sender,
            to=SipTo(address=SipAddress(url=SipURL(host=self._host, port=self._port), hadbrace=True)),
            callid=SipCallId(),
            cseq=SipCSeq.genRandCSeq(),
            contact=SipContact(address=SipAddress(url=own, hadbrace=True)),
            target=((address, self._port), "udp"),
            user_agent=self._user_agent,
        )
        request.appendHeader(SipHeader(name="accept", bodys="application/sdp"))
        return request

    async def close(self) -> None:
        """Ask no more."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
