"""The floor of a call, in simulated time: who speaks, who stops, what the dialogue is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.simulated_time import settle
from tests.fakes.speech import MS_PER_LETTER, noise, silence, word
from tests.unit.callroom.table import Table, table

from callwright.callroom.entries import asked_not_to_be_called
from callwright.callroom.record import CallRecord, Speaker
from callwright.dialogue import port as d
from callwright.dialogue.messages import MessageTold, Outcome, SendMessage
from callwright.kit.ids import new_id
from callwright.telephony.port import DtmfReceived, Held, Resumed

GREETING = "Hello, this is Anna calling."
GREETING_MS = len(GREETING) * MS_PER_LETTER + 120
REPLY = "Thank you very much for that."


def polite(event: d.Event) -> Sequence[d.Action]:
    """Greet, listen, thank, ask again after silence."""
    match event:
        case d.Answered():
            return [d.Entered("greeting", "say"), d.Speak(GREETING), d.Listen(2.0)]
        case d.Heard(text=text, intents=intents) if text:
            return [d.IntentMet(*intents[0], text), d.Speak(REPLY), d.Listen(2.0)]
        case d.Heard() | d.StayedSilent():
            return [d.Speak("Are you still there?"), d.Listen(2.0)]
    return []


def stubborn(event: d.Event) -> Sequence[d.Action]:
    """Greet without letting anyone in between."""
    if isinstance(event, d.Answered):
        return [d.Speak(GREETING, interruptible=False), d.Listen(2.0)]
    return polite(event)


def polite_dialogue() -> AnsweringDialogue:
    return AnsweringDialogue(polite, [GREETING, REPLY])


def heard(dialogue: AnsweringDialogue) -> list[d.Heard]:
    return [event for event in dialogue.told if isinstance(event, d.Heard)]


async def test_the_first_frame_after_the_answer_is_ours(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 20)
        assert here.said[0].any()
        record = await here.hung_up(call)
    assert record.answer_to_audio_ms == 0


async def test_what_is_surely_meant_is_answered_in_the_frame_after_it_is_understood(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS + 200)
        before = here.spoken_ms
        await here.hear(call, word("yes"))
        await here.wait(call, 300)
        assert here.spoken_ms > before
        record = await here.hung_up(call)
    assert heard(here.dialogue) == [d.Heard("yes", (("yes", 0.9), ("no", 0.1)))]
    assert record.reply_ms == (160 + 120,)
    turn = record.turns[1]
    assert (turn.who, turn.text, turn.intent, turn.score) == (Speaker.CUSTOMER, "yes", "yes", 0.9)
    assert (turn.from_ms, turn.to_ms) == (GREETING_MS + 200, GREETING_MS + 400)


async def test_recognition_begins_on_speculation_and_is_used(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("yes"))
        await here.wait(call, 340)
        assert here.speech.recognised == ["yes"]
        await here.wait(call, 1000)
        assert here.speech.recognised == ["yes"]
        await here.hung_up(call)
    assert len(heard(here.dialogue)) == 1


async def test_a_stale_speculation_is_never_used(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 360)
        assert here.speech.recognised == ["maybe"]
        await here.hear(call, word("no"))
        await here.wait(call, 600)
        await here.hung_up(call)
    assert [event.text for event in heard(here.dialogue)] == ["maybe no"]


async def test_who_goes_on_before_being_understood_has_said_one_thing(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        here.speech.recognition_ms = 400
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 440)
        await here.hear(call, word("tuesday"))
        await here.wait(call, 1200)
        record = await here.hung_up(call)
    assert [event.text for event in heard(here.dialogue)] == ["maybe tuesday"]
    assert here.speech.most_recognising == 1
    assert record.turns[1].from_ms == GREETING_MS


async def test_the_reply_not_yet_made_is_made_while_waiting_for_the_end_of_the_turn(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(polite, [GREETING]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("yes"))
        here.speech.synthesis_ms = 60
        await here.wait(call, 440)
        record = await here.hung_up(call)
    assert record.reply_ms == (160 + 120 + 60,)


async def test_a_person_who_speaks_stops_us_within_200_ms(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 200)
        await here.hear(call, word("stop", 400))
        assert here.spoken_ms <= 200 + 200
        await here.wait(call, 420)
        record = await here.hung_up(call)
    assert record.barge_in_ms == (25,)
    assert heard(here.dialogue)[0].interrupting
    ours = record.turns[0]
    assert ours.interrupted
    assert ours.to_ms == 220


async def test_the_stop_fades_rather_than_clicks(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 200)
        await here.hear(call, word("stop", 400))
        last = [frame for frame in here.said if frame.any()][-1]
        await here.hung_up(call)
    assert last[0] > last[20] > last[39] == 0
    assert not last[40:].any()


async def test_a_blip_makes_us_pause_and_go_on(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 100)
        await here.hear(call, noise(80))
        await here.wait(call, GREETING_MS + 100)
        record = await here.hung_up(call)
    assert record.barge_in_ms == ()
    assert heard(here.dialogue) == []
    assert not record.turns[0].interrupted
    # We fell silent for 140 ms, of which one frame faded, and went on where we were.
    assert (record.turns[0].to_ms, here.spoken_ms) == (GREETING_MS + 140, GREETING_MS - 120 + 20)


async def test_what_is_said_over_a_prompt_that_may_not_be_stopped_is_overheard_and_stops_nothing(
    tmp_path: Path,
) -> None:
    async with table(AnsweringDialogue(stubborn, [GREETING]), tmp_path) as here:
        call = await here.answered()
        await here.hear(call, word("hello"))
        await here.wait(call, GREETING_MS)
        record = await here.hung_up(call)
    assert [(event.text, event.overheard) for event in heard(here.dialogue)] == [("hello", True)]
    said = [turn for turn in record.turns if turn.who is Speaker.CUSTOMER]
    assert [(turn.text, turn.delivered) for turn in said] == [("hello", False)]


async def test_an_answer_that_begins_over_our_last_word_counts(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(stubborn, [GREETING]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS - 200)
        await here.hear(call, word("yes"))
        await here.wait(call, 600)
        await here.hung_up(call)
    assert [event.text for event in heard(here.dialogue)] == ["yes"]


async def test_silence_after_our_speech_is_told(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS + 1980)
        assert here.spoken_ms < GREETING_MS
        await here.wait(call, 60)
        record = await here.hung_up(call)
    assert d.StayedSilent() in here.dialogue.told
    assert "stayed_silent" in [event.kind for event in record.events]


async def test_noises_neither_answer_nor_keep_a_silent_call_alive(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        for _ in range(4):
            await here.hear(call, noise(100))
            await here.wait(call, 900)
        await here.hung_up(call)
    assert heard(here.dialogue) == []
    assert d.StayedSilent() in here.dialogue.told


async def test_long_sound_without_a_word_is_told_as_nothing_understood(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, noise(600))
        await here.wait(call, 600)
        await here.hung_up(call)
    assert heard(here.dialogue) == [d.Heard("", ())]


async def test_a_key_the_dialogue_cares_for_stops_us_and_another_does_not(tmp_path: Path) -> None:
    def answers(event: d.Event) -> Sequence[d.Action]:
        if event == d.Pressed("9"):
            return [d.Speak("You will not be called again."), d.HangUp("do_not_call")]
        return polite(event)

    async with table(AnsweringDialogue(answers, [GREETING]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 100)
        call.tell(DtmfReceived("1", 100))
        await settle()
        await here.wait(call, 100)
        assert here.said[-1].any()
        call.tell(DtmfReceived("9", 100))
        await settle()
        await here.wait(call, 2000)
        record = await here.record()
    assert record.turns[0].interrupted
    assert record.turns[1].text == "You will not be called again."
    assert record.hang_up_reason == "do_not_call"


async def test_who_hangs_up_during_the_goodbye_has_been_promised_it_all_the_same(tmp_path: Path) -> None:
    def answers(event: d.Event) -> Sequence[d.Action]:
        if event == d.Pressed("9"):
            return [d.Speak("You will not be called again."), d.HangUp("do_not_call")]
        return polite(event)

    async with table(AnsweringDialogue(answers, [GREETING]), tmp_path) as here:
        call = await here.answered()
        call.tell(DtmfReceived("9", 100))
        await settle()
        await here.wait(call, 100)
        record = await here.hung_up(call)
    assert (record.hang_up_reason, record.goodbye) == (None, "do_not_call")
    assert asked_not_to_be_called(record)


async def test_on_hold_nobody_speaks_and_nobody_waits(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 100)
        call.tell(Held())
        await settle()
        await here.wait(call, 5000)
        assert here.spoken_ms == 100
        call.tell(Resumed())
        await settle()
        await here.wait(call, GREETING_MS)
        await here.hung_up(call)
    assert here.spoken_ms == GREETING_MS - 120
    assert d.StayedSilent() not in here.dialogue.told


async def test_what_was_being_said_at_the_end_still_counts(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("stop"))
        record = await here.hung_up(call)
    assert here.dialogue.told[-2:] == (d.Heard("stop", (("yes", 0.9), ("no", 0.1))), d.HungUp())
    assert record.turns[-1].text == "stop"


async def test_pre_roll_reaches_the_recogniser(tmp_path: Path) -> None:
    async with table(polite_dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS + 200)
        # Too short to begin a turn by itself, but part of the word that follows.
        await here.hear(call, word("yes", 40))
        await here.hear(call, silence(40))
        await here.hear(call, word("please"))
        await here.wait(call, 600)
        await here.hung_up(call)
    assert here.speech.recognised == ["yes please"]


@dataclass
class Post:
    """Takes messages, and says after ``looks`` looks that they were sent."""

    looks: int
    wanted: list[SendMessage] = field(default_factory=list)

    async def write(self, wanted: SendMessage) -> UUID:
        """Take it."""
        self.wanted.append(wanted)
        return new_id()

    async def find(self, _key: str) -> UUID | None:
        """Nothing is written down late."""
        return None

    async def outcome(self, message_id: UUID) -> Outcome | None:
        """Say that it was sent, in the end."""
        self.looks -= 1
        return "sent" if self.looks < 0 else None


def writing(event: d.Event) -> Sequence[d.Action]:
    """Send a message at once, and say what became of it."""
    match event:
        case d.Answered():
            return [SendMessage("write", "Directions", ()), SendMessage("write", "Directions", ())]
        case MessageTold(outcome=outcome):
            return [d.Speak(f"It is {outcome}."), d.HangUp("finished")]
        case d.StayedSilent():
            return [d.Speak("Are you still there?"), d.Listen(2.0)]
    return []


async def _over(here: Table) -> CallRecord:
    """Answer, and let time pass until we hang up."""
    call = await here.answered()
    async with asyncio.timeout(10):
        while here.conducting is not None and not here.conducting.done():
            await here.wait(call, 200)
            await asyncio.sleep(0.01)
    return await here.record()


async def test_what_became_of_a_message_is_told_once_and_nobody_is_asked_to_speak_meanwhile(tmp_path: Path) -> None:
    post, dialogue = Post(looks=2), AnsweringDialogue(writing, ["It is sent."])
    async with table(dialogue, tmp_path, messenger=post) as here:
        record = await _over(here)
    assert not any(isinstance(event, d.StayedSilent) for event in dialogue.told)
    assert [event for event in dialogue.told if isinstance(event, MessageTold)] == [MessageTold("write", "sent")]
    assert [turn.text for turn in record.turns] == ["It is sent."]
    assert len(post.wanted) == 1
    assert [event.data for event in record.events if event.kind == "message_told"] == [
        {"node": "write", "outcome": "sent"}
    ]


async def test_without_a_messenger_nothing_is_sent(tmp_path: Path) -> None:
    dialogue = AnsweringDialogue(writing, ["It is failed."])
    async with table(dialogue, tmp_path) as here:
        await _over(here)
    assert [event for event in dialogue.told if isinstance(event, MessageTold)] == [MessageTold("write", "failed")]
