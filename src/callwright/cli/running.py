"""What every verb does first, and how it ends."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from typing import Any

from callwright import settings as settings_module
from callwright.cli import readiness
from callwright.wiring import folders, logs


def load(*, terminal: bool = False) -> settings_module.Settings:
    """Read the settings, prepare the folders and the log of this process; on a ``terminal`` only warnings show."""
    settings = settings_module.load()
    logs.configure("warning" if terminal and settings.log_level == "info" else settings.log_level)
    folders.prepare(settings)
    os.umask(0o077)  # recordings, transcripts, truths of a demo: nobody else on this machine reads them
    readiness.end_with_parent()
    return settings


def run_until_ended(work: Coroutine[Any, Any, None]) -> None:
    """Run ``work`` until it ends or this process is asked to (SIGINT, SIGTERM), which cancels it."""

    async def body() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            return

    asyncio.run(body())
