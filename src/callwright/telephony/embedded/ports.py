"""RTP ports: an even one for RTP, the odd one above it for RTCP (RFC 3550 clause 11)."""

import random
import socket
from dataclasses import dataclass

from callwright.telephony.errors import NoMediaPortError

# Linux only; without it packets are timed when they are read.
_SO_TIMESTAMPNS = 35


@dataclass(frozen=True, slots=True)
class MediaSockets:
    """One call's two sockets, bound."""

    rtp: socket.socket
    rtcp: socket.socket

    @property
    def port(self) -> int:
        """The RTP port."""
        return int(self.rtp.getsockname()[1])

    def close(self) -> None:
        """Give both ports back."""
        self.rtp.close()
        self.rtcp.close()


class MediaPorts:
    """The range of ports of one engine; taken round robin, so that a port rests before it is used again."""

    def __init__(self, host: str, first: int, last: int) -> None:
        self._host = host
        self._first, self._last = first, last
        even = first + first % 2
        self._pairs = range(even, last, 2)
        self._next = random.randrange(len(self._pairs)) if self._pairs else 0  # noqa: S311

    def take(self) -> MediaSockets:
        """Bind the next free pair. Raises NoMediaPortError when there is none."""
        for _ in self._pairs:
            port = self._pairs[self._next]
            self._next = (self._next + 1) % len(self._pairs)
            sockets = self._bind(port)
            if sockets is not None:
                return sockets
        raise NoMediaPortError(first=self._first, last=self._last)

    def _bind(self, port: int) -> MediaSockets | None:
        sockets = MediaSockets(*(socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)))
        try:
            for offset, sock in enumerate((sockets.rtp, sockets.rtcp)):
                sock.setblocking(False)
                sock.bind((self._host, port + offset))
            sockets.rtp.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        except OSError:
            sockets.close()
            return None
        return sockets
