"""Offers and answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony import sdp
from callwright.telephony.g711 import A_LAW, MU_LAW
from callwright.telephony.sdp import Direction, LocalMedia, MediaRefusedError

LOCAL = LocalMedia("192.0.2.1", 20000, 77)
BASE = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"


def offer(media: str = "m=audio 4000 RTP/AVP 0 8\r\n") -> str:
    return BASE + media


def test_our_own_offer_reads_back() -> None:
    remote = sdp.parse(sdp.offer(LOCAL))
    assert (remote.address, remote.port, remote.rtcp_port) == ("192.0.2.1", 20000, 20001)
    assert list(remote.laws.values()) == [MU_LAW, A_LAW]
    assert remote.event_type == 101
    assert not remote.held


def test_the_callers_first_law_is_taken_with_its_numbers() -> None:
    remote = sdp.parse(
        offer("m=audio 4000 RTP/AVP 18 96 0 97\r\na=rtpmap:96 PCMA/8000/1\r\na=rtpmap:97 telephone-event/8000\r\n")
    )
    answered = sdp.parse(sdp.answer(LOCAL, remote))
    assert answered.laws == {96: A_LAW}
    assert answered.event_type == 97


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("sendrecv", "sendrecv"), ("sendonly", "recvonly"), ("recvonly", "sendonly"), ("inactive", "inactive")],
)
def test_direction_is_mirrored(theirs: str, ours: str) -> None:
    remote = sdp.parse(offer("m=audio 4000 RTP/AVP 0\r\na=" + theirs + "\r\n"))
    assert remote.held is (theirs in ("sendonly", "inactive"))
    assert f"a={ours}\r\n" in sdp.answer(LOCAL, remote)


def test_the_old_way_to_hold_is_understood() -> None:
    remote = sdp.parse(offer("m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n"))
    assert remote.held
    assert "a=inactive" in sdp.answer(LOCAL, remote)


def test_other_streams_are_refused_in_their_places() -> None:
    remote = sdp.parse(offer("m=video 5000 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 0\r\nm=image 6000 udptl t38\r\n"))
    lines = [line for line in sdp.answer(LOCAL, remote).splitlines() if line.startswith("m=")]
    assert lines == ["m=video 0 RTP/AVP 0", "m=audio 20000 RTP/AVP 0", "m=image 0 UDPTL 0"]


def test_a_session_direction_holds_for_a_stream_that_says_none() -> None:
    assert sdp.parse(BASE + "a=sendonly\r\nm=audio 4000 RTP/AVP 0\r\n").direction is Direction.SEND


def test_rtcp_may_share_the_port_or_have_one_of_its_own() -> None:
    remote = sdp.parse(offer("m=audio 4000 RTP/AVP 0\r\na=rtcp:4444 IN IP4 192.0.2.9\r\na=rtcp-mux\r\n"))
    assert (remote.rtcp_port, remote.rtcp_mux) == (4444, True)
    assert "a=rtcp-mux" in sdp.answer(LOCAL, remote)


@pytest.mark.parametrize(
    "media",
    [
        "",
        "m=image 4000 udptl t38\r\n",
        "m=audio 0 RTP/AVP 0\r\n",
        "m=audio 4000 RTP/AVP 18\r\n",
        "m=audio 4000 RTP/SAVP 0\r\n",
        "m=audio 4000 RTP/AVP 0\r\nc=IN IP6 ::1\r\n",
        "m=audio 99999 RTP/AVP 0\r\n",
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(media: str) -> None:
    with pytest.raises(MediaRefusedError):
        sdp.parse(offer(media))


@given(st.text(max_size=300))
def test_any_text_is_taken_or_refused(text: str) -> None:
    with pytest.raises(MediaRefusedError):
        sdp.parse(text)


WORDS = ["m=", "c=", "a=", "m=audio ", "a=rtpmap:", "a=rtcp:", "IN IP4 ", "4000 ", "0 ", "RTP/AVP ", "\r\n"]
WORDS += ["192.0.2.9", "²", "a=sendonly", "9" * 30]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_shuffling_of_its_words_is_taken_or_refused(words: list[str]) -> None:
    try:
        remote = sdp.parse(BASE + "".join(words))
    except MediaRefusedError:
        return
    sdp.parse(sdp.answer(LOCAL, remote))
