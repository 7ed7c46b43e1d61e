"""A person who speaks over our prompt, to show that they listen or to have their say: in simulated time."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.speech import MS_PER_LETTER, noise, word
from tests.unit.callroom.table import Table, table

from callwright.callroom.record import CallRecord, Speaker
from callwright.dialogue import port as d
from callwright.telephony.port import FRAME_MS

QUESTION = "Your check-up is due, as it is every spring. Shall we find you a day for it?"
QUESTION_MS = len(QUESTION) * MS_PER_LETTER + 2 * 120
REPLY = "Thank you."


def asking(expects: d.Expects = "yes_or_no", *, interruptible: bool = True) -> AnsweringDialogue:
    """Return who asks one question, and thanks for every answer."""

    def answers(event: d.Event) -> Sequence[d.Action]:
        match event:
            case d.Answered():
                return [d.Speak(QUESTION, interruptible=interruptible), d.Listen(9.0, expects)]
            case d.Heard(text=text) if text and not event.overheard:
                return [d.Speak(REPLY), d.Listen(9.0, "anything")]
        return []

    return AnsweringDialogue(answers, [QUESTION, REPLY])


def heard(dialogue: AnsweringDialogue) -> list[tuple[str, bool]]:
    return [(event.text, event.interrupting) for event in dialogue.told if isinstance(event, d.Heard)]


def customer(record: CallRecord) -> list[tuple[str, bool]]:
    return [(turn.text, turn.delivered) for turn in record.turns if turn.who is Speaker.CUSTOMER]


def silent_ms(here: Table, from_ms: int) -> int:
    """Return for how long we were silent after ``from_ms``, at a stretch."""
    frames = [bool(frame.any()) for frame in here.said[from_ms // FRAME_MS :]]
    begin = frames.index(False)
    return frames[begin:].index(True) * FRAME_MS


async def said_over(dialogue: AnsweringDialogue, folder: Path, *words: str, at_ms: int) -> tuple[CallRecord, Table]:
    """Return a call in which ``words`` are said over the question, ``at_ms`` after its beginning."""
    async with table(dialogue, folder) as here:
        call = await here.answered()
        await here.wait(call, at_ms)
        for text in words:
            await here.hear(call, word(text))
        await here.wait(call, 3000)
        return await here.hung_up(call), here


async def test_who_only_listens_lets_us_go_on_where_we_were(tmp_path: Path) -> None:
    record, here = await said_over(asking(), tmp_path, "yes", at_ms=300)
    assert heard(here.dialogue) == []
    assert customer(record) == [("yes", False)]
    ours = record.turns[0]
    assert (ours.text, ours.interrupted) == (QUESTION, False)
    assert record.barge_in_ms == ()
    assert silent_ms(here, 300) <= 200 + 500


async def test_who_says_more_than_that_has_the_floor(tmp_path: Path) -> None:
    record, here = await said_over(asking(), tmp_path, "yes", "tuesday", at_ms=300)
    assert heard(here.dialogue) == [("yes tuesday", True)]
    assert record.turns[0].interrupted
    assert record.barge_in_ms == (25,)


async def test_who_goes_on_after_showing_that_they_listen_has_said_all_of_it(tmp_path: Path) -> None:
    async with table(asking(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 200)
        await here.hear(call, word("yes"))
        await here.wait(call, 340)
        assert here.said[-1].any()
        await here.hear(call, word("maybe"))
        await here.wait(call, 600)
        record = await here.hung_up(call)
    assert heard(here.dialogue) == [("yes maybe", True)]
    assert customer(record) == [("yes maybe", True)]


async def test_a_yes_as_the_question_is_nearly_over_answers_it(tmp_path: Path) -> None:
    record, here = await said_over(asking(), tmp_path, "yes", at_ms=QUESTION_MS - 700)
    assert heard(here.dialogue) == [("yes", True)]
    assert [turn.text for turn in record.turns if turn.who is Speaker.AI][-1] == REPLY


async def test_a_yes_is_no_answer_where_a_number_is_asked_for(tmp_path: Path) -> None:
    record, here = await said_over(asking("phone"), tmp_path, "yes", at_ms=QUESTION_MS - 300)
    assert heard(here.dialogue) == []
    assert customer(record) == [("yes", False)]


async def test_nobody_stops_what_may_not_be_stopped(tmp_path: Path) -> None:
    record, here = await said_over(asking(interruptible=False), tmp_path, "maybe", at_ms=300)
    assert not record.turns[0].interrupted
    # The pause between our sentences.
    assert silent_ms(here, 0) == 120


async def test_a_hum_without_words_lets_us_go_on(tmp_path: Path) -> None:
    async with table(asking(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 300)
        await here.hear(call, noise(400))
        await here.wait(call, 2000)
        record = await here.hung_up(call)
    assert heard(here.dialogue) == []
    assert not record.turns[0].interrupted


async def test_who_can_t_be_understood_is_given_the_floor(tmp_path: Path) -> None:
    async with table(asking(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 300)
        here.speech.broken = True
        await here.hear(call, word("yes", 400))
        await here.wait(call, 1000)
        record = await here.hung_up(call)
    assert heard(here.dialogue) == [("", True)]
    assert record.turns[0].interrupted


@pytest.mark.parametrize("recognition_ms", [40, 300, 1000])
async def test_however_long_recognition_takes_we_stay_silent_until_it_is_known(
    tmp_path: Path, recognition_ms: int
) -> None:
    async with table(asking(), tmp_path) as here:
        here.speech.recognition_ms = recognition_ms
        call = await here.answered()
        await here.wait(call, 300)
        await here.hear(call, word("yes"))
        await here.wait(call, 3000)
        await here.hung_up(call)
    assert abs(silent_ms(here, 300) - (200 + 80 + recognition_ms)) <= 40


async def test_a_voice_far_behind_the_person_neither_stops_us_nor_answers(tmp_path: Path) -> None:
    async with table(asking(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, 100)
        await here.hear(call, word("goodbye", 300))
        await here.wait(call, 1000)
        await here.hear(call, word("goodbye", 2000) // 12)
        await here.wait(call, 1000)
        record = await here.hung_up(call)
    assert heard(here.dialogue) == [("goodbye", True)]
    assert len(record.barge_in_ms) == 1
    assert here.speech.recognised == ["goodbye"]
