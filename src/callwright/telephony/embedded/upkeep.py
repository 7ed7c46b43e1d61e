"""What is done for trunks between calls: registrations are kept, and peers are asked whether they are there.

Of a registered trunk the registrar has the last word: a carrier that leaves OPTIONS unanswered may be there all the
same. That it stopped answering, or began to again, has the trunk register at once, rather than when its time is up,
so that a carrier that died, or came back having forgotten us, is known soon.
"""

import asyncio

from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.pinging import Pinger
from callwright.telephony.embedded.registration import Registrant
from callwright.telephony.embedded.stack import SipStack
from callwright.telephony.port import Trunk, TrunkStatus

Peer = tuple[str, int]


class Upkeep:
    """The upkeep of one engine's trunks. Trunks that lead to the same peer share its pings."""

    def __init__(self, stack: SipStack, config: EmbeddedConfig) -> None:
        self._stack = stack
        self._config = config
        self._registrants: dict[str, Registrant] = {}
        self._pingers: dict[Peer, Pinger] = {}
        self._peers: dict[str, Peer] = {}

    async def set(self, trunk: Trunk) -> None:
        """Register ``trunk`` anew if it asks for that, else watch its peer; what stood before is taken back."""
        await self.remove(trunk.name)
        if trunk.register:
            self._registrants[trunk.name] = Registrant(
                self._stack, trunk, self._config.user_agent, self._config.reply_timeout_s
            )
        if self._config.ping_s is not None:
            self._watch(trunk.name, (trunk.host, trunk.port), self._config.ping_s)

    def _watch(self, name: str, peer: Peer, every_s: float) -> None:
        if peer not in self._pingers:
            self._pingers[peer] = Pinger(
                self._stack,
                *peer,
                self._config.user_agent,
                every_s=every_s,
                reply_timeout_s=self._config.reply_timeout_s,
                turned=lambda: self._register_at_once(peer),
            )
        self._pingers[peer].trunks.add(name)
        self._peers[name] = peer

    def _register_at_once(self, peer: Peer) -> None:
        for name in self._pingers[peer].trunks & self._registrants.keys():
            self._registrants[name].register_at_once()

    async def remove(self, name: str) -> None:
        """Take a registration back, if there is one; ask a peer no more that no trunk leads to."""
        registrant = self._registrants.pop(name, None)
        if registrant is not None:
            await registrant.close()
        peer = self._peers.pop(name, None)
        if peer is None:
            return
        pinger = self._pingers[peer]
        pinger.trunks.discard(name)
        if not pinger.trunks:
            del self._pingers[peer]
            await pinger.close()

    def status(self, name: str) -> TrunkStatus | None:
        """Return how a trunk stands, ``None`` while nothing is known."""
        registrant = self._registrants.get(name)
        if registrant is not None:
            return registrant.status
        peer = self._peers.get(name)
        seen = self._pingers[peer].seen if peer is not None else None
        return TrunkStatus(name, *seen) if seen is not None else None

    async def close(self) -> None:
        """End all of it."""
        await asyncio.gather(*(self.remove(name) for name in self._registrants.keys() | self._peers.keys()))
