"""How long the lists take to answer with a million customers and three million calls in one of ten companies.

``python -m bench.pages``: a web process of its own over a real database; one signed-in person asks for every list's
first page, a page further on, searches and filters, in turn and over HTTP, the answer read to its end. The floor is
the smallest thing that the same process answers to the same person in the same run, who they are; ``plain_ms`` is
one search in the same tables without an index. With ``--data`` what was made once is measured again. ``script_kb``
is the JavaScript of the first page as it is sent, compressed (wanted: under 400). The last line is one JSON object;
``p95_ms`` is wanted under 200 for each.
"""

import argparse
import asyncio
import gzip
import json
import re
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
from bench.dialing_data import prepare
from bench.pages_data import Company, fill
from bench.web_house import EMAIL, PASSWORD, running, sign_up
from rich.console import Console
from rich.table import Table

from callwright.accounts.service import get_tenant
from callwright.db.embedded import SUPERUSER, EmbeddedPostgres
from callwright.db.engine import libpq_url
from callwright.db.migrations import migrate
from callwright.db.session import Database
from callwright.scripts.service import list_scripts
from callwright.tasks.drafts import TaskDraft
from callwright.tasks.service import create_task

COMPANIES = 10
TASKS = 30
PER_NEIGHBOUR = 50
"""The large company has so many times as many customers as each of the others."""
ROUNDS = 40
PLAIN = "SELECT id FROM customers WHERE name ILIKE '%no such name%' OR phone LIKE '%no such name%' LIMIT 51"
FLOOR = "who am I"
# Where each is, and what is sent to those that are asked with a body.
PAGES: Mapping[str, str | tuple[str, dict[str, str]]] = {
    FLOOR: "/session",
    "today": "/today",
    "how many follow-ups are due": "/customers/count?due_before={before}",
    "tasks": "/tasks",
    "calls": "/calls",
    "calls, longest first": "/calls?order=longest",
    "calls, oldest first": "/calls?order=oldest",
    "calls of a grade": "/calls?grade=A",
    "calls in a rare state": "/calls?phone_state=lost",
    "calls in no state": "/calls?phone_state=line_fault",
    "calls of a grade, long": "/calls?grade=F&min_talk_ms=170000",
    "calls, a tag of few": "/calls?tag=seldom",
    "calls, a tag of many": "/calls?tag=often",
    "calls, a common tag": "/calls?tag=common",
    "calls, a tag of the uncalled": "/calls?tag=uncalled",
    "calls of a month": "/calls?since={since}&before={before}",
    "calls, a common name": "/calls?text=Miller",
    "calls, a rare name": "/calls?text=Okaforqz",
    "calls, a Chinese name": "/calls?text=王芳",
    "calls, a number": "/calls?text=13801234567",
    "calls, part of a number": "/calls?text=8012",
    "calls, nobody": "/calls?text=nobody+of+that+name",
    "a task": "/tasks/{task}",
    "a task's progress": "/tasks/{task}/progress",
    "calls of a task": "/tasks/{task}/calls",
    "calls of a task, a name": "/tasks/{task}/calls?text=Rossi",
    "calls of a task, a tag of many": "/tasks/{task}/calls?tag=often",
    "calls of a task, a common tag": "/tasks/{task}/calls?tag=common",
    "calls of a task, a tag of many elsewhere": "/tasks/{task}/calls?tag=elsewhere",
    "calls of a task, long": "/tasks/{task}/calls?min_talk_ms=180000",
    "calls of a task in no state": "/tasks/{task}/calls?phone_state=line_fault",
    "customers of a task": "/tasks/{task}/customers",
    "customers of a task, busy": "/tasks/{task}/customers?phone_state=busy",
    "customers of a task, grade A": "/tasks/{task}/customers?grade=A",
    "customers of a task, a tag of few": "/tasks/{task}/customers?tag=seldom",
    "customers of a task, a tag of many": "/tasks/{task}/customers?tag=often",
    "customers of a task, a common tag": "/tasks/{task}/customers?tag=common",
    "customers of a task, a tag of many elsewhere": "/tasks/{task}/customers?tag=elsewhere",
    "customers of a task, long": "/tasks/{task}/customers?min_talk_ms=180000",
    "customers of a task, never so long": "/tasks/{task}/customers?min_talk_ms=80000000",
    "customers of a task, a name": "/tasks/{task}/customers?text=Larsen",
    "customers of a task, nobody": "/tasks/{task}/customers?text=nobody+of+that+name",
    "customers": "/customers",
    "customers by name": "/customers?order=name",
    "customers by last call": "/customers?order=called",
    "customers to follow up": "/customers?order=follow_up",
    "customers, a name": "/customers?text=Larsen",
    "customers, a rare name": "/customers?text=Okaforqz",
    "customers, mine": "/customers?owner=me",
    "customers, the pool": "/customers?owner=nobody",
    "customers, a tag": "/customers?tag=no-such-tag",
    "customers, a tag of many": "/customers?tag=often",
    "customers by name, a tag of many": "/customers?tag=often&order=name",
    "customers, a common tag": "/customers?tag=common",
    "customers by name, a common tag": "/customers?tag=common&order=name",
    "customers by last call, a common tag": "/customers?tag=common&order=called",
    "customers by last call, a tag of the uncalled": "/customers?tag=uncalled&order=called",
    "customers, what a field says": "/customers?field=policy:P000000099",
    "customers, what a field often says": "/customers?field=city:City+3",
    "customers, a category": "/customers?category=no-such-category",
    "customers, busy": "/customers?phone_state=busy",
    "customers, grade A": "/customers?grade=A",
    "customers in no state, by last call": "/customers?phone_state=line_fault&order=called",
    "how many customers have a common tag": "/customers/count?tag=common",
    "how many customers have a common name": "/customers/count?text=Larsen",
    "duplicates by name": "/customers/duplicates",
    "duplicates by a field": "/customers/duplicates?field=policy",
    "duplicates by a field, none": "/customers/duplicates?field=city",
    "how many customers of a task have a common tag": ("/tasks/{task}/customers/count", {"tag": "common"}),
    "do-not-call": "/do-not-call",
    "imports": "/imports",
}


async def measure(url: str, task_id: UUID, rounds: int) -> dict[str, list[float]]:
    """Ask for every page so many times, in turn; return how long each took, in milliseconds."""
    took: dict[str, list[float]] = {name: [] for name in PAGES}
    month = {"since": "{0}-{1:02}-01T00:00:00Z", "before": "{0}-{1:02}-20T00:00:00Z"}
    year, number = time.localtime().tm_year, time.localtime().tm_mon
    year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    known = {"task": task_id} | {name: text.format(year, number) for name, text in month.items()}
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as client:
        (await client.post("/session", json={"email": EMAIL, "password": PASSWORD})).raise_for_status()
        for _ in range(rounds):
            for name, asked in PAGES.items():
                path, body = (asked, None) if isinstance(asked, str) else asked
                began = time.perf_counter()
                how = "GET" if body is None else "POST"
                (await client.request(how, path.format_map(known), json=body)).raise_for_status()
                took[name].append((time.perf_counter() - began) * 1000)
    return took


async def script_kb(url: str) -> float:
    """Return the size of the JavaScript that the first page loads, compressed as it is sent, in kilobytes."""
    async with httpx.AsyncClient(base_url=url, headers={"Accept-Encoding": "gzip"}) as client:
        page = (await client.get("/")).text
        sizes = []
        for path in set(re.findall(r'(?:src|href)="(/assets/[^"]+\.js)"', page)):
            async with client.stream("GET", path) as answer:
                raw = b"".join([chunk async for chunk in answer.aiter_raw()])
            coded = answer.headers.get("Content-Encoding") is not None
            sizes.append(len(raw if coded else gzip.compress(raw)))
    return sum(sizes) / 1000


def plain_ms(url: str) -> float:
    """Return how long a search takes that no index helps."""
    with psycopg.connect(libpq_url(url), user=SUPERUSER) as connection:
        connection.execute("SET max_parallel_workers_per_gather = 0; SET enable_indexscan = off")
        began = time.perf_counter()
        connection.execute(PLAIN).fetchall()
        return (time.perf_counter() - began) * 1000


async def make_companies(database: Database, customers: int) -> list[Company]:
    """Make ten companies with their tasks; somebody of the first, the largest, can sign in."""
    made = []
    for number in range(COMPANIES):
        company = await prepare(database, 1, name=f"Company {number}")
        tasks = [company.task_id, *await _more_tasks(database, company.tenant_id, company.line_id)]
        made.append(Company(company, tasks, customers if number == 0 else customers // PER_NEIGHBOUR))
    await sign_up(database, made[0].made.tenant_id)
    return made


async def _more_tasks(database: Database, tenant_id: UUID, line_id: UUID) -> Sequence[UUID]:
    async with database.tenant(tenant_id) as session:
        tenant = await get_tenant(session, tenant_id)
        (script,) = await list_scripts(session)
        drafts = [
            TaskDraft(name=f"Task {n}", script_id=script.id, line_ids=(line_id,), seats=1) for n in range(1, TASKS)
        ]
        return [(await create_task(session, draft, tenant=tenant, now=tenant.created_at)).id for draft in drafts]


async def make_data(server: EmbeddedPostgres, customers: int) -> UUID:
    """Fill the database; return the task that is looked at."""
    database = Database(server.url)
    try:
        companies = await make_companies(database, customers)
    finally:
        await database.close()
    fill(libpq_url(server.url_of("callwright", SUPERUSER)), companies)
    return companies[0].tasks[1]


async def compare(server: EmbeddedPostgres, folder: Path, customers: int, rounds: int) -> dict[str, object]:
    """Return the figures, of data that the folder has already or is filled with."""
    made = _task_of(folder, customers)
    if not made.exists():
        made.write_text(str(await make_data(server, customers)))
    task_id = UUID(made.read_text())
    with tempfile.TemporaryDirectory(prefix="bench-") as house:
        async with running(server.url, Path(house) / "house") as url:
            await measure(url, task_id, 2)
            took = await measure(url, task_id, rounds)
            sent = await script_kb(url)
    p95 = {name: statistics.quantiles(times, n=20)[-1] for name, times in took.items()}
    _show(took, p95)
    lists = {name: value for name, value in p95.items() if name != FLOOR}
    worst = max(lists.values())
    return {
        "customers": customers,
        "p95_ms": {name: round(value, 1) for name, value in lists.items()},
        "worst_p95_ms": round(worst, 1),
        "floor_p95_ms": round(p95[FLOOR], 1),
        "ratio": round(worst / p95[FLOOR], 1),
        "plain_ms": round(plain_ms(server.url)),
        "script_kb": round(sent),
    }


def _task_of(folder: Path, customers: int) -> Path:
    """Return the file that is there once the folder has all the data of so many customers."""
    return folder / f"task-of-{customers}"


def _show(took: dict[str, list[float]], p95: dict[str, float]) -> None:
    table = Table("page", "p50 ms", "p95 ms", title="pages")
    for name, times in took.items():
        table.add_row(name, f"{statistics.median(times):.1f}", f"{p95[name]:.1f}")
    Console().print(table)


def main() -> None:
    """Measure as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000, help="of the largest company")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--data", type=Path, help="a folder that keeps the data, made there once: 9 GB of a million"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = asked.data or Path(name)
        if folder.exists() and any(folder.iterdir()) and not _task_of(folder, asked.customers).exists():
            parser.error(f"{folder} holds something else than the data of {asked.customers} customers")
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        with EmbeddedPostgres(folder / "data", folder / "run", durable=False) as server:
            migrate(server.url)
            figures = asyncio.run(compare(server, folder, asked.customers, asked.rounds))
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
