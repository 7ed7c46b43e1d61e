"""How many calls one core holds: SIP, RTP, jitter buffer and G.711, with every frame in and out of Python.

``python -m bench.media --calls 200 400 --hold 10``: places so many calls from one core to a peer on another that
sends every packet back, holds them, and counts. The limit it is set against is a bare loop in the same process
that sends and receives the same packets and does nothing else. The last line is one JSON object, of the largest
number of calls held without loss. On a machine with other work ``--realtime`` asks the kernel to let nothing else
go first (it needs the right to), as a call node's unit may.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import numpy as np
from bench.bare_media import hold_bare
from rich.console import Console
from rich.table import Table

from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import (
    FRAME_SAMPLES,
    SAMPLE_RATE,
    Answered,
    Ended,
    Frame,
    Originate,
    PhoneCall,
    Trunk,
)

_FRAME_S = FRAME_SAMPLES / SAMPLE_RATE
_HOST = "127.0.0.1"
_SETTLE_S = 1.0
_GIVEN_UP_S = 0.2
_BASE_FRAMES = 50
_SETUP_PER_S = 50


class _Talker:
    """Says a tone, keeps what it hears only as a count, and when it was asked to speak."""

    def __init__(self) -> None:
        time_s = np.arange(SAMPLE_RATE) / SAMPLE_RATE
        self._tone = (8000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16).reshape(-1, FRAME_SAMPLES)
        self.heard_frames = 0
        self.asked_at: list[float] = []

    def heard(self, frame: Frame) -> None:
        self.heard_frames += len(frame) == FRAME_SAMPLES

    def say(self) -> Frame:
        self.asked_at.append(time.perf_counter())
        frame: Frame = self._tone[len(self.asked_at) % len(self._tone)]
        return frame

    def lateness_ms(self) -> tuple[list[float], int]:
        """Return how late each frame was against a steady beat, and how many beats were given up for good.

        The engine gives beats up when it stood still for longer than the 200 ms that it can catch up.
        """
        at = np.array(self.asked_at)
        base = (at - np.arange(len(at)) * _FRAME_S)[:_BASE_FRAMES].min()
        late, beat, skipped = [], 0, 0
        for asked in at - base:
            behind = asked - beat * _FRAME_S
            missed = int(behind / _FRAME_S) if behind > _GIVEN_UP_S else 0
            skipped += missed
            late.append(1000 * behind)
            beat += 1 + missed
        return late, skipped


@dataclass
class Held:
    """What holding so many calls came to; frames never sent count as lost like those that never came back."""

    calls: int
    failed: int
    lost_frames: int
    late_frames: int
    concealed_frames: int
    late_p50_ms: float
    late_p99_ms: float
    late_max_ms: float
    cpu_percent: float
    cpu_percent_per_call: float
    bare_cpu_percent: float
    bare_cpu_percent_per_call: float
    bare_lost: int
    bare_late_p99_ms: float
    ratio: float


@contextmanager
def _peer(core: int) -> Iterator[tuple[int, int]]:
    command = [sys.executable, "-m", "bench.media_peer", str(core)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        sip_port, rtp_port = map(int, process.stdout.readline().split())
        yield sip_port, rtp_port


async def _up(call: PhoneCall) -> bool:
    async for event in call.events():
        if isinstance(event, Answered | Ended):
            return isinstance(event, Answered)
    return False


async def _place(engine: EmbeddedEngine, count: int) -> list[tuple[PhoneCall, _Talker]]:
    calls = []
    for index in range(count):
        call = await engine.originate(Originate("peer", f"{1000 + index}", "4000", max_duration_s=3600))
        talker = _Talker()
        call.attach(talker)
        calls.append((call, talker))
        await asyncio.sleep(1 / _SETUP_PER_S)
    answered = await asyncio.gather(*(_up(call) for call, _ in calls))
    return [pair for pair, up in zip(calls, answered, strict=True) if up]


async def _hold(calls: int, hold_s: float, sip_port: int) -> tuple[int, float, list[_Talker], list[Ended]]:
    engine = EmbeddedEngine(EmbeddedConfig(host=_HOST, sip_port=0, rtp_ports=(20000, 29999)))
    await engine.start()
    await engine.set_trunk(Trunk("peer", _HOST, sip_port))
    held = await _place(engine, calls)
    await asyncio.sleep(_SETTLE_S)
    for _, talker in held:
        talker.asked_at.clear()
    used, begun = time.process_time(), time.perf_counter()
    await asyncio.sleep(hold_s)
    cpu = 100 * (time.process_time() - used) / (time.perf_counter() - begun)
    endings = [await _end(call) for call, _ in held]
    await engine.stop()
    return calls - len(held), cpu, [talker for _, talker in held], endings


async def _end(call: PhoneCall) -> Ended:
    await call.hang_up()
    return [event async for event in call.events() if isinstance(event, Ended)][-1]


def measure(calls: int, hold_s: float, sip_port: int, rtp_port: int) -> Held:
    """Hold ``calls`` calls, then the same packets without us, and compare."""
    failed, cpu, talkers, endings = asyncio.run(_hold(calls, hold_s, sip_port))
    beats = [talker.lateness_ms() for talker in talkers]
    late = np.concatenate([lateness for lateness, _ in beats])
    bare = asyncio.run(hold_bare(len(talkers), hold_s, (_HOST, rtp_port)))
    media = [ending.media for ending in endings if ending.media is not None]
    per_call, bare_per_call = cpu / len(talkers), bare.cpu_percent / len(talkers)
    return Held(
        calls=len(talkers),
        failed=failed,
        lost_frames=sum(stats.lost for stats in media) + sum(skipped for _, skipped in beats),
        late_frames=sum(stats.late for stats in media),
        concealed_frames=sum(stats.concealed for stats in media),
        late_p50_ms=round(float(np.percentile(late, 50)), 2),
        late_p99_ms=round(float(np.percentile(late, 99)), 2),
        late_max_ms=round(float(late.max()), 2),
        cpu_percent=round(cpu, 1),
        cpu_percent_per_call=round(per_call, 4),
        bare_cpu_percent=round(bare.cpu_percent, 1),
        bare_cpu_percent_per_call=round(bare_per_call, 4),
        bare_lost=bare.lost,
        bare_late_p99_ms=round(bare.late_p99_ms, 2),
        ratio=round(per_call / bare_per_call, 2),
    )


def _table(results: list[Held]) -> Table:
    table = Table(title="Calls on one core")
    names = {
        "calls": "calls", "failed": "failed", "lost_frames": "lost", "late_frames": "too late",
        "late_p99_ms": "sent late p99, ms", "bare_late_p99_ms": "bare", "cpu_percent": "core, %",
        "cpu_percent_per_call": "% per call", "bare_cpu_percent_per_call": "bare % per call", "ratio": "ratio",
    }  # fmt: skip
    for title in names.values():
        table.add_column(title, justify="right")
    for result in results:
        row = asdict(result)
        table.add_row(*(str(row[name]) for name in names))
    return table


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, nargs="+", default=[200], help="how many, one run each")
    parser.add_argument("--hold", type=float, default=10, help="seconds to hold them")
    parser.add_argument("--realtime", action="store_true", help="run before everything else on these cores")
    options = parser.parse_args()
    if options.realtime:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[0]})
    with _peer(cores[-1]) as (sip_port, rtp_port):
        results = [measure(calls, options.hold, sip_port, rtp_port) for calls in options.calls]
    Console(width=160).print(_table(results))
    whole = [result for result in results if not result.failed and not result.lost_frames]
    best = max(whole or results, key=lambda result: result.calls)
    print(json.dumps({**asdict(best), "realtime": options.realtime}))


if __name__ == "__main__":
    main()
