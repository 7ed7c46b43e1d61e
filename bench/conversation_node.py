"""The call node of ``bench.conversation``: makes calls at once and talks; prints what it measured as JSON."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import structlog
from bench.endless_brief import endless_brief
from bench.endless_dialogue import EndlessDialogue

from callwright.callroom.call import CallPlan, Equipment, conduct
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.record import CallRecord
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.settings import RoomSettings
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.dialogue.port import Dialogue
from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.speech.client import SpeechClient
from callwright.speech.protocol import Priority
from callwright.speech.providers import Choice, voice_activity
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import Originate, Trunk

_BETWEEN_CALLS_S = 0.3


def _cpu_s(server: int) -> float:
    """Return the processor seconds of this process and of the speech server."""
    fields = Path(f"/proc/{server}/stat").read_text().rsplit(")", maxsplit=1)[1].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _core_busy_s() -> float:
    """Return for how many seconds the core of this process has been busy, with whatever."""
    (core,) = os.sched_getaffinity(0)
    for line in Path("/proc/stat").read_text().splitlines():
        if line.startswith(f"cpu{core} "):
            user, nice, system, _, _, *interrupts = map(int, line.split()[1:8])
            return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")
    raise RuntimeError(f"/proc/stat does not know core {core}")


async def _talk(equipment: Equipment, dialogue: Dialogue[Any], asked: argparse.Namespace) -> list[CallRecord]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        calls = []
        for number in range(asked.calls):
            plan = CallPlan(
                originate=Originate("callers", f"1{number:03}", "4001", max_duration_s=asked.seconds),
                dialogue=dialogue,
                variables={"call": str(number)},
                recording=Path(folder) / f"{number}.wav",
            )
            calls.append(asyncio.create_task(conduct(equipment, plan)))
            await asyncio.sleep(_BETWEEN_CALLS_S)
        return list(await asyncio.gather(*calls))


async def _measure(asked: argparse.Namespace) -> dict[str, object]:
    model = OpenAiCompatible(asked.model, "bench") if asked.model else None
    dialogue = endless_brief() if model else _endless_dialogue()
    settings = RoomSettings(asks_early=not asked.late)
    speech = await SpeechClient.connect(asked.socket, wait_s=60)
    ahead = await SpeechClient.connect(asked.socket, priority=Priority.AHEAD)
    engine = EmbeddedEngine(EmbeddedConfig(host="127.0.0.1", sip_port=0, rtp_ports=(43000, 43999)))
    await engine.start()
    await engine.set_trunk(Trunk("callers", "127.0.0.1", asked.port))
    prompts, writer = PromptCache(speech, ahead), RecordingWriter()
    activity = voice_activity(Choice("silero")).stream
    await speech.classify("hello", dialogue.examples, deadline_s=60)
    cpu_s, busy_s, began = _cpu_s(asked.server), _core_busy_s(), time.monotonic()
    try:
        records = await _talk(
            Equipment(engine, speech, prompts, writer, activity, settings=settings, language=model), dialogue, asked
        )
    finally:
        cpu_s, busy_s, seconds = _cpu_s(asked.server) - cpu_s, _core_busy_s() - busy_s, time.monotonic() - began
        await engine.stop()
        await prompts.close()
        writer.close()
        await speech.close()
        await ahead.close()
        if model is not None:
            await model.close()
    return {
        "core_percent": round(100 * cpu_s / seconds, 1),
        "others_percent": round(100 * max(0.0, busy_s - cpu_s) / seconds, 1),
        "reply_ms": [reply for record in records for reply in record.reply_ms],
        "answer_to_audio_ms": [record.answer_to_audio_ms for record in records],
        "errors": sum(record.error is not None for record in records),
        "speech_errors": sum(event.kind == "speech_error" for record in records for event in record.events),
        "lost_frames": sum(record.media.lost + record.media.late for record in records if record.media),
        "intents": sum(turn.text != "" for record in records for turn in record.turns if turn.who == "customer"),
    }


def _endless_dialogue() -> EndlessDialogue:
    script = load_script((files("callwright.scripts") / "demo" / "appointment.yaml").read_text())
    return EndlessDialogue(GraphDialogue(script).examples)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--server", type=int, required=True, help="process id of the speech server")
    parser.add_argument("--port", type=int, required=True, help="SIP port of the people")
    parser.add_argument("--calls", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--model", default="", help="address of the language model that speaks, if one does")
    parser.add_argument("--late", action="store_true", help="ask it only once a person has surely finished")
    return parser.parse_args()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    print(json.dumps(asyncio.run(_measure(_arguments()))))
