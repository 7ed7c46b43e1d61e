"""Every utterance of the world, rendered once: on a thread ahead of need, kept in memory and on disk."""

import asyncio
import hashlib
import itertools
import os
import queue
import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

import numpy as np
import structlog

from callwright.simulator.people import Voice
from callwright.simulator.voices import speak
from callwright.speech.port import Pcm

log = structlog.get_logger(__name__)

_RENDERING = "1"
"""Part of every file's name; another when the same words would sound different."""

_MOST_BYTES = 128 * 1024 * 1024


class Haste(IntEnum):
    """How soon an utterance is needed."""

    NOW = 0
    SOON = 1
    SOME_TIME = 2


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words in a voice at a level (dBov)."""

    text: str
    voice: Voice
    level_db: float

    @property
    def key(self) -> str:
        """Return a name for the samples that changes with everything they depend on."""
        parts = (_RENDERING, self.voice.model_dump_json(), str(self.level_db), self.text)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@dataclass(order=True, slots=True)
class _Order:
    haste: int
    number: int
    utterance: Utterance | None = field(compare=False)
    result: "Future[Pcm]" = field(compare=False)


class SpeechStore:
    """Renders with one thread, the most urgent first. ``folder`` keeps what was rendered for the next start."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._orders: queue.PriorityQueue[_Order] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._memory: OrderedDict[str, Pcm] = OrderedDict()
        self._bytes = 0
        self._thread = threading.Thread(target=self._work, name="simulator-speech", daemon=True)
        self._thread.start()

    async def get(self, utterance: Utterance, haste: Haste = Haste.NOW) -> Pcm:
        """Return the samples of an utterance, rendering it first where needed."""
        kept = self._memory.get(utterance.key)
        return kept if kept is not None else await asyncio.wrap_future(self._order(utterance, haste))

    def prepare(self, utterances: list[Utterance], haste: Haste) -> None:
        """Have utterances rendered ahead of need, in their order."""
        for utterance in utterances:
            if utterance.key not in self._memory:
                self._order(utterance, haste)

    async def close(self) -> None:
        """Let go of the thread; what was not rendered yet never will be."""
        self._orders.put(_Order(-1, next(self._numbers), None, Future()))
        await asyncio.to_thread(self._thread.join)

    def _order(self, utterance: Utterance, haste: Haste) -> "Future[Pcm]":
        order = _Order(haste, next(self._numbers), utterance, Future())
        self._orders.put(order)
        return order.result

    def _work(self) -> None:
        while True:
            order = self._orders.get()
            if order.utterance is None:
                break
            if not order.result.set_running_or_notify_cancel():
                continue
            try:
                order.result.set_result(self._render(order.utterance))
            except Exception as problem:
                order.result.set_exception(problem)
        self._cancel_all()

    def _cancel_all(self) -> None:
        while not self._orders.empty():
            self._orders.get_nowait().result.cancel()

    def _render(self, utterance: Utterance) -> Pcm:
        kept = self._memory.get(utterance.key)
        if kept is not None:
            return kept
        path = self._folder / f"{utterance.key}.npy"
        pcm = _read(path)
        if pcm is None:
            pcm = speak(utterance.text, utterance.voice, utterance.level_db)
            _write(path, pcm)
        self._keep(utterance.key, pcm)
        return pcm

    def _keep(self, key: str, pcm: Pcm) -> None:
        self._memory[key] = pcm
        self._bytes += pcm.nbytes
        while self._bytes > _MOST_BYTES:
            _, oldest = self._memory.popitem(last=False)
            self._bytes -= oldest.nbytes


def _read(path: Path) -> Pcm | None:
    """Return the samples of a file, nothing for one that is missing or broken (it is then written anew)."""
    try:
        return np.asarray(np.load(path, allow_pickle=False), np.int16)
    except (OSError, ValueError, EOFError):
        return None


def _write(path: Path, pcm: Pcm) -> None:
    """Write a file so that no other process ever sees half of it; a full disk costs only time at the next start."""
    unfinished = path.with_name(f"{path.stem}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        with unfinished.open("wb") as file:
            np.save(file, pcm)
        unfinished.replace(path)
    except OSError as problem:
        log.warning("rendered speech not kept", folder=str(path.parent), problem=str(problem))
