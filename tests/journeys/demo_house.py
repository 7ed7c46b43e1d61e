"""A demo run as its users run it: the command itself, in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

START_S = 120.0
DONE_S = 420.0
STOP_S = 60.0


class DemoHouse:
    """`callwright demo`, started, read along, and ended with Ctrl-C."""

    def __init__(self, data: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self._told = threading.Condition()
        self.said: list[str] = []
        self.results: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "callwright", "demo", "--json", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **environment(data), **(settings or {})},
            start_new_session=True,
        )
        self._readers = [
            threading.Thread(target=self._read, args=(self._process.stderr, self.said)),
            threading.Thread(target=self._read, args=(self._process.stdout, self.results)),
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: Any, into: list[str]) -> None:
        with stream:
            for line in stream:
                with self._told:
                    into.append(line.rstrip("\n"))
                    self._told.notify_all()
        with self._told:
            self._told.notify_all()

    def wait_for(self, pattern: str, within: float = START_S) -> re.Match[str]:
        """Return what the terminal said that matches ``pattern``; fails with everything it said."""
        expression = re.compile(pattern)

        def found() -> re.Match[str] | None:
            return expression.search("\n".join(self.said))

        with self._told:
            self._told.wait_for(lambda: found() or self._process.poll() is not None, within)
        match = found()
        assert match, "\n".join(self.said)
        return match

    def result(self) -> dict[str, Any]:
        """Return the JSON object that ends the run."""
        with self._told:
            self._told.wait_for(lambda: self.results or self._process.poll() is not None, DONE_S)
        assert self.results, "\n".join(self.said)
        parsed: dict[str, Any] = json.loads(self.results[-1])
        return parsed

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """Wait for the end and return the exit code; a house that does not end is killed and fails."""
        try:
            code = self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise
        for reader in self._readers:
            reader.join()
        return code


def environment(data: Path) -> dict[str, str]:
    """Return the settings of a house for tests: its own folder, free ports."""
    return {
        "CALLWRIGHT_DATA": str(data),
        "CALLWRIGHT_WEB_PORT": "0",
        "CALLWRIGHT_SIP_PORT": "0",
        "COLUMNS": "200",
    }


def processes_of(data: Path) -> list[str]:
    """Return the command lines of every process that still works on ``data``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ, command = (folder / "environ").read_bytes(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if str(data).encode() in environ + command and int(folder.name) != os.getpid():
            found.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return found
