"""The far end of the media benchmark: answers every INVITE and sends every RTP packet back, and nothing else.

It shares no code with what it measures. ``python -m bench.media_peer [CORE]`` prints its SIP port and runs until
its standard input closes.
"""

import os
import re
import selectors
import socket
import sys

_HOST = "127.0.0.1"
_COPIED = re.compile(r"^(?:via|from|call-id|cseq|record-route)\s*:.*$", re.IGNORECASE | re.MULTILINE)
_TO = re.compile(r"^to\s*:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_BUFFER = 1 << 22


def _bound() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
    sock.bind((_HOST, 0))
    sock.setblocking(False)
    return sock


def _reply(request: str, sip_port: int, rtp_port: int) -> bytes | None:
    method = request.split(" ", 1)[0]
    if method == "ACK":
        return None
    to = _TO.search(request)
    tagged = (to[0] if to else "To:") + ("" if to and "tag=" in to[0] else ";tag=peer")
    lines = ["SIP/2.0 200 OK", *(line.strip() for line in _COPIED.findall(request)), tagged]
    body = ""
    if method == "INVITE":
        lines += [f"Contact: <sip:peer@{_HOST}:{sip_port}>", "Content-Type: application/sdp"]
        body = (
            f"v=0\r\no=- 1 1 IN IP4 {_HOST}\r\ns=-\r\nc=IN IP4 {_HOST}\r\nt=0 0\r\n"
            f"m=audio {rtp_port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
        )
    return ("\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]) + body).encode()


def _drain(sock: socket.socket, answer: socket.socket | None, rtp_port: int) -> None:
    while True:
        try:
            data, source = sock.recvfrom(4096)
        except BlockingIOError:
            return
        reply = data if answer is None else _reply(data.decode(), sock.getsockname()[1], rtp_port)
        if reply is not None:
            sock.sendto(reply, source)


def main() -> None:
    """Serve until standard input closes."""
    if len(sys.argv) > 1:
        os.sched_setaffinity(0, {int(sys.argv[1])})
    sip, rtp = _bound(), _bound()
    rtp_port = rtp.getsockname()[1]
    selector = selectors.DefaultSelector()
    selector.register(sip, selectors.EVENT_READ, sip)
    selector.register(rtp, selectors.EVENT_READ, None)
    selector.register(sys.stdin, selectors.EVENT_READ, sys.stdin)
    print(sip.getsockname()[1], rtp_port, flush=True)
    while True:
        for key, _ in selector.select():
            if key.fileobj is sys.stdin:
                return
            _drain(sip if key.data is sip else rtp, key.data, rtp_port)


if __name__ == "__main__":
    main()
