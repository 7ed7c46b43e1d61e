"""Two of our own engines, and what an engine does at its edges."""

import asyncio
import socket

import pytest
from tests.wire.telephony.conftest import StartEngine, call
from tests.wire.telephony.peers import HOST, free_ports
from tests.wire.telephony.rooms import Story, ToneRoom

from callwright.kit.errors import NotFoundError
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.errors import EngineUnavailableError, NoMediaPortError
from callwright.telephony.port import (
    Answered,
    Ended,
    Frame,
    HangupSide,
    IncomingCall,
    Originate,
    PhoneCall,
    TransferProgress,
    Trunk,
)


class Callee:
    """Answers every call with a tone and keeps its story."""

    def __init__(self, engine: EmbeddedEngine, hertz: float = 600) -> None:
        self._hertz = hertz
        self.rooms: list[ToneRoom] = []
        self.calls: list[PhoneCall] = []
        self.stories: list[Story] = []
        engine.on_incoming(self.take)

    async def take(self, incoming: IncomingCall) -> None:
        """Answer."""
        room = ToneRoom(self._hertz)
        incoming.call.attach(room)
        self.rooms.append(room)
        self.calls.append(incoming.call)
        self.stories.append(Story(incoming.call))
        await incoming.call.answer()


async def test_many_calls_at_once_hear_each_other(start_engine: StartEngine) -> None:
    ours, theirs = await start_engine(), await start_engine()
    callee, rooms, stories = Callee(theirs), [], []
    for _ in range(15):
        placed, room = await call(ours, theirs.address[1]), ToneRoom(400)
        placed.attach(room)
        rooms.append(room)
        stories.append((placed, Story(placed)))
    await asyncio.gather(*(room.hears(30) for room in rooms))
    for placed, _ in stories:
        await placed.hang_up()
    ends = [await story.ended() for _, story in stories] + [await story.ended() for story in callee.stories]
    assert [end.by for end in ends] == [HangupSide.US] * 15 + [HangupSide.THEM] * 15
    assert all(room.pitch == pytest.approx(600, abs=10) for room in rooms)
    assert all(room.pitch == pytest.approx(400, abs=10) for room in callee.rooms)
    assert sum(end.media.lost for end in ends if end.media) == 0


async def test_reports_tell_both_sides_how_the_other_hears(start_engine: StartEngine) -> None:
    ours, theirs = await start_engine(rtcp_interval_s=0.2), await start_engine(rtcp_interval_s=0.2)
    Callee(theirs)
    placed, room = await call(ours, theirs.address[1]), ToneRoom()
    placed.attach(room)
    story = Story(placed)
    await room.hears(60)
    await placed.hang_up()
    media = (await story.ended()).media
    assert media is not None
    assert media.remote_lost == 0
    assert media.round_trip_ms is not None
    assert media.round_trip_ms < 1000


async def test_a_stopped_engine_hangs_up_its_calls_and_can_be_made_anew(start_engine: StartEngine) -> None:
    theirs = await start_engine()
    callee = Callee(theirs)
    for _ in range(3):
        ours = await start_engine()
        story = Story(await call(ours, theirs.address[1]))
        await story.until(Answered)
        await ours.stop()
        assert (await story.ended()).by is HangupSide.US
        assert (await callee.stories[-1].ended()).by is HangupSide.THEM
        await ours.stop()


async def test_a_port_in_use_is_named(start_engine: StartEngine) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((HOST, 0))
        port = taken.getsockname()[1]
        with pytest.raises(EngineUnavailableError, match=f"{HOST}:{port}"):
            await start_engine(sip_port=port)


async def test_no_port_left_is_said_and_one_given_back_is_used_again(start_engine: StartEngine) -> None:
    first = free_ports(2)
    ours, theirs = await start_engine(rtp_ports=(first, first + 1)), await start_engine()
    Callee(theirs)
    one = await call(ours, theirs.address[1])
    story = Story(one)
    with pytest.raises(NoMediaPortError, match=f"{first} to {first + 1}"):
        await call(ours, theirs.address[1])
    await one.hang_up()
    await story.ended()
    two = await call(ours, theirs.address[1])
    await two.hang_up()


async def test_an_unknown_trunk_is_named(start_engine: StartEngine) -> None:
    engine = await start_engine()
    with pytest.raises(NotFoundError, match="no trunk nowhere"):
        await engine.originate(Originate("nowhere", "2000", "4000"))


@pytest.mark.parametrize(("host", "code"), [("localhost", None), ("nowhere.invalid", 503)])
async def test_a_carrier_may_be_known_by_name(start_engine: StartEngine, host: str, code: int | None) -> None:
    ours, theirs = await start_engine(reply_timeout_s=2), await start_engine()
    Callee(theirs)
    await ours.set_trunk(Trunk("named", host, theirs.address[1]))
    placed = await ours.originate(Originate("named", "2000", "4000"))
    story = Story(placed)
    await story.until(Answered if code is None else Ended)
    await placed.hang_up()
    assert (await story.ended()).code == code


async def test_a_room_that_breaks_ends_the_call(start_engine: StartEngine) -> None:
    class Broken(ToneRoom):
        def say(self) -> Frame:
            raise ValueError("broken")

    ours, theirs = await start_engine(), await start_engine()
    Callee(theirs)
    placed = await call(ours, theirs.address[1])
    placed.attach(Broken())
    ended = await Story(placed).ended()
    assert (ended.by, ended.reason) == (HangupSide.US, "The room of the call failed")


async def test_calls_that_came_in_have_a_longest_duration_too(start_engine: StartEngine) -> None:
    ours, theirs = await start_engine(), await start_engine(max_incoming_s=0.3)
    callee = Callee(theirs)
    ended = await Story(await call(ours, theirs.address[1])).ended()
    assert ended.by is HangupSide.THEM
    assert "longest duration" in (await callee.stories[0].ended()).reason


async def test_a_far_end_that_transfers_nobody_says_so(start_engine: StartEngine) -> None:
    ours, theirs = await start_engine(), await start_engine()
    Callee(theirs)
    placed = await call(ours, theirs.address[1])
    story = Story(placed)
    await story.until(Answered)
    await placed.transfer("1001")
    await story.until(TransferProgress)
    assert story.events[-1] == TransferProgress(603, "Decline", done=True)
    await placed.hang_up()


async def test_everything_may_be_asked_of_a_call_that_is_over(start_engine: StartEngine) -> None:
    ours, theirs = await start_engine(), await start_engine()
    callee = Callee(theirs)
    placed = await call(ours, theirs.address[1])
    story = Story(placed)
    await story.until(Answered)
    await placed.hang_up()
    await callee.stories[0].ended()
    for over in (placed, callee.calls[0]):
        over.attach(ToneRoom())
        await over.ring()
        await over.early_media()
        await over.answer()
        await over.refuse()
        await over.hang_up()
        await over.send_dtmf("1")
        await over.transfer("1001")
    assert story.kinds() == ["Answered", "Ended"]


async def test_garbage_on_the_sip_port_disturbs_nobody(start_engine: StartEngine) -> None:
    ours, theirs = await start_engine(), await start_engine()
    Callee(theirs)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for data in (
            b"",
            b"\x00" * 100,
            b"\xff\xfe" * 50,
            b"INVITE sip:x SIP/2.0\r\n\r\n",
            b"SIP/2.0 200 OK\r\n" * 9,
        ):
            sock.sendto(data, theirs.address)
    story = Story(await call(ours, theirs.address[1]))
    await story.until(Answered)
    assert not any(isinstance(event, Ended) for event in story.events)
