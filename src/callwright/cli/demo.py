"""`callwright demo`: a telephone world, a company that calls it, and the result held against the truth."""

import asyncio
import json
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from rich.console import Console

from callwright.calls.progress import get_progress
from callwright.calls.schemas import Summary
from callwright.calls.summary import summarise
from callwright.cli import demo_contents, demo_score, house
from callwright.cli.demo_contents import Contents
from callwright.cli.progress_view import ProgressView, result_table
from callwright.cli.supervisor import Program
from callwright.db.session import Database
from callwright.kit.clock import SystemClock
from callwright.settings import Settings
from callwright.simulator import scenario as scenarios
from callwright.simulator.score import Score
from callwright.tasks import service as tasks

LOOK_EVERY_S = 0.5
CARRIER_USER = "demo"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for."""

    calls: int
    concurrency: int
    seed: int
    end: bool
    as_json: bool
    web: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a demo keeps its files: the newest run's scenario, customers and truth."""

    folder: Path

    @property
    def scenario(self) -> Path:
        return self.folder / "scenario.yaml"

    @property
    def customers(self) -> Path:
        return self.folder / "customers.xlsx"

    @property
    def truth(self) -> Path:
        return self.folder / "truth.jsonl"


async def run(settings: Settings, wanted: Wanted) -> None:
    """Run the demo until its task is done (``end``) or the command is cancelled."""
    began = time.monotonic()
    console = Console(stderr=True, highlight=False)
    place = Place(settings.data_folder / "demo")
    place.folder.mkdir(exist_ok=True)
    place.folder.chmod(0o700)
    place.truth.unlink(missing_ok=True)
    scenario = scenarios.generate(wanted.seed, wanted.calls)
    scenarios.write(scenario, place.scenario)
    password = secrets.token_urlsafe(16)
    world = Program("telephone-world", _world_arguments(place), restart=False)
    console.print("[bold]Callwright[/]: starting the database, the speech server and a telephone world ...")
    async with house.opened(
        settings, web=wanted.web, extra={"CALLWRIGHT_WORLD_PASSWORD": password}, more=(world,)
    ) as opened:
        database = Database(opened.database_url)
        try:
            carrier = demo_contents.Carrier(**opened.facts[world.name], user=CARRIER_USER, password=password)
            contents = await demo_contents.prepare(
                database, settings, demo_contents.Wishes(scenario, place.customers, carrier, wanted.concurrency)
            )
            _tell_where(console, opened.web_url, contents)
            summary = await _call_everyone(database, contents, console)
            score = await demo_score.held_against_truth(database, contents, place.truth)
            _tell_result(
                console, summary, score, time.monotonic() - began, wanted, _sign_in(opened.web_url, contents)
            )
            if not wanted.end:
                console.print("\nLook around as long as you like. Ctrl-C ends; your data stays.")
                await asyncio.Event().wait()
        finally:
            await database.close()


def _world_arguments(place: Place) -> tuple[str, ...]:
    files = ("--scenario", str(place.scenario), "--truth", str(place.truth))
    return ("world", *files, "--port", "0", "--user", CARRIER_USER)


def _tell_where(console: Console, web_url: str | None, contents: Contents) -> None:
    if web_url is None:
        return
    console.print(f"\n  Look at it:  [bold]{web_url}/tasks/{contents.task_id}[/]")
    console.print(f"  Sign in as:  [bold]{contents.email}[/]   password  [bold]{contents.password}[/]")
    console.print("  Try it:      in writing or by microphone. The line leads to simulated people,")
    console.print("               all of them customers: your own phone can't be reached over it.\n")


async def _call_everyone(database: Database, contents: Contents, console: Console) -> Summary:
    clock = SystemClock()
    async with database.tenant(contents.tenant_id) as session:
        await tasks.start_task(session, contents.task_id, now=clock.now())
    with ProgressView(console) as view:
        while True:
            async with database.tenant(contents.tenant_id) as session:
                progress = await get_progress(session, contents.task_id, now=clock.now())
            view.show(progress)
            if progress.state != "running" and not progress.live:
                break
            await asyncio.sleep(LOOK_EVERY_S)
    return await _summary(database, contents.tenant_id, contents.task_id)


async def _summary(database: Database, tenant_id: UUID, task_id: UUID) -> Summary:
    async with database.tenant(tenant_id) as session:
        return await summarise(session, task_id)


def _sign_in(web_url: str | None, contents: Contents) -> dict[str, str] | None:
    """Return where to look and as whom, for programs; nothing where there is nothing to look at."""
    if web_url is None:
        return None
    return {"url": web_url, "email": contents.email, "password": contents.password}


def _tell_result(
    console: Console,
    summary: Summary,
    score: Score,
    seconds: float,
    wanted: Wanted,
    sign_in: dict[str, str] | None,
) -> None:
    """Print the result for people, and as the last line of standard output for programs where asked."""
    console.print(result_table(summary))
    states = f"{score.phone_states_right} of {score.calls - score.voicemail_as_connected} phone states"
    console.print(f"The telephone world agrees with {states} and {score.intents_right} of {score.intents} intents.")
    if wanted.as_json:
        truth = score.model_dump(include={"calls", "phone_states_right", "voicemail_as_connected", "unmatched"})
        truth |= score.model_dump(include={"intents", "intents_unheard", "intents_right"})
        told = {"seconds": round(seconds, 1), "truth": truth, "sign_in": sign_in}
        print(json.dumps(asdict(summary) | told), flush=True)
