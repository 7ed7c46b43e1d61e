"""Messages that a script sends while it talks: over a real network, once, and with what truly became of each."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update
from tests.factories.calling import BOX, NOW, Caller, make_caller
from tests.factories.calls import dialled
from tests.factories.messages import equip_with_messages
from tests.factories.smsc import MessageCentre, message_centre
from tests.fakes.clock import ManualClock
from tests.waiting import until

from callwright.billing.ledger import top_up
from callwright.callroom.messenger import AttemptMessenger, Errands, Messenger
from callwright.channels.addresses import Reach
from callwright.channels.http import GuardedHttp
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.messaging import MessageChannelRow, MessageRow, MessageTemplateVersionRow
from callwright.dialogue.messages import MessageTold, Outcome, SendMessage
from callwright.kit.clock import Clock, SystemClock
from callwright.messaging import templates
from callwright.messaging.channels import opened
from callwright.messaging.keeping import keep_channels
from callwright.messaging.schemas import TemplateDraft
from callwright.texting.windows import MessageKind

WANTED = SendMessage("write", "Thank you", (("day", "Monday"), ("company", "Somebody else")))


@dataclass
class Talk:
    """A call under way whose script sends messages, and the company's network."""

    caller: Caller
    attempt_id: UUID
    phone: str
    centre: MessageCentre
    told: list[MessageTold] = field(default_factory=list)

    async def send(self, *, key: str = "write", template: str = "Thank you", clock: Clock | None = None) -> Outcome:
        """Have a message sent, and return what the dialogue is told."""
        messenger = AttemptMessenger(
            self.caller.database, clock or SystemClock(), self.caller.tenant_id, self.attempt_id
        )
        return await self.send_by(messenger, key=key, template=template)

    async def send_by(self, messenger: Messenger | None, *, key: str = "write", template: str = "") -> Outcome:
        """Have a message sent by whom the test says."""
        errands = Errands(messenger, self.told.append, write_s=5, wait_s=5)
        before = len(self.told)
        errands.begin(SendMessage(key, template, WANTED.values))
        errands.begin(SendMessage(key, template, WANTED.values))

        async def known() -> bool:
            return not errands.busy

        await until(known, "what became of it")
        (told,) = self.told[before:]
        assert told.key == key
        return told.outcome

    async def messages(self) -> list[tuple[str, str, str]]:
        """Return purpose, state and reason of each message, the oldest first."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            wanted = select(MessageRow.purpose, MessageRow.state, MessageRow.why).order_by(MessageRow.id)
            return [(purpose, state, why) for purpose, state, why in await session.execute(wanted)]


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    """A call under way of a company with money, an approved template, and a channel that is kept open."""
    caller = await make_caller(database)
    _, _, attempt = await dialled(caller)
    ids = await equip_with_messages(database, caller)
    async with message_centre() as centre:
        async with database.system() as session:
            version = update(MessageTemplateVersionRow).where(MessageTemplateVersionRow.id == ids["version_id"])
            await session.execute(version.values(text="Dear {name}, until {day}. {company}"))
            await templates.decide(session, ids["version_id"], rejected=None, now=NOW)
            there = {"host": "127.0.0.1", "port": centre.port, "system_id": "us"}
            await session.execute(update(MessageChannelRow).values(config=there))
        async with database.tenant(caller.tenant_id) as session:
            await top_up(session, caller.tenant_id, 1_000_000, user_id=None, note="")
        http = GuardedHttp(Reach())
        opens = keep_channels(database, lambda row: opened(row, box=BOX, http=http), SystemClock(), look_s=0.05)
        keeping = asyncio.create_task(opens)

        async def ready() -> bool:
            async with database.system() as session:
                return await session.scalar(select(MessageChannelRow.trouble)) == ""

        await until(ready, "the channel")
        try:
            yield Talk(caller, attempt.id, attempt.phone, centre)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            http.close()


async def test_what_the_network_took_is_sent_and_sent_once(talk: Talk) -> None:
    assert await talk.send() == "sent"
    assert await talk.send() == "sent"
    (submitted,) = talk.centre.all("submit")
    assert submitted["text"] == "Us: Dear Person 0, until Monday. Harbour Dental"
    assert await talk.send(key="another") == "sent"
    assert len(talk.centre.all("submit")) == 2
    assert await talk.messages() == [("node:write", "sent", ""), ("node:another", "sent", "")]
    written = AttemptMessenger(talk.caller.database, SystemClock(), talk.caller.tenant_id, talk.attempt_id)
    ids = {await written.find(key) for key in ("write", "another")}
    assert len(ids - {None}) == 2
    assert await written.find("nothing") is None


async def test_what_may_not_leave_is_held_or_failed_and_never_called_sent(talk: Talk) -> None:
    database, tenant_id = talk.caller.database, talk.caller.tenant_id
    assert await talk.send(template="No such template") == "failed"
    assert await talk.send_by(None) == "failed"
    async with database.tenant(tenant_id) as session:
        await put_on_list(session, tenant_id, talk.phone, call_id=None)
    assert await talk.send(key="barred") == "failed"
    assert await talk.messages() == [("node:barred", "failed", "do_not_call")]
    assert talk.centre.all("submit") == []


async def test_what_waits_for_its_hours_is_held(talk: Talk) -> None:
    database, night = talk.caller.database, datetime(2040, 6, 2, 3, tzinfo=UTC)
    async with database.tenant(talk.caller.tenant_id) as session:
        offer = await templates.make_template(session, TemplateDraft("Offer", MessageKind.MARKETING, "Half price"))
        await templates.hand_in(session, offer.id, now=NOW)
    async with database.system() as session:
        await templates.decide(session, offer.versions[0].id, rejected=None, now=NOW)
        await session.execute(update(MessageChannelRow).values(seen_at=night))
    # Eleven at night in New York, years from when the channel's keeper looks.
    assert await talk.send(template="Offer", clock=ManualClock(night)) == "held"
    assert await talk.messages() == [("node:write", "held", "hours")]


async def test_over_a_channel_in_trouble_nothing_is_sent_later_either(talk: Talk) -> None:
    async with talk.caller.database.system() as session:
        await session.execute(update(MessageChannelRow).values(active=False))
    assert await talk.send() == "failed"
    assert await talk.messages() == [("node:write", "failed", "no_channel")]
