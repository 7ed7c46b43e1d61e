"""Offers and answers of one audio stream (RFC 4566, RFC 3264): G.711 and telephone events, nothing else."""

import ipaddress
from dataclasses import dataclass, field, replace
from enum import StrEnum

from callwright.kit.errors import InvalidInputError
from callwright.telephony.g711 import A_LAW, LAWS, MU_LAW, Law

OUR_EVENT_TYPE = 101
_BY_NAME = {"PCMU/8000": MU_LAW, "PCMA/8000": A_LAW}


class MediaRefusedError(InvalidInputError):
    """The far end's media description can't be taken: {why}. Only G.711 audio over plain RTP is spoken here."""

    code = "media-refused"


class Direction(StrEnum):
    """Which way a stream flows, seen from who says so (RFC 4566 clause 6)."""

    BOTH = "sendrecv"
    SEND = "sendonly"
    RECEIVE = "recvonly"
    NONE = "inactive"

    @property
    def answered(self) -> "Direction":
        """The direction that answers this one when we are willing to do both (RFC 3264 clause 6.1)."""
        mirror = {Direction.SEND: Direction.RECEIVE, Direction.RECEIVE: Direction.SEND}
        return mirror.get(self, self)


_DIRECTIONS = {direction.value: direction for direction in Direction}


@dataclass(frozen=True, slots=True)
class RemoteMedia:
    """What the far end told of its audio.

    ``laws`` maps RTP payload types to G.711 laws in the order preferred; ``event_type`` is the payload type of
    telephone events, if it takes them; ``streams`` are the kinds and protocols of all m-lines and ``audio_at``
    which one is ours.
    """

    address: str
    port: int
    laws: dict[int, Law]
    event_type: int | None
    direction: Direction
    rtcp_port: int
    rtcp_mux: bool
    streams: tuple[tuple[str, str], ...]
    audio_at: int

    @property
    def held(self) -> bool:
        """Whether the far end does not want to hear us (RFC 3264 clause 8.4, and the older 0.0.0.0)."""
        return self.direction in (Direction.SEND, Direction.NONE) or self.address == "0.0.0.0"  # noqa: S104


@dataclass(slots=True)
class _Section:
    kind: str = ""
    port: int = 0
    protocol: str = ""
    types: tuple[int, ...] = ()
    address: str | None = None
    direction: Direction | None = None
    names: dict[int, str] = field(default_factory=dict)
    rtcp_port: int | None = None
    rtcp_mux: bool = False


def parse(text: str) -> RemoteMedia:
    """Read an offer or an answer; raises MediaRefusedError for anything it can't take, whatever ``text`` is."""
    sections = [_Section()]
    for line in text.splitlines():
        name, _, value = line.strip().partition("=")
        if name == "m":
            sections.append(_media_line(value))
        elif name == "c":
            sections[-1].address = value.split()[-1].partition("/")[0] if value.split() else None
        elif name == "a":
            _attribute(sections[-1], value)
    return _chosen(sections[0], sections[1:])


def _media_line(value: str) -> _Section:
    kind, port, protocol, *types = [*value.split(), "", "", ""][: max(3, len(value.split()))]
    number = _number(port.partition("/")[0])
    return _Section(kind, number if number is not None and number < 65536 else 0, protocol.upper(), _numbers(types))


def _numbers(words: list[str]) -> tuple[int, ...]:
    return tuple(number for number in map(_number, words) if number is not None and number < 128)


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 8 else None


def _attribute(section: _Section, value: str) -> None:
    name, _, rest = value.partition(":")
    if name in _DIRECTIONS:
        section.direction = _DIRECTIONS[name]
    elif name == "rtcp-mux":
        section.rtcp_mux = True
    elif name == "rtcp" and rest.split():
        section.rtcp_port = _number(rest.split()[0])
    elif name == "rtpmap":
        payload_type, _, codec = rest.strip().partition(" ")
        number = _number(payload_type)
        if number is not None:
            section.names[number] = codec.strip().upper().removesuffix("/1")


def _chosen(session: _Section, sections: list[_Section]) -> RemoteMedia:
    at = next((i for i, s in enumerate(sections) if s.kind == "audio" and s.port), None)
    if at is None:
        raise MediaRefusedError(why="it has no audio stream")
    audio = sections[at]
    if audio.protocol not in ("RTP/AVP", "RTP/AVPF"):
        raise MediaRefusedError(why=f"its audio goes over {audio.protocol[:20]!r}")
    laws = {number: law for number in audio.types if (law := _law(audio, number)) is not None}
    if not laws:
        raise MediaRefusedError(why="it offers no G.711")
    events = [n for n in audio.types if audio.names.get(n) == "TELEPHONE-EVENT/8000"]
    return RemoteMedia(
        address=_checked_address(audio.address or session.address),
        port=audio.port,
        laws=laws,
        event_type=events[0] if events else None,
        direction=audio.direction or session.direction or Direction.BOTH,
        rtcp_port=audio.rtcp_port or audio.port + 1,
        rtcp_mux=audio.rtcp_mux,
        streams=tuple((s.kind, s.protocol) for s in sections),
        audio_at=at,
    )


def _law(section: _Section, payload_type: int) -> Law | None:
    if payload_type in section.names:
        return _BY_NAME.get(section.names[payload_type])
    return LAWS.get(payload_type)


def _checked_address(address: str | None) -> str:
    try:
        return str(ipaddress.IPv4Address(address or ""))
    except ValueError:
        raise MediaRefusedError(why="it names no IPv4 address for its audio") from None


@dataclass(frozen=True, slots=True)
class LocalMedia:
    """Our end: ``version`` grows with every description sent that differs (RFC 3264 clause 8)."""

    address: str
    port: int
    session: int
    version: int = 1

    def newer(self) -> "LocalMedia":
        """Return the same end with the next version."""
        return replace(self, version=self.version + 1)


def offer(local: LocalMedia) -> str:
    """Return an offer: mu-law, A-law and telephone events, 20 ms, both ways."""
    types = {0: "PCMU/8000", 8: "PCMA/8000", OUR_EVENT_TYPE: "telephone-event/8000"}
    return _head(local) + _audio(local, types, OUR_EVENT_TYPE, Direction.BOTH)


def answer(local: LocalMedia, remote: RemoteMedia) -> str:
    """Return the answer to ``remote``: its first law we speak; other streams are refused (clause 6)."""
    payload_type, law = next(iter(remote.laws.items()))
    types = {payload_type: f"{law.name}/8000"}
    if remote.event_type is not None:
        types[remote.event_type] = "telephone-event/8000"
    direction = Direction.NONE if remote.held and remote.direction is Direction.BOTH else remote.direction.answered
    text = _head(local)
    for at, (kind, protocol) in enumerate(remote.streams):
        if at == remote.audio_at:
            text += _audio(local, types, remote.event_type, direction)
            text += "a=rtcp-mux\r\n" if remote.rtcp_mux else ""
        else:
            text += f"m={kind} 0 {protocol} 0\r\n"
    return text


def _head(local: LocalMedia) -> str:
    return (
        f"v=0\r\no=- {local.session} {local.version} IN IP4 {local.address}\r\ns=-\r\n"
        f"c=IN IP4 {local.address}\r\nt=0 0\r\n"
    )


def _audio(local: LocalMedia, types: dict[int, str], event_type: int | None, direction: Direction) -> str:
    text = f"m=audio {local.port} RTP/AVP {' '.join(map(str, types))}\r\n"
    text += "".join(f"a=rtpmap:{number} {name}\r\n" for number, name in types.items())
    if event_type is not None:
        text += f"a=fmtp:{event_type} 0-15\r\n"
    return text + f"a=ptime:20\r\na={direction.value}\r\n"
