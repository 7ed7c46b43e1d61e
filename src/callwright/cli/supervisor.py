"""One machine's processes, started in order, watched, and ended in reverse.

Every process is ``callwright <verb>`` of this same program with its own log file. It reports readiness through a
pipe; one that ends on its own is started again, a little later each time.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from callwright.cli.readiness import ERROR_PREFIX, READY_FD
from callwright.kit.errors import UnavailableError

log = structlog.get_logger(__name__)

START_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 15.0
UNREADY_STOP_S = 1.0
"""For a process that was not ready yet: it has nothing under way that needs an end of its own."""
RESTART_AFTER_S = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_AFTER_S = 60.0
TAIL_BYTES = 2000


class ProcessFailedError(UnavailableError):
    """The {name} did not start: {why} (log: {log})."""

    code = "process-failed"


@dataclass(frozen=True)
class Program:
    """A process to run: ``arguments`` are those of ``callwright``; with ``restart`` it is kept running.

    ``environment`` is what it alone is told.
    """

    name: str
    arguments: tuple[str, ...]
    restart: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Running:
    program: Program
    process: asyncio.subprocess.Process
    facts: dict[str, Any]
    watcher: asyncio.Task[None] | None = None
    failures: int = 0
    started_at: float = field(default_factory=lambda: asyncio.get_running_loop().time())


class Supervisor:
    """Starts, watches and ends the processes of one machine."""

    def __init__(self, logs: Path, environment: dict[str, str]) -> None:
        self._logs = logs
        self._environment = environment
        self._running: list[_Running] = []
        self._stopping = False

    async def start(self, program: Program) -> dict[str, Any]:
        """Start ``program`` and return what it announced once ready. Raises ProcessFailedError."""
        running = await self._launch(program)
        self._running.append(running)
        running.watcher = asyncio.create_task(self._watch(running), name=f"watch {program.name}")
        return running.facts

    async def stop(self) -> None:
        """End every process, the last started first; the stubborn are killed after a grace."""
        self._stopping = True
        while self._running:
            await self._end(self._running.pop())

    async def _launch(self, program: Program) -> _Running:
        self._logs.mkdir(parents=True, exist_ok=True)
        path = self._logs / f"{program.name}.log"
        reader, writer = os.pipe()
        with path.open("ab") as output:
            said_before = output.tell()
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "callwright",
                *program.arguments,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**self._environment, **program.environment, READY_FD: str(writer)},
                pass_fds=(writer,),
                start_new_session=True,  # so that Ctrl-C reaches the supervisor alone, which ends them in order
            )
        os.close(writer)
        facts: dict[str, Any] | None = None
        try:
            facts = await _readiness(reader)
        finally:
            if facts is None:
                await _terminate(process, UNREADY_STOP_S)
        if facts is None:
            raise ProcessFailedError(name=program.name, why=_last_words(path, said_before), log=path)
        return _Running(program, process, facts)

    async def _watch(self, running: _Running) -> None:
        loop = asyncio.get_running_loop()
        while True:
            code = await running.process.wait()
            if self._stopping or not running.program.restart:
                return
            if loop.time() - running.started_at > STEADY_AFTER_S:
                running.failures = 0
            pause = RESTART_AFTER_S[min(running.failures, len(RESTART_AFTER_S) - 1)]
            running.failures += 1
            log.warning("process ended", name=running.program.name, code=code, again_in_s=pause)
            await asyncio.sleep(pause)
            with contextlib.suppress(ProcessFailedError):
                again = await self._launch(running.program)
                running.process, running.facts, running.started_at = again.process, again.facts, loop.time()

    async def _end(self, running: _Running) -> None:
        if running.watcher:
            running.watcher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running.watcher
        await _terminate(running.process, STOP_TIMEOUT_S)


async def _readiness(descriptor: int) -> dict[str, Any] | None:
    """Return what the process announced, ``None`` if it never will: it ended, or takes too long."""
    try:
        async with asyncio.timeout(START_TIMEOUT_S):
            line = await _read_line(descriptor)
    except TimeoutError:
        return None
    return json.loads(line) if line else None


async def _read_line(descriptor: int) -> bytes:
    loop = asyncio.get_running_loop()
    stream = asyncio.StreamReader()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(descriptor, "rb", buffering=0)
    )
    try:
        return await stream.readline()
    finally:
        transport.close()


async def _terminate(process: asyncio.subprocess.Process, grace_s: float) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(grace_s):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _last_words(path: Path, said_before: int) -> str:
    """Return the last line that a log got since: a process that can't start says why there."""
    with path.open("rb") as text:
        text.seek(max(said_before, path.stat().st_size - TAIL_BYTES))
        lines = text.read().decode(errors="replace").strip().splitlines()
    last = lines[-1].strip().removeprefix(ERROR_PREFIX).rstrip(".") if lines else ""
    return last or f"it said nothing, or was not ready within {START_TIMEOUT_S:.0f} s"
