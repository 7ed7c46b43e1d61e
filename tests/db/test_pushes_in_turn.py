"""Taking turns stays even over very many pushes, whoever is killed meanwhile."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, text

from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.pushing import PushRow, TaskPusherRow
from callwright.kit.ids import new_id
from callwright.pushing.schemas import How
from tests.factories.finished_calls import add_finished_call, ended_like
from tests.factories.pushing import Team, make_team
from tests.waiting import until

PUSHES, WORKERS, KILLS = 10_000, 4, 10
RELAYS = Path(__file__).with_name("mortal_relays.py")


async def test_in_turn_stays_even_over_ten_thousand_pushes_by_four_workers_that_are_killed(
    database: Database,
) -> None:
    team = await make_team(database)
    people = [await team.employ(f"Person {number}") for number in range(3)]
    await team.choose({"A": people}, How.IN_TURN)
    first = await add_finished_call(database, team.caller.tenant_id, team.task_id)
    await _end_calls_like(team, first, PUSHES)
    await _hand_out_with_kills(database)
    async with database.tenant(team.caller.tenant_id) as session:
        handed = (await session.scalars(select(TaskPusherRow.handed))).all()
        counted = await session.scalars(select(PushRow.user_id))
        told = Counter(counted)
        calls = await session.scalar(select(func.count(PushRow.call_id.distinct())))
    assert calls == sum(told.values()) == sum(handed) == PUSHES
    assert max(told.values()) - min(told.values()) <= 1


async def _end_calls_like(team: Team, first: UUID, count: int) -> None:
    """Have ``count`` calls like the first ended, and tell of them."""
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        call = await session.get_one(CallRow, first)
        ids = [new_id() for _ in range(count)]
        given = {"ids": ids, "first": first, "attempt": call.attempt_id}
        for table, more in (("attempts", "number"), ("calls", "attempt_id")):
            columns = [
                name
                for name in await session.scalars(
                    text("SELECT column_name FROM information_schema.columns WHERE table_name = :of"), {"of": table}
                )
                if name not in ("id", more)
            ]
            named = ", ".join(columns)
            other, of = ("1 + place", ":attempt") if table == "attempts" else ("made.id", ":first")
            await session.execute(
                text(
                    f"INSERT INTO {table} (id, {more}, {named}) SELECT made.id, {other}, {named} FROM {table}"
                    f" CROSS JOIN unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS made (id, place)"
                    f" WHERE {table}.id = {of}"
                ),
                given,
            )
        ended = ended_like(call)
        told = [ended.model_copy(update={"call_id": one}) for one in ids]
        await publish(session, [Event(team.caller.tenant_id, one) for one in told])


async def _hand_out_with_kills(database: Database) -> None:
    """Have four processes hand out everything, and kill one at random, and begin another, time and again."""
    dice = random.Random(7)
    async with _relays(database.url) as (begin, pids):
        for _ in range(WORKERS):
            await begin()
        for left in sorted(dice.sample(range(PUSHES // 10, PUSHES), KILLS), reverse=True):
            await until(partial(_at_most, database, left), "handing out")
            os.kill(pids.pop(dice.randrange(WORKERS)), signal.SIGKILL)
            await begin()
        await until(lambda: _at_most(database, 0), "handing out the rest")


@asynccontextmanager
async def _relays(url: str) -> AsyncIterator[tuple[Callable[[], Awaitable[None]], list[int]]]:
    """Yield what begins another process that hands out, and the ids of those that live."""
    nest = await asyncio.create_subprocess_exec(
        sys.executable, str(RELAYS), url, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    pids: list[int] = []

    async def begin() -> None:
        assert nest.stdin is not None
        assert nest.stdout is not None
        nest.stdin.write(b"\n")
        pids.append(int(await nest.stdout.readline()))

    try:
        yield begin, pids
        for pid in pids:
            os.kill(pid, 0)  # none has ended by itself
    finally:
        assert nest.stdin is not None
        nest.stdin.close()  # they end with it
        await nest.wait()
        nest._transport.close()  # type: ignore[attr-defined]


async def _at_most(database: Database, left: int) -> bool:
    async with database.system() as session:
        waiting = await session.scalar(text("SELECT count(*) FROM events WHERE handled_at IS NULL"))
    return (waiting or 0) <= left
