"""Sound over bad networks, and peers of other makes."""

import asyncio
from pathlib import Path

import pytest
from tests.wire.telephony.conftest import StartEngine, call
from tests.wire.telephony.peers import HOST, baresip, free_ports, lossy_relay, sipp
from tests.wire.telephony.rooms import Story, ToneRoom

from callwright.telephony.port import HangupSide, PhoneState


async def test_lost_swapped_repeated_and_late_packets_are_hidden(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room, port = await start_engine(), ToneRoom(500), free_ports()
    async with (
        sipp("answer", tmp_path, audio_port=port) as peer,
        lossy_relay((HOST, peer.media_port), port, loss=0.1, delay_s=0.05, repeat=0.1) as relay,
    ):
        placed = await call(engine, peer.port)
        placed.attach(room)
        story = Story(placed)
        await room.hears(150)
        await placed.hang_up()
        ended = await story.ended()
        await peer.finished()
    assert relay.lost > 0
    assert ended.media is not None
    assert ended.media.lost > 0
    assert ended.media.concealed > 0
    assert room.pitch == pytest.approx(500, abs=5)


async def test_a_far_end_behind_a_translator_is_answered_where_it_is(
    start_engine: StartEngine, tmp_path: Path
) -> None:
    engine, room, port = await start_engine(), ToneRoom(500), free_ports()
    async with sipp("caller_talks", tmp_path, to=engine.address, echo=False, audio_port=port) as peer:
        incoming_call = asyncio.get_running_loop().create_future()

        async def take(incoming: object) -> None:
            incoming_call.set_result(incoming)

        engine.on_incoming(take)
        incoming = await incoming_call
        incoming.call.attach(room)
        story = Story(incoming.call)
        await incoming.call.answer()
        ended = await story.ended()
        await peer.finished()
    assert room.loud_frames > 10
    assert ended.by is HangupSide.THEM


async def test_baresip_answers_speaks_and_takes_our_hang_up(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room = await start_engine(), ToneRoom()
    async with baresip(tmp_path) as port:
        placed = await call(engine, port, "callee")
        placed.attach(room)
        story = Story(placed)
        await room.hears(50)
        await placed.send_dtmf("1")
        await placed.hang_up()
        ended = await story.ended()
    assert (ended.by, ended.phone_state) == (HangupSide.US, PhoneState.CONNECTED)
    assert room.pitch == pytest.approx(600, abs=10)
    assert ended.media is not None
    assert ended.media.lost == 0
