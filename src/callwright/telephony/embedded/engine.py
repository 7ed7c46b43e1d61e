"""The embedded phone engine: sippy for SIP, our own RTP, all on the event loop of the call node."""

from typing import Any

from sippy.CCEvents import CCEventTry
from sippy.MsgBody import MsgBody
from sippy.SipCallId import SipCallId

from callwright.kit.errors import NotFoundError
from callwright.telephony.embedded.agent import Agent
from callwright.telephony.embedded.call import EmbeddedCall
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.incoming import IncomingLeg
from callwright.telephony.embedded.media import MediaListener, MediaSession
from callwright.telephony.embedded.outgoing import OutgoingCall
from callwright.telephony.embedded.ports import MediaPorts
from callwright.telephony.embedded.reception import Reception
from callwright.telephony.embedded.registrar import Registrar
from callwright.telephony.embedded.stack import SipStack
from callwright.telephony.embedded.upkeep import Upkeep
from callwright.telephony.media_clock import MediaClock
from callwright.telephony.port import IncomingHandler, Originate, PhoneCall, Trunk, TrunkStatus

_GOODBYE_S = 1.0


class EmbeddedEngine:
    """A phone engine in this process; several may run on one event loop. Made while the loop runs."""

    def __init__(self, config: EmbeddedConfig) -> None:
        self._config = config
        registrar = Registrar(config.challenge) if config.challenge else None
        self._reception = Reception(config, self, registrar)
        self._stack = SipStack(self._reception.request, self._host_unknown)
        self._clock = MediaClock()
        self._ports = MediaPorts(config.host, *config.rtp_ports)
        self._upkeep = Upkeep(self._stack, config)
        self._trunks: dict[str, Trunk] = {}
        self._calls: set[EmbeddedCall] = set()

    @property
    def address(self) -> tuple[str, int]:
        """The SIP address listened on; known once started."""
        return self._stack.address

    async def start(self) -> None:
        """Open the SIP socket. Raises EngineUnavailableError, naming address and remedy."""
        self._stack.open(self._config.host, self._config.sip_port)

    async def stop(self) -> None:
        """Hang up every call, take registrations back, close every socket."""
        await self._reception.close()
        for call in list(self._calls):
            call.end_now()
        await self._upkeep.close()
        await self._stack.close(_GOODBYE_S)

    async def set_trunk(self, trunk: Trunk) -> None:
        """Add or change a trunk; registers where asked, else looks now and then whether the far end is there."""
        self._trunks[trunk.name] = trunk
        await self._upkeep.set(trunk)

    async def remove_trunk(self, name: str) -> None:
        """Forget a trunk; its registration is taken back. Calls on it go on."""
        self._trunks.pop(name, None)
        await self._upkeep.remove(name)

    def status(self, trunk: str) -> TrunkStatus | None:
        """Return how the trunk stands now, or ``None`` while nothing is known of it."""
        return self._upkeep.status(trunk)

    def on_incoming(self, handler: IncomingHandler) -> None:
        """Name who takes incoming calls; without one they are refused with 480."""
        self._reception.handler = handler

    async def originate(self, request: Originate) -> PhoneCall:
        """Place a call and return at once, ringing or not; everything further is an event.

        Raises NoMediaPortError when every RTP port is in use, NotFoundError for an unknown trunk.
        """
        trunk = self._trunks.get(request.trunk)
        if trunk is None:
            raise NotFoundError(thing="trunk", key=request.trunk)
        call = OutgoingCall(self._stack, self._new_media, request.max_duration_s, self._calls.discard)
        self._calls.add(call)
        self._stack.enter(self._place, call, trunk, request)
        return call

    def _place(self, call: OutgoingCall, trunk: Trunk, request: Originate) -> None:
        agent = self._agent(call, (trunk.host, trunk.port), trunk.username, trunk.password)
        offer = call.placed(agent, (trunk.host, trunk.port), request.ring_timeout_s, self._config.reply_timeout_s)
        agent.recvEvent(_Attempt(trunk, request, offer))

    def new_incoming(self) -> IncomingLeg:
        """Return a call that comes in, with media ports of its own. Raises NoMediaPortError."""
        call = IncomingLeg(self._stack, self._new_media, self._config.max_incoming_s, self._calls.discard)
        self._calls.add(call)
        return call

    def new_agent(self, call: IncomingLeg) -> Agent:
        """Return the dialogue of a call that comes in."""
        return self._agent(call, None, None, None)

    def _agent(
        self, call: OutgoingCall | IncomingLeg, peer: tuple[str, int] | None, user: str | None, password: str | None
    ) -> Agent:
        return Agent(
            self._stack.global_config,
            call,
            self._config.user_agent,
            event_cb=call.happened,
            username=user,
            password=password,
            nh_address=peer,
        )

    def _host_unknown(self, host: str) -> None:
        for call in list(self._calls):
            if isinstance(call, OutgoingCall):
                call.host_unknown(host)

    def _new_media(self, listener: MediaListener) -> MediaSession:
        return MediaSession(self._ports.take(), self._clock, self._config, listener)


class _Attempt(CCEventTry):  # type: ignore[misc]
    """A call to place, in sippy's words."""

    def __init__(self, trunk: Trunk, request: Originate, offer: str) -> None:
        body = MsgBody(offer)
        super().__init__((SipCallId(), request.caller_number, request.to, body, None, None))
        self._trunk = trunk

    def onUacSetupComplete(self, uac: Any) -> None:  # noqa: N802
        """Show a carrier that knows us by name an address in its own domain, as it expects of its users."""
        if self._trunk.username is not None:
            uac.lUri.getUrl().host = self._trunk.host
