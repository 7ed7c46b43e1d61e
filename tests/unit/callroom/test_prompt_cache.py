import asyncio

import numpy as np
import pytest
from tests.fakes.simulated_time import SimulatedTime, settle
from tests.fakes.speech import FakeSpeech

from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.speech.port import Pcm, SpeechDeadlineError, SpeechUnavailableError

VOICE = Voice()
SENTENCE = "One sentence."


def fake_speech() -> FakeSpeech:
    return FakeSpeech(SimulatedTime())


async def test_a_sentence_is_made_once_however_many_wait_for_it() -> None:
    speech = fake_speech()
    speech.synthesis_ms = 100
    cache = PromptCache(speech)
    waiting = [asyncio.create_task(cache.fetch(SENTENCE, VOICE, deadline_s=1)) for _ in range(5)]
    await settle()
    await speech.time.advance(100)
    made = await asyncio.gather(*waiting)
    assert speech.synthesised == [SENTENCE]
    assert all(one is made[0] for one in made)
    assert cache.get(SENTENCE, VOICE) is made[0]


async def test_voice_and_speed_make_another_prompt() -> None:
    speech = fake_speech()
    cache = PromptCache(speech)
    for voice in (Voice("a"), Voice("b"), Voice("a", 1.2), Voice("a")):
        await cache.fetch(SENTENCE, voice, deadline_s=1)
    assert len(speech.synthesised) == 3


async def test_the_least_used_go_when_there_is_no_room() -> None:
    cache = PromptCache(fake_speech(), max_bytes=3 * 5760)
    for text in ("sentence one", "sentence two", "sentence 3rd"):
        await cache.fetch(text, VOICE, deadline_s=1)
    assert cache.get("sentence one", VOICE) is not None
    await cache.fetch("sentence 4th", VOICE, deadline_s=1)
    assert cache.get("sentence two", VOICE) is None
    assert cache.get("sentence one", VOICE) is not None
    assert cache.get("sentence 4th", VOICE) is not None


async def test_who_stops_waiting_does_not_take_it_from_the_others() -> None:
    speech = fake_speech()
    speech.synthesis_ms = 100
    cache = PromptCache(speech)
    first, second = (asyncio.create_task(cache.fetch(SENTENCE, VOICE, deadline_s=1)) for _ in range(2))
    await settle()
    first.cancel()
    await speech.time.advance(100)
    assert (await second).size
    assert speech.synthesised == [SENTENCE]


async def test_a_person_who_waits_is_not_queued_behind_what_is_made_ahead() -> None:
    live, ahead = fake_speech(), fake_speech()
    ahead.hung = True
    cache = PromptCache(live, ahead)
    warming = asyncio.create_task(cache.warm([SENTENCE], VOICE, deadline_s=10))
    await settle()
    assert (await cache.fetch(SENTENCE, VOICE, deadline_s=1)).size
    warming.cancel()
    await cache.close()


async def test_a_synthesiser_that_hangs_is_not_waited_for_and_asked_again_next_time() -> None:
    speech = fake_speech()
    speech.hung = True
    cache = PromptCache(speech)
    with pytest.raises(SpeechDeadlineError):
        await cache.fetch(SENTENCE, VOICE, deadline_s=0.01)
    speech.hung = False
    assert (await cache.fetch(SENTENCE, VOICE, deadline_s=1)).size


async def test_a_failure_is_everybodys_who_waited_and_is_not_kept() -> None:
    speech = fake_speech()
    speech.broken = True
    cache = PromptCache(speech)
    with pytest.raises(SpeechUnavailableError):
        await cache.warm([SENTENCE], VOICE, deadline_s=1)
    speech.broken = False
    await cache.warm([SENTENCE], VOICE, deadline_s=1)
    assert cache.get(SENTENCE, VOICE) is not None


async def test_silence_around_a_prompt_is_cut_but_for_a_breath_after_it() -> None:
    class Slow(FakeSpeech):
        async def synthesise(
            self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
        ) -> Pcm:
            quiet = np.full(4000, 20, np.int16)
            return np.concatenate([quiet, np.full(800, 5000, np.int16), quiet])

    pcm = await PromptCache(Slow(SimulatedTime())).fetch(SENTENCE, VOICE, deadline_s=1)
    loud = np.flatnonzero(pcm > 1000)
    assert (loud[0], pcm.size - loud[-1] - 1) == (80, 960)
