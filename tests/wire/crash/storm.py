"""A house at work in which something is killed all the time, and what is true of it afterwards."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.wire.crash.carrier import CarrierAtWork, carrier
from tests.wire.crash.killer import Killer, Victim, connect
from tests.wire.crash.processes import CAPACITY, Mortal, Place, end_forks, live_as_dialer, live_as_node
from tests.wire.crash.town import settle
from tests.wire.crash.verdict import Verdict, judge
from tests.wire.telephony.peers import free_ports

from callwright.db.embedded import LOGIN, SUPERUSER, EmbeddedPostgres
from callwright.db.migrations import migrate
from callwright.db.session import Database

CALLS_A_KILL = 3
"""So many calls reach the carrier between two kills, on average."""
CUSTOMERS_A_KILL = 6
SLOWEST_S = 2.0
"""But so long at the most: where nobody is called the killing goes on."""
STUCK_S = 60.0

# What was committed outlives the database's processes, as anywhere; that it outlives the machine is not tried.
OUTLIVING = f"ALTER DATABASE {LOGIN} SET synchronous_commit = on"
UNFINISHED = "SELECT count(*) FROM tasks WHERE state <> 'finished'"
# Time passes quickly for whoever is to be called again: no redial comes sooner than after six minutes.
HASTEN = """
    UPDATE task_customers SET due_at = now() + interval '1 second'
    WHERE state = 'waiting' AND due_at > now() + interval '1 second'
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was killed while calls were made, in how many seconds, and what is true afterwards.

    ``errors`` are what the processes told of as faults of their own, and of recordings that were lost.
    """

    killed: Counter[Victim]
    storm_s: float
    calm_s: float
    verdict: Verdict
    errors: Sequence[str]


@dataclass(frozen=True, slots=True)
class House:
    """Two nodes and two dialers on a database of their own, and the carrier. ``url`` is a superuser's."""

    url: str
    carrier: CarrierAtWork
    nodes: Sequence[Mortal]
    dialers: Sequence[Mortal]


async def weather(folder: Path, *, kills: int, seed: int) -> Outcome:
    """Kill ``kills`` times during running tasks, let those finish, and judge. What is told stays in ``folder``.

    Should the tasks end before, the rest is not killed.
    """
    async with _house(folder, customers=kills * CUSTOMERS_A_KILL) as house:
        killer = Killer(seed, house.nodes, house.dialers, house.url)
        hastening = asyncio.create_task(_hasten(house.url))
        began = time.monotonic()
        try:
            await _storm(killer, house, kills)
            calm = time.monotonic()
            await _until_finished(house)
        finally:
            hastening.cancel()
            await asyncio.gather(hastening, return_exceptions=True)
        with connect(house.url) as connection:
            verdict = judge(house.carrier.invites(), connection)
        ended = time.monotonic()
    return Outcome(killer.killed, calm - began, ended - calm, verdict, _errors(folder))


@asynccontextmanager
async def _house(folder: Path, *, customers: int) -> AsyncIterator[House]:
    server = EmbeddedPostgres(folder / "postgres", folder / "run", durable=False)
    url = await asyncio.to_thread(server.start)
    try:
        await _query(server.url_of(LOGIN, SUPERUSER), OUTLIVING)
        await asyncio.to_thread(migrate, url)
        async with carrier(folder) as witness:
            database = Database(url)
            await settle(database, customers=customers, carrier_port=witness.port)
            await database.close()
            nodes = [_node(url, folder, number) for number in range(2)]
            dialers = [Mortal(live_as_dialer, Place(url, folder / f"dialer-{number}")) for number in range(2)]
            mortals = [*nodes, *dialers]
            for mortal in mortals:
                mortal.start()
            try:
                yield House(server.url_of(LOGIN, SUPERUSER), witness, nodes, dialers)
            finally:
                for mortal in mortals:
                    mortal.kill()
                end_forks()
    finally:
        await asyncio.to_thread(server.stop)


def _node(url: str, folder: Path, number: int) -> Mortal:
    first = free_ports(4 * CAPACITY)
    return Mortal(live_as_node, Place(url, folder / f"node-{number}", (first, first + 4 * CAPACITY - 1)))


async def _storm(killer: Killer, house: House, kills: int) -> None:
    while killer.killed.total() < kills and await _query(house.url, UNFINISHED):
        enough = house.carrier.count() + killer.chance.expovariate(1 / CALLS_A_KILL)
        latest = time.monotonic() + SLOWEST_S
        while house.carrier.count() < enough and time.monotonic() < latest:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)
        await killer.strike()


def _errors(folder: Path) -> list[str]:
    return [
        f"{log.parent.name}: {line}"
        for log in sorted(folder.glob("*/log"))
        for line in log.read_text().splitlines()
        if "level='error'" in line or "event='recording of a call is gone'" in line
    ]


async def _hasten(url: str) -> None:
    while True:
        await _query(url, HASTEN)
        await asyncio.sleep(1)


async def _until_finished(house: House) -> None:
    """Wait until no task runs, as long as the carrier gets further calls."""
    seen, deadline = -1, 0.0
    while await _query(house.url, UNFINISHED):
        if (calls := house.carrier.count()) != seen:
            seen, deadline = calls, time.monotonic() + STUCK_S
        assert time.monotonic() < deadline, f"no call for {STUCK_S:.0f} s, and not all tasks are finished"
        await asyncio.sleep(0.2)


async def _query(url: str, statement: str) -> int:
    """Return the number that ``statement`` finds, or how many rows it changed; asked again until answered."""
    while True:
        try:
            with connect(url) as connection:
                done = connection.execute(statement.encode())
                found = done.fetchone() if done.description else None
                return done.rowcount if found is None else int(str(found[0]))
        except psycopg.OperationalError:
            await asyncio.sleep(0.05)
