"""Processes that send are killed while they do: no message is lost, and the network gets none of them twice."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from tests.factories.calling import make_caller
from tests.factories.finished_calls import add_finished_call
from tests.factories.messages import equip_with_messages, waiting_message
from tests.factories.smsc import MessageCentre, message_centre
from tests.waiting import until

from callwright.billing.ledger import get_available, top_up
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import MessageChannelRow, MessageRow
from callwright.kit.secrets import SecretBox, new_key
from callwright.messaging import queue
from callwright.messaging.sending import AT_ONCE

MESSAGES, KILLS = 60, 3
PRICE = 50_000
KEEPER = Path(__file__).with_name("mortal_keeper.py")


async def test_killed_workers_lose_no_message_and_send_none_twice(database: Database) -> None:
    dice, key = random.Random(4), new_key()
    async with message_centre() as centre:
        await centre.order("set", receipts="DELIVRD")
        tenant_id = await _queue(database, centre, SecretBox(key))
        for kill in range(KILLS):
            async with _keeper(database.url, key):
                await centre.wait("bind", kill + 1)
                sent = len(centre.all("submit"))
                await centre.wait("submit", sent + 1 + dice.randrange(6))
                await asyncio.sleep(dice.random() / 50)
        async with _keeper(database.url, key):
            await until(lambda: _none_wait(database), "sending the rest")
    async with database.system() as session:
        await queue.give_up_lost(session, datetime.now(UTC) + timedelta(minutes=6))
        found = await session.execute(select(MessageRow.text, MessageRow.state, MessageRow.why))
        became = {text: (state, why) for text, state, why in found}

    got = Counter(one["text"] for one in centre.all("submit"))
    assert set(got.values()) == {1}
    assert Counter(state for state, _ in became.values()).keys() <= {"sent", "delivered", "failed"}
    for text, (state, why) in became.items():
        # Whatever the network did not get is told as nobody knowing, and so is what it got without our noting it.
        assert (state, why) == ("failed", "unanswered") or (state != "failed" and text in got)
    unanswered = sum(state == "failed" for state, _ in became.values())
    assert unanswered <= KILLS * AT_ONCE
    async with database.tenant(tenant_id) as session:
        assert await get_available(session, tenant_id) == 10 * MESSAGES * PRICE - MESSAGES * PRICE


async def _queue(database: Database, centre: MessageCentre, box: SecretBox) -> UUID:
    """Have messages wait for a channel to the centre."""
    caller = await make_caller(database)
    task = await caller.make_task(MESSAGES)
    ids = await equip_with_messages(database, caller)
    config = {"host": "127.0.0.1", "port": centre.port, "system_id": "us", "window": 5}
    async with database.system() as session:
        await session.execute(
            update(MessageChannelRow).values(config=config, secret=box.seal("secret"), per_second=30)
        )
    calls = [
        await add_finished_call(database, caller.tenant_id, task.id, position=number)
        for number in range(1, MESSAGES + 1)
    ]
    async with database.tenant(caller.tenant_id) as session:
        await top_up(session, caller.tenant_id, 10 * MESSAGES * PRICE, user_id=None, note="")
        customer_id = await session.scalar(select(CustomerRow.id).limit(1))
        session.add_all(
            waiting_message(ids | {"call_id": call_id, "task_id": task.id}, customer_id, f"Message {number}")
            for number, call_id in enumerate(calls)
        )
    return caller.tenant_id


@asynccontextmanager
async def _keeper(url: str, key: str) -> AsyncIterator[None]:
    """Run a process that sends, and kill it."""
    process = await asyncio.create_subprocess_exec(sys.executable, str(KEEPER), url, key)
    try:
        yield
    finally:
        process.kill()
        await process.wait()


async def _none_wait(database: Database) -> bool:
    """Whether nothing waits, and nothing was claimed for some seconds by whoever still lives."""
    row = MessageRow
    lately = and_(row.state == "sending", row.claimed_at > datetime.now(UTC) - timedelta(seconds=3))
    async with database.system() as session:
        waiting = select(func.count()).select_from(row).where(or_(row.state.in_(("queued", "held")), lately))
        return await session.scalar(waiting) == 0
