"""How many calls a second the dialer plans, opens and closes, with a million customers in the task.

``python -m bench.dialing --customers 1000000 --seconds 40``: PostgreSQL, one leader and one call node on this
machine, with a phone engine whose calls are over at once, so that nothing is measured but the dialing itself:
reservation, choice of line, planning, claim, gate, opening, result, line health. Measured are the first
``--seconds`` and the last, at the beginning and in the last tenth of the task; what lies between is entered
as if it had been called. The limit is a bare SQL loop in the same run that claims the same rows in batches
and does nothing else. The processor time that node, leader and PostgreSQL spend on a call says more than the
calls a second where others work on the machine, too. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from bench.dialing_data import Prepared, call_as_if, count_called, prepare
from bench.processor_time import processor_s
from bench.working_hours import CAPACITY
from rich.console import Console
from rich.table import Table

from callwright.db.embedded import EmbeddedPostgres
from callwright.db.engine import libpq_url
from callwright.db.migrations import migrate
from callwright.db.session import Database

WARM_UP_S = 5.0
LIMIT_S = 10.0

BARE_CLAIM = """
    WITH next AS (
        SELECT id, ctid FROM bare WHERE state = 'uncalled' ORDER BY position LIMIT %s FOR UPDATE SKIP LOCKED
    )
    UPDATE bare SET state = 'called' FROM next WHERE bare.ctid = next.ctid
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Calls that ended per second, and the processor time that each part spent on one, in ms."""

    per_second: float
    ms_per_call: dict[str, float]


@contextmanager
def running(url: str) -> Iterator[dict[str, int]]:
    """Run a leader and a call node beside this process; yield their process ids."""
    parts = {
        part: subprocess.Popen([sys.executable, "-m", f"bench.dialing_{part}", url]) for part in ("leader", "node")
    }
    try:
        yield {name: part.pid for name, part in parts.items()}
    finally:
        for part in parts.values():
            part.terminate()
        for part in parts.values():
            part.wait(30)


async def measure(database: Database, made: Prepared, postgres: int, seconds: float) -> Measured:
    """Measure for so many ``seconds``, after a moment to warm up."""
    with running(database.url) as parts:
        parts["postgres"] = postgres
        before = await count_called(database, made)
        while await count_called(database, made) == before:  # noqa: ASYNC110 - another process calls
            await asyncio.sleep(0.2)
        await asyncio.sleep(WARM_UP_S)
        began, before = time.monotonic(), await count_called(database, made)
        used = {name: processor_s(pid) for name, pid in parts.items()}
        await asyncio.sleep(seconds)
        spent = {name: processor_s(pid) - used[name] for name, pid in parts.items()}
        ended, after = time.monotonic(), await count_called(database, made)
    calls = after - before
    return Measured(calls / (ended - began), {name: 1000 * s / calls for name, s in spent.items()})


def limit(url: str) -> float:
    """Return how many rows a second a bare loop claims, a commit for each batch of ``CAPACITY``."""
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        connection.execute("SET ROLE callwright_system")
        rows = connection.execute("SELECT id, position FROM task_customers").fetchall()
        connection.execute("RESET ROLE")
        connection.execute("CREATE TABLE bare (id uuid, position bigint, state varchar DEFAULT 'uncalled')")
        with connection.cursor().copy("COPY bare (id, position) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.execute("CREATE INDEX ON bare (position) WHERE state = 'uncalled'")
        connection.execute("ANALYZE bare")
        began, claimed = time.monotonic(), 0
        while time.monotonic() < began + LIMIT_S:
            count = connection.execute(BARE_CLAIM, [CAPACITY]).rowcount
            claimed += count
            if not count:
                break
        took = time.monotonic() - began
        connection.execute("DROP TABLE bare")
    return claimed / took


async def compare(server: EmbeddedPostgres, asked: argparse.Namespace) -> dict[str, float]:
    """Return the figures."""
    console = Console(stderr=True)
    database, postgres = Database(server.url), server.pid or 0
    try:
        console.print(f"making {asked.customers:,} customers ...")
        made = await prepare(database, asked.customers)
        console.print("calling at the beginning ...")
        first = await measure(database, made, postgres, asked.seconds)
        console.print(f"{first.per_second:.0f} a second; going on to the last tenth ...")
        left = asked.customers - await count_called(database, made)
        await call_as_if(database, made, max(0, left - asked.customers // 10))
        last = await measure(database, made, postgres, asked.seconds)
        console.print(f"{last.per_second:.0f} a second; the bare loop ...")
        most = limit(server.url)
    finally:
        await database.close()
    slower = min(first, last, key=lambda one: one.per_second)
    return {
        "attempts_per_s": round(slower.per_second, 1),
        "limit_per_s": round(most, 1),
        "ratio": round(slower.per_second / most, 3),
        "last_over_first": round(last.per_second / first.per_second, 3),
        **{f"{name}_ms_per_call": round(ms, 2) for name, ms in slower.ms_per_call.items()},
    }


def show(figures: dict[str, float]) -> None:
    """Print a table for people, and the figures as JSON."""
    table = Table(title="dialing")
    for name in figures:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,}" for value in figures.values()))
    Console().print(table)
    print(json.dumps(figures))


def main() -> None:
    """Measure as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=40.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with EmbeddedPostgres(folder / "data", folder / "run") as server:
            migrate(server.url)
            show(asyncio.run(compare(server, asked)))


if __name__ == "__main__":
    main()
