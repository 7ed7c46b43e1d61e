"""How an embedded engine is set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Challenge:
    """Digest credentials this side demands (RFC 3261 clause 22): ``users`` maps names to passwords.

    ``of_calls`` challenges every INVITE with 407, ``of_registrations`` every REGISTER with 401. Where an engine has
    a challenge it is a registrar too; without one REGISTER is refused.
    """

    realm: str
    users: Mapping[str, str] = field(repr=False)
    of_calls: bool = True
    of_registrations: bool = True


@dataclass(frozen=True, slots=True)
class EmbeddedConfig:
    """The settings of one embedded engine.

    ``host`` is the IPv4 address to listen on and to show; ``sip_port`` 0 takes any free port. Calls take even ports
    of ``rtp_ports`` (first and last), RTCP the odd ones. A call whose far end sends nothing for ``rtp_timeout_s``
    is ended, unless it holds us. ``reply_timeout_s`` is how long a carrier may leave a request without any reply.
    Peers are asked every ``ping_s`` whether they are there, or never.
    ``jitter_ms`` is the delay a call begins with and ``jitter_limit_ms`` what it may grow to.
    ``rtcp_interval_s`` is the mean time between reports. ``max_incoming_s`` caps calls that came in; calls placed
    carry their own cap.
    """

    host: str = "127.0.0.1"
    sip_port: int = 5060
    rtp_ports: tuple[int, int] = (20000, 29999)
    user_agent: str = "Callwright"
    rtp_timeout_s: float = 15.0
    reply_timeout_s: float = 10.0
    ping_s: float | None = 30.0
    jitter_ms: int = 40
    jitter_limit_ms: int = 200
    rtcp_interval_s: float = 5.0
    max_incoming_s: float = 3600.0
    challenge: Challenge | None = None
