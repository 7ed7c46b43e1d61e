"""Run a speech server by itself: ``python -m callwright.speech.server --socket PATH``."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from callwright.kit.errors import CallwrightError
from callwright.speech.providers import Choice
from callwright.speech.server import SpeechServerConfig, serve


async def _until_signalled(config: SpeechServerConfig) -> None:
    serving = asyncio.create_task(serve(config))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    await asyncio.gather(serving, return_exceptions=False)


def main() -> int:
    """Serve until SIGINT or SIGTERM; return 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="callwright.speech.server", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--spoken", type=Path, help="folder in which slow voices' sentences are kept")
    parser.add_argument("--whisper-model", type=Path, help="another CTranslate2 Whisper folder")
    parser.add_argument("--kokoro-voices", type=Path, help="folder of the Chinese voices; without it none speaks")
    arguments = parser.parse_args()
    synthesisers = {"en": Choice("hibari")}
    if arguments.kokoro_voices is not None:
        synthesisers["zh"] = Choice("kokoro", {"voices_at": arguments.kokoro_voices})
    recogniser = Choice("whisper", {"model": arguments.whisper_model})
    config = SpeechServerConfig(arguments.socket, recogniser, synthesisers, spoken=arguments.spoken)
    try:
        asyncio.run(_until_signalled(config))
    except asyncio.CancelledError:
        return 0
    except CallwrightError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
