"""The command line. A mistake that a person can mend is one clear sentence and exit code 1, never a traceback."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from callwright import settings as settings_module
from callwright.cli import demo as demo_command
from callwright.cli import house, readiness, tenants
from callwright.cli.readiness import announce
from callwright.kit.errors import CallwrightError
from callwright.simulator import scenario as scenarios
from callwright.simulator.world import WorldConfig, WorldReady, run_world
from callwright.speech import server as speech_server
from callwright.speech.client import SpeechClient
from callwright.speech.protocol import Priority
from callwright.wiring import database, folders, logs, processes
from callwright.wiring import speech as speech_wiring

app = typer.Typer(no_args_is_help=True, add_completion=False, help="An outbound call centre that runs itself.")
app.add_typer(tenants.app, name="tenant", help="Companies of this installation, and who may sign in.")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except CallwrightError as error:
        sys.stderr.write(f"callwright: {error}\n")
        sys.exit(1)


def load() -> settings_module.Settings:
    """Read the settings, prepare the folders and the log of this process."""
    settings = settings_module.load()
    logs.configure(settings.log_level)
    folders.prepare(settings)
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


@app.command()
def demo(
    calls: Annotated[int, typer.Option(min=1, max=2000, help="How many people are rung.")] = 20,
    concurrency: Annotated[int, typer.Option(min=1, max=100, help="How many at once.")] = 5,
    seed: Annotated[int, typer.Option(help="Which people live in the telephone world.")] = 1,
    end: Annotated[bool, typer.Option("--exit", help="End when the task is done.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, the last.")] = False,
    web: Annotated[bool, typer.Option("--web/--no-web", help="Serve the browser application.")] = True,
) -> None:
    """Ring simulated people over real SIP and RTP, talk with them, and show it in the browser."""
    wanted = demo_command.Wanted(calls, concurrency, seed, end, as_json, web)
    run_until_ended(demo_command.run(load(), wanted))


@app.command()
def up(
    web: Annotated[bool, typer.Option("--web/--no-web", help="Serve the browser application.")] = True,
) -> None:
    """Run the whole house on this machine."""
    run_until_ended(house.stand(load(), web=web))


@app.command()
def migrate() -> None:
    """Bring the database up to date."""

    async def work(settings: settings_module.Settings) -> None:
        async with database.at_hand(settings) as opened:
            typer.echo(f"The database ({opened.address}) is up to date.")

    asyncio.run(work(load()))


@app.command()
def serve() -> None:
    """Run the browser application and the API alone."""
    run_until_ended(processes.serve(load(), ready=announce))


@app.command()
def dial() -> None:
    """Run a dialer alone: of any number, one leads."""
    run_until_ended(processes.dial(load(), ready=announce))


@app.command()
def node() -> None:
    """Run a call node alone."""
    run_until_ended(processes.node(load(), ready=announce))


@app.command()
def speech() -> None:
    """Run the speech server of this machine."""
    run_until_ended(speech_server.serve(speech_wiring.server_config(load()), ready=announce))


@app.command()
def world(
    scenario: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Who lives there.")],
    truth: Annotated[Path, typer.Option(help="Where to write what each handset did, a JSON line a call.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="UDP port of SIP; 0 takes any free one.")] = 5080,
    rtp_ports: Annotated[str, typer.Option(help="UDP ports of its RTP, first-last.")] = "40000-49999",
    user: Annotated[str, typer.Option(help="Name a line must register with; none: anyone may call.")] = "",
    password: Annotated[str, typer.Option(envvar="CALLWRIGHT_WORLD_PASSWORD", help="And its password.")] = "",
    understand: Annotated[bool, typer.Option(help="Let people understand what they are asked.")] = True,
) -> None:
    """Run a telephone world: a carrier with simulated people behind it."""
    settings = load()

    first, last = (int(end) for end in rtp_ports.split("-"))
    config = WorldConfig(
        scenario=scenarios.read(scenario),
        truth=truth,
        cache=settings.data_folder / "voices",
        port=port,
        rtp_ports=(first, last),
        users={user: password} if user else {},
    )
    run_until_ended(_world(config, settings.speech_socket_path if understand else None))


async def _world(config: WorldConfig, speech: Path | None) -> None:
    """Let a world live; with a speech server its people understand, but never before real calls do."""

    def ready(at: WorldReady) -> None:
        announce({"host": at.host, "port": at.port})

    if speech is None:
        await run_world(config, ready)
        return
    recogniser = await SpeechClient.connect(speech, priority=Priority.AHEAD, wait_s=60)
    try:
        await run_world(replace(config, recogniser=recogniser), ready)
    finally:
        await recogniser.close()
