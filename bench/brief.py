"""How long people wait for a language model's answer, asked early and asked only when they have surely finished.

``python -m bench.brief --calls 5 --seconds 60 --rounds 2``: whole calls over SIP and RTP, as ``bench.conversation``
holds them, spoken by engine 2.0. Its language model is a real HTTP server on loopback that streams, its first word
after ``--first-ms``. Every answer is synthesised live. The rounds of both ways take turns in the same run, after a
short one that does not count; *early* and *late* are what a person at the far end hears, from the end of their
sound to the first of ours. The limit is what nobody can do without who asks late: the silence that ends a turn, the
first word, and the rest of a sentence.
*In vain* are askings that were answered to nobody. The last line is one JSON object.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from bench.pinned import pinned, two_cores
from rich.console import Console
from rich.table import Table

_WAYS = ("early", "late")
_UNSAID = "do_not_call"
_WORDS = 6
_SILENCE_MS = 480
_WARM_S = 12.0


def _round(socket: Path, server: int, way: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Hold calls one way, and return what the people heard, the room measured and the model was asked."""
    cores = two_cores()
    pace = ("--first-ms", str(asked.first_ms), "--word-ms", str(asked.word_ms))
    with (
        pinned(cores[1], "bench.streaming_model", *pace) as model,
        pinned(cores[1], "bench.conversation_callers", "--unsaid", _UNSAID) as callers,
    ):
        assert callers.stdout is not None
        assert model.stdout is not None
        address = f"http://127.0.0.1:{model.stdout.readline().strip()}/v1"
        where = ("--socket", str(socket), "--server", str(server), "--port", callers.stdout.readline().strip())
        sizes = ("--calls", str(asked.calls), "--seconds", str(asked.seconds), "--model", address)
        late = ("--late",) if way == "late" else ()
        with pinned(cores[0], "bench.conversation_node", *where, *sizes, *late) as node:
            room = json.loads(node.communicate()[0])
        ears = json.loads(callers.communicate()[0])
        return {"ears": ears, "room": room, "model": json.loads(model.communicate()[0])}


def _summary(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    heard = [reply for one in rounds for reply in one["ears"]["reply_ms"]]
    room = [reply for one in rounds for reply in one["room"]["reply_ms"]]
    asked = sum(one["model"]["asked"] for one in rounds)
    return {
        "p50": round(float(np.percentile(heard, 50))),
        "p95": round(float(np.percentile(heard, 95))),
        "room_p50": round(float(np.percentile(room, 50))),
        "room_p95": round(float(np.percentile(room, 95))),
        "replies": len(heard),
        "asked": asked,
        "in_vain_percent": round(100 * sum(one["model"]["hung_up_on"] for one in rounds) / asked, 1),
        "missed": sum(one["ears"]["missed"] for one in rounds),
        "errors": sum(one["room"]["errors"] + one["room"]["speech_errors"] for one in rounds),
        "others_percent": max(one["room"]["others_percent"] for one in rounds),
    }


def _show(found: dict[str, dict[str, Any]], limit_ms: float) -> None:
    table = Table(title=f"A language model's answer at the person's ear, ms; asked late not below {limit_ms:.0f}")
    columns = list(found["early"])
    for heading in ("asked", *columns):
        table.add_column(heading, justify="right")
    for way, row in found.items():
        table.add_row(way, *(str(row[key]) for key in columns))
    Console(width=140).print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A language model's reply times through SIP, RTP and HTTP.")
    parser.add_argument("--calls", type=int, default=5, help="how many at once")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each call lasts")
    parser.add_argument("--rounds", type=int, default=2, help="how often each way")
    parser.add_argument("--first-ms", type=float, default=250.0, help="when the model's first word comes")
    parser.add_argument("--word-ms", type=float, default=20.0, help="how soon each further one")
    return parser.parse_args()


def main() -> None:
    """Measure both ways in turns and print table and JSON."""
    asked = _arguments()
    rounds: dict[str, list[dict[str, Any]]] = {way: [] for way in _WAYS}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        socket = Path(folder) / "speech.sock"
        serving = ("callwright.speech.server", "--socket", str(socket))
        with pinned(two_cores()[0], *serving, output=subprocess.DEVNULL) as server:
            _round(socket, server.pid, "early", argparse.Namespace(**{**vars(asked), "seconds": _WARM_S}))
            for number in range(asked.rounds):
                for way in _WAYS[:: 1 if number % 2 == 0 else -1]:
                    rounds[way].append(_round(socket, server.pid, way, asked))
    found = {way: _summary(ones) for way, ones in rounds.items()}
    limit_ms = _SILENCE_MS + asked.first_ms + _WORDS * asked.word_ms
    _show(found, limit_ms)
    ratio = {key: round(found["early"][key] / found["late"][key], 2) for key in ("p50", "p95")}
    print(json.dumps({**found, "limit_ms": limit_ms, "ratio": ratio}))


if __name__ == "__main__":
    main()
