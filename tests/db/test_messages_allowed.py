"""Who may be written to and when: hours, consent and opt-outs."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from callwright.channels.port import Reply
from callwright.contacts.consent import note_under
from callwright.contacts.drafts import Consent
from callwright.contacts.repository import get_ids
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow, UserRow
from callwright.db.tables.messaging import MessageRow
from callwright.dialing.calling_hours import CallingHours
from callwright.kit.ids import new_id
from callwright.messaging import queue
from callwright.messaging.errors import MessageHoursNeverMeetError, NotOptedOutError, OptedOutAgainError
from callwright.messaging.hours import get_message_hours, set_message_hours
from callwright.messaging.opting_out import Standing, list_opt_outs, take_back_opt_out
from callwright.texting.windows import MessageKind
from tests.factories.calling import NOW, phone
from tests.factories.sms import Sms, make_sms


@pytest.fixture
async def sms(database: Database) -> Sms:
    """A company with money, a task of three people, and a service template."""
    return await make_sms(database)


async def test_what_a_company_has_set_counts_as_far_as_the_recipients_country_allows(database: Database) -> None:
    sms = await make_sms(database, kind="marketing")
    early = CallingHours(time(0), time(0))
    async with database.tenant(sms.caller.tenant_id) as session:
        await set_message_hours(session, {MessageKind.MARKETING: early}, country="US")
    await sms.call()

    async def claimed(moment: datetime) -> int:
        async with database.system() as session:
            values = {"state": "queued", "why": "", "due_at": moment, "created_at": moment}
            await session.execute(update(MessageRow).values(**values, recipient="+12125550100"))
            return len(await queue.claim(session, sms.channel_id, by=new_id(), most=9, now=moment))

    # Eight in the morning and nine at night in New York, where nobody is called earlier or later.
    assert await claimed(datetime(2026, 12, 1, 12, 59, 59, tzinfo=UTC)) == 0
    assert await claimed(datetime(2026, 12, 1, 13, 0, tzinfo=UTC)) == 1
    assert await claimed(datetime(2026, 12, 2, 2, 0, tzinfo=UTC)) == 0
    async with database.tenant(sms.caller.tenant_id) as session:
        with pytest.raises(MessageHoursNeverMeetError):
            await set_message_hours(session, {MessageKind.MARKETING: CallingHours(time(1), time(2))}, country="US")


async def test_two_who_save_hours_at_once_follow_one_another(sms: Sms) -> None:
    database, saved = sms.caller.database, [CallingHours(time(9), time(end)) for end in (18, 20)]

    async def save(hours: CallingHours) -> None:
        async with database.tenant(sms.caller.tenant_id) as session:
            await get_message_hours(session)
            await both.wait()
            await set_message_hours(session, dict.fromkeys(MessageKind, hours), country="US")

    both = asyncio.Barrier(2)
    await asyncio.gather(*(save(hours) for hours in saved))
    async with database.tenant(sms.caller.tenant_id) as session:
        kept = await get_message_hours(session)
    assert kept in [dict.fromkeys(MessageKind, hours) for hours in saved]


async def test_service_messages_keep_the_hours_that_a_company_has_set(sms: Sms) -> None:
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        hours = {MessageKind.SERVICE: CallingHours(time(9), time(18))}
        await set_message_hours(session, hours, country="US")
    await sms.call()
    async with sms.caller.database.system() as session:
        night = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
        await session.execute(
            update(MessageRow).values(
                state="queued", why="", due_at=night, created_at=night, recipient="+12125550100"
            )
        )
        assert await queue.claim(session, sms.channel_id, by=new_id(), most=9, now=night) == []
    assert await sms.states() == [("held", "hours")]


async def test_whoever_took_consent_back_is_not_written_to_nor_is_a_message_of_theirs_that_waits(sms: Sms) -> None:
    await sms.call(1)
    await sms.call(2)
    first, second = [one.customer_id for one in reversed(await sms.messages())]
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        await note_under(session, [first], Consent(False, "wrote to us"), by=await _somebody(sms))
    assert await sms.keeper.send_due() == 1
    assert await sms.states() == [("failed", "consent_withdrawn"), ("sent", "")]
    await sms.call(1, number=2)
    assert (await sms.states())[-1] == ("failed", "consent_withdrawn")
    assert second != first


async def test_marketing_needs_the_consent_that_the_company_asks_for(database: Database) -> None:
    sms = await make_sms(database, kind="marketing")

    async def policy(value: str) -> None:
        async with database.system() as session:
            await session.execute(update(TenantRow).values(consent_policy=value))

    await policy("not_checked")
    await sms.call(1)
    await policy("as_country_asks")
    await sms.call(2)
    async with database.tenant(sms.caller.tenant_id) as session:
        ids = await get_ids(session, [phone(2)])
        await note_under(session, list(ids.values()), Consent(True, "form"), by=await _somebody(sms))
    await sms.call(3)
    whys = [why for _, why in await sms.states()]
    assert whys[1] == "no_consent"
    assert "no_consent" not in (whys[0], whys[2])


async def test_an_opt_out_taken_back_holds_no_more_until_they_opt_out_again(sms: Sms) -> None:
    await sms.call(1)
    await sms.keeper.send_due()
    answer = Reply(sms.network.got[0].recipient, "10690001", "please STOP now")
    await sms.take(Reply(answer.sender, answer.recipient, "STOP it"))
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        (out,) = await list_opt_outs(session)
        assert (out.phone, out.said, out.customer_name) == (phone(0), "STOP it", "Person 0")
        by = await _somebody(sms)
        told = out.at.replace(microsecond=out.at.microsecond // 1000 * 1000)
        taken = await take_back_opt_out(session, out.id, seen=told, by=by, why="Wrote to us", now=NOW)
        assert (taken.removed_at, taken.removed_why) == (NOW, "Wrote to us")
        with pytest.raises(NotOptedOutError):
            await take_back_opt_out(session, out.id, seen=out.at, by=by, why="Again", now=NOW)
        assert await list_opt_outs(session) == []
    await sms.call(1, number=2)
    assert await sms.keeper.send_due() == 1
    await sms.take(Reply(answer.sender, answer.recipient, "STOP"))
    await sms.call(1, number=3)
    assert (await sms.states())[-1] == ("failed", "opted_out")
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        assert [one.said for one in await list_opt_outs(session, standing=Standing.ALL)] == ["STOP", "STOP it"]
        assert len(await list_opt_outs(session, text=phone(0)[-6:])) == 1


async def test_who_opts_out_again_meanwhile_is_not_taken_back_for_the_older_wish(sms: Sms) -> None:
    await sms.call(1)
    await sms.keeper.send_due()
    answer = Reply(sms.network.got[0].recipient, "10690001", "STOP")
    await sms.take(answer)
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        (seen,) = await list_opt_outs(session)
    sms.clock.moment = seen.at + timedelta(hours=1)
    await sms.take(Reply(answer.sender, answer.recipient, "STOP, I said"))
    by = await _somebody(sms)
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        with pytest.raises(OptedOutAgainError):
            await take_back_opt_out(session, seen.id, seen=seen.at, by=by, why="They called", now=NOW)
        (again,) = await list_opt_outs(session)
        assert (again.id, again.said, again.at) == (seen.id, "STOP, I said", sms.clock.moment)
        await take_back_opt_out(session, seen.id, seen=again.at, by=by, why="They called", now=NOW)


async def _somebody(sms: Sms) -> UUID:
    async with sms.caller.database.system() as session:
        user = UserRow(
            tenant_id=sms.caller.tenant_id,
            email=f"{new_id()}@example.com",
            name="Ann",
            role="owner",
            password_hash="",
        )
        session.add(user)
        await session.flush()
        return user.id
