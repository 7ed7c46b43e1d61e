"""How long a file of customers takes from its upload until they can be dialled, and what memory it takes.

``python -m bench.import --rows 100000``: an XLSX is sent over HTTP to a web process and imported by a job worker,
both processes of their own, into a database with nothing else going on. *Dialable* is the moment at which another
connection sees all of them waiting to be called. The limit is what nobody can save, measured in the same run with
the product's own reader: the file's rows read, and bare rows copied into the same two tables, with their keys,
indexes and references, in one transaction; nothing is checked, looked up or told. ``bare_copy_seconds`` is the COPY
of the same rows into a table without any of those. ``rss_mb`` is the most that either process held. The last line
is one JSON object.
"""

import argparse
import asyncio
import contextlib
import io
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import xlsxwriter
from bench.dialing_data import Prepared, prepare
from bench.web_house import EMAIL, PASSWORD, running, sign_up
from rich.console import Console
from rich.table import Table

from callwright.cli.house import WORKER
from callwright.db.embedded import SUPERUSER, EmbeddedPostgres
from callwright.db.engine import libpq_url
from callwright.db.migrations import migrate
from callwright.db.session import Database
from callwright.kit.ids import new_id
from callwright.kit.tabular import read_rows

LOOK_S = 0.02
LIMIT_S = 300.0
HEADINGS = ("phone*", "customer_name*", "last_visit*")
CUSTOMERS = "COPY customers (id, tenant_id, phone, name, fields, consent_note) FROM STDIN"
ENTRIES = "COPY task_customers (id, tenant_id, task_id, customer_id, variables, position, zones, state) FROM STDIN"
WAITING = "SELECT count(*) FROM task_customers WHERE task_id = %s AND state = 'uncalled'"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds from the beginning of the upload, and the most memory of any process, in MB."""

    uploaded_s: float
    dialable_s: float
    rss_mb: float


def workbook(rows: int, first: int) -> bytes:
    """Return an XLSX of so many customers, all with valid numbers that no other file has."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, rows + 1):
            number = f"+1 212 {2_000_000 + first + row:07d}"
            sheet.write_row(row, 0, (number, f"Person {first + row}", "last March"))
    return buffer.getvalue()


async def measure(url: str, database_url: str, made: Prepared, content: bytes, rows: int) -> Measured:
    """Send a file and wait until all its customers can be dialled."""
    before = await waiting(database_url, made)
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=LIMIT_S) as client:
        signed_in = await client.post("/session", json={"email": EMAIL, "password": PASSWORD})
        signed_in.raise_for_status()
        began = time.monotonic()
        where = f"/tasks/{made.task_id}/imports"
        sent = await client.post(where, params={"start": True}, files={"file": ("people.xlsx", content)})
        sent.raise_for_status()
        uploaded = time.monotonic() - began
        while await waiting(database_url, made) < before + rows:
            if time.monotonic() > began + LIMIT_S:
                raise TimeoutError((await client.get(f"/imports/{sent.json()['import']['id']}")).text)
            await asyncio.sleep(LOOK_S)
        return Measured(uploaded, time.monotonic() - began, max(peaks_mb()))


async def waiting(database_url: str, made: Prepared) -> int:
    """Return how many customers of the task wait to be called, as another connection sees it."""
    async with await psycopg.AsyncConnection.connect(libpq_url(database_url), autocommit=True) as connection:
        await connection.execute("SET ROLE callwright_system")
        found = await (await connection.execute(WAITING, [made.task_id])).fetchone()
    return int(found[0]) if found else 0


def peaks_mb() -> list[float]:
    """Return the most memory that each child of this process has held."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, StopIteration, ValueError):
            lines = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
            if int(lines["PPid"]) == os.getpid() and "callwright" in (folder / "cmdline").read_text():
                found.append(int(lines["VmHWM"].split()[0]) / 1024)
    return found


def limit(url: str, made: Prepared, content: bytes) -> tuple[float, float]:
    """Return what reading takes with a COPY into the task's own tables, and what a COPY into a bare one takes."""
    # COPY is refused where row-level security holds, as it does for every role but the superuser's.
    with psycopg.connect(libpq_url(url), user=SUPERUSER) as connection:
        began = time.monotonic()
        read = [row.cells for row in read_rows(content, file_name="people.xlsx")][1:]
        rows = [(new_id(), phone.replace(" ", ""), name, last_visit) for phone, name, last_visit in read]
        with connection.cursor().copy(CUSTOMERS) as copy:
            for key, phone, name, _ in rows:
                copy.write_row((key, made.tenant_id, phone, name, "{}", ""))
        with connection.cursor().copy(ENTRIES) as copy:
            for place, (key, _, name, last_visit) in enumerate(rows):
                values = json.dumps({"customer_name": name, "last_visit": last_visit})
                zone = "America/New_York"
                copy.write_row((new_id(), made.tenant_id, made.task_id, key, values, place, zone, "uncalled"))
        connection.commit()
        took = time.monotonic() - began
        connection.execute("CREATE TEMPORARY TABLE bare (id uuid, phone text, name text, last_visit text)")
        began = time.monotonic()
        with connection.cursor().copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return took, time.monotonic() - began


async def compare(server: EmbeddedPostgres, folder: Path, rows: int) -> dict[str, float]:
    """Return the figures."""
    database = Database(server.url)
    try:
        made = await prepare(database, 1)
        await sign_up(database, made.tenant_id)
    finally:
        await database.close()
    async with running(server.url, folder / "house", WORKER) as url:
        measured = await measure(url, server.url, made, workbook(rows, 10), rows)
    copy_s, bare_s = limit(server.url, made, workbook(rows, 10 + rows))
    return {
        "rows": rows,
        "uploaded_s": round(measured.uploaded_s, 2),
        "seconds": round(measured.dialable_s, 2),
        "copy_seconds": round(copy_s, 2),
        "ratio": round(measured.dialable_s / copy_s, 2),
        "bare_copy_seconds": round(bare_s, 2),
        "rss_mb": round(measured.rss_mb),
    }


def main() -> None:
    """Measure as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with EmbeddedPostgres(folder / "data", folder / "run") as server:
            migrate(server.url)
            figures = asyncio.run(compare(server, folder, asked.rows))
    table = Table(title="import")
    for heading in figures:
        table.add_column(heading, justify="right")
    table.add_row(*(f"{value:,}" for value in figures.values()))
    Console().print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
