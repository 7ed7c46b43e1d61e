"""The wish not to be called again counts whenever it is said, and makes no call longer."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.simulated_time import settle
from tests.fakes.speech import MS_PER_LETTER, word
from tests.fakes.telephony import FakeCall
from tests.unit.callroom.table import Table, table

from callwright.callroom.entries import finished_call
from callwright.callroom.own_words import CHINESE, ENGLISH, OwnWords
from callwright.callroom.record import CallRecord, Speaker
from callwright.callroom.settings import RoomSettings
from callwright.dialogue import port as d
from callwright.kit.ids import new_id
from callwright.telephony.port import DtmfReceived

GREETING = "Hello, this is Anna calling."
GREETING_MS = len(GREETING) * MS_PER_LETTER + 120
GOODBYE = "Thank you very much for your time, goodbye."
GOODBYE_MS = len(GOODBYE) * MS_PER_LETTER + 120


def closing(event: d.Event) -> Sequence[d.Action]:
    """Greet, and say goodbye to whatever comes; "stop" and the key 9 are the wish."""
    match event:
        case d.Answered():
            return [d.Speak(GREETING), d.Listen(2.0)]
        case d.Heard(text=text, overheard=True) if "stop" in text:
            return [d.IntentMet("do_not_call", 0.9, text), d.Speak("Never again."), d.HangUp("do_not_call")]
        case d.Heard(overheard=False):
            return [d.Speak(GOODBYE), d.HangUp("booked")]
        case d.Pressed("9"):
            return [d.Speak("Never again."), d.HangUp("do_not_call")]
    return []


async def _to_goodbye(here: Table) -> FakeCall:
    call = await here.answered()
    await here.wait(call, GREETING_MS)
    await here.hear(call, word("yes"))
    await here.wait(call, 300)
    return call


def _is_kept(record: CallRecord, here: Table, words: str = "stop") -> None:
    assert (record.hang_up_reason, record.goodbye) == ("booked", "do_not_call")
    kept = finished_call(new_id(), record)
    assert (kept.do_not_call, kept.do_not_call_words) == (True, words)
    ours = [turn for turn in record.turns if turn.who is Speaker.AI]
    assert [(turn.text, turn.interrupted) for turn in ours] == [(GREETING, False), (GOODBYE, False)]
    assert here.spoken_ms <= GREETING_MS + GOODBYE_MS


async def test_said_into_our_goodbye(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(closing, [GREETING, GOODBYE]), tmp_path) as here:
        call = await _to_goodbye(here)
        await here.hear(call, word("stop"))
        await here.wait(call, GOODBYE_MS)
        record = await here.record()
    _is_kept(record, here)
    (wish,) = [turn for turn in record.turns if turn.text == "stop"]
    assert (wish.intent, wish.score) == ("do_not_call", 0.9)


async def test_being_said_as_our_goodbye_ends(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(closing, [GREETING, GOODBYE]), tmp_path) as here:
        call = await _to_goodbye(here)
        await here.wait(call, GOODBYE_MS - 300)
        await here.hear(call, word("stop", 280))
        record = await here.record()
    _is_kept(record, here)


@pytest.mark.parametrize(("words", "kept"), [(ENGLISH, "Pressed 9"), (CHINESE, "按了9键")])
async def test_keyed_into_our_goodbye(tmp_path: Path, words: OwnWords, kept: str) -> None:
    settings = RoomSettings(words={"en": words})
    async with table(AnsweringDialogue(closing, [GREETING, GOODBYE]), tmp_path, settings=settings) as here:
        call = await _to_goodbye(here)
        call.tell(DtmfReceived("9", 100))
        await settle()
        await here.wait(call, GOODBYE_MS)
        record = await here.record()
    _is_kept(record, here, kept)


async def test_a_goodbye_is_said_to_its_end_whatever_can_not_be_recognised(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(closing, [GREETING, GOODBYE]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        here.speech.broken = True
        # One failure more than a call is allowed, the second in the goodbye.
        for _ in range(2):
            await here.hear(call, word("stop"))
            await here.wait(call, 540)
        await here.wait(call, GOODBYE_MS)
        record = await here.record()
    assert (record.hang_up_reason, record.goodbye) == ("booked", "booked")
    assert record.turns[-1].text == GOODBYE


async def test_said_on_going_on_over_a_reply_that_may_not_be_stopped(tmp_path: Path) -> None:
    def answers(event: d.Event) -> Sequence[d.Action]:
        if event == d.Heard("yes", (("yes", 0.9), ("no", 0.1))):
            return [d.IntentMet("yes", 0.9, "yes"), d.Speak(GOODBYE, interruptible=False), d.Listen(2.0)]
        return closing(event)

    async with table(AnsweringDialogue(answers, [GREETING, GOODBYE]), tmp_path) as here:
        call = await _to_goodbye(here)
        # "no" is what the fake's classifier takes for something else than "yes".
        await here.hear(call, np.concatenate([word("stop"), word("no")]))
        await here.wait(call, 600)
        record = await here.hung_up(call)
    assert record.goodbye == "do_not_call"


async def test_said_before_our_side_broke(tmp_path: Path) -> None:
    async with table(AnsweringDialogue(closing, [GREETING, GOODBYE]), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("stop"))
        assert call.handler is not None
        call.handler.heard(np.ones(3, np.int16))
        call.handler.say()
        record = await here.record()
    assert record.hang_up_reason == "error"
    assert record.goodbye == "do_not_call"


async def test_who_only_listens_to_what_may_not_be_stopped_means_nothing(tmp_path: Path) -> None:
    long = GREETING * 4

    def greets(event: d.Event) -> Sequence[d.Action]:
        return [d.Speak(long, interruptible=False), d.Listen(2.0)] if event == d.Answered() else ()

    dialogue = AnsweringDialogue(greets, [d.Speak(long, interruptible=False)])
    async with table(dialogue, tmp_path) as here:
        call = await here.answered()
        await here.hear(call, word("yes"))
        await here.wait(call, 700)
        await here.hear(call, word("stop"))
        await here.wait(call, 700)
        record = await here.hung_up(call)
    heard = {event.text: event for event in dialogue.told if isinstance(event, d.Heard)}
    assert heard["yes"] == d.Heard("yes", (), overheard=True)
    assert heard["stop"].overheard
    assert heard["stop"].intents
    assert [turn.text for turn in record.turns if turn.who is Speaker.CUSTOMER] == ["yes", "stop"]
