"""The loaded engines of a server, each behind its lane."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from callwright.speech import providers
from callwright.speech.providers import IntentProvider, RecogniserProvider, SynthesiserProvider
from callwright.speech.server.config import SpeechServerConfig
from callwright.speech.server.lane import Lane
from callwright.speech.server.learning import Learning

_LOADING_S = 600.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Engines:
    """Engines that have answered once already, and the lanes their work goes through."""

    recogniser: RecogniserProvider
    recogniser_lane: Lane
    synthesiser: SynthesiserProvider
    synthesiser_lane: Lane
    intents: IntentProvider
    intents_lane: Lane
    learning: Learning

    def stats(self) -> dict[str, Any]:
        """Return the counts of every lane by its name."""
        lanes = (self.recogniser_lane, self.synthesiser_lane, self.intents_lane, self.learning.lane)
        return {lane.name: asdict(lane.counts) for lane in lanes}


@asynccontextmanager
async def loaded(config: SpeechServerConfig) -> AsyncIterator[Engines]:
    """Load and warm all engines; close their lanes at the end.

    An engine is loaded in its lane, so that whatever threads it starts inherit the lane's niceness.
    """
    async with AsyncExitStack() as stack:

        def lane(name: str, workers: int) -> Lane:
            opened = Lane(name, workers, config.niceness)
            stack.push_async_callback(opened.close)
            return opened

        hearing = lane("recogniser", config.recogniser_workers)
        speaking = lane("synthesiser", config.synthesiser_workers)
        sorting = lane("intent classifier", 1)
        training = lane("intent training", 1)
        recogniser, synthesiser, intents = await asyncio.gather(
            _in(hearing, lambda: providers.recogniser(config.recogniser)),
            _in(speaking, lambda: providers.synthesiser(config.synthesiser)),
            _in(sorting, lambda: providers.intents(config.intents)),
        )
        learning = Learning(intents, training)
        stack.push_async_callback(learning.close)
        yield Engines(recogniser, hearing, synthesiser, speaking, intents, sorting, learning)


async def _in(lane: Lane, load: Callable[[], T]) -> T:
    return await lane.run(load, priority=0, deadline_s=_LOADING_S)
