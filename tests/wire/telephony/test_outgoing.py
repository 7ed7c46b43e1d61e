"""Calls placed to SIPp, each of its scenarios a way a call can go."""

import asyncio
from pathlib import Path

import pytest
from tests.wire.telephony.conftest import StartEngine, call
from tests.wire.telephony.peers import free_ports, sipp
from tests.wire.telephony.rooms import Story, ToneRoom

from callwright.kit.errors import InvalidInputError
from callwright.telephony.port import (
    Answered,
    DtmfReceived,
    EarlyMedia,
    HangupSide,
    Held,
    PhoneState,
    Resumed,
    Ringing,
    TransferProgress,
)


@pytest.mark.parametrize("payload", [0, 8])
async def test_an_answered_call_carries_sound_both_ways_in_either_law(
    start_engine: StartEngine, tmp_path: Path, payload: int
) -> None:
    engine, room = await start_engine(), ToneRoom(700)
    async with sipp("answer", tmp_path, payload=payload) as peer:
        placed = await call(engine, peer.port)
        placed.attach(room)
        story = Story(placed)
        await room.hears(50)
        await placed.hang_up()
        ended = await story.ended()
        await peer.finished()
    assert story.kinds() == ["Ringing", "Answered", "Ended"]
    assert room.pitch == pytest.approx(700, abs=5)
    assert (ended.by, ended.phone_state, ended.code) == (HangupSide.US, PhoneState.CONNECTED, None)
    assert ended.media is not None
    assert ended.media.lost == 0


@pytest.mark.parametrize(
    ("code", "phrase", "reason", "state"),
    [
        (486, "Busy Here", "Q.850;cause=17", PhoneState.BUSY),
        (603, "Decline", "SIP;cause=603", PhoneState.REFUSED),
        (404, "Not Found", "Q.850;cause=1;text=\"Unallocated number\"", PhoneState.INVALID_NUMBER),
        (503, "Service Unavailable", "Q.850;cause=34", PhoneState.LINE_FAULT),
        (480, "Temporarily Unavailable", "Q.850;cause=19", PhoneState.NO_ANSWER),
        (480, "Temporarily Unavailable", "Q.850;cause=20", PhoneState.UNREACHABLE),
        (302, "Moved Temporarily", "SIP;cause=302", PhoneState.LINE_FAULT),
    ],
)  # fmt: skip
async def test_a_failure_keeps_code_phrase_and_cause(
    start_engine: StartEngine, tmp_path: Path, code: int, phrase: str, reason: str, state: PhoneState
) -> None:
    engine = await start_engine()
    async with sipp("fail", tmp_path, code=code, phrase=phrase, reason=reason) as peer:
        story = Story(await call(engine, peer.port))
        ended = await story.ended()
        await peer.finished()
    chosen = state in (PhoneState.BUSY, PhoneState.REFUSED, PhoneState.NO_ANSWER)
    assert (ended.by, ended.phone_state) == (HangupSide.THEM if chosen else HangupSide.NETWORK, state)
    assert (ended.code, ended.reason) == (code, phrase)
    assert ended.cause == (int(reason.split("cause=")[1].split(";")[0]) if "Q.850" in reason else None)
    assert ended.media is None


async def test_nobody_answers(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("ring", tmp_path) as peer:
        story = Story(await call(engine, peer.port, ring_timeout_s=0.5))
        ended = await story.ended()
        await peer.finished()
    assert story.kinds() == ["Ringing", "Ended"]
    assert (ended.by, ended.phone_state, ended.code) == (HangupSide.US, PhoneState.NO_ANSWER, 487)


async def test_we_hang_up_while_it_rings(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("ring", tmp_path) as peer:
        placed = await call(engine, peer.port)
        story = Story(placed)
        await story.until(Ringing)
        await placed.hang_up()
        ended = await story.ended()
        await peer.finished()
    assert (ended.by, ended.phone_state) == (HangupSide.US, PhoneState.NO_ANSWER)


async def test_an_answer_that_crosses_our_cancel_is_hung_up(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("cancel_race", tmp_path) as peer:
        story = Story(await call(engine, peer.port, ring_timeout_s=0.3))
        ended = await story.ended()
        await peer.finished()
    assert ended.phone_state is PhoneState.NO_ANSWER
    assert "Answered" not in story.kinds()


async def test_an_announcement_before_a_refusal_is_heard(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room = await start_engine(), ToneRoom()
    async with sipp("early_then_busy", tmp_path, echo=False) as peer:
        placed = await call(engine, peer.port)
        placed.attach(room)
        story = Story(placed)
        await story.until(EarlyMedia)
        ended = await story.ended()
        await peer.finished()
    assert story.kinds() == ["EarlyMedia", "Ended"]
    assert room.loud_frames > 20
    assert room.pitch == pytest.approx(425, abs=10)
    assert ended.phone_state is PhoneState.BUSY
    assert ended.media is not None


async def test_the_far_end_hangs_up(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("hang_up", tmp_path) as peer:
        story = Story(await call(engine, peer.port))
        ended = await story.ended()
        await peer.finished()
    assert (ended.by, ended.phone_state, ended.code) == (HangupSide.THEM, PhoneState.CONNECTED, None)
    assert ended.cause == 16


async def test_keys_go_out_and_come_back(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("answer", tmp_path) as peer:
        placed = await call(engine, peer.port)
        story = Story(placed)
        await story.until(Answered)
        await placed.send_dtmf("19*#D")
        await story.until(DtmfReceived, 5)
        with pytest.raises(InvalidInputError, match="no key of a telephone"):
            await placed.send_dtmf("12x")
        await placed.hang_up()
        await story.ended()
        await peer.finished()
    keys = [event for event in story.events if isinstance(event, DtmfReceived)]
    assert "".join(key.digit for key in keys) == "19*#D"
    assert {key.duration_ms for key in keys} == {100}


async def test_hold_and_resume(start_engine: StartEngine, tmp_path: Path) -> None:
    # While held the far end may be silent for longer than a peer that vanished.
    engine = await start_engine(rtp_timeout_s=1.5)
    async with sipp("hold", tmp_path) as peer:
        placed = await call(engine, peer.port)
        story = Story(placed)
        await story.until(Held)
        await story.until(Resumed)
        await asyncio.sleep(0.1)
        await placed.hang_up()
        await story.ended()
        await peer.finished()
    assert story.kinds() == ["Answered", "Held", "Resumed", "Ended"]


async def test_a_fax_is_refused_and_the_call_goes_on(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room = await start_engine(), ToneRoom()
    async with sipp("fax", tmp_path) as peer:
        placed = await call(engine, peer.port)
        placed.attach(room)
        story = Story(placed)
        await room.hears(40)
        await placed.hang_up()
        await story.ended()
        await peer.finished()


async def test_a_transfer_tells_how_it_goes(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("transfer", tmp_path) as peer:
        placed = await call(engine, peer.port)
        story = Story(placed)
        await story.until(Answered)
        await placed.transfer("1001")
        await story.until(TransferProgress, 2)
        await placed.hang_up()
        await story.ended()
        await peer.finished()
    news = [event for event in story.events if isinstance(event, TransferProgress)]
    assert news == [TransferProgress(100, "Trying", done=False), TransferProgress(200, "OK", done=True)]


async def test_a_peer_that_vanishes_ends_the_call(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room = await start_engine(rtp_timeout_s=0.5), ToneRoom()
    async with sipp("answer", tmp_path) as peer:
        placed = await call(engine, peer.port)
        placed.attach(room)
        story = Story(placed)
        await room.hears(10)
        peer.process.kill()
        ended = await story.ended()
    assert (ended.by, ended.phone_state) == (HangupSide.NETWORK, PhoneState.CONNECTED)


async def test_a_carrier_that_is_not_there_is_a_fault_of_the_line(start_engine: StartEngine) -> None:
    engine = await start_engine(reply_timeout_s=0.3)
    port = free_ports()
    ended = await Story(await call(engine, port)).ended()
    assert (ended.by, ended.phone_state, ended.code) == (HangupSide.NETWORK, PhoneState.LINE_FAULT, 408)
    assert ended.reason == f"No reply from 127.0.0.1:{port} in 0.3 s"


async def test_nothing_outlives_the_longest_duration(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("answer", tmp_path) as peer:
        ended = await Story(await call(engine, peer.port, max_duration_s=0.4)).ended()
        await peer.finished()
    assert (ended.by, ended.phone_state) == (HangupSide.US, PhoneState.CONNECTED)
    assert "longest duration" in ended.reason
