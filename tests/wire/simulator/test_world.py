"""Every kind of handset, called over real SIP and RTP; what is found must be what the truth says."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from tests.fakes.recogniser import AbsentRecogniser
from tests.waiting import PATIENCE_S
from tests.wire.simulator.conftest import NUMBER, Build

from callwright.simulator.people import Person, Voice, Wish
from callwright.simulator.scenario import (
    Answers,
    Busy,
    NoAnswer,
    Refuses,
    Unreachable,
    Voicemail,
    WrongNumber,
)
from callwright.simulator.truth import Leaver
from callwright.simulator.voices import speak
from callwright.simulator.words import Intent
from callwright.simulator.world import run_world
from callwright.speech.client import SpeechClient
from callwright.speech.port import Pcm, Recognition
from callwright.telephony.errors import EngineUnavailableError
from callwright.telephony.port import (
    Answered,
    DtmfReceived,
    EarlyMedia,
    HangupSide,
    PhoneState,
    Ringing,
    TrunkState,
)

PROMPT = "Would you like to book?"


def person(wish: Wish = Wish.BOOKS, *, says_hello: bool = True, patience_s: float = 8.0) -> Answers:
    who = Person(
        name="Rosa Palmer", wish=wish, seed=1, reaction_s=0.2, says_hello=says_hello, patience_s=patience_s
    )
    return Answers(ring_s=0.2, person=who)


def loud(sound: Pcm) -> bool:
    return len(sound) > 8000 and bool(np.abs(sound).max() > 2000)


def strength(sound: Pcm, hertz: float) -> float:
    """Return the largest share that one frequency has of any 200 ms."""
    pieces = sound[: len(sound) // 1600 * 1600].reshape(-1, 1600).astype(np.float64)
    spectrum = np.abs(np.fft.rfft(pieces * np.hanning(1600), axis=1)) ** 2
    at = round(hertz / 5)
    loud_enough = spectrum.sum(axis=1) > 1e10
    shares = spectrum[:, at - 3 : at + 4].sum(axis=1) / np.maximum(spectrum.sum(axis=1), 1)
    return float(shares[loud_enough].max(initial=0))


async def test_busy_is_486(build: Build) -> None:
    async with build({NUMBER: Busy()}) as town:
        found = await town.find()
        assert (found.ended.code, found.ended.cause, found.ended.phone_state) == (486, 17, PhoneState.BUSY)
        (truth,) = await town.truth()
        assert (truth.code, truth.phone_state, truth.rang_at) == (486, PhoneState.BUSY, None)


async def test_refusing_is_603_after_ringing(build: Build) -> None:
    async with build({NUMBER: Refuses(ring_s=0.2)}) as town:
        found = await town.find()
        assert [type(event) for event in found.events[:-1]] == [Ringing]
        assert (found.ended.code, found.ended.cause, found.ended.phone_state) == (603, 21, PhoneState.REFUSED)
        (truth,) = await town.truth()
        assert (truth.phone_state, truth.hung_up_by) == (PhoneState.REFUSED, Leaver.HANDSET)


async def test_nobody_answers_until_the_caller_gives_up(build: Build) -> None:
    async with build({NUMBER: NoAnswer()}) as town:
        found = await town.find(ring_timeout_s=1.0)
        assert found.ended.phone_state is PhoneState.NO_ANSWER
        (truth,) = await town.truth()
        assert (truth.phone_state, truth.hung_up_by) == (PhoneState.NO_ANSWER, Leaver.CALLER)


@pytest.mark.parametrize(
    ("handset", "code", "state"),
    [
        (WrongNumber(text="Not in service."), 404, PhoneState.INVALID_NUMBER),
        (Unreachable(text="Try again."), 480, PhoneState.UNREACHABLE),
    ],
)
async def test_announcements_come_before_the_failure(
    build: Build, handset: WrongNumber | Unreachable, code: int, state: PhoneState
) -> None:
    async with build({NUMBER: handset}) as town:
        found = await town.find()
        assert [type(event) for event in found.events[:-1]] == [EarlyMedia]
        assert (found.ended.code, found.ended.phone_state) == (code, state)
        for hertz in (950, 1400, 1800):
            assert strength(found.listener.sound, hertz) > 0.9
        assert loud(found.listener.sound)
        (truth,) = await town.truth()
        assert (truth.code, truth.phone_state, truth.answered_at) == (code, state, None)


async def test_a_number_without_a_handset_is_404(build: Build) -> None:
    async with build({NUMBER: Busy()}) as town:
        found = await town.find("+12125550199")
        assert (found.ended.code, found.ended.cause, found.ended.phone_state) == (404, 1, PhoneState.INVALID_NUMBER)
        assert (await town.truth())[0].kind == "unknown"


async def test_a_person_answers_and_is_heard(build: Build) -> None:
    async with build({NUMBER: person()}) as town:
        found = await town.find(until=loud)
        assert [type(event) for event in found.events[:-1]] == [Ringing, Answered]
        (truth,) = await town.truth()
        assert truth.phone_state is PhoneState.CONNECTED
        assert truth.wish is Wish.BOOKS
        assert truth.hung_up_by is Leaver.CALLER
        assert truth.said[0].intent is Intent.HELLO


async def test_a_person_answers_the_caller(build: Build) -> None:
    async with build({NUMBER: person(Wish.REFUSES, says_hello=False)}) as town:
        prompt = speak(PROMPT, Voice(), -24)
        found = await town.find(say=prompt, until=loud)
        assert found.ended.by is HangupSide.US
        (truth,) = await town.truth()
        assert truth.said[0].intent is Intent.NO
        (heard,) = truth.heard
        assert 0.8 < heard.until_s - heard.at_s < len(prompt) / 8000
        assert truth.said[0].at_s >= heard.until_s


@dataclass
class Unhurried:
    """A recogniser that is waited for on a busy machine, too."""

    speech: SpeechClient

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Recognise."""
        return await self.speech.recognise(pcm, language=language, deadline_s=PATIENCE_S)


async def test_a_person_who_understands_answers_the_question(build: Build, speech_socket: Path) -> None:
    speech = await SpeechClient.connect(speech_socket, wait_s=PATIENCE_S)
    handset = person(says_hello=False, patience_s=60.0)
    async with build({NUMBER: handset}, recogniser=Unhurried(speech)) as town:
        await town.find(say=speak("Which day would suit you?", Voice(), -24), until=loud)
        (truth,) = await town.truth()
        assert "day" in (truth.heard[0].words or "")
        assert truth.said[0].intent is Intent.PICK_DAY
    await speech.close()


async def test_without_the_recogniser_people_go_by_the_order_of_turns(build: Build) -> None:
    recogniser = AbsentRecogniser()
    async with build({NUMBER: person(says_hello=False)}, recogniser=recogniser) as town:
        await town.find(say=speak("Which day would suit you?", Voice(), -24), until=loud)
        (truth,) = await town.truth()
        assert recogniser.asked == 1
        assert truth.heard[0].words is None
        assert truth.said[0].intent is Intent.YES


@dataclass
class Hears:
    """A recogniser that hears the same whatever was said."""

    words: str

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Recognise."""
        return Recognition(self.words, 1.0, 0.0, 0.0)


async def test_a_person_presses_a_key_that_is_asked_for(build: Build) -> None:
    handset = person(says_hello=False, patience_s=2.0)
    async with build({NUMBER: handset}, recogniser=Hears("Press 1 for yes, or 2 for no.")) as town:
        found = await town.find(say=speak(PROMPT, Voice(), -24), until=loud)
        assert [event.digit for event in found.events if isinstance(event, DtmfReceived)] == ["1"]
        (truth,) = await town.truth()
        assert [keys.digits for keys in truth.pressed] == ["1"]


async def test_an_impatient_person_hangs_up(build: Build) -> None:
    async with build({NUMBER: person(Wish.SILENT, patience_s=2.0)}) as town:
        found = await town.find()
        assert (found.ended.by, found.ended.phone_state) == (HangupSide.THEM, PhoneState.CONNECTED)
        (truth,) = await town.truth()
        assert (truth.hung_up_by, truth.why, truth.said) == (Leaver.HANDSET, "silence", [])


async def test_voicemail_greets_beeps_and_records(build: Build) -> None:
    mailbox = Voicemail(ring_s=0.2, text="Leave a message after the tone.", records_s=1.0)
    async with build({NUMBER: mailbox}) as town:
        found = await town.find()
        assert found.ended.by is HangupSide.THEM
        assert strength(found.listener.sound, 1000) > 0.9
        (truth,) = await town.truth()
        assert truth.phone_state is PhoneState.VOICEMAIL
        assert truth.beep_at_s is not None
        assert truth.said[0].text == mailbox.text
        assert not truth.said[0].cut_short


async def test_the_second_call_to_a_handset_finds_it_busy(build: Build) -> None:
    async with build({NUMBER: person(says_hello=False)}) as town:
        first, _ = await town.dial()
        events = first.events()
        assert isinstance(await anext(events), Ringing)
        assert (await town.find()).ended.code == 486
        await first.hang_up()
        async for _ in events:
            pass
        assert [truth.phone_state for truth in await town.truth(2)] == [PhoneState.BUSY, PhoneState.NO_ANSWER]


async def test_a_line_registers_and_calls_with_its_password(build: Build) -> None:
    async with build({NUMBER: Busy()}, users={"line": "secret"}, credentials=("line", "secret")) as town:
        assert town.state is TrunkState.REGISTERED
        assert (await town.find()).ended.code == 486


async def test_a_line_with_a_wrong_password_is_refused(build: Build) -> None:
    async with build({NUMBER: Busy()}, users={"line": "secret"}, credentials=("line", "guess")) as town:
        assert town.state is TrunkState.REFUSED
        assert (await town.find()).ended.phone_state is PhoneState.LINE_FAULT


async def test_a_world_that_ends_hangs_up_and_keeps_its_truth(build: Build) -> None:
    async with build({NUMBER: person()}) as town:
        call, _ = await town.dial()
        async for event in call.events():
            if isinstance(event, Answered):
                break
    (truth,) = await town.truth()
    assert truth.phone_state is PhoneState.CONNECTED
    assert truth.ended_at is not None


async def test_a_taken_port_is_named(build: Build) -> None:
    async with build({NUMBER: Busy()}) as town:
        with pytest.raises(EngineUnavailableError, match=str(town.ready.port)):
            await run_world(replace(town.config, port=town.ready.port), print)
