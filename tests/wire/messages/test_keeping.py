"""Channels kept open by a worker: each by itself, whatever is wrong with another."""

import asyncio

from sqlalchemy import select
from tests.factories.calling import BOX
from tests.factories.smsc import message_centre
from tests.waiting import until

from callwright.channels.addresses import Reach
from callwright.channels.http import GuardedHttp
from callwright.db.session import Database
from callwright.db.tables.messaging import MessageChannelRow
from callwright.kit.clock import SystemClock
from callwright.kit.secrets import SecretBox, new_key
from callwright.messaging.channels import make_channel, opened
from callwright.messaging.keeping import keep_channels
from callwright.messaging.schemas import ChannelDraft, Provider


async def test_a_channel_that_can_not_be_read_keeps_no_other_from_being_opened(database: Database) -> None:
    http = GuardedHttp(Reach())
    async with message_centre() as centre:
        config = {"host": "127.0.0.1", "port": centre.port, "system_id": "us"}
        for name, box in (("Broken", SecretBox(new_key())), ("Good", BOX)):
            draft = ChannelDraft(name, Provider.SMPP, config, 10, True, "secret")
            async with database.system() as session:
                await make_channel(session, draft, reach=Reach(), box=box)
        keeping = asyncio.create_task(
            keep_channels(database, lambda row: opened(row, box=BOX, http=http), SystemClock(), look_s=0.05)
        )

        async def told() -> bool:
            async with database.system() as session:
                found = await session.execute(select(MessageChannelRow.name, MessageChannelRow.trouble))
                return sorted((name, trouble) for name, trouble in found) == [("Broken", "unusable"), ("Good", "")]

        await until(told, "telling of both")
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        assert len(centre.all("bind")) == 1
    http.close()
