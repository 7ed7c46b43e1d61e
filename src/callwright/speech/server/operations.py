"""Requests checked and carried out."""

import math
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import numpy as np

from callwright.kit.script_size import MOST_EXAMPLES
from callwright.speech.errors import LanguageNotSpokenError, SpeechRequestError
from callwright.speech.port import Pcm
from callwright.speech.protocol import Message, Operation, Priority
from callwright.speech.server.engines import Engines
from callwright.speech.server.speaking import Saying

MAX_TEXT = 2000
MAX_EXAMPLES = MOST_EXAMPLES + 500  # with what the engine of a script adds of its own

_MAX_DEADLINE_S = 600.0

T = TypeVar("T")


async def carry_out(engines: Engines, request: Message) -> Any:
    """Return the answer to ``request``. Raises SpeechRequestError and what the engines raise."""
    operation = _field(request, "op", str)
    if operation not in _OPERATIONS:
        raise SpeechRequestError(why=f"there is no operation {operation[:40]!r}")
    return await _OPERATIONS[Operation(operation)](engines, request)


async def _recognise(engines: Engines, request: Message) -> dict[str, Any]:
    pcm, language = _pcm(request), _field(request, "language", str)
    heard = await engines.recogniser_lane.run(
        lambda: engines.recogniser.recognise(pcm, language),
        priority=_priority(request),
        deadline_s=_deadline(request),
    )
    return {
        "text": heard.text,
        "confidence": heard.confidence,
        "no_speech": heard.no_speech,
        "cpu_ms": heard.cpu_ms,
    }


async def _synthesise(engines: Engines, request: Message) -> bytes:
    text, voice, speed = _text(request), _field(request, "voice", str), _number(request, "speed")
    language = _field(request, "language", str)
    if language not in engines.speakers:
        raise LanguageNotSpokenError(
            provider="synthesiser", language=language[:40], known=", ".join(engines.speakers)
        )
    keep = _field(request, "keep", bool) if "keep" in request else False
    return await engines.speakers[language].speak(
        Saying(text, voice, speed, keep), priority=_priority(request), deadline_s=_deadline(request)
    )


async def _voices(engines: Engines, _request: Message) -> list[tuple[str, str, str]]:
    return [
        (voice.name, voice.language, voice.label)
        for language, speaker in engines.speakers.items()
        for voice in speaker.synthesiser.voices
        if voice.language == language
    ]


async def _classify(engines: Engines, request: Message) -> list[tuple[str, float]]:
    text, examples = _text(request), _examples(request)
    priority, deadline_s = _priority(request), _deadline(request)
    await engines.learning.ready(examples, priority=priority, deadline_s=deadline_s)
    ranked = await engines.intents_lane.run(
        lambda: engines.intents.classify(text, examples), priority=priority, deadline_s=deadline_s
    )
    return [(scored.intent, scored.score) for scored in ranked]


async def _ping(_engines: Engines, _request: Message) -> str:
    return "pong"


async def _stats(engines: Engines, _request: Message) -> dict[str, Any]:
    return engines.stats()


_OPERATIONS: dict[str, Callable[[Engines, Message], Awaitable[Any]]] = {
    Operation.RECOGNISE: _recognise,
    Operation.SYNTHESISE: _synthesise,
    Operation.VOICES: _voices,
    Operation.CLASSIFY: _classify,
    Operation.PING: _ping,
    Operation.STATS: _stats,
}


def _field(request: Message, name: str, kind: type[T]) -> T:
    value = request.get(name)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise SpeechRequestError(why=f"its field {name!r} is not of type {kind.__name__}")
    return value


def _number(request: Message, name: str) -> float:
    value = request.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise SpeechRequestError(why=f"its field {name!r} is not a finite number")
    return float(value)


def _priority(request: Message) -> int:
    return _field(request, "priority", int) if "priority" in request else Priority.LIVE


def _deadline(request: Message) -> float:
    return min(_number(request, "deadline_s"), _MAX_DEADLINE_S)


def _pcm(request: Message) -> Pcm:
    data = _field(request, "pcm", bytes)
    if len(data) % 2:
        raise SpeechRequestError(why="its audio is not a whole number of 16-bit samples")
    return np.frombuffer(data, "<i2").astype(np.int16, copy=False)


def _text(request: Message) -> str:
    text = _field(request, "text", str)
    if len(text) > MAX_TEXT:
        raise SpeechRequestError(why=f"its text has {len(text)} characters, more than {MAX_TEXT}")
    return text


def _examples(request: Message) -> dict[str, list[str]]:
    examples = _field(request, "examples", dict)
    for intent, sentences in examples.items():
        if not isinstance(intent, str) or not isinstance(sentences, list) or not sentences:
            raise SpeechRequestError(why="every intent needs a name and a list of example sentences")
        if not all(isinstance(sentence, str) and len(sentence) <= MAX_TEXT for sentence in sentences):
            raise SpeechRequestError(why=f"an example sentence is no text of at most {MAX_TEXT} characters")
    if not examples or sum(map(len, examples.values())) > MAX_EXAMPLES:
        raise SpeechRequestError(why=f"it needs between 1 and {MAX_EXAMPLES} example sentences")
    return examples
