"""All processes of one machine, started in order and ended in reverse."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from callwright.cli.readiness import announce
from callwright.cli.supervisor import Program, Supervisor
from callwright.settings import Settings
from callwright.wiring import database, folders, web_address
from callwright.wiring.shares import shares

SPEECH = Program("speech", ("speech",))
DIALER = Program("dialer", ("dial",))
WEB = Program("web", ("serve",))
WORKER = Program("worker", ("work",))


@dataclass(frozen=True)
class House:
    """A running house: where its database is, where a browser should go, what each further program announced."""

    database_url: str
    web_url: str | None
    facts: Mapping[str, Mapping[str, Any]]


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    web: bool,
    nodes: int = 1,
    extra: Mapping[str, str] | None = None,
    more: Sequence[Program] = (),
) -> AsyncIterator[House]:
    """Run database, speech server, dialer, job worker, call ``nodes``, web and ``more`` programs meanwhile.

    ``extra`` is added to the processes' environment. Raises what any of them can't start for; a port that is taken
    or a database that does not answer is found out before anything starts.
    """
    phones = [_node(share) for share in shares(settings, nodes)]
    if web:
        web_address.listener(settings).close()
    async with database.running(settings) as url:
        own = {"CALLWRIGHT_DATABASE_URL": url, "CALLWRIGHT_DATA": str(settings.data_folder)}
        supervisor = Supervisor(folders.logs(settings), {**os.environ, **own, **(extra or {})})
        try:
            facts = await _start(supervisor, (DIALER, WORKER, *([WEB] if web else []), *more), phones)
            yield House(url, str(facts[WEB.name]["url"]) if web else None, facts)
        finally:
            await supervisor.stop()


def _node(share: Mapping[str, str]) -> Program:
    number = share["CALLWRIGHT_NODE"]
    return Program("node" if number == "1" else f"node-{number}", ("node",), environment=share)


async def _start(
    supervisor: Supervisor, programs: Sequence[Program], phones: Sequence[Program]
) -> dict[str, dict[str, Any]]:
    """Start everything at once, the call nodes after the speech server that they talk to."""
    try:
        async with asyncio.TaskGroup() as group:
            started = {program.name: group.create_task(supervisor.start(program)) for program in programs}
            group.create_task(_phone_side(supervisor, phones))
    except* Exception as failed:
        raise _first(failed) from None
    return {name: task.result() for name, task in started.items()}


async def _phone_side(supervisor: Supervisor, phones: Sequence[Program]) -> None:
    await supervisor.start(SPEECH)
    async with asyncio.TaskGroup() as group:
        for program in phones:
            group.create_task(supervisor.start(program))


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return one of the errors: a person mends one thing at a time."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def stand(settings: Settings, *, web: bool, nodes: int) -> None:
    """Run the house until cancelled, telling on the terminal where to go."""
    console = Console(stderr=True)
    with console.status("Starting ..."):
        async with opened(settings, web=web, nodes=nodes) as house:
            announce()
            console.print(f"[bold]Callwright is up.[/] {house.web_url or ''}")
            console.print("No company yet? [bold]callwright tenant add[/] makes one. Ctrl-C ends.", highlight=False)
            await asyncio.Event().wait()
