"""What each of several call nodes on one machine is given of the ports: no two get the same."""

import socket
from collections.abc import Iterator

from callwright.settings import InvalidSettingError, Settings
from callwright.telephony.errors import EngineUnavailableError

PORTS_A_NODE = 4  # of RTP and RTCP: room for two calls at the very least
LAST_PORT = 65535


def shares(settings: Settings, nodes: int) -> list[dict[str, str]]:
    """Return, for each of ``nodes`` call nodes, the settings that are its own, as environment variables.

    The first takes the SIP port that is set, each further one the next that is free; the RTP ports are shared out
    evenly. Raises EngineUnavailableError where the port that is set is in use, InvalidSettingError where the RTP
    ports don't suffice.
    """
    ranges = split(*settings.rtp_port_range, nodes)
    if ranges is None:
        why = f"{nodes} call nodes need {PORTS_A_NODE * nodes} ports at least; widen the range, or run fewer"
        raise InvalidSettingError(name="CALLWRIGHT_RTP_PORTS", why=why)
    ports = _sip_ports(settings)
    return [
        {
            "CALLWRIGHT_NODE": str(number),
            "CALLWRIGHT_SIP_PORT": str(next(ports)),
            "CALLWRIGHT_RTP_PORTS": f"{first}-{last}",
        }
        for number, (first, last) in enumerate(ranges, start=1)
    ]


def split(first: int, last: int, parts: int) -> list[tuple[int, int]] | None:
    """Share the ports ``first`` to ``last`` out into ranges that begin as ``first`` does, even or odd.

    ``None`` where there are too few.
    """
    size = (last + 1 - first) // parts // 2 * 2
    if size < PORTS_A_NODE:
        return None
    starts = [first + size * number for number in range(parts)]
    return [(start, start + size - 1) for start in starts[:-1]] + [(starts[-1], last)]


def _sip_ports(settings: Settings) -> Iterator[int]:
    if settings.sip_port == 0:
        while True:
            yield 0
    _try(settings.sip_host, settings.sip_port)
    yield settings.sip_port
    for port in range(settings.sip_port + 1, LAST_PORT + 1):
        try:
            _try(settings.sip_host, port)
        except EngineUnavailableError:
            continue
        yield port
    raise EngineUnavailableError(address=f"{settings.sip_host}:{LAST_PORT}", why="no port is left above it")


def _try(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, port))
        except OSError as error:
            raise EngineUnavailableError(address=f"{host}:{port}", why=error.strerror) from None
