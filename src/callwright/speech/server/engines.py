"""The loaded engines of a server, each behind its lane."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from callwright.speech import providers
from callwright.speech.port import SPOKEN_AHEAD
from callwright.speech.providers import Choice, IntentProvider, RecogniserProvider, SynthesiserProvider
from callwright.speech.server.config import SpeechServerConfig
from callwright.speech.server.lane import Lane
from callwright.speech.server.learning import Learning
from callwright.speech.server.speaking import Speaker
from callwright.speech.server.spoken_cache import SpokenCache

_LOADING_S = 600.0
_SLOW = 2
"""Niceness added to what computes for seconds: a recognition, a tenth of one, goes a little before it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Engines:
    """Engines that have answered once already, and the lanes their work goes through."""

    recogniser: RecogniserProvider
    recogniser_lane: Lane
    speakers: Mapping[str, Speaker]
    intents: IntentProvider
    intents_lane: Lane
    learning: Learning

    def stats(self) -> dict[str, Any]:
        """Return the counts of every lane by its name."""
        speaking = (speaker.lane for speaker in self.speakers.values())
        lanes = (self.recogniser_lane, *speaking, self.intents_lane, self.learning.lane)
        return {lane.name: asdict(lane.counts) for lane in lanes}


@asynccontextmanager
async def loaded(config: SpeechServerConfig) -> AsyncIterator[Engines]:
    """Load and warm all engines; close their lanes at the end.

    An engine is loaded in its lane, so that whatever threads it starts inherit the lane's niceness.
    """
    async with AsyncExitStack() as stack:

        def lane(name: str, workers: int, more_niceness: int = 0) -> Lane:
            opened = Lane(name, workers, config.niceness + more_niceness)
            stack.push_async_callback(opened.close)
            return opened

        hearing = lane("recogniser", config.recogniser_workers)
        speaking = {
            language: lane(
                f"synthesiser ({language})", config.synthesiser_workers, _SLOW if language in SPOKEN_AHEAD else 0
            )
            for language in config.synthesisers
        }
        sorting = lane("intent classifier", 1)
        training = lane("intent training", 1)
        recogniser, intents, synthesisers = await asyncio.gather(
            _in(hearing, lambda: providers.recogniser(config.recogniser)),
            _in(sorting, lambda: providers.intents(config.intents)),
            asyncio.gather(
                *(_in(speaking[language], _loading(choice)) for language, choice in config.synthesisers.items())
            ),
        )
        kept = await asyncio.to_thread(_kept, config)
        speakers = {
            language: Speaker(language, synthesiser, speaking[language], kept)
            for language, synthesiser in zip(config.synthesisers, synthesisers, strict=True)
        }
        learning = Learning(intents, training)
        stack.push_async_callback(learning.close)
        yield Engines(recogniser, hearing, speakers, intents, sorting, learning)


def _loading(choice: Choice) -> Callable[[], SynthesiserProvider]:
    return lambda: providers.synthesiser(choice)


def _kept(config: SpeechServerConfig) -> SpokenCache | None:
    if config.spoken is None:
        return None
    return SpokenCache(config.spoken, max_bytes=config.spoken_bytes, max_age_s=config.spoken_days * 86400)


async def _in(lane: Lane, load: Callable[[], T]) -> T:
    return await lane.run(load, priority=0, deadline_s=_LOADING_S)
