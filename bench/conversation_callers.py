"""The people of ``bench.conversation``: they answer, listen, speak, and time what reaches their ears.

``python -m bench.conversation_callers`` prints the port it is rung at, takes calls until its input closes, and then
prints what it measured as JSON.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import structlog
import yaml

from callwright.speech.port import SAMPLE_RATE, Pcm
from callwright.speech.providers import Choice, synthesiser
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES, Ended, Frame, IncomingCall

_LOUD = 120.0
_QUIET_FRAMES = 700 // FRAME_MS
_UTTERANCES = Path(__file__).parent / "data" / "utterances.yaml"
_PAUSES = Path(__file__).parent / "data" / "pauses.yaml"
_LINES = 24
_NO_REPLY_S = 8.0


@dataclass
class Measured:
    """Everything that was timed, in ms; ``early`` replies began while the person still spoke, or paused in it.

    ``lines`` were said, ``pauses`` of them with a pause.
    """

    reply_ms: list[float] = field(default_factory=list)
    answer_to_audio_ms: list[float] = field(default_factory=list)
    lines: int = 0
    pauses: int = 0
    early: int = 0
    early_in_pauses: int = 0
    missed: int = 0


class Caller:
    """One person: waits until the other has finished, pauses, says a line, and waits for the reply.

    Every fourth line is one of two ``parts``, with 200 to 1000 ms between them. Whoever is answered in that pause
    goes on with the second all the same, and how soon the reply to both then comes is not timed.
    """

    def __init__(
        self, lines: list[Pcm], parts: list[tuple[Pcm, Pcm]], measured: Measured, chance: random.Random
    ) -> None:
        self._lines = lines
        self._parts = parts
        self._paused = self._cut = False
        self._measured = measured
        self._chance = chance
        self._noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, 12, 8000).astype(np.int16)
        self._speaking: Pcm | None = None
        self._position = 0
        self._pause = 0
        self._quiet = 0
        self._has_heard = False
        self._finished_at: float | None = None
        self._answered_at: float | None = time.monotonic()

    def heard(self, frame: Frame) -> None:
        """Listen for the beginning and the end of what is said to us."""
        if np.sqrt(np.mean(frame.astype(np.float32) ** 2)) > _LOUD:
            self._heard_sound()
        elif self._has_heard:
            self._quiet += 1

    def say(self) -> Frame:
        """Say the next 20 ms of a line, or of the room's noise."""
        now = time.monotonic()
        begin = self._chance.randrange(len(self._noise) - FRAME_SAMPLES)
        frame = self._noise[begin : begin + FRAME_SAMPLES]
        if self._speaking is not None:
            return self._next_of_line(self._speaking, frame, now)
        if self._finished_at is not None and now - self._finished_at > _NO_REPLY_S:
            self._measured.missed += 1
            self._finished_at = None
            self._has_heard = True
            self._quiet = _QUIET_FRAMES
        if self._has_heard and self._quiet >= _QUIET_FRAMES:
            self._pause -= 1
            if self._pause <= 0:
                self._begin()
        return frame

    def _heard_sound(self) -> None:
        now = time.monotonic()
        self._quiet = 0
        if self._answered_at is not None:
            self._measured.answer_to_audio_ms.append((now - self._answered_at) * 1000)
            self._answered_at = None
        if self._speaking is not None:
            self._count_early()
        elif self._finished_at is not None:
            if not self._cut:
                self._measured.reply_ms.append((now - self._finished_at) * 1000)
            self._finished_at = None
        self._has_heard = True

    def _count_early(self) -> None:
        if not self._cut:
            self._measured.early += not self._paused
            self._measured.early_in_pauses += self._paused
        self._cut = True
        if not self._paused:
            self._speaking = None

    def _begin(self) -> None:
        self._cut, self._paused = False, self._chance.random() < 1 / 4
        self._measured.lines += 1
        self._measured.pauses += self._paused
        self._speaking = self._with_pause() if self._paused else self._chance.choice(self._lines)
        self._position = 0
        self._has_heard = False
        self._pause = self._chance.randint(0, 20)

    def _with_pause(self) -> Pcm:
        first, second = self._chance.choice(self._parts)
        pause = np.zeros(int(np.exp(self._chance.uniform(np.log(0.2), 0.0)) * SAMPLE_RATE), np.int16)
        return np.concatenate([first, pause, second])

    def _next_of_line(self, line: Pcm, noise: Frame, now: float) -> Frame:
        part = line[self._position : self._position + FRAME_SAMPLES]
        self._position += FRAME_SAMPLES
        if self._position >= len(line):
            self._speaking = None
            self._finished_at = now
        return noise + np.pad(part, (0, FRAME_SAMPLES - len(part)))


def _spoken_parts() -> list[tuple[Pcm, Pcm]]:
    """Return lines with one pause in them, as what is before it and after it."""
    voice = synthesiser(Choice("hibari"))
    known = yaml.safe_load(_PAUSES.read_text())["anything"]
    halves = [[_trimmed(voice.synthesise(part, "", 1.0)) for part in text.split("|")] for text in known]
    return [(first, second) for first, second in halves]


def _spoken_lines(chance: random.Random, unsaid: str) -> list[Pcm]:
    """Return lines of five words or more without a pause in them, trimmed to their sound; none of ``unsaid``."""
    known = yaml.safe_load(_UTTERANCES.read_text())
    sentences = [text for meaning, texts in known.items() if meaning != unsaid for text in texts]
    plain = [text for text in sentences if len(text.split()) >= 5 and "," not in text and "." not in text[:-1]]
    voice = synthesiser(Choice("hibari"))
    return [_trimmed(voice.synthesise(text, "", 1.0)) for text in chance.sample(plain, _LINES)]


def _trimmed(pcm: Pcm) -> Pcm:
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > np.abs(pcm).max() * 0.06)
    return pcm[loud[0] : loud[-1] + 1]


async def _take_calls(unsaid: str) -> Measured:
    chance = random.Random(1)
    lines, parts = _spoken_lines(chance, unsaid), _spoken_parts()
    measured = Measured()

    async def on_incoming(incoming: IncomingCall) -> None:
        await incoming.call.ring()
        await incoming.call.answer()
        incoming.call.attach(Caller(lines, parts, measured, random.Random(chance.random())))
        async for event in incoming.call.events():
            if isinstance(event, Ended):
                return

    engine = EmbeddedEngine(EmbeddedConfig(host="127.0.0.1", sip_port=0, rtp_ports=(44000, 44999)))
    engine.on_incoming(on_incoming)
    await engine.start()
    print(engine.address[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await engine.stop()
    return measured


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    parser = argparse.ArgumentParser()
    parser.add_argument("--unsaid", default="", help="what nobody means")
    print(json.dumps(asdict(asyncio.run(_take_calls(parser.parse_args().unsaid)))))
