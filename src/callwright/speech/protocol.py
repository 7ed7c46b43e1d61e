"""How client and speech server talk: msgpack maps, each behind its length in 4 bytes, big-endian.

A request is ``{"id", "op", ...}`` with ``id`` chosen by the client and unique on its connection. The server
answers in any order: ``{"id", "ok": ...}`` or ``{"id", "error": code, "fields": {...}}``. ``id`` 0 belongs to no
request: it says why the server is about to close the connection. Here is no I/O: bytes in, maps out.
"""

import struct
from enum import IntEnum, StrEnum
from typing import Any, cast

import msgpack

from callwright.kit.errors import CallwrightError, InvalidInputError
from callwright.speech.errors import (
    LanguageNotSpokenError,
    ModelFileError,
    SpeechBusyError,
    SpeechFailedError,
    SpeechRequestError,
    UnknownVoiceError,
    UnsayableTextError,
)
from callwright.speech.port import SpeechDeadlineError

MAX_FRAME_BYTES = 4 * 1024 * 1024
"""Over four minutes of audio; whatever claims to be longer is not a request."""

NO_REQUEST = 0

_LENGTH = struct.Struct(">I")


class FrameError(InvalidInputError):
    """The frame is not one of the speech protocol: {why}."""

    code = "speech-frame"


class Operation(StrEnum):
    """What a request asks for."""

    RECOGNISE = "recognise"
    SYNTHESISE = "synthesise"
    VOICES = "voices"
    CLASSIFY = "classify"
    CANCEL = "cancel"
    PING = "ping"
    STATS = "stats"


class Priority(IntEnum):
    """Whose work goes first; the smaller number does."""

    LIVE = 0
    TRYING = 5
    """A person at a screen waits, who would not have a call wait for it."""
    AHEAD = 10
    """Work nobody waits for yet, such as prompts made before a task starts."""


Message = dict[str, Any]

_CARRIED: dict[str, type[CallwrightError]] = {
    error.code: error
    for error in (
        LanguageNotSpokenError,
        ModelFileError,
        SpeechBusyError,
        SpeechDeadlineError,
        SpeechFailedError,
        SpeechRequestError,
        UnknownVoiceError,
        UnsayableTextError,
        FrameError,
    )
}


def encode(message: Message) -> bytes:
    """Return ``message`` as one frame. Raises SpeechRequestError when it is larger than a frame may be."""
    body = cast(bytes, msgpack.packb(message))
    if len(body) > MAX_FRAME_BYTES:
        raise SpeechRequestError(why=f"it takes {len(body)} bytes, more than the {MAX_FRAME_BYTES} of a frame")
    return _LENGTH.pack(len(body)) + body


class FrameReader:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """Take ``data`` and return the messages it completed. Raises FrameError; the stream is then lost."""
        self._buffer += data
        messages = []
        while (body := self._next_body()) is not None:
            messages.append(_decode(body))
        return messages

    def _next_body(self) -> bytes | None:
        if len(self._buffer) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer)
        if length > MAX_FRAME_BYTES:
            raise FrameError(why=f"it claims {length} bytes; a frame has at most {MAX_FRAME_BYTES}")
        end = _LENGTH.size + length
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[_LENGTH.size : end])
        del self._buffer[:end]
        return body


def _decode(body: bytes) -> Message:
    try:
        message = msgpack.unpackb(body)
    except (ValueError, TypeError, msgpack.UnpackException) as error:
        raise FrameError(why=f"its body is not msgpack ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise FrameError(why="its body is not a map")
    if type(message.get("id")) is not int:
        raise FrameError(why="it has no whole number as its id")
    return message


def error_reply(request_id: int, error: CallwrightError) -> Message:
    """Return the reply that makes the client raise ``error``."""
    fields = {
        name: value if isinstance(value, str | int | float) else str(value) for name, value in error.fields.items()
    }
    return {"id": request_id, "error": error.code, "fields": fields}


def error_of(reply: Message) -> CallwrightError:
    """Return the error that an error reply carries."""
    error = _CARRIED.get(str(reply.get("error")))
    fields = reply.get("fields")
    try:
        if error is not None and isinstance(fields, dict):
            return error(**fields)
    except (KeyError, ValueError, TypeError):
        pass
    return SpeechFailedError(what="speech server", why=f"it answered {reply.get('error')!r}")
