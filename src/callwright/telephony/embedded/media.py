"""The media of one call: packets in and out, every 20 ms."""

import asyncio
import random
import struct
import time
from typing import Protocol

import structlog

from callwright.telephony import rtp
from callwright.telephony.concealment import SILENCE, Concealer
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.control import ControlChannel
from callwright.telephony.embedded.ports import MediaSockets
from callwright.telephony.g711 import MU_LAW, Law
from callwright.telephony.jitter import JitterBuffer
from callwright.telephony.latching import Latch
from callwright.telephony.media_clock import MediaClock
from callwright.telephony.port import FRAME_SAMPLES, AudioHandler, DtmfReceived, Frame, MediaStats
from callwright.telephony.sdp import OUR_EVENT_TYPE, RemoteMedia
from callwright.telephony.telephone_event import EventReceiver, EventSender

log = structlog.get_logger(__name__)

_DATAGRAM = 2048
_ANCILLARY = 64
_PACKETS_AT_ONCE = 16
_TIMESPEC = struct.Struct("@qq")
_UINT32 = 0xFFFFFFFF
_MARKER = 0x80


class MediaListener(Protocol):
    """Who wants to know what happens in the media of a call."""

    def digit(self, digit: DtmfReceived) -> None:
        """A key was pressed at the far end."""
        ...

    def fell_silent(self) -> None:
        """Nothing came for the RTP timeout."""
        ...

    def room_failed(self) -> None:
        """The audio handler raised."""
        ...


class _Incoming:
    """One stream of the far end: from its packets to frames."""

    def __init__(self, ssrc: int, law: Law, config: EmbeddedConfig) -> None:
        self.ssrc = ssrc
        self.law = law
        self.buffer = JitterBuffer(law.silence, config.jitter_ms, config.jitter_limit_ms)
        self.timestamps = rtp.Unwrapper(32)


class MediaSession:
    """Receives, orders and conceals; sends what the room says; keeps count. Begins with :meth:`start`."""

    def __init__(
        self, sockets: MediaSockets, clock: MediaClock, config: EmbeddedConfig, listener: MediaListener
    ) -> None:
        self._sockets = sockets
        self._clock = clock
        self._config = config
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self.handler: AudioHandler | None = None
        self._remote: RemoteMedia | None = None
        self._held = False
        self._latch: Latch | None = None
        self._stream: _Incoming | None = None
        self._concealer = Concealer()
        self._reception = rtp.Reception()
        self._events = EventReceiver()
        self._keys = EventSender()
        self._law = MU_LAW
        self._law_type = MU_LAW.payload_type
        self._ssrc = random.getrandbits(32)
        self._sequence = random.getrandbits(15)
        self._timestamp = random.getrandbits(32)
        self._marker = _MARKER
        self._heard_at = 0.0
        self._sent = self._received = self._late = 0
        self._control = ControlChannel(self._ssrc, sockets, self._reception, config.rtcp_interval_s)
        self._keys_done: asyncio.Future[None] | None = None
        self.watch_silence = False
        self._stopped = False

    @property
    def port(self) -> int:
        """Our RTP port."""
        return self._sockets.port

    @property
    def started(self) -> bool:
        """Whether frames flow."""
        return self._remote is not None

    @property
    def takes_keys(self) -> bool:
        """Whether the far end takes telephone events."""
        return self._remote is not None and self._remote.event_type is not None

    def start(self, remote: RemoteMedia) -> None:
        """Let frames flow to and from ``remote``, or take a later description of it."""
        if self._stopped:
            return
        target = (remote.address, remote.port)
        if self._latch is None:
            self._latch = Latch(target)
            self._heard_at = self._loop.time()
            self._clock.add(self)
            self._control.open()
        elif not remote.held:
            self._latch.signalled(target)
        if self._held:
            self._heard_at = self._loop.time()
        self._remote, self._held = remote, remote.held
        self._law_type, self._law = next(iter(remote.laws.items()))
        self._control.remote(remote)

    def stop(self) -> None:
        """Stop for good: say goodbye in RTCP and give the ports back."""
        if self._stopped:
            return
        self._stopped = True
        self._clock.remove(self)
        self._control.close(self._sent, self._timestamp)
        self._sockets.close()
        self._wake_key_sender()

    def stats(self) -> MediaStats:
        """Return what was counted so far."""
        buffer_late = self._stream.buffer.late if self._stream else 0
        return MediaStats(
            sent=self._sent,
            received=self._received,
            lost=self._reception.lost,
            late=self._late + buffer_late,
            concealed=self._concealer.concealed,
            jitter_ms=self._reception.jitter_ms,
            remote_lost=self._control.remote_lost,
            round_trip_ms=self._control.round_trip_ms,
        )

    async def press(self, digits: str) -> None:
        """Send keys and return when the last has been sent, or the call has ended. Raises DigitError."""
        self._keys.press(digits)
        while self._keys.busy and not self._stopped:
            if self._keys_done is None:
                self._keys_done = self._loop.create_future()
            await asyncio.shield(self._keys_done)

    def _wake_key_sender(self) -> None:
        if self._keys_done is not None and not self._keys_done.done():
            self._keys_done.set_result(None)
        self._keys_done = None

    def skip(self, frames: int) -> None:
        """Keep timestamps true to time after the machine stood still (RFC 3550 clause 5.1)."""
        self._timestamp = (self._timestamp + frames * FRAME_SAMPLES) & _UINT32

    def tick(self, now: float) -> None:
        """Do 20 ms: take what came, hand one frame over, send one."""
        self._drain(now)
        try:
            self._hear()
            self._speak()
        except Exception:
            log.exception("audio handler failed")
            self.handler = None
            self._listener.room_failed()
        if self._events.pending:
            self._tell(self._events.frame_passed())
        if self._stopped:
            return
        if now >= self._control.next_report:
            self._control.report(now, self._sent, self._timestamp)
        if self.watch_silence and now - self._heard_at > self._config.rtp_timeout_s:
            self._check_silence(now)

    def _check_silence(self, now: float) -> None:
        if not self._held and now - self._control.heard_at > self._config.rtp_timeout_s:
            self._listener.fell_silent()

    def _drain(self, now: float) -> None:
        receive = self._sockets.rtp.recvmsg
        for _ in range(_PACKETS_AT_ONCE):
            try:
                data, ancillary, _, source = receive(_DATAGRAM, _ANCILLARY)
            except OSError:
                return
            self._take(data, source, _arrival(ancillary), now)

    def _take(self, data: bytes, source: tuple[str, int], arrived: float, now: float) -> None:
        if rtp.is_rtcp(data):
            self._control.take(data, source)
            return
        packet = rtp.parse(data)
        if packet is None or self._remote is None or self._latch is None:
            return
        law = self._remote.laws.get(packet.payload_type)
        is_event = law is None and packet.payload_type in (self._remote.event_type, OUR_EVENT_TYPE)
        if (law is None and not is_event) or not self._latch.accepts(source, now):
            return
        self._heard_at = now
        self._received += 1
        # All packets of one event carry one timestamp: they say nothing of jitter.
        restarted = self._reception.arrived(packet.sequence, None if is_event else packet.timestamp, arrived)
        if is_event:
            self._tell(self._events.take(packet.timestamp, packet.payload))
        elif law is not None:
            stream = self._stream_of(packet.ssrc, law, source, restarted=restarted)
            stream.buffer.put(stream.timestamps.extend(packet.timestamp), packet.payload)

    def _stream_of(self, ssrc: int, law: Law, source: tuple[str, int], *, restarted: bool) -> _Incoming:
        stream = self._stream
        if stream is None or restarted or stream.ssrc != ssrc or stream.law is not law:
            if stream is not None:
                self._late += stream.buffer.late
            stream = self._stream = _Incoming(ssrc, law, self._config)
            self._control.heard_from(source, ssrc)
        return stream

    def _tell(self, digits: list[DtmfReceived]) -> None:
        for digit in digits:
            self._listener.digit(digit)

    def _hear(self) -> None:
        stream = self._stream
        payload = stream.buffer.pop() if stream is not None else None
        if stream is None or payload is None:
            frame = self._concealer.missing()
        else:
            frame = self._concealer.received(stream.law.decode(payload))
        if self.handler is not None:
            self.handler.heard(frame)

    def _speak(self) -> None:
        if self._remote is None or self._stopped:
            return
        if self._keys.busy and self._send_key(self._remote.event_type):
            return
        frame = self.handler.say() if self.handler is not None else None
        if not self._held:
            self._send(self._law_type | self._marker, self._timestamp, self._law.encode(_sound(frame)))
            self._marker = 0
        self._timestamp = (self._timestamp + FRAME_SAMPLES) & _UINT32

    def _send_key(self, event_type: int | None) -> bool:
        event = self._keys.step()
        if not self._keys.busy:
            self._wake_key_sender()
        if event is None or event_type is None:
            return False
        # All packets of one event carry the timestamp of its beginning (RFC 4733 clause 2.2).
        began = (self._timestamp - event.age) & _UINT32
        self._send(event_type | (_MARKER if event.marker else 0), began, event.payload)
        self._timestamp = (self._timestamp + FRAME_SAMPLES) & _UINT32
        self._marker = _MARKER
        return True

    def _send(self, second: int, timestamp: int, payload: bytes) -> None:
        header = rtp.pack_header(second, self._sequence, timestamp, self._ssrc)
        self._sequence = (self._sequence + 1) & 0xFFFF
        if self._latch is None:
            return
        try:
            self._sockets.rtp.sendto(header + payload, self._latch.target)
        except OSError:
            # A full socket buffer or an unreachable network is a lost packet, as on any network.
            return
        self._sent += 1


def _sound(frame: Frame | None) -> Frame:
    return SILENCE if frame is None else frame


def _arrival(ancillary: list[tuple[int, int, bytes]]) -> float:
    if ancillary and len(ancillary[0][2]) == _TIMESPEC.size:
        seconds, nanoseconds = _TIMESPEC.unpack(ancillary[0][2])
        return float(seconds + nanoseconds * 1e-9)
    return time.time()
