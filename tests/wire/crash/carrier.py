"""The carrier: a SIPp, which knows nothing of us and writes down every call that it gets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.wire.telephony.peers import HOST, bound, end, free_ports, program

SCENARIO = Path(__file__).parent / "carrier.xml"
RINGS_S = 15
"""A telephone that nobody answers is given up after so long."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A call that reached the carrier, as often as its first message may have been repeated."""

    at: datetime
    call_id: str
    number: str


@dataclass(slots=True)
class CarrierAtWork:
    """A running carrier; ``log`` is its own record, which it only ever adds to."""

    port: int
    log: Path
    _read: int = 0
    _counted: int = 0

    def count(self) -> int:
        """Return how many calls it got so far."""
        if self.log.exists():
            with self.log.open("rb") as file:
                file.seek(self._read)
                new = file.read()
            self._read += len(new)
            self._counted += new.count(b"@")  # one in each line
        return self._counted

    def invites(self) -> list[Invite]:
        """Return the calls that it got, in their order."""
        seen: dict[str, Invite] = {}
        for line in self.log.read_text().splitlines():
            _, _, _, seconds, call_id, number = line.split()
            at = datetime.fromtimestamp(float(seconds), UTC)
            seen.setdefault(call_id, Invite(at, call_id, "+" + number.removesuffix("@")))
        return list(seen.values())


def is_busy(number: str) -> bool:
    """Tell whether this telephone is always busy."""
    return number[-1] in "05"


@asynccontextmanager
async def carrier(folder: Path) -> AsyncIterator[CarrierAtWork]:
    """Run a carrier that keeps its record in ``folder``."""
    port, media_port, log = free_ports(), free_ports(2), folder / "carrier.log"
    arguments = [
        *("-sf", str(SCENARIO), "-nostdin", "-i", HOST, "-p", str(port), "-mi", HOST, "-mp", str(media_port)),
        *("-trace_logs", "-log_file", str(log), "-trace_err", "-error_file", str(folder / "carrier-errors.log")),
    ]
    process = await asyncio.create_subprocess_exec(
        program("sipp"),
        *arguments,
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await bound(port, process)
        yield CarrierAtWork(port, log)
        assert process.returncode is None, "the carrier ended before us"
    finally:
        await end(process)
