"""How long people wait for an answer, at so many calls at once, through real SIP and RTP.

``python -m bench.conversation --calls 1,5,10,20 --seconds 60``: the call node and the speech server share one core,
the people are another process on another core. A reply is timed at the person's ear: from their last sound handed
to their phone to the first sound of ours out of it, both phones' jitter buffers included.

The limit it is set against is what the parts take by themselves in the same run: 400 ms of silence, the usual sign
that a person has finished, and one recognition and one intent with nothing else going on. Who begins to recognise
sooner, and ends a turn by what was understood, beats it. What other programs took of the core meanwhile
is shown as well: figures of a machine that is not ours alone are not ours alone.

Every fourth line has a pause of 200 to 1000 ms in it. *Early* is a reply that begins before the line is over; how
often that is by chance of the rule alone, ``bench.turn_end`` measures. How soon we fall silent when interrupted is
measured apart from calls, over hundreds of interruptions, as ``bench.barge_in`` does it. The last line is one JSON
object.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from bench.barge_in import barge_in_p95_ms
from bench.pinned import pinned, two_cores
from rich.console import Console
from rich.table import Table

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.speech.client import SpeechClient

_SENTENCE = "I could come on Thursday afternoon or on Friday morning."
_SILENCE_MS = 400
_SCRIPT = Path(__file__).parent.parent / "src/callwright/scripts/demo/appointment.yaml"
# The same loop without telephony, node and server in one process, as it was first measured on such a machine.
_LOOP_P50_MS = {1: 440, 10: 460, 20: 480, 30: 519, 40: 720}
_COLUMNS = {
    "p50": "p50",
    "p95": "p95",
    "room p50": "room_p50",
    "room p95": "room_p95",
    "answer p95": "answer_to_audio_p95",
    "core %": "core_percent",
    "others %": "others_percent",
    "replies": "replies",
    "early %": "early_percent",
    "in pauses %": "early_in_pauses_percent",
    "missed": "missed",
    "errors": "errors",
    "lost": "lost_frames",
}


async def _alone_ms(socket: Path) -> float:
    """Return what one recognition and one intent take with nothing else going on."""
    speech = await SpeechClient.connect(socket, wait_s=60)
    pcm = await speech.synthesise(_SENTENCE)
    examples = GraphDialogue(load_script(_SCRIPT.read_text())).examples
    await speech.classify(_SENTENCE, examples, deadline_s=60)
    took = []
    for _ in range(10):
        began = time.monotonic()
        heard = await speech.recognise(pcm)
        await speech.classify(heard.text, examples)
        took.append((time.monotonic() - began) * 1000)
    await speech.close()
    return statistics.median(took)


def _measure(socket: Path, server: int, calls: int, seconds: float, cores: list[int]) -> dict[str, Any]:
    with pinned(cores[1], "bench.conversation_callers") as callers:
        assert callers.stdout is not None
        port = callers.stdout.readline().strip()
        arguments = ("--socket", str(socket), "--server", str(server), "--port", port)
        sizes = ("--calls", str(calls), "--seconds", str(seconds))
        with pinned(cores[0], "bench.conversation_node", *arguments, *sizes) as node:
            room = json.loads(node.communicate()[0])
        ears = json.loads(callers.communicate()[0])
    return {"ears": ears, "room": room}


def _percentile(values: list[float], share: float) -> float | None:
    return round(float(np.percentile(values, share))) if values else None


def _percent(count: int, of: int) -> float | None:
    return round(100 * count / of, 1) if of else None


def _summary(measured: dict[str, Any]) -> dict[str, Any]:
    ears, room = measured["ears"], measured["room"]
    return {
        "p50": _percentile(ears["reply_ms"], 50),
        "p95": _percentile(ears["reply_ms"], 95),
        "core_percent": room["core_percent"],
        "others_percent": room["others_percent"],
        "replies": len(ears["reply_ms"]),
        "room_p50": _percentile(room["reply_ms"], 50),
        "room_p95": _percentile(room["reply_ms"], 95),
        "answer_to_audio_p95": _percentile(ears["answer_to_audio_ms"], 95),
        "early_percent": _percent(ears["early"], ears["lines"] - ears["pauses"]),
        "early_in_pauses_percent": _percent(ears["early_in_pauses"], ears["pauses"]),
        "missed": ears["missed"],
        "errors": room["errors"] + room["speech_errors"],
        "lost_frames": room["lost_frames"],
    }


def _show(by_calls: dict[str, dict[str, Any]], limit_ms: float) -> None:
    table = Table(title=f"Reply at the person's ear, ms; limit {limit_ms:.0f}; node and speech server on one core")
    for heading in ("calls", "loop p50", "p50/limit", *_COLUMNS):
        table.add_column(heading, justify="right")
    for calls, row in by_calls.items():
        ratio = f"{row['p50'] / limit_ms:.2f}" if row["p50"] else "-"
        cells = (calls, _LOOP_P50_MS.get(int(calls), "-"), ratio, *(row[key] for key in _COLUMNS.values()))
        table.add_row(*map(str, cells))
    Console(width=140).print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reply times through SIP and RTP.")
    parser.add_argument("--calls", default="1,5,10,20", help="how many at once, several with commas")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each call lasts")
    return parser.parse_args()


def main() -> None:
    """Measure at each number of calls and print table and JSON."""
    asked = _arguments()
    cores = two_cores()
    by_calls: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        socket = Path(folder) / "speech.sock"
        with pinned(
            cores[0], "callwright.speech.server", "--socket", str(socket), output=subprocess.DEVNULL
        ) as server:
            limit_ms = _SILENCE_MS + asyncio.run(_alone_ms(socket))
            for calls in (int(number) for number in asked.calls.split(",")):
                by_calls[str(calls)] = _summary(_measure(socket, server.pid, calls, asked.seconds, cores))
    _show(by_calls, limit_ms)
    ratios = {calls: round(row["p50"] / limit_ms, 2) for calls, row in by_calls.items() if row["p50"]}
    figures = {"by_calls": by_calls, "barge_in_p95_ms": barge_in_p95_ms()}
    print(json.dumps({**figures, "limit_ms": round(limit_ms), "ratio": ratios}))


if __name__ == "__main__":
    main()
