"""What the real models make of speech, noise and sentences, asked through the server."""

import asyncio
from collections.abc import Callable

import numpy as np
import pytest
from tests.waiting import until

from callwright.speech.client import SpeechClient
from callwright.speech.errors import LanguageNotSpokenError, SpeechRequestError, UnknownVoiceError
from callwright.speech.port import SAMPLE_RATE, Pcm

EXAMPLES = {
    "interested": ["yes I'm interested", "sure tell me more", "that sounds good"],
    "ask_price": ["how much does it cost", "what's the price", "is there a fee for that"],
    "wrong_number": ["you have the wrong number", "there's nobody by that name here", "wrong person"],
}
FLOOR = 0.45


def words(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha() or letter == " ")


async def test_what_is_spoken_is_recognised(speech: SpeechClient) -> None:
    spoken = await speech.synthesise("I am in a meeting, please call me back tomorrow afternoon.")
    heard = await speech.recognise(spoken)
    assert words(heard.text) == "i am in a meeting please call me back tomorrow afternoon"
    assert heard.confidence > 0.7
    assert heard.no_speech < 0.3
    assert heard.cpu_ms > 0


async def test_the_same_text_is_the_same_sound_and_speed_counts(speech: SpeechClient) -> None:
    once, again = [await speech.synthesise("Good morning.") for _ in range(2)]
    assert np.array_equal(once, again)
    assert once.dtype == np.int16
    assert len(await speech.synthesise("Good morning.", speed=1.5)) < len(once)


async def test_nothing_to_say_is_no_sound(speech: SpeechClient) -> None:
    assert len(await speech.synthesise("")) == 0


async def test_long_speech_is_heard_to_its_end(speech: SpeechClient) -> None:
    sentence = "The meeting about the new contract was moved to the second floor of the building. "
    spoken = await speech.synthesise("We begin here. " + sentence * 8 + "Goodbye and thank you.")
    assert len(spoken) > 30 * SAMPLE_RATE
    heard = words((await speech.recognise(spoken, deadline_s=30)).text)
    assert heard.startswith("we begin here")
    assert heard.endswith("goodbye and thank you")
    assert heard.count("contract") == 8


def white(rng: np.random.Generator) -> Pcm:
    return (rng.standard_normal(2 * SAMPLE_RATE) * 800).astype(np.int16)


def rumble(rng: np.random.Generator) -> Pcm:
    walk = np.cumsum(rng.standard_normal(3 * SAMPLE_RATE))
    noise: Pcm = (1500 * (walk - walk.mean()) / np.abs(walk).max()).astype(np.int16)
    return noise


def silence(_: np.random.Generator) -> Pcm:
    return np.zeros(2 * SAMPLE_RATE, np.int16)


def nothing(_: np.random.Generator) -> Pcm:
    return np.zeros(0, np.int16)


@pytest.mark.parametrize("noise", [white, rumble, silence, nothing])
async def test_noise_has_no_words(speech: SpeechClient, noise: Callable[[np.random.Generator], Pcm]) -> None:
    heard = await speech.recognise(noise(np.random.default_rng(3)))
    assert heard.text == ""
    assert heard.confidence == 0
    assert heard.no_speech > 0.6


@pytest.mark.parametrize(
    ("sentence", "intent"),
    [
        ("What do I have to pay for that?", "ask_price"),
        ("Sorry, I think you misdialled, wrong number.", "wrong_number"),
        ("Oh that sounds great, tell me more about it.", "interested"),
    ],
)
async def test_a_sentence_finds_its_intent(speech: SpeechClient, sentence: str, intent: str) -> None:
    ranked = await speech.classify(sentence, EXAMPLES)
    assert ranked[0].intent == intent
    assert ranked[0].score > FLOOR
    assert {scored.intent for scored in ranked} == set(EXAMPLES)
    assert sum(scored.score for scored in ranked) == pytest.approx(1)


async def test_learning_a_new_script_delays_no_call_under_way(speech: SpeechClient) -> None:
    await speech.classify("hello", EXAMPLES)
    new = {f"intent_{number}": [f"sentence {number} of a new script", f"{number} more"] for number in range(80)}
    learning = asyncio.create_task(speech.classify("hello", new, deadline_s=60))
    for _ in range(3):
        await speech.classify("what does it cost", EXAMPLES)
    assert not learning.done()
    assert len(await learning) == 80


async def test_one_intent_is_always_certain(speech: SpeechClient) -> None:
    (only,) = await speech.classify("anything at all", {"yes": ["yes"]})
    assert (only.intent, only.score) == ("yes", 1.0)


async def test_what_an_engine_cannot_do_is_said(speech: SpeechClient) -> None:
    with pytest.raises(LanguageNotSpokenError, match="'fr'"):
        await speech.recognise(np.zeros(SAMPLE_RATE, np.int16), language="fr")
    with pytest.raises(UnknownVoiceError, match="It has: heart"):
        await speech.synthesise("Hello.", voice="emma")
    with pytest.raises(SpeechRequestError, match="more than 2000"):
        await speech.synthesise("a" * 2001)
    with pytest.raises(SpeechRequestError, match="example"):
        await speech.classify("hello", {})
    with pytest.raises(SpeechRequestError, match="example"):
        await speech.classify("hello", {"empty": []})


async def test_a_large_script_is_answered_before_all_of_it_is_learned(speech: SpeechClient) -> None:
    examples = {**EXAMPLES, "ask_number": [f"number {number}" for number in range(310)]}
    before = (await speech.stats())["intent training"]["done"]
    ranked = await speech.classify("how much is it", examples, deadline_s=60)
    assert ranked[0].intent == "ask_price"

    async def all_is_learned() -> bool:
        return (await speech.stats())["intent training"]["done"] >= before + 2

    await until(all_is_learned)
    assert (await speech.classify("how much is it", examples))[0].intent == "ask_price"
