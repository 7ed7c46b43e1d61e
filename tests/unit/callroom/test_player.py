from unittest.mock import AsyncMock

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.simulated_time import SimulatedTime, settle
from tests.fakes.speech import FakeSpeech

from callwright.callroom.journal import Journal
from callwright.callroom.observer import Unobserved
from callwright.callroom.player import AllSpoken, News, Player, PromptEnded, PromptFailed, PromptStarted
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.recorded_prompts import RecordedPrompts
from callwright.dialogue.port import Speak

FIRST = "The first sentence."
SECOND = "And then the second."


async def player_of(*known: str) -> tuple[Player, FakeSpeech]:
    speech = FakeSpeech(SimulatedTime())
    cache = PromptCache(speech)
    await cache.warm(known, Voice(), deadline_s=1)
    recorded = RecordedPrompts(cache, None, Journal(speech.time, Unobserved()), limit_s=1)
    return Player(cache, Voice(), recorded, synthesis_s=1), speech


def play(player: Player, frames: int = 1000) -> tuple[int, list[News]]:
    """Return how many frames had sound, and the news."""
    sounding = 0
    news: list[News] = []
    for _ in range(frames):
        frame, told = player.frame()
        sounding += frame is not None and bool(frame.any())
        news += told
    return sounding, news


async def test_prompts_are_said_in_order_and_told_once() -> None:
    player, _ = await player_of(FIRST, SECOND)
    player.add(Speak(FIRST))
    player.add(Speak(SECOND))
    sounding, news = play(player)
    assert sounding == len(FIRST) + len(SECOND)
    assert [type(item) for item in news] == [PromptStarted, PromptEnded, PromptStarted, PromptEnded, AllSpoken]
    assert not player.busy


async def test_the_first_sentence_is_heard_while_the_second_is_being_made() -> None:
    player, speech = await player_of(FIRST)
    speech.synthesis_ms = 100
    player.add(Speak(f"{FIRST} {SECOND}"))
    sounding, news = play(player, 100)
    assert sounding == len(FIRST)
    assert len(news) == 1
    assert player.busy
    await settle()
    await speech.time.advance(100)
    sounding, news = play(player)
    assert sounding == len(SECOND)
    assert [type(item) for item in news] == [PromptEnded, AllSpoken]


async def test_a_stop_ends_everything_with_the_next_frame() -> None:
    player, _ = await player_of(FIRST, SECOND)
    player.add(Speak(FIRST))
    player.add(Speak(SECOND))
    play(player, 5)
    player.stop()
    sounding, news = play(player)
    assert sounding == 1
    ended = news[0]
    assert isinstance(ended, PromptEnded)
    assert (ended.interrupted, ended.prompt.begun) == (True, [FIRST])
    assert len(news) == 1


async def test_only_the_sentences_begun_were_said() -> None:
    player, _ = await player_of(FIRST, SECOND)
    player.add(Speak(f"{FIRST} {SECOND}"))
    play(player, 5)
    player.stop()
    _, news = play(player)
    assert isinstance(news[0], PromptEnded)
    assert news[0].prompt.begun == [FIRST]


async def test_a_stop_before_anything_was_heard_tells_nothing() -> None:
    player, _ = await player_of()
    player.add(Speak(FIRST))
    player.stop()
    assert play(player) == (0, [])
    await player.close()


async def test_a_sentence_that_cannot_be_made_drops_what_is_left() -> None:
    player, speech = await player_of(FIRST)
    speech.broken = True
    player.add(Speak(f"{FIRST} {SECOND}"))
    player.add(Speak(FIRST))
    await settle()
    sounding, news = play(player)
    assert sounding == len(FIRST)
    assert [type(item) for item in news] == [PromptStarted, PromptEnded, PromptFailed]
    assert not player.busy


async def test_nothing_to_say_is_said_at_once() -> None:
    player, _ = await player_of()
    player.add(Speak(""))
    sounding, news = play(player, 1)
    assert sounding == 0
    assert isinstance(news[-1], AllSpoken)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["add", "play", "stop"]), max_size=12))
async def test_every_prompt_heard_ends_exactly_once(doings: list[str]) -> None:
    player, _ = await player_of(FIRST)
    news: list[News] = []
    for doing in doings:
        if doing == "add":
            player.add(Speak(FIRST))
        elif doing == "stop":
            player.stop()
        else:
            news += play(player, 7)[1]
    news += play(player, 2000)[1]
    started = [item.prompt for item in news if isinstance(item, PromptStarted)]
    ended = [item.prompt for item in news if isinstance(item, PromptEnded)]
    assert [id(prompt) for prompt in started] == [id(prompt) for prompt in ended]
    assert not player.busy


async def test_after_a_long_pause_a_prompt_goes_on_from_the_gap_before_the_word() -> None:
    player, speech = await player_of()
    gap, word = np.full(80 * 8, 20, np.int16), np.full(200 * 8, 3000, np.int16)
    speech.synthesise = AsyncMock(return_value=np.concatenate([word, gap, word]))  # type: ignore[method-assign]
    player.add(Speak(FIRST))
    await settle()
    for _ in range(17):
        player.frame()
    player.pause()
    player.frame()
    left_ms = player.left_ms
    player.resume(after_words=True)
    # Of the second word 60 ms were said; before it comes the last frame of the gap.
    assert player.left_ms == left_ms + 60 + 20
    frame, _ = player.frame()
    assert frame is not None
    assert np.abs(frame).max() <= 20
    assert play(player)[1][-1] == AllSpoken()
    await player.close()
