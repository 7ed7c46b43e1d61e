"""Whole calls, from ringing to grade, over real SIP, RTP and speech."""

import asyncio
import tempfile
import wave
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest

from callwright.callroom.record import CallRecord, Speaker
from callwright.callroom.settings import RoomSettings
from callwright.speech.port import Pcm, SpeechUnavailableError
from callwright.telephony.port import FRAME_MS, HangupSide, PhoneState
from tests.conversations.person import Behaviour, Person, spoken
from tests.conversations.stage import Stage, stage
from tests.fixtures_speech import start_speech_server, stop_speech_server


@pytest.fixture
async def here(speech_socket: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on the shared speech server."""
    async with stage(speech_socket, tmp_path) as ready:
        yield ready


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="speech-") as folder:
        yield Path(folder)


def customers_words(record: CallRecord) -> list[str]:
    return [turn.text.lower() for turn in record.turns if turn.who is Speaker.CUSTOMER]


def sides(recording: Path) -> tuple[Pcm, Pcm]:
    with wave.open(str(recording)) as file:
        both = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def is_sounding(side: Pcm, from_ms: int, to_ms: int) -> bool:
    part = side[from_ms * 8 : to_ms * 8].astype(np.float64)
    return bool(np.sqrt(np.mean(part**2)) > 100)


async def test_a_whole_conversation(here: Stage) -> None:
    yes = await spoken(here.speech, "Yes, of course.")
    day = await spoken(here.speech, "Tuesday morning would be good.")

    async def behave(person: Person) -> None:
        await person.hear_them_out()
        person.speak(yes)
        await person.hear_them_out()
        person.speak(day)

    record, _ = await here.call(behave)
    first, second = customers_words(record)
    assert "yes" in first
    assert "tuesday morning" in second
    assert [step.node for step in record.path] == ["greeting", "ask", "day", "booked"]
    assert (record.phone_state, record.hung_up_by, record.hang_up_reason) == (
        PhoneState.CONNECTED,
        HangupSide.US,
        "booked",
    )
    assert record.grade is not None
    assert record.grade.name == "A"
    assert len(record.reply_ms) == 2
    assert record.error is None
    check_recording(record)


def check_recording(record: CallRecord) -> None:
    """Whoever has a turn in the transcript sounds on their own side of the recording, and alone."""
    assert record.recording is not None
    customer, ours = sides(record.recording)
    assert abs(len(customer) / 8000 - record.talk_s) < 1
    for turn in record.turns:
        speaking, silent = (customer, ours) if turn.who is Speaker.CUSTOMER else (ours, customer)
        assert is_sounding(speaking, turn.from_ms, turn.to_ms)
        assert not is_sounding(silent, turn.from_ms, turn.to_ms)


async def test_a_person_who_interrupts_hears_us_stop_within_200_ms(here: Stage) -> None:
    no = await spoken(here.speech, "No thank you, I am not interested.")
    began: list[int] = []

    async def behave(person: Person) -> None:
        await person.hear_them_for(2200)
        began.append(len(person.said_loud))
        person.speak(no)

    record, person = await here.call(behave)
    first_sound = person.said_loud.index(True, began[0])
    stopped = next(
        at for at in range(first_sound, len(person.heard_loud)) if not any(person.heard_loud[at : at + 15])
    )
    assert (stopped - first_sound) * FRAME_MS <= 200
    assert record.hang_up_reason == "declined"
    assert record.turns[1].interrupted


async def test_who_stays_silent_is_asked_once_more_and_let_go(here: Stage) -> None:
    async def behave(person: Person) -> None:
        """Say nothing."""

    record, _ = await here.call(behave)
    assert [turn.text for turn in record.turns][-3:] == [
        "Are you there?",
        "Would you like to take part?",
        "Sorry, goodbye.",
    ]
    assert record.hang_up_reason == "silence"


async def test_a_person_who_hangs_up_in_the_middle_of_our_prompt(here: Stage) -> None:
    async def behave(person: Person) -> None:
        await person.hear_them_begin()
        await person.incoming.call.hang_up()

    record, _ = await here.call(behave)
    assert (record.phone_state, record.hung_up_by) == (PhoneState.CONNECTED, HangupSide.THEM)
    assert [turn.interrupted for turn in record.turns] == [True]


async def test_a_call_that_would_go_on_is_ended_at_its_cap(here: Stage) -> None:
    async def behave(person: Person) -> None:
        """Let them talk."""

    record, person = await here.call(behave, max_duration_s=1.0)
    assert record.hang_up_reason == "duration_cap"
    assert person.ended is not None
    assert person.ended.by is HangupSide.THEM
    assert record.recording is not None


async def test_a_speech_server_that_dies_ends_the_call_with_an_apology(tmp_path: Path, short_folder: Path) -> None:
    socket = short_folder / "speech.sock"
    server = start_speech_server(socket)
    try:
        async with stage(socket, tmp_path) as here:
            yes = await spoken(here.speech, "Yes, of course.")

            async def behave(person: Person) -> None:
                await person.hear_them_out()
                server.kill()
                await asyncio.to_thread(server.wait)
                person.speak(yes)
                await person.hear_them_out()
                person.speak(yes)

            record, _ = await here.call(behave, settings=RoomSettings(apology="Sorry, goodbye."))
            with pytest.raises(SpeechUnavailableError):
                await here.call(behave)
    finally:
        stop_speech_server(server)
    assert record.hang_up_reason == "speech_unavailable"
    assert record.turns[-1].text == "Sorry, goodbye."
    assert record.phone_state is PhoneState.CONNECTED


async def test_calls_side_by_side_do_not_mix(here: Stage) -> None:
    answers = {"101": "Yes, of course.", "102": "No thank you, I am not interested."}
    voices = {to: await spoken(here.speech, text) for to, text in answers.items()}

    def behaviour(to: str) -> Behaviour:
        async def behave(person: Person) -> None:
            await person.hear_them_out()
            person.speak(voices[to])

        return behave

    (agreeing, _), (declining, _) = await asyncio.gather(*(here.call(behaviour(to), to=to) for to in answers))
    assert "yes" in customers_words(agreeing)[0]
    assert "not interested" in customers_words(declining)[0]
    assert declining.hang_up_reason == "declined"
    for record in (agreeing, declining):
        check_recording(record)
