"""A queue of work in front of a few threads, the urgent first and then in order of arrival."""

import asyncio
import heapq
import os
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog

from callwright.kit.errors import CallwrightError
from callwright.speech.errors import SpeechBusyError, SpeechFailedError
from callwright.speech.port import SpeechDeadlineError

MAX_WAITING = 500

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(order=True, slots=True)
class _Entry:
    priority: int
    number: int
    due: float = field(compare=False)
    deadline_s: float = field(compare=False)
    work: Callable[[], Any] = field(compare=False)
    answer: asyncio.Future[Any] = field(compare=False)


@dataclass(slots=True)
class LaneCounts:
    """What became of the requests of a lane since it opened; ``busy_s`` adds up over its threads."""

    waiting: int = 0
    done: int = 0
    failed: int = 0
    late: int = 0
    withdrawn: int = 0
    busy_s: float = 0.0


class Lane:
    """Runs work of one kind; ``name`` says which in errors. Its threads live until it is closed."""

    def __init__(self, name: str, workers: int, niceness: int) -> None:
        self.name = name
        self.counts = LaneCounts()
        self._number = 0
        self._heap: list[_Entry] = []
        self._arrived = asyncio.Semaphore(0)
        # On Linux os.nice acts on the calling thread alone; what that thread starts inherits it.
        self._threads = ThreadPoolExecutor(workers, f"speech-{name}", initializer=os.nice, initargs=(niceness,))
        self._workers = [asyncio.create_task(self._work(), name=f"{name}-{i}") for i in range(workers)]

    async def run(self, work: Callable[[], T], *, priority: int, deadline_s: float) -> T:
        """Return what ``work`` does once a thread is free for it. Cancelling withdraws it from the queue.

        Raises SpeechDeadlineError when it waited longer than ``deadline_s``, SpeechBusyError, SpeechFailedError and
        whatever CallwrightError ``work`` raises.
        """
        if self.counts.waiting >= MAX_WAITING:
            raise SpeechBusyError(what=self.name, waiting=self.counts.waiting)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._number += 1
        entry = _Entry(priority, self._number, loop.time() + deadline_s, deadline_s, work, answer)
        heapq.heappush(self._heap, entry)
        self.counts.waiting += 1
        self._arrived.release()
        return await answer

    async def close(self) -> None:
        """Drop what waits, and wait for the work under way."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        for entry in self._heap:
            entry.answer.cancel()
        await asyncio.to_thread(self._threads.shutdown)

    async def _work(self) -> None:
        while True:
            await self._arrived.acquire()
            entry = heapq.heappop(self._heap)
            self.counts.waiting -= 1
            if entry.answer.cancelled():
                self.counts.withdrawn += 1
            elif asyncio.get_running_loop().time() > entry.due:
                self.counts.late += 1
                entry.answer.set_exception(SpeechDeadlineError(what=self.name, deadline_s=entry.deadline_s))
            else:
                await self._carry_out(entry)

    async def _carry_out(self, entry: _Entry) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        outcome: Any
        try:
            outcome = await loop.run_in_executor(self._threads, entry.work)
            self.counts.done += 1
        except CallwrightError as error:
            outcome = error
            self.counts.failed += 1
        except Exception as error:  # whatever an engine raises must not end the lane
            outcome = self._failure(error)
            self.counts.failed += 1
        self.counts.busy_s += loop.time() - started
        if entry.answer.done():
            return
        if isinstance(outcome, CallwrightError):
            entry.answer.set_exception(outcome)
        else:
            entry.answer.set_result(outcome)

    def _failure(self, error: Exception) -> SpeechFailedError:
        place = traceback.extract_tb(error.__traceback__)[-1]
        # Not the message: an engine may quote what was said.
        log.error(
            "speech engine failed",
            engine=self.name,
            error=type(error).__name__,
            file=place.filename,
            line=place.lineno,
        )
        return SpeechFailedError(what=self.name, why=type(error).__name__)
