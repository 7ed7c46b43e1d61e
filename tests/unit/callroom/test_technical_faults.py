"""Calls in which our own speech fails: they end politely, and nobody is taken for silent by it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.fakes.dialogue import AnsweringDialogue, State
from tests.fakes.speech import word
from tests.unit.callroom.table import Table, table

from callwright.callroom.entries import finished_call
from callwright.callroom.own_words import ENGLISH
from callwright.callroom.settings import RoomSettings
from callwright.dialogue import port as d
from callwright.kit.ids import new_id
from callwright.telephony.port import PhoneState

GREETING = "Hello, this is Anna."
QUICK = RoomSettings(recognition_s=0.05, synthesis_s=0.05, hang_up_s=0.05)


def short(event: d.Event) -> Sequence[d.Action]:
    """Greet, and listen."""
    return [d.Speak(GREETING), d.Listen(1.0)] if isinstance(event, d.Answered) else []


@pytest.mark.parametrize("how", ["broken", "hung"])
async def test_a_recogniser_that_fails_twice_ends_the_call_with_an_apology(tmp_path: Path, how: str) -> None:
    def patient(event: d.Event) -> Sequence[d.Action]:
        return [d.Speak(GREETING), d.Listen(30)] if isinstance(event, d.Answered | d.Heard) else []

    dialogue = AnsweringDialogue(patient, [GREETING])
    async with table(dialogue, tmp_path, settings=QUICK) as here:
        call = await here.answered()
        await here.wait(call, 600)
        setattr(here.speech, how, True)
        await _speak_twice(here)
        record = await here.record()
    assert record.hang_up_reason == "speech_unavailable"
    assert (record.phone_state, record.grade) == (PhoneState.TECHNICAL_FAULT, None)
    assert finished_call(new_id(), record).grade_reasons == [
        {
            "rule": "Ended by a technical fault: the speech server did not answer",
            "quote": "",
            "kind": "technical_fault",
            "values": {},
        }
    ]
    assert record.turns[-1].text == ENGLISH.apology
    assert [event for event in dialogue.told if isinstance(event, d.Heard)] == [d.Heard("", ())]
    assert [event.kind for event in record.events].count("speech_error") == 2


async def test_what_was_said_before_speech_failed_is_graded_by_and_a_call_past_its_goodbye_had_no_fault(
    tmp_path: Path,
) -> None:
    shown = d.Grade("A", (d.Reason("Wants it"), d.Reason("Meant yes", "yes", "met", {"intent": "yes"})))

    class Graded(AnsweringDialogue):
        def grade(self, state: State, *, talk_s: float) -> d.Grade:
            return shown

    def parting(event: d.Event) -> Sequence[d.Action]:
        said = [d.Speak("This could not be made beforehand.")]
        return [*said, d.HangUp("booked")] if isinstance(event, d.StayedSilent) else short(event)

    def going_on(event: d.Event) -> Sequence[d.Action]:
        return [action for action in parting(event) if not isinstance(action, d.HangUp)]

    ended = []
    for answers in (parting, going_on):
        async with table(Graded(answers, [GREETING]), tmp_path, settings=QUICK, calls_again=True) as here:
            call = await here.answered()
            here.speech.broken = True
            await here.wait(call, 1600)
            await asyncio.sleep(0.1)
            await here.wait(call, 2500)
            record = await here.record()
        ended.append((record.hang_up_reason, record.phone_state, record.grade, record.turns[-1].text))
    assert ended == [
        ("speech_unavailable", PhoneState.CONNECTED, shown, ENGLISH.apology),
        ("speech_unavailable", PhoneState.TECHNICAL_FAULT, shown, ENGLISH.promise),
    ], "only whoever is called again is told so"


async def test_whoever_asked_not_to_be_called_again_is_not_told_that_we_call_again(tmp_path: Path) -> None:
    def unsure(event: d.Event) -> Sequence[d.Action]:
        if isinstance(event, d.Heard):
            return [d.IntentMet("do_not_call", 0.5, "yes"), d.Listen(1.0)]
        if isinstance(event, d.StayedSilent):
            return [d.Speak("This could not be made beforehand.")]
        return short(event)

    async with table(AnsweringDialogue(unsure, [GREETING]), tmp_path, settings=QUICK, calls_again=True) as here:
        call = await here.answered()
        await here.wait(call, 600)
        await here.hear(call, word("yes"))
        await here.wait(call, 900)
        here.speech.broken = True
        await here.wait(call, 1600)
        await asyncio.sleep(0.1)
        await here.wait(call, 2500)
        record = await here.record()
    assert (record.phone_state, finished_call(new_id(), record).do_not_call) == (PhoneState.TECHNICAL_FAULT, True)
    assert record.turns[-1].text == ENGLISH.apology


async def _speak_twice(here: Table) -> None:
    call = here.engine.placed.result()
    for _ in range(2):
        await here.hear(call, word("yes", 400))
        await here.wait(call, 420)
        await asyncio.sleep(0.1)
        await here.wait(call, 600)
    await here.wait(call, 3000)


@pytest.mark.parametrize("how", ["broken", "hung"])
async def test_a_synthesiser_that_fails_ends_the_call(tmp_path: Path, how: str) -> None:
    def answers(event: d.Event) -> Sequence[d.Action]:
        if isinstance(event, d.StayedSilent):
            return [d.Speak("This could not be made beforehand."), d.Listen(1.0)]
        return short(event)

    async with table(AnsweringDialogue(answers, [GREETING]), tmp_path, settings=QUICK) as here:
        call = await here.answered()
        setattr(here.speech, how, True)
        await here.wait(call, 1600)
        await asyncio.sleep(0.1)
        await here.wait(call, 2500)
        record = await here.record()
    assert record.hang_up_reason == "speech_unavailable"
    assert record.turns[-1].text == ENGLISH.apology
