"""Taking turns stays even over very many pushes, whoever is killed meanwhile."""

import asyncio
import random
from collections import Counter
from uuid import UUID

import psycopg
from sqlalchemy import func, select, text

from callwright.db.engine import libpq_url
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.pushing import PushRow, TaskPusherRow
from callwright.kit.errors import UnavailableError
from callwright.kit.ids import new_id
from callwright.pushing.handing import CALL_PUSHES
from callwright.pushing.schemas import How
from callwright.worker.relaying import relay_waiting
from tests.factories.finished_calls import add_finished_call, ended_like
from tests.factories.pushing import Team, make_team

PUSHES, WORKERS, KILLS = 10_000, 4, 5
# One that is at work, if any is.
KILL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    ORDER BY state = 'idle', random() LIMIT 1
"""


async def test_in_turn_stays_even_over_ten_thousand_pushes_by_four_workers_that_are_killed(
    database: Database,
) -> None:
    team = await make_team(database)
    people = [await team.employ(f"Person {number}") for number in range(3)]
    await team.choose({"A": people}, How.IN_TURN)
    first = await add_finished_call(database, team.caller.tenant_id, team.task_id)
    await _end_calls_like(team, first, PUSHES)
    killed = await _hand_out_with_kills(database)
    await database.close()  # with the connections that were killed and not used since
    async with database.tenant(team.caller.tenant_id) as session:
        handed = (await session.scalars(select(TaskPusherRow.handed))).all()
        counted = await session.scalars(select(PushRow.user_id))
        told = Counter(counted)
        calls = await session.scalar(select(func.count(PushRow.call_id.distinct())))
    assert killed >= KILLS
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


async def _hand_out_with_kills(database: Database) -> int:
    """Have four workers hand out everything, killing one's connection now and then; return how often one was."""
    killed, chance = 0, random.Random(7)

    async def work() -> None:
        nonlocal killed
        while True:
            try:
                await relay_waiting(database, [CALL_PUSHES])
                if await _waiting(database) == 0:
                    return
            except UnavailableError:
                killed += 1

    async def kill() -> None:
        async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as other:
            while True:
                await asyncio.sleep(chance.uniform(0.1, 0.4))
                await other.execute(KILL)

    killing = asyncio.create_task(kill())
    try:
        await asyncio.gather(*(work() for _ in range(WORKERS)))
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
    return killed


async def _waiting(database: Database) -> int:
    async with database.system() as session:
        return await session.scalar(text("SELECT count(*) FROM events WHERE handled_at IS NULL")) or 0
