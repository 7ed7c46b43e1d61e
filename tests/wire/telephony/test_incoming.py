"""Calls that SIPp places to us."""

import asyncio
from pathlib import Path

import pytest
from tests.wire.telephony.conftest import StartEngine
from tests.wire.telephony.peers import sipp
from tests.wire.telephony.rooms import Story, ToneRoom

from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import HangupSide, IncomingCall, PhoneState


def take(engine: EmbeddedEngine) -> asyncio.Queue[IncomingCall]:
    """Collect the calls that come in."""
    calls: asyncio.Queue[IncomingCall] = asyncio.Queue()
    engine.on_incoming(calls.put)
    return calls


async def test_rings_speaks_early_answers_and_is_hung_up(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room = await start_engine(), ToneRoom(500)
    calls = take(engine)
    async with sipp("caller", tmp_path, to=engine.address) as peer:
        incoming = await calls.get()
        incoming.call.attach(room)
        story = Story(incoming.call)
        await incoming.call.ring()
        await incoming.call.early_media()
        await room.hears(10)
        await incoming.call.answer()
        ended = await story.ended()
        await peer.finished()
    assert (incoming.to, incoming.caller_number) == ("2000", "caller")
    assert story.kinds() == ["Answered", "Ended"]
    assert (ended.by, ended.phone_state) == (HangupSide.THEM, PhoneState.CONNECTED)
    # The peer sends back what it hears.
    assert room.pitch == pytest.approx(500, abs=5)


async def test_a_call_without_an_offer_gets_ours(start_engine: StartEngine, tmp_path: Path) -> None:
    engine, room = await start_engine(), ToneRoom(500)
    calls = take(engine)
    async with sipp("caller_without_offer", tmp_path, to=engine.address) as peer:
        incoming = await calls.get()
        incoming.call.attach(room)
        story = Story(incoming.call)
        await incoming.call.answer()
        await room.hears(10)
        ended = await story.ended()
        await peer.finished()
    assert ended.by is HangupSide.THEM


async def test_a_caller_that_gives_up(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    calls = take(engine)
    async with sipp("caller_cancels", tmp_path, to=engine.address) as peer:
        incoming = await calls.get()
        story = Story(incoming.call)
        await incoming.call.ring()
        ended = await story.ended()
        await peer.finished()
    assert (ended.by, ended.phone_state, ended.code) == (HangupSide.THEM, PhoneState.NO_ANSWER, 487)


@pytest.mark.parametrize(
    ("code", "reason", "state"),
    [(486, "Busy Here", PhoneState.BUSY), (603, "Decline", PhoneState.REFUSED)],
)
async def test_refuses_with_any_code(
    start_engine: StartEngine, tmp_path: Path, code: int, reason: str, state: PhoneState
) -> None:
    engine = await start_engine()
    calls = take(engine)
    async with sipp("caller_refused", tmp_path, to=engine.address, code=code) as peer:
        incoming = await calls.get()
        story = Story(incoming.call)
        await incoming.call.refuse(code, reason)
        ended = await story.ended()
        await peer.finished()
    assert (ended.by, ended.phone_state, ended.code, ended.reason) == (HangupSide.US, state, code, reason)


async def test_nobody_to_take_calls_is_said(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("caller_refused", tmp_path, to=engine.address, code=480) as peer:
        await peer.finished()


async def test_a_handler_that_breaks_refuses_the_call(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()

    async def broken(_: IncomingCall) -> None:
        raise ValueError("broken")

    engine.on_incoming(broken)
    async with sipp("caller_refused", tmp_path, to=engine.address, code=500) as peer:
        await peer.finished()


async def test_every_port_in_use_is_said(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine(rtp_ports=(1, 2))
    take(engine)
    async with sipp("caller_refused", tmp_path, to=engine.address, code=503) as peer:
        await peer.finished()


@pytest.mark.parametrize("scenario", ["options", "strange_requests"])
async def test_what_is_no_call_is_answered_properly(
    start_engine: StartEngine, tmp_path: Path, scenario: str
) -> None:
    engine = await start_engine()
    take(engine)
    async with sipp(scenario, tmp_path, to=engine.address) as peer:
        await peer.finished()
