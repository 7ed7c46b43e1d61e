"""What befalls the house: processes, connections and the database's own processes, killed at random."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import psycopg
from tests.wire.crash.processes import Mortal


class Victim(StrEnum):
    """What may be killed."""

    NODE = "node"
    DIALER = "dialer"
    CONNECTION = "connection"
    DATABASE = "database"


CHANCES = {Victim.NODE: 6, Victim.DIALER: 4, Victim.CONNECTION: 6, Victim.DATABASE: 3}
OTHERS = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
# One that works at this moment, if there is any.
CUT = f"SELECT pg_terminate_backend(pid) {OTHERS} ORDER BY state = 'idle', random() LIMIT 1"
TRIES, PAUSE_S = 600, 0.05
"""All begin anew at times, and then there is none for a moment."""
ANY = f"SELECT pid {OTHERS} ORDER BY random() LIMIT 1"


class Killer:
    """Kills (SIGKILL) and restarts; what and when follows from ``seed``. ``url`` is a superuser's."""

    def __init__(self, seed: int, nodes: Sequence[Mortal], dialers: Sequence[Mortal], url: str) -> None:
        self.chance = random.Random(seed)
        self.killed: Counter[Victim] = Counter()
        self._mortals = {Victim.NODE: nodes, Victim.DIALER: dialers}
        self._url = url

    async def strike(self) -> None:
        """Kill one thing, and restart it unless that comes back by itself."""
        (victim,) = self.chance.choices(list(CHANCES), list(CHANCES.values()))
        if victim in self._mortals:
            await asyncio.to_thread(self._begin_anew, self.chance.choice(self._mortals[victim]))
        else:
            await asyncio.to_thread(self._hit_database, victim)
        self.killed[victim] += 1

    def _begin_anew(self, mortal: Mortal) -> None:
        ended = mortal.kill()
        assert ended is None, f"a process ended by itself with {ended}: see {mortal.place.log}"
        mortal.start()

    def _hit_database(self, victim: Victim) -> None:
        with connect(self._url) as connection:
            if victim is Victim.CONNECTION:
                connection.execute(CUT)
                return
            # PostgreSQL then ends all its processes and recovers, as after a crash of its own.
            for _ in range(TRIES):
                if any(_died(pid) for (pid,) in connection.execute(ANY)):
                    return
                time.sleep(PAUSE_S)
        raise AssertionError("the database has no process that could be killed")


def _died(pid: int) -> bool:
    """Kill a process; tell whether it was there, and had not ended a moment ago by itself."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def connect(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Return a connection as soon as the database takes one again."""
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            pass
