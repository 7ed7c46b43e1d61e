"""Whoever answers while no AI seat is free, in simulated time: held, served, lost; never silence, never twice."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.simulated_time import SimulatedTime, settle
from tests.fakes.speech import MS_PER_LETTER, word
from tests.fakes.telephony import FakeCall
from tests.unit.callroom.table import Table, table

from callwright.callroom.entries import asked_not_to_be_called, finished_call
from callwright.callroom.own_words import ENGLISH
from callwright.callroom.record import CallRecord, Speaker
from callwright.callroom.settings import RoomSettings
from callwright.db.errors import DatabaseUnavailableError
from callwright.dialogue import port as d
from callwright.kit.ids import new_id
from callwright.telephony.port import FRAME_MS, DtmfReceived, Ended, HangupSide, Originate, PhoneState

GREETING = "Hello, this is Anna calling."
GREETING_MS = len(GREETING) * MS_PER_LETTER + 120
WISH = "You will not be called again."
FIRST, SECOND = "One moment, please.", "We will be right with you."
FIRST_MS = len(FIRST) * MS_PER_LETTER + 120
LOST = "Sorry, all our lines are busy. We may call you again later. Goodbye."
AWAY = DatabaseUnavailableError(address="nowhere", why="it is away")


def answers(event: d.Event) -> Sequence[d.Action]:
    """Greet and listen; "stop", overheard, and the key 9 are the wish not to be called again."""
    match event:
        case d.Answered():
            return [d.Entered("greeting", "ask"), d.Speak(GREETING), d.Listen(5.0)]
        case d.Heard(text=text, overheard=True) if "stop" in text:
            return [d.IntentMet("do_not_call", 0.9, text), d.Speak(WISH), d.HangUp("do_not_call")]
        case d.Pressed("9"):
            return [d.Speak(WISH), d.HangUp("do_not_call")]
    return []


class Desk:
    """Has a seat once ``answer`` says so; counts who asks, and that nobody asks twice at once."""

    def __init__(self, answer: Callable[[int], Awaitable[bool]]) -> None:
        self._answer = answer
        self.asked = 0
        self._asking = False

    async def take(self) -> bool:
        assert not self._asking
        self._asking = True
        try:
            self.asked += 1
            return await self._answer(self.asked)
        finally:
            self._asking = False


def full_until(asked: int) -> Desk:
    """A desk with no seat until it is asked for the ``asked``-th time."""

    async def answer(number: int) -> bool:
        return number >= asked

    return Desk(answer)


def slow(time: SimulatedTime, ms: int, *, seated: bool) -> Desk:
    """A desk that takes ``ms`` for every answer."""

    async def answer(_: int) -> bool:
        await time.sleep(ms)
        return seated

    return Desk(answer)


def away() -> Desk:
    """A desk whose database is away."""

    async def answer(_: int) -> bool:
        raise AWAY

    return Desk(answer)


def dialogue() -> AnsweringDialogue:
    return AnsweringDialogue(answers, [GREETING, WISH])


def ours(record: CallRecord) -> list[str]:
    return [turn.text for turn in record.turns if turn.who is Speaker.AI]


def kinds(record: CallRecord) -> list[str]:
    told = ("held_for_seat", "seat_given", "lost")
    return [event.kind for event in record.events if event.kind in told]


def moment(record: CallRecord, kind: str) -> int:
    return next(event.at_ms for event in record.events if event.kind == kind)


async def lost(here: Table, call: FakeCall) -> CallRecord:
    """Wait as long as a hold and its goodbye may take."""
    await here.wait(call, 4000)
    return await here.record()


async def test_with_a_free_seat_the_first_frame_is_the_greeting(tmp_path: Path) -> None:
    desk = full_until(1)
    async with table(dialogue(), tmp_path, desk=desk) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        assert here.said[0].any()
        record = await here.hung_up(call)
    assert (record.answer_to_audio_ms, record.phone_state) == (0, PhoneState.CONNECTED)
    assert (ours(record), kinds(record), desk.asked) == ([GREETING], [], 1)
    assert record.grade is not None


async def test_without_a_seat_the_hold_message_comes_at_once_and_the_greeting_after_its_sentence(
    tmp_path: Path,
) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(3)) as here:
        call = await here.answered()
        await here.wait(call, FIRST_MS + GREETING_MS + 400)
        assert here.said[0].any()
        record = await here.hung_up(call)
    assert record.answer_to_audio_ms == 0
    assert ours(record) == [FIRST, GREETING]
    assert kinds(record) == ["held_for_seat", "seat_given"]
    assert moment(record, "seat_given") == 200
    assert record.turns[1].from_ms - record.turns[0].to_ms <= 2 * FRAME_MS
    assert record.phone_state is PhoneState.CONNECTED
    assert here.dialogue.told == (d.Answered(), d.Spoken(), d.HungUp())


async def test_a_seat_that_frees_after_the_message_begins_the_dialogue_at_once(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(17)) as here:
        call = await here.answered()
        await here.wait(call, 2400)
        record = await here.hung_up(call)
    assert ours(record) == [f"{FIRST} {SECOND}", GREETING]
    assert record.turns[1].from_ms - moment(record, "seat_given") <= 2 * FRAME_MS


async def test_the_hold_is_over_when_it_is_over(tmp_path: Path) -> None:
    desk = full_until(1000)
    async with table(dialogue(), tmp_path, desk=desk) as here:
        call = await here.answered()
        record = await lost(here, call)
    assert kinds(record) == ["held_for_seat", "lost"]
    assert moment(record, "lost") <= 2000
    assert desk.asked == 20
    assert ours(record) == [f"{FIRST} {SECOND}", LOST]
    assert (record.phone_state, record.hang_up_reason, record.grade) == (PhoneState.LOST, "lost", None)
    assert record.recording is not None
    assert here.dialogue.told == ()
    kept = finished_call(new_id(), record)
    assert (kept.phone_state, kept.grade, kept.answered_at) == ("lost", None, record.answered_at)


async def test_the_goodbye_waits_for_the_sentence_and_not_for_the_message(tmp_path: Path) -> None:
    settings = RoomSettings(words={"en": replace(ENGLISH, hold=f"{FIRST} {SECOND} {SECOND} {SECOND}")})
    async with table(dialogue(), tmp_path, desk=full_until(1000), hold_s=1.0, settings=settings) as here:
        call = await here.answered()
        record = await lost(here, call)
    assert ours(record) == [f"{FIRST} {SECOND}", LOST]


async def test_nobody_is_held_for_no_time(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(1000), hold_s=0.0) as here:
        call = await here.answered()
        record = await lost(here, call)
    assert ours(record) == [LOST]
    assert record.phone_state is PhoneState.LOST
    assert record.answer_to_audio_ms is not None
    assert record.answer_to_audio_ms <= FRAME_MS


async def test_who_hangs_up_while_held_is_lost(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(1000)) as here:
        call = await here.answered()
        await here.wait(call, 500)
        record = await here.hung_up(call)
    assert (record.phone_state, record.hung_up_by, record.grade) == (PhoneState.LOST, HangupSide.THEM, None)
    assert kinds(record) == ["held_for_seat", "lost"]
    assert record.events[-1].data["phone_state"] == PhoneState.LOST
    assert [turn.interrupted for turn in record.turns] == [True]


async def test_who_hangs_up_before_it_is_known_whether_a_seat_is_free_is_not_lost(tmp_path: Path) -> None:
    time = SimulatedTime()
    async with table(dialogue(), tmp_path, time=time, desk=slow(time, 100, seated=False)) as here:
        call = await here.answered()
        await here.wait(call, 60)
        record = await here.hung_up(call)
    assert (record.phone_state, record.turns) == (PhoneState.CONNECTED, ())


async def test_the_company_and_its_number_are_named(tmp_path: Path) -> None:
    originate = Originate("line", "+12125550123", "+12125550100")
    async with table(
        dialogue(), tmp_path, desk=full_until(1000), hold_s=0.0, company="Harbour Dental", originate=originate
    ) as here:
        call = await here.answered()
        await here.wait(call, 5000)
        record = await here.record()
    number = "two one two, five five five, zero one zero, zero"
    assert f" This was Harbour Dental, number {number}. " in ours(record)[0]


@pytest.mark.parametrize("ms", [200, 900])
async def test_a_desk_that_is_slow_costs_a_sentence_and_no_silence(tmp_path: Path, ms: int) -> None:
    time = SimulatedTime()
    async with table(dialogue(), tmp_path, time=time, desk=slow(time, ms, seated=True)) as here:
        call = await here.answered()
        await here.wait(call, 3000)
        record = await here.hung_up(call)
    assert record.answer_to_audio_ms == 140
    assert ours(record)[-1] == GREETING
    assert ours(record)[0].startswith(FIRST)
    assert kinds(record) == ["held_for_seat", "seat_given"]
    assert record.phone_state is PhoneState.CONNECTED


async def test_a_desk_that_is_quick_enough_is_waited_for(tmp_path: Path) -> None:
    time = SimulatedTime()
    async with table(dialogue(), tmp_path, time=time, desk=slow(time, 100, seated=True)) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        record = await here.hung_up(call)
    assert (record.answer_to_audio_ms, ours(record), kinds(record)) == (100, [GREETING], [])


@pytest.mark.parametrize("desk", [away(), "hangs"], ids=["away", "hangs"])
@pytest.mark.parametrize("hold_s", [0.0, 0.5, 5.0])
async def test_without_a_database_the_person_is_served(tmp_path: Path, desk: Desk | str, hold_s: float) -> None:
    time = SimulatedTime()
    asked = slow(time, 60_000, seated=False) if isinstance(desk, str) else desk
    async with table(dialogue(), tmp_path, time=time, desk=asked, hold_s=hold_s) as here:
        call = await here.answered()
        await here.wait(call, 3000)
        record = await here.hung_up(call)
    assert record.phone_state is PhoneState.CONNECTED
    assert ours(record)[-1] == GREETING
    assert record.answer_to_audio_ms is not None
    assert record.answer_to_audio_ms <= 160
    if hold_s:
        assert moment(record, "seat_given") == min(1000, hold_s * 1000) - FRAME_MS


async def test_a_desk_that_said_no_and_fell_silent_is_believed(tmp_path: Path) -> None:
    async def answer(number: int) -> bool:
        if number > 1:
            raise AWAY
        return False

    async with table(dialogue(), tmp_path, desk=Desk(answer)) as here:
        call = await here.answered()
        record = await lost(here, call)
    assert record.phone_state is PhoneState.LOST


async def test_what_is_said_while_held_is_heard_and_answers_nothing(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(20), hold_s=5.0) as here:
        call = await here.answered()
        await here.wait(call, 200)
        await here.hear(call, word("hello"))
        await here.wait(call, 3000)
        record = await here.hung_up(call)
    (heard,) = [event for event in here.dialogue.told if isinstance(event, d.Heard)]
    assert (heard.text, heard.overheard) == ("hello", True)
    assert [turn.text for turn in record.turns] == [f"{FIRST} {SECOND}", "hello", GREETING]
    assert record.reply_ms == ()
    assert d.StayedSilent() not in here.dialogue.told


async def test_the_wish_not_to_be_called_again_is_answered_while_held(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(1000), hold_s=5.0) as here:
        call = await here.answered()
        await here.wait(call, 200)
        await here.hear(call, word("stop"))
        await here.wait(call, 2000)
        record = await here.record()
    assert ours(record)[-1] == WISH
    assert (record.hang_up_reason, record.phone_state) == ("do_not_call", PhoneState.LOST)
    assert asked_not_to_be_called(record)


async def test_the_wish_keyed_while_held(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(1000), hold_s=5.0) as here:
        call = await here.answered()
        await here.wait(call, 200)
        call.tell(DtmfReceived("9", 100))
        await settle()
        await here.wait(call, 2000)
        record = await here.record()
    assert asked_not_to_be_called(record)
    assert record.hang_up_reason == "do_not_call"


@pytest.mark.parametrize("when_ms", [100, 2200])
async def test_the_wish_counts_with_the_last_words_and_into_our_goodbye(tmp_path: Path, when_ms: int) -> None:
    async with table(dialogue(), tmp_path, desk=full_until(1000)) as here:
        call = await here.answered()
        await here.wait(call, when_ms)
        await here.hear(call, word("stop"))
        call.tell(Ended(HangupSide.THEM, PhoneState.CONNECTED, None, ""))
        record = await here.record()
    assert asked_not_to_be_called(record)
    assert record.phone_state is PhoneState.LOST


async def test_a_call_that_is_cancelled_leaves_no_question_open(tmp_path: Path) -> None:
    time = SimulatedTime()
    async with table(dialogue(), tmp_path, time=time, desk=slow(time, 60_000, seated=True)) as here:
        await here.answered()
        assert here.conducting is not None
        here.conducting.cancel()
        await asyncio.gather(here.conducting, return_exceptions=True)
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "seat"]
