"""A script is learned to its end, whoever began it and left."""

import asyncio
import threading
from collections.abc import Mapping, Sequence

from callwright.speech.port import IntentScore
from callwright.speech.protocol import Priority
from callwright.speech.server.lane import Lane
from callwright.speech.server.learning import Learning

EXAMPLES = {"yes": ["yes"], "no": ["no"]}


class InThreeSteps:
    """Learns in three steps; the first waits until it is let go."""

    def __init__(self) -> None:
        self.steps = 0
        self.begun, self.let_go, self.done = threading.Event(), threading.Event(), threading.Event()

    def knows(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Know them after the first step."""
        return self.steps > 0

    def learn(self, examples: Mapping[str, Sequence[str]]) -> bool:
        """Take one step."""
        self.begun.set()
        self.let_go.wait()
        self.steps += 1
        if self.steps == 3:
            self.done.set()
        return self.steps < 3

    def classify(self, text: str, examples: Mapping[str, Sequence[str]]) -> list[IntentScore]:
        """Not asked here."""
        raise NotImplementedError

    def classify_invented(
        self, texts: Sequence[str], examples: Mapping[str, Sequence[str]]
    ) -> list[list[IntentScore]]:
        """Not asked here."""
        raise NotImplementedError


async def test_the_rest_is_learned_though_the_call_that_began_it_has_given_up() -> None:
    intents, lane = InThreeSteps(), Lane("intent training", 1, 0)
    learning = Learning(intents, lane)
    call = asyncio.create_task(learning.ready(EXAMPLES, priority=Priority.LIVE, deadline_s=20))
    await asyncio.to_thread(intents.begun.wait)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    intents.let_go.set()
    assert await asyncio.to_thread(intents.done.wait, 10)
    await learning.close()
    await lane.close()
