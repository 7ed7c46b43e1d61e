"""Teaching the intent classifier a script: enough to answer at once, the rest beside the calls."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from callwright.kit.errors import CallwrightError
from callwright.speech.protocol import Priority
from callwright.speech.providers import IntentProvider
from callwright.speech.server.lane import Lane

_REST_S = 600.0

log = structlog.get_logger(__name__)

Examples = Mapping[str, Sequence[str]]


class Learning:
    """The lane on which ``intents`` learns, so that no call under way waits for another script's first."""

    def __init__(self, intents: IntentProvider, lane: Lane) -> None:
        self.lane = lane
        self._intents = intents
        self._unfinished: set[asyncio.Task[None]] = set()
        self._closed = False

    async def ready(self, examples: Examples, *, priority: int, deadline_s: float) -> None:
        """Return once the classifier can answer for ``examples``, and have it learn what is left after that."""
        if self._intents.knows(examples):
            return
        loop = asyncio.get_running_loop()
        await self.lane.run(lambda: self._begin(examples, loop), priority=priority, deadline_s=deadline_s)

    async def close(self) -> None:
        """Leave unlearned what waits."""
        self._closed = True
        for task in self._unfinished:
            task.cancel()
        await asyncio.gather(*self._unfinished, return_exceptions=True)

    def _begin(self, examples: Examples, loop: asyncio.AbstractEventLoop) -> None:
        # Of many calls that start at once only the first finds nothing learned. It may have given up by the time
        # that this is done; what is left is learned all the same.
        if not self._intents.knows(examples) and self._intents.learn(examples):
            loop.call_soon_threadsafe(self._go_on, examples)

    def _go_on(self, examples: Examples) -> None:
        if self._closed:
            return
        task = asyncio.create_task(self._finish(examples), name="learning")
        self._unfinished.add(task)
        task.add_done_callback(self._unfinished.discard)

    async def _finish(self, examples: Examples) -> None:
        try:
            while await self.lane.run(
                lambda: self._intents.learn(examples), priority=Priority.AHEAD, deadline_s=_REST_S
            ):
                pass
        except CallwrightError as error:
            log.warning("a script's later examples were not learned", why=str(error))
