"""How many messages a second leave through one SMPP session, from the queue in the database to a note of each.

``python -m bench.messages --messages 2000 --per-second 100``: PostgreSQL, one channel kept open in this process,
and a message centre that is not ours (node-smpp) on this machine. Messages are claimed, paid for, handed over and
noted as in a worker. The limit, from the same run, is the same session without a database.
The last line is one JSON object.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from uuid import UUID

import psycopg
from sqlalchemy import Engine, event, func, select
from tests.factories.calling import make_caller
from tests.factories.finished_calls import add_finished_call
from tests.factories.messages import equip_with_messages, waiting_message
from tests.factories.smsc import MessageCentre, message_centre
from tests.waiting import until

from callwright.billing.ledger import top_up
from callwright.channels.port import Incoming, OutgoingMessage
from callwright.channels.smpp.channel import SmppChannel
from callwright.channels.smpp.session import SmppAddress
from callwright.db.embedded import EmbeddedPostgres
from callwright.db.engine import libpq_url
from callwright.db.migrations import migrate
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import MessageRow
from callwright.kit.clock import SystemClock
from callwright.kit.ids import new_id
from callwright.messaging.sending import Keeper
from callwright.texting.segments import segments


async def _nothing(_incoming: Incoming) -> None:
    """Take what comes in."""


async def _limit(centre: MessageCentre, messages: int) -> float:
    """Return how many submits a second one session answers."""
    channel = _channel(centre)
    running = asyncio.create_task(channel.run(_nothing))
    await until(lambda: _bound(channel), "binding")
    began = time.perf_counter()
    await asyncio.gather(
        *(
            channel.submit(OutgoingMessage(new_id(), "10690001", "+12125550199", segments(f"Limit {number}")))
            for number in range(messages)
        )
    )
    took = time.perf_counter() - began
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return messages / took


async def _measure(url: str, messages: int, per_second: int) -> dict[str, float]:
    database = Database(url)
    async with message_centre() as centre:
        limit = await _limit(centre, messages)
        channel_id = await _queue(database, messages)
        channel = _channel(centre)
        keeper = Keeper(database, channel_id, channel, per_second, SystemClock(), new_id())
        asked: list[str] = []
        event.listen(Engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        processor = time.process_time()
        running = asyncio.create_task(keeper.run())
        await until(lambda: _sent(database, messages), "sending")
        processor, statements = time.process_time() - processor, len(asked)
        took = await _took_s(database)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        got = Counter(one["text"] for one in centre.all("submit") if one["text"].startswith("Message"))
    await database.close()
    return {
        "messages": messages,
        "asked_per_second": per_second,
        "per_second": round(messages / took, 1),
        "limit_per_second": round(limit, 1),
        "statements_per_message": round(statements / messages, 2),
        "processor_ms_per_message": round(processor * 1000 / messages, 2),
        "twice": sum(count > 1 for count in got.values()),
        "missing": messages - len(got),
    }


def _channel(centre: MessageCentre) -> SmppChannel:
    return SmppChannel(SmppAddress("127.0.0.1", centre.port, "bench", "secret", window=50))


async def _bound(channel: SmppChannel) -> bool:
    return channel.ready


async def _sent(database: Database, messages: int) -> bool:
    await asyncio.sleep(0.1)
    async with database.system() as session:
        counted = select(func.count()).select_from(MessageRow).where(MessageRow.sent_at.is_not(None))
        return await session.scalar(counted) == messages


async def _took_s(database: Database) -> float:
    """Return the seconds from the first message's claim to the last one's note."""
    async with database.system() as session:
        span = await session.scalar(select(func.max(MessageRow.sent_at) - func.min(MessageRow.claimed_at)))
    assert span is not None
    return float(span.total_seconds())


async def _queue(database: Database, messages: int) -> UUID:
    """Have messages wait; return their channel."""
    caller = await make_caller(database)
    task = await caller.make_task(1)
    ids = await equip_with_messages(database, caller)
    ids |= {"task_id": task.id, "call_id": await add_finished_call(database, caller.tenant_id, task.id)}
    async with database.tenant(caller.tenant_id) as session:
        await top_up(session, caller.tenant_id, 10**12, user_id=None, note="")
        customer_id = await session.scalar(select(CustomerRow.id))
        session.add_all(waiting_message(ids, customer_id, f"Message {number}") for number in range(messages))
    return ids["channel_id"]


def _let_one_call_have_many(url: str) -> None:
    """Let a call have many messages: to make thousands of calls takes longer than what is measured."""
    with psycopg.connect(libpq_url(url)) as connection:
        connection.execute("ALTER TABLE messages DROP CONSTRAINT uq_messages_call_id_purpose")


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=2000)
    arguments.add_argument("--per-second", type=int, default=100)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="callwright-bench-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        with EmbeddedPostgres(place / "data", place / "run", durable=False) as server:
            migrate(server.url)
            _let_one_call_have_many(server.url)
            print(json.dumps(asyncio.run(_measure(server.url, asked.messages, asked.per_second))))


if __name__ == "__main__":
    main()
