"""Whole calls, from ringing to grade, over real SIP, RTP and speech, several at once."""

import asyncio
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from callwright.callroom.record import CallRecord, Speaker
from callwright.speech.port import Pcm, SpeechUnavailableError
from callwright.telephony.port import FRAME_MS, HangupSide, PhoneState
from tests.conversations.scenes import APOLOGY, Scenes, hold_all
from tests.fixtures_speech import start_speech_server, stop_speech_server


@pytest.fixture(scope="module")
def scenes(speech_socket: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    """Every call, held."""
    with tempfile.TemporaryDirectory(prefix="speech-") as short_folder:
        doomed_socket = Path(short_folder) / "speech.sock"
        doomed = start_speech_server(doomed_socket)
        try:
            yield asyncio.run(hold_all(speech_socket, doomed_socket, doomed, tmp_path_factory.mktemp("recordings")))
        finally:
            stop_speech_server(doomed)


def customers_words(record: CallRecord) -> list[str]:
    return [turn.text.lower() for turn in record.turns if turn.who is Speaker.CUSTOMER]


def sides(recording: Path) -> tuple[Pcm, Pcm]:
    with wave.open(str(recording)) as file:
        both = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def is_sounding(side: Pcm, from_ms: int, to_ms: int) -> bool:
    part = side[from_ms * 8 : to_ms * 8].astype(np.float64)
    return bool(np.sqrt(np.mean(part**2)) > 100)


def test_a_person_who_agrees_is_understood_and_graded(scenes: Scenes) -> None:
    record, _ = scenes.agreeing
    first, second = customers_words(record)
    assert "yes" in first
    assert "tuesday morning" in second
    assert [step.node for step in record.path] == ["greeting", "ask", "day", "booked"]
    assert (record.phone_state, record.hung_up_by) == (PhoneState.CONNECTED, HangupSide.US)
    assert record.hang_up_reason == "booked"
    assert record.grade is not None
    assert record.grade.name == "A"
    assert len(record.reply_ms) == 2
    assert record.answer_to_audio_ms is not None
    assert record.error is None


def test_whoever_has_a_turn_sounds_on_their_own_side_of_the_recording_and_alone(scenes: Scenes) -> None:
    record, _ = scenes.agreeing
    assert record.recording is not None
    customer, ours = sides(record.recording)
    # On a busy machine frames may be missing at its end, never those of a turn.
    assert record.turns[-1].to_ms <= len(customer) / 8 <= record.talk_s * 1000 + 1000
    for turn in record.turns:
        speaking, silent = (customer, ours) if turn.who is Speaker.CUSTOMER else (ours, customer)
        assert is_sounding(speaking, turn.from_ms, turn.to_ms)
        assert not is_sounding(silent, turn.from_ms, turn.to_ms)


def test_a_person_who_interrupts_hears_us_stop_within_200_ms(scenes: Scenes) -> None:
    record, person = scenes.interrupting
    began = person.said_loud.index(True)
    heard = person.heard_loud
    stopped = next(at for at in range(began, len(heard)) if not any(heard[at : at + 15]))
    assert (stopped - began) * FRAME_MS <= 200
    assert record.turns[1].interrupted
    assert "not interested" in customers_words(record)[0]
    assert record.hang_up_reason == "declined"


def test_a_person_who_only_shows_that_they_listen_hears_us_out(scenes: Scenes) -> None:
    record, _ = scenes.nodding
    question = next(turn for turn in record.turns if turn.text.startswith("Would you like"))
    assert not question.interrupted
    nod = next(turn for turn in record.turns if turn.who is Speaker.CUSTOMER)
    assert "right" in nod.text.lower()
    assert question.from_ms < nod.from_ms < question.to_ms
    assert not nod.delivered
    assert record.hang_up_reason == "booked"


def test_who_stays_silent_is_asked_once_more_and_let_go(scenes: Scenes) -> None:
    record, _ = scenes.silent
    texts = [turn.text for turn in record.turns]
    assert texts[-3:] == ["Are you there?", "Would you like to take part?", "Sorry, goodbye."]
    assert record.hang_up_reason == "silence"


def test_a_person_who_hangs_up_in_the_middle_of_our_prompt(scenes: Scenes) -> None:
    record, _ = scenes.hanging_up
    assert (record.phone_state, record.hung_up_by) == (PhoneState.CONNECTED, HangupSide.THEM)
    assert [turn.interrupted for turn in record.turns] == [True]


def test_a_person_for_whom_no_seat_is_free_hears_who_called(scenes: Scenes) -> None:
    record, words = scenes.held
    heard = words.lower()
    assert "one moment" in heard
    assert "lines are busy" in heard
    assert "acme" in heard
    assert (record.phone_state, record.hang_up_reason, record.grade) == (PhoneState.LOST, "lost", None)
    assert "This was Acme, number four zero zero, one." in record.turns[-1].text
    assert record.recording is not None
    assert record.path == ()


def test_a_call_that_would_go_on_is_ended_at_its_cap(scenes: Scenes) -> None:
    record, person = scenes.talked_at
    assert record.hang_up_reason == "duration_cap"
    assert person.ended is not None
    assert person.ended.by is HangupSide.THEM
    assert record.recording is not None


def test_a_speech_server_that_dies_ends_the_call_with_an_apology_and_the_next_is_not_made(scenes: Scenes) -> None:
    record, _ = scenes.without_speech
    assert record.hang_up_reason == "speech_unavailable"
    assert record.turns[-1].text == APOLOGY
    assert record.phone_state is PhoneState.TECHNICAL_FAULT
    assert isinstance(scenes.after_that, SpeechUnavailableError)
