"""A channel that sends nothing: what goes over it never counts as sent, and costs nothing."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from callwright.callroom.messenger import AttemptMessenger
from callwright.channels.addresses import Reach
from callwright.channels.http import GuardedHttp
from callwright.db.session import Database
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.messaging import MessageChannelRow, MessageTemplateVersionRow
from callwright.dialing.calling_hours import CallingHours, Weekday
from callwright.dialogue.messages import SendMessage
from callwright.kit.ids import new_id
from callwright.messaging import templates
from callwright.messaging.channels import get_account, get_channel, make_channel, opened, set_account
from callwright.messaging.errors import ChannelConfigError, NothingCostsError
from callwright.messaging.hours import set_message_hours
from callwright.messaging.listing import MessageFilter, list_messages
from callwright.messaging.schemas import AccountDraft, ChannelDraft, Provider
from callwright.messaging.sending import Keeper
from callwright.texting.windows import MessageKind
from tests.factories.calling import BOX, NOW, make_caller
from tests.factories.calls import dialled
from tests.factories.messages import equip_with_messages
from tests.factories.sms import PRICE, At, Sms, make_sms


async def _send_over_nothing(database: Database, tenant_id: UUID) -> UUID:
    """Give a company a channel that sends nothing; return its id."""
    async with database.system() as session:
        draft = ChannelDraft("Nothing", Provider.NULL, {}, 10, True, "")
        channel = await make_channel(session, draft, reach=Reach(), box=BOX)
        await session.execute(update(MessageChannelRow).values(trouble="", seen_at=NOW))
    async with database.tenant(tenant_id) as session:
        await set_account(session, AccountDraft(channel.id, "10690001", "", 0))
    return channel.id


async def _keeper(sms: Sms, channel_id: UUID) -> Keeper:
    database, http = sms.caller.database, GuardedHttp(Reach())
    async with database.system() as session:
        channel = opened(await get_channel(session, channel_id), box=BOX, http=http)
    http.close()
    return Keeper(database, channel_id, channel, 10, sms.clock, new_id())


async def test_what_follows_a_call_ends_unsent_and_costs_nothing(database: Database) -> None:
    sms = await make_sms(database)
    channel_id = await _send_over_nothing(database, sms.caller.tenant_id)
    before = await sms.available()
    await sms.call()
    assert await (await _keeper(sms, channel_id)).send_due() == 1
    assert await sms.states() == await sms.told() == [("unsent", "")]
    (message,) = await sms.messages()
    assert (message.sends_nothing, message.sent_at, message.price) == (True, None, 0)
    assert await sms.available() == before
    async with database.tenant(sms.caller.tenant_id) as session:
        charged = select(func.count()).where(LedgerEntryRow.message_id.is_not(None))
        assert await session.scalar(charged) == 0
        assert (await get_account(session, NOW)).sends_nothing


async def test_what_would_wait_for_its_hours_is_unsent_at_once(database: Database) -> None:
    sms = await make_sms(database, kind="marketing")
    await _send_over_nothing(database, sms.caller.tenant_id)
    today = datetime.now(UTC).weekday()
    days = frozenset(list(Weekday)[(today + later) % 7] for later in (2, 3, 4, 5))  # today nowhere
    async with database.tenant(sms.caller.tenant_id) as session:
        await set_message_hours(session, {MessageKind.MARKETING: CallingHours(days=days)}, country="US")
    await sms.call()
    assert await sms.states() == await sms.told() == [("unsent", "")]


async def test_whoever_moves_to_it_pays_for_what_was_really_sent(database: Database) -> None:
    sms = await make_sms(database)
    before = await sms.available()
    await sms.call()
    await _send_over_nothing(database, sms.caller.tenant_id)
    await sms.keeper.send_due()
    (message,) = await sms.messages()
    assert (message.state, message.sends_nothing) == ("sent", False)
    assert before - await sms.available() == PRICE


@pytest.mark.parametrize("kind", ["service", "marketing"])
async def test_nobody_is_told_in_a_call_that_it_was_sent_or_waits(database: Database, kind: str) -> None:
    caller = await make_caller(database)
    _, _, attempt = await dialled(caller)
    ids = await equip_with_messages(database, caller)
    async with database.system() as session:
        version = update(MessageTemplateVersionRow).where(MessageTemplateVersionRow.id == ids["version_id"])
        await session.execute(version.values(kind=kind))
        await templates.decide(session, ids["version_id"], rejected=None, now=NOW)
    await _send_over_nothing(database, caller.tenant_id)
    messenger = AttemptMessenger(database, At(NOW), caller.tenant_id, attempt.id)
    written = await messenger.write(SendMessage("write", "Thank you", ()))
    assert written is not None
    assert await messenger.outcome(written) == "failed"
    async with database.tenant(caller.tenant_id) as session:
        assert [one.state for one in await list_messages(session, MessageFilter())] == ["unsent"]


async def test_it_can_be_given_neither_a_price_nor_a_description(database: Database) -> None:
    caller = await make_caller(database)
    channel_id = await _send_over_nothing(database, caller.tenant_id)
    async with database.tenant(caller.tenant_id) as session:
        with pytest.raises(NothingCostsError):
            await set_account(session, AccountDraft(channel_id, "10690001", "", 1))
    draft = ChannelDraft("Other", Provider.NULL, {"host": "smsc.example"}, 10, True, "")
    async with database.system() as session:
        with pytest.raises(ChannelConfigError):
            await make_channel(session, draft, reach=Reach(), box=BOX)
