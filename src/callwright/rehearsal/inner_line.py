"""The line of a rehearsal: two phone engines on loopback that know only each other.

Its numbers are no telephone numbers, its password is made for the one rehearsal, and no company has it among its
lines: no task can dial it, and it leads nowhere else.
"""

import ipaddress
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from callwright.rehearsal.errors import OuterLineError
from callwright.telephony.embedded.config import Challenge, EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import IncomingHandler, Originate, PhoneEngine, Trunk

TRUNK = "rehearsal"
_CALLER = "100"
_REALM = "rehearsal"
_RING_S = 10.0


@dataclass(frozen=True, slots=True)
class LineConfig:
    """Where the line lies: an address within this machine, and ports for the media of both ends."""

    host: str = "127.0.0.1"
    rtp_ports: tuple[int, int] = (30000, 30399)


@asynccontextmanager
async def inner_line(config: LineConfig, take: IncomingHandler) -> AsyncIterator[PhoneEngine]:
    """Yield our end of the line; ``take`` is told of every call at the other end. Raises OuterLineError."""
    if not ipaddress.ip_address(config.host).is_loopback:
        raise OuterLineError(host=config.host)
    first, last = config.rtp_ports
    middle = first + (last - first + 1) // 4 * 2
    name, password = secrets.token_hex(8), secrets.token_hex(16)
    async with AsyncExitStack() as cleanup:
        people = EmbeddedEngine(
            EmbeddedConfig(
                host=config.host,
                sip_port=0,
                rtp_ports=(middle, last),
                ping_s=None,
                challenge=Challenge(_REALM, {name: password}),
            )
        )
        people.on_incoming(take)
        ours = EmbeddedEngine(
            EmbeddedConfig(host=config.host, sip_port=0, rtp_ports=(first, middle - 1), ping_s=None)
        )
        for engine in (people, ours):
            await engine.start()
            cleanup.push_async_callback(engine.stop)
        host, port = people.address
        await ours.set_trunk(Trunk(TRUNK, host, port, username=name, password=password))
        yield ours


def extension_of(number: int) -> str:
    """Return what the person ``number`` of a crowd is dialled by."""
    return f"1{number:03}"


def dialling(number: int, *, longest_s: float) -> Originate:
    """Return the order to call a person."""
    return Originate(TRUNK, extension_of(number), _CALLER, ring_timeout_s=_RING_S, max_duration_s=longest_s)
