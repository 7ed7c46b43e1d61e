"""How soon we fall silent when a person speaks over us, and how often for nothing: ``python -m bench.barge_in``.

Many voices begin sentences of every kind of first sound over our own prompt: 8 kHz, 300-3400 Hz, mu-law, speech
at -28 to -14 dBov, one of four backgrounds at -60 to -30, at least 10 dB under the speech; on every fourth line our
prompt comes back as an echo 30 dB lower. Timed in the room, from the onset to the last sound of ours: the frame
that convinces must be complete, and the player fades for 5 ms into the frame it then sends. *At the ear* adds the
jitter buffers of both ends at their target. The onset is the first sample of the first 15 ms of the clean speech
that lie within 30 dB of its active level (ITU-T P.56 takes 15.9 for active).

False stops: backgrounds steady and swelling, coughs, breath on the microphone, a handset that is moved, clicks,
slammed doors, and the echo alone. Every sound is made from chance; no sentence served to set the rule.

The peers are the rules that pipecat 0.0.108 and LiveKit agents 1.5 have as defaults, over the same Silero
probabilities (pipecat's further demand on volume, which needs its own loudness scale, is left out in its favour).
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from bench.barge_in_lines import TOO_LATE_MS, Line, Prompts, Signal, disturbances, interruptions
from bench.interjections import shown_floor, taken
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from callwright.callroom.ear import Ear
from callwright.callroom.settings import RoomSettings
from callwright.speech import providers
from callwright.speech.port import SAMPLE_RATE, Pcm, VoiceActivity
from callwright.speech.providers import Choice
from callwright.telephony.port import FRAME_MS, FRAME_SAMPLES
from callwright.turns import barge_in, endpointing
from callwright.turns.frames import frames

SEED, PEOPLE = 1, 8
FADE_MS = 5
JITTER_BUFFERS_MS = 2 * 40
LIMIT_MS = 200

# Rules --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Stops:
    """The frames in which a rule fell silent, and how often it gave the floor away."""

    at: list[int] = field(default_factory=list)
    yielded: int = 0


def ours(line: Line, activity: VoiceActivity) -> Stops:
    """Hear ``line`` as the room does; what is sustained is nothing once it pauses, as if it had no words."""
    settings, stops = RoomSettings(), Stops()
    ear = Ear(activity, settings.acoustics, settings.foreground)
    overlap, turn = barge_in.NO_OVERLAP, endpointing.Turn()
    for number, (heard, said) in enumerate(zip(framed(line.heard), framed(line.ours), strict=True)):
        sound = ear.hear(heard)
        turn, _ = endpointing.step(settings.endpointing, turn, sound)
        in_turn = turn.speaking and not turn.speculating
        overlap, actions = barge_in.step(settings.barge_in, overlap, sound, interruptible=True, in_turn=in_turn)
        ear.sent(None if overlap.paused else said)
        stops.at += [number for action in actions if isinstance(action, barge_in.Pause)]
        stops.yielded += barge_in.YieldFloor() in actions
    return stops


def pipecat(line: Line, activity: VoiceActivity) -> Stops:
    """Stop after 0.2 s of unbroken confidence of 0.7; 0.2 s without it begin anew."""
    stops, run, quiet = Stops(), 0, 0
    for number, heard in enumerate(framed(line.heard)):
        if activity.probability(heard) >= 0.7:
            run, quiet = run + 1, 0
            if run == frames(200):
                stops.at.append(number)
        elif run < frames(200) or (quiet := quiet + 1) >= frames(200):
            run = 0
    return _given(stops)


def livekit(line: Line, activity: VoiceActivity) -> Stops:
    """Stop when speech, begun by 50 ms at 0.5 and ended by 0.55 s without, has lasted for 0.5 s."""
    stops, run, quiet, lasting = Stops(), 0, 0, 0
    for number, heard in enumerate(framed(line.heard)):
        speech = activity.probability(heard) >= 0.5
        run, quiet = (run + 1, 0) if speech else (0, quiet + 1)
        if lasting or run * FRAME_MS >= 50:
            lasting = 0 if quiet * FRAME_MS >= 550 else max(lasting + 1, run)
        if lasting == frames(500):
            stops.at.append(number)
    return _given(stops)


def framed(pcm: Pcm) -> NDArray[np.int16]:
    """Return the whole frames of ``pcm``."""
    return pcm[: len(pcm) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)


def _given(stops: Stops) -> Stops:
    stops.yielded = len(stops.at)
    return stops


Rule = Callable[[Line, VoiceActivity], Stops]
RULES: Mapping[str, Rule] = {"Callwright": ours, "pipecat": pipecat, "LiveKit": livekit}


# Figures ------------------------------------------------------------------------------------------------------


def stop_ms(line: Line, stops: Stops) -> float:
    """Return the time from the onset to our last sound; what has not stopped by ``TOO_LATE_MS`` counts as that."""
    ends = [(at + 1) * FRAME_SAMPLES for at in stops.at]
    after = [(end - line.onset) / 8 + FADE_MS for end in ends if end > line.onset]
    return min([*after, float(TOO_LATE_MS)])


def timed(rule: Rule, lines: Sequence[Line], activity: Callable[[], VoiceActivity]) -> dict[str, Any]:
    """Return how soon ``rule`` stops on ``lines``."""
    by_onset: dict[str, list[float]] = {}
    for line in lines:
        by_onset.setdefault(line.kind, []).append(stop_ms(line, rule(line, activity())))
    times = np.concatenate([np.asarray(one) for one in by_onset.values()])
    return {
        **_percentiles(times),
        "over_200_percent": _share_over(times, LIMIT_MS),
        "at_ear": {
            **_percentiles(times + JITTER_BUFFERS_MS),
            "over_200_percent": _share_over(times + JITTER_BUFFERS_MS, LIMIT_MS),
        },
        "by_onset": {kind: _percentiles(np.asarray(one)) for kind, one in by_onset.items()},
    }


def disturbed(rule: Rule, lines: Sequence[Line], activity: Callable[[], VoiceActivity]) -> dict[str, Any]:
    """Return how often in a minute ``rule`` stops on ``lines``, and how often it doesn't go on."""
    stops, minutes = Counter[str](), Counter[str]()
    yielded = 0
    for line in lines:
        found = rule(line, activity())
        stops[line.kind] += len(found.at)
        minutes[line.kind] += len(line.heard)
        yielded += found.yielded
    per_minute = SAMPLE_RATE * 60
    return {
        "false_stops_per_minute": round(stops.total() * per_minute / minutes.total(), 2),
        "floors_lost_per_minute": round(yielded * per_minute / minutes.total(), 2),
        "by_disturbance": {kind: round(stops[kind] * per_minute / minutes[kind], 2) for kind in minutes},
    }


def _percentiles(times: Signal) -> dict[str, int]:
    return {f"p{share}_ms": round(float(np.percentile(times, share))) for share in (50, 95)}


def _share_over(times: Signal, limit_ms: float) -> float:
    return round(100 * float(np.mean(times > limit_ms)), 1)


def shown(results: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return the table for people."""
    table = Table(title="From a person's first sound to our last, in the room")
    for heading in ("rule", "p50", "p95", "over 200 ms", "false stops a minute", "floors lost a minute"):
        table.add_column(heading, justify="left" if heading == "rule" else "right")
    for name, row in results.items():
        false = f"{row['false_stops_per_minute']:.2f}", f"{row['floors_lost_per_minute']:.2f}"
        over = f"{row['over_200_percent']:.1f} %"
        table.add_row(name, f"{row['p50_ms']} ms", f"{row['p95_ms']} ms", over, *false)
    return table


def barge_in_p95_ms() -> float:
    """Return how long we speak on over people who interrupt us, at the 95th percentile, in the room."""
    activity = providers.voice_activity(Choice("silero")).stream
    return float(timed(ours, list(interruptions(Prompts(), SEED, PEOPLE)), activity)["p95_ms"])


def main() -> None:
    """Measure, and print the table and the JSON object."""
    parser = argparse.ArgumentParser(prog="bench.barge_in", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="draws other people, lines and disturbances")
    parser.add_argument("--people", type=int, default=PEOPLE, help="who say each sentence")
    parser.add_argument("--seconds", type=int, default=30, help="of each disturbance at each of four backgrounds")
    arguments = parser.parse_args()
    activity = providers.voice_activity(Choice("silero")).stream
    prompts = Prompts()
    people = list(interruptions(prompts, arguments.seed, arguments.people))
    noises = list(disturbances(prompts, arguments.seed, arguments.seconds))
    results = {
        name: timed(rule, people, activity) | disturbed(rule, noises, activity) for name, rule in RULES.items()
    }
    Console(width=110).print(shown(results))
    peers_by_name = {name: rule for name, rule in RULES.items() if rule is not ours}
    floor = taken(peers_by_name, activity, arguments.seed, arguments.people)
    Console(width=110).print(shown_floor(floor))
    for name, row in results.items():
        row.update(floor[name])
    mine, peers = results.pop("Callwright"), results
    ratios = {name: round(peer["p95_ms"] / mine["p95_ms"], 2) for name, peer in peers.items()}
    figures = {**mine, "barge_in_p95_ms": mine["p95_ms"], "interruptions": len(people)}
    print(json.dumps({**figures, "peers": peers, "ratio": ratios}))


if __name__ == "__main__":
    main()
