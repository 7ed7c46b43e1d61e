import struct
from contextlib import suppress

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callwright.kit.errors import CallwrightError
from callwright.speech.errors import (
    LanguageNotSpokenError,
    SpeechBusyError,
    SpeechFailedError,
    SpeechRequestError,
    UnknownVoiceError,
)
from callwright.speech.port import SpeechDeadlineError
from callwright.speech.protocol import (
    MAX_FRAME_BYTES,
    FrameError,
    FrameReader,
    Message,
    encode,
    error_of,
    error_reply,
)

UNHURRIED = settings(deadline=None)
VALUES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text() | st.binary()
MESSAGES = st.dictionaries(st.text(), VALUES).flatmap(
    lambda fields: st.integers(0, 2**32).map(lambda request_id: {**fields, "id": request_id})
)


@UNHURRIED
@given(st.lists(MESSAGES, max_size=5), st.data())
def test_messages_survive_however_the_stream_is_cut(messages: list[Message], data: st.DataObject) -> None:
    stream = b"".join(map(encode, messages))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    reader = FrameReader()
    received = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        received += reader.feed(stream[start:end])
    assert received == messages


@UNHURRIED
@given(st.binary(max_size=300))
def test_any_bytes_are_messages_or_a_frame_error(data: bytes) -> None:
    try:
        messages = FrameReader().feed(data)
    except FrameError:
        return
    assert all(isinstance(message["id"], int) for message in messages)


@UNHURRIED
@given(st.binary(max_size=300))
def test_any_body_is_a_message_or_a_frame_error(body: bytes) -> None:
    with suppress(FrameError):
        assert len(FrameReader().feed(struct.pack(">I", len(body)) + body)) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"\xc1", msgpack.packb([1]), msgpack.packb({"op": "ping"}), msgpack.packb({"id": True}), b"\x91" * 5000],
)
def test_a_body_that_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(FrameError):
        FrameReader().feed(struct.pack(">I", len(body)) + body)


def test_a_claimed_length_beyond_the_bound_is_refused_before_it_is_received() -> None:
    with pytest.raises(FrameError, match="claims"):
        FrameReader().feed(struct.pack(">I", MAX_FRAME_BYTES + 1))


def test_a_message_too_large_is_refused_where_it_is_made() -> None:
    with pytest.raises(SpeechRequestError, match="more than"):
        encode({"id": 1, "pcm": bytes(MAX_FRAME_BYTES)})


@pytest.mark.parametrize(
    "error",
    [
        SpeechDeadlineError(what="recogniser", deadline_s=0.3),
        SpeechRequestError(why="it is odd"),
        SpeechFailedError(what="synthesiser", why="RuntimeError"),
        SpeechBusyError(what="recogniser", waiting=500),
        LanguageNotSpokenError(provider="whisper", language="zh", known="en"),
        UnknownVoiceError(provider="hibari", voice="emma", known="heart"),
    ],
)
def test_an_error_crosses_the_socket_unchanged(error: CallwrightError) -> None:
    (reply,) = FrameReader().feed(encode(error_reply(7, error)))
    carried = error_of(reply)
    assert (type(carried), str(carried), reply["id"]) == (type(error), str(error), 7)


@pytest.mark.parametrize("fields", [None, {}, {"deadline_s": "late"}, {1: 2}])
def test_an_error_that_makes_no_sense_is_still_an_error(fields: object) -> None:
    assert isinstance(error_of({"id": 1, "error": "speech-deadline", "fields": fields}), SpeechFailedError)
