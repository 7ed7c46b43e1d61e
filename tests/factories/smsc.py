"""A message centre of somebody else's: node-smpp, run by node beside the test."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.waiting import until

HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "ui" / "node_modules"


class MessageCentre:
    """What it got so far, and orders to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.got: list[dict[str, Any]] = []
        self.port = 0
        self._process = process

    def all(self, what: str) -> list[dict[str, Any]]:
        """Return everything of one kind that it got."""
        return [one for one in self.got if one["got"] == what]

    async def order(self, act: str, **what: Any) -> None:
        """Have it do something, and wait until it has."""
        done = len(self.all("done"))
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"act": act, **what}).encode() + b"\n")
        await self.wait("done", done + 1)

    async def wait(self, what: str, count: int = 1) -> dict[str, Any]:
        """Wait for the ``count``-th of a kind and return it."""

        async def there() -> bool:
            return len(self.all(what)) >= count

        await until(there, what)
        return self.all(what)[count - 1]

    async def read(self) -> None:
        """Take down what it tells."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.got.append(json.loads(line))


@asynccontextmanager
async def message_centre(certificate: Path | None = None) -> AsyncIterator[MessageCentre]:
    """Run one, encrypted where there is a file with its key and certificate."""
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    process = await asyncio.create_subprocess_exec(
        node,
        str(HERE / "smsc.cjs"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"NODE_PATH": str(MODULES), "CERTIFICATE": str(certificate or "")},
    )
    centre = MessageCentre(process)
    reading = asyncio.create_task(centre.read())
    try:
        centre.port = (await centre.wait("listening"))["port"]
        yield centre
    finally:
        process.kill()
        await process.wait()
        await reading
        process._transport.close()  # type: ignore[attr-defined]
