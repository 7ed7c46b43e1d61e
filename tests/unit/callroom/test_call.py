"""How a call begins and ends, in simulated time: every limit, every failure, nothing left behind."""

import asyncio
import wave
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from tests.fakes.dialogue import AnsweringDialogue, State
from tests.fakes.simulated_time import settle
from tests.fakes.speech import word
from tests.unit.callroom.table import table

from callwright.callroom.errors import CallNotPlacedError
from callwright.callroom.record import CallRecord, Step, Turn
from callwright.callroom.settings import RoomSettings
from callwright.dialogue import port as d
from callwright.dialogue.parts import Language
from callwright.speech.port import SpeechDeadlineError, SpeechUnavailableError
from callwright.telephony.errors import NoMediaPortError
from callwright.telephony.port import EarlyMedia, Ended, HangupSide, Originate, PhoneState, Ringing

GREETING = "Hello, this is Anna."
GOODBYE = "Thank you, goodbye."
QUICK = RoomSettings(recognition_s=0.05, synthesis_s=0.05, hang_up_s=0.05, originate_s=0.05)
ENOUGH_MS = 3000


def short(event: d.Event) -> Sequence[d.Action]:
    """Greet, and say goodbye to whatever comes."""
    match event:
        case d.Answered():
            return [d.Speak(GREETING), d.Listen(1.0)]
        case d.Heard() | d.StayedSilent():
            return [d.Speak(GOODBYE), d.HangUp("finished")]
    return []


def short_dialogue() -> AnsweringDialogue:
    return AnsweringDialogue(short, [GREETING, GOODBYE])


class Watcher:
    """Notes the order of the news."""

    def __init__(self) -> None:
        self.news: list[str] = []

    def ringing(self, at: datetime) -> None:
        self.news.append("ringing")

    def answered(self, at: datetime) -> None:
        self.news.append("answered")

    def turn_added(self, turn: Turn) -> None:
        self.news.append(f"{turn.who}: {turn.text}")

    def entered(self, step: Step) -> None:
        pass

    def goodbye(self, reason: str, words: str) -> None:
        self.news.append(f"goodbye: {reason}")

    def ended(self, record: CallRecord) -> None:
        self.news.append(record.phone_state)


class Clumsy(Watcher):
    """Fails at everything."""

    def turn_added(self, turn: Turn) -> None:
        raise RuntimeError

    def goodbye(self, reason: str, words: str) -> None:
        raise RuntimeError

    def ended(self, record: CallRecord) -> None:
        raise RuntimeError


async def test_a_call_is_rung_held_and_written_down(tmp_path: Path) -> None:
    watcher = Watcher()
    async with table(short_dialogue(), tmp_path, observer=watcher) as here:
        call = await here.call()
        call.tell(Ringing())
        await settle()
        await here.time.advance(4000)
        await here.answered_now(call)
        await here.wait(call, 600)
        await here.hear(call, word("yes"))
        await here.wait(call, 1000)
        record = await here.record()
    assert watcher.news == [
        "ringing",
        "answered",
        f"ai: {GREETING}",
        "goodbye: finished",
        "customer: yes",
        f"ai: {GOODBYE}",
        "connected",
    ]
    assert (record.phone_state, record.hung_up_by, record.hang_up_reason) == (
        PhoneState.CONNECTED,
        HangupSide.US,
        "finished",
    )
    assert record.answered_at is not None
    assert record.ringing_at is not None
    assert (record.answered_at - record.ringing_at).total_seconds() == 4
    assert [(event.kind, event.at_ms) for event in record.events[:2]] == [("ringing", -4000), ("answered", 0)]
    assert record.grade is not None
    assert record.error is None


async def test_we_hang_up_only_when_the_goodbye_has_been_said(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, ENOUGH_MS)
        record = await here.record()
    goodbye = record.turns[-1]
    assert goodbye.text == GOODBYE
    assert not goodbye.interrupted
    assert call.hang_ups == 1


async def test_the_far_end_hangs_up_in_the_middle_of_a_prompt(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 100)
        record = await here.hung_up(call)
    assert record.hung_up_by is HangupSide.THEM
    assert record.hang_up_reason is None
    assert [(turn.text, turn.interrupted) for turn in record.turns] == [(GREETING, True)]
    assert here.dialogue.told == (d.Answered(), d.HungUp())
    assert call.hang_ups == 0


async def test_a_call_nobody_takes_has_no_conversation(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path) as here:
        call = await here.call()
        call.tell(EarlyMedia())
        await settle()
        await here.hear(call, word("hello", 1000))
        assert here.spoken_ms == 0
        call.tell(Ended(HangupSide.THEM, PhoneState.BUSY, 486, "Busy Here", 17))
        record = await here.record()
    assert (record.phone_state, record.code, record.reason, record.cause) == (PhoneState.BUSY, 486, "Busy Here", 17)
    assert (record.turns, record.grade, record.recording, record.answer_to_audio_ms) == ((), None, None, None)
    assert [event.kind for event in record.events] == ["early_media", "ended"]
    assert not here.recording.exists()
    assert here.dialogue.told == ()


async def test_the_cap_ends_a_call_that_would_go_on(tmp_path: Path) -> None:
    talkative = AnsweringDialogue(lambda event: [d.Speak(GREETING)], [GREETING])
    async with table(talkative, tmp_path, originate=Originate("line", "1", "2", max_duration_s=0.2)) as here:
        call = await here.answered()
        await here.wait(call, 500)
        record = await here.record()
    assert record.hang_up_reason == "duration_cap"
    assert record.error is None
    assert call.request.max_duration_s > 0.2


async def test_an_engine_that_tells_nothing_of_the_ringing_is_not_waited_for_forever(tmp_path: Path) -> None:
    settings = RoomSettings(ring_grace_s=0.05)
    originate = Originate("line", "1", "2", ring_timeout_s=0.05)
    async with table(short_dialogue(), tmp_path, settings=settings, originate=originate) as here:
        call = await here.call()
        record = await here.record()
    assert call.hang_ups == 1
    assert record.hang_up_reason == "not_answered"


async def test_a_telephone_rings_for_its_time_however_late_it_began(tmp_path: Path) -> None:
    settings = RoomSettings(ring_grace_s=0.0)
    originate = Originate("line", "1", "2", ring_timeout_s=1.0)
    async with table(short_dialogue(), tmp_path, settings=settings, originate=originate) as here:
        call = await here.call()
        await asyncio.sleep(0.1)
        call.tell(Ringing())
        loop = asyncio.get_running_loop()
        began = loop.time()
        await here.record()
        assert loop.time() - began >= 1.0


async def test_an_engine_that_does_not_confirm_the_end_is_not_believed_to_go_on(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path, settings=QUICK) as here:
        call = await here.answered()
        call.confirms_hang_up = False
        await here.wait(call, ENOUGH_MS)
        record = await here.record()
    assert (record.phone_state, record.hung_up_by) == (PhoneState.CONNECTED, HangupSide.US)
    assert record.hang_up_reason == "finished"


async def test_a_dialogue_that_raises_ends_the_call_and_says_why(tmp_path: Path) -> None:
    def broken(event: d.Event) -> Sequence[d.Action]:
        if isinstance(event, d.StayedSilent):
            raise ZeroDivisionError("the script divides")
        return short(event)

    async with table(AnsweringDialogue(broken, [GREETING]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 2000)
        record = await here.record()
    assert record.hang_up_reason == "error"
    assert record.error == "ZeroDivisionError: the script divides"
    assert record.phone_state is PhoneState.CONNECTED
    assert record.recording is not None


async def test_a_grade_that_fails_costs_the_grade_alone(tmp_path: Path) -> None:
    class Ungradable(AnsweringDialogue):
        def grade(self, state: State, *, talk_s: float) -> d.Grade:
            raise ZeroDivisionError

    async with table(Ungradable(short, [GREETING]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 100)
        record = await here.hung_up(call)
    assert record.grade is None
    assert record.error is not None
    assert record.turns


async def test_a_disk_that_fails_costs_the_recording_alone(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path / "no such folder") as here:
        call = await here.answered()
        await here.wait(call, ENOUGH_MS)
        record = await here.record()
    assert record.recording is None
    assert record.error is not None
    assert "FileNotFoundError" in record.error
    assert record.hang_up_reason == "finished"


async def test_an_observer_that_fails_does_no_harm(tmp_path: Path) -> None:
    watcher = Clumsy()
    async with table(short_dialogue(), tmp_path, observer=watcher) as here:
        call = await here.answered()
        await here.wait(call, ENOUGH_MS)
        record = await here.record()
    assert record.error is None
    assert watcher.news == ["answered"]


async def test_cancelling_hangs_up_and_still_tells_how_it_ended(tmp_path: Path) -> None:
    watcher = Watcher()
    async with table(short_dialogue(), tmp_path, observer=watcher) as here:
        call = await here.answered()
        await here.wait(call, 100)
        assert here.conducting is not None
        here.conducting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await here.conducting
    assert call.hang_ups == 1
    assert watcher.news[-1] == "connected"
    with wave.open(str(here.recording)) as recorded:
        assert recorded.getnframes() == 800


async def test_nobody_is_rung_whom_we_could_not_speak_to(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path) as here:
        here.speech.broken = True
        with pytest.raises(SpeechUnavailableError):
            await here.conduct()
        assert not here.engine.placed.done()


async def test_a_speech_server_that_hangs_before_the_call_is_not_waited_for(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path, settings=RoomSettings(warm_s=0.05)) as here:
        here.speech.hung = True
        with pytest.raises(SpeechDeadlineError):
            await here.conduct()
        assert not here.engine.placed.done()


async def test_an_engine_that_refuses_says_so_before_there_is_a_call(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path) as here:
        here.engine.error = NoMediaPortError(first=1, last=2)
        with pytest.raises(NoMediaPortError):
            await here.conduct()


async def test_an_engine_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path, settings=QUICK) as here:
        here.engine.hung = True
        with pytest.raises(CallNotPlacedError):
            await here.conduct()


async def test_the_recording_has_the_customer_left_and_us_right(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 600)
        await here.hear(call, word("yes"))
        await here.wait(call, 1000)
        record = await here.record()
    assert record.recording == here.recording
    left, right = here.recorded()
    assert sorted(set(left.tolist())) == [0, 500]
    assert left[600 * 8] == 500
    assert left[600 * 8 - 1] == 0
    assert right[0] != 0
    assert right[600 * 8] == 0


async def test_last_words_that_cannot_be_understood_do_not_change_who_hung_up(tmp_path: Path) -> None:
    async with table(short_dialogue(), tmp_path, settings=RoomSettings(failures_allowed=0)) as here:
        call = await here.answered()
        await here.wait(call, 600)
        here.speech.broken = True
        await here.hear(call, word("no"))
        record = await here.hung_up(call)
    assert (record.hung_up_by, record.hang_up_reason, record.error) == (HangupSide.THEM, None, None)
    assert "speech_error" in [event.kind for event in record.events]


@pytest.mark.parametrize(("language", "woken"), [("zh", ["zh"]), ("en", [])])
async def test_a_language_is_woken_before_its_first_call_is_placed(
    tmp_path: Path, language: Language, woken: list[str]
) -> None:
    async with table(short_dialogue(), tmp_path, spoken_language=language) as laid:
        laid.speech.recognition_ms = 0
        call = await laid.call()
        assert laid.speech.languages == woken
        await laid.hung_up(call)
