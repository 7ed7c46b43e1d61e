"""Messages after calls: written once, held, paid, handed over once, and what comes back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from callwright.channels.port import Fate, Receipt, Reply, Submitted
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.messaging import MessageRow
from callwright.kit.ids import first_id_at, new_id
from callwright.messaging import queue
from callwright.messaging.channels import _count_under_way, delete_channel
from callwright.messaging.errors import ChannelMessagesWaitError
from callwright.messaging.sending import Keeper
from tests.factories.calling import phone
from tests.factories.sms import PRICE, Sms, make_sms


@pytest.fixture
async def sms(database: Database) -> Sms:
    """A company with money, a task of three people, and a service template."""
    return await make_sms(database)


async def test_a_call_with_a_chosen_grade_is_followed_by_one_message(sms: Sms) -> None:
    call_id = await sms.call()
    await sms.call(2, grade="C")
    await sms.call(3, interrupted=True)
    await sms.tell(call_id)
    assert await sms.keeper.send_due() == 1
    assert await sms.keeper.send_due() == 0

    (sent,) = sms.network.got
    assert (sent.recipient, sent.text.parts) == (phone(0), ("Us: Dear Person 0, thanks. Harbour Dental",))
    assert await sms.states() == [("sent", "")]
    assert await sms.available() == 1_000_000 - PRICE
    await sms.take(Receipt("n1", delivered=True))
    assert await sms.states() == [("delivered", "")]
    assert await sms.told() == [("sent", ""), ("delivered", "")]


async def test_what_the_network_refuses_is_given_back_and_what_it_could_not_deliver_says_why(sms: Sms) -> None:
    sms.network.says = [Submitted(Fate.REFUSED, why="network_refused", detail="status 0x45")]
    await sms.call()
    await sms.keeper.send_due()
    assert (await sms.states(), await sms.available()) == ([("failed", "network_refused")], 1_000_000)
    await sms.call(2)
    await sms.keeper.send_due()
    await sms.take(Receipt("n2", delivered=False, detail="UNDELIV 11"))
    assert await sms.states() == [("failed", "network_refused"), ("failed", "undeliverable")]
    assert (await sms.messages())[0].detail == "UNDELIV 11"
    assert await sms.available() == 1_000_000 - PRICE


async def test_a_channel_that_messages_wait_for_is_not_removed(sms: Sms) -> None:
    sms.network.says = [Submitted(Fate.LATER, why="network_busy")]
    await sms.call()
    await sms.keeper.send_due()
    async with sms.caller.database.system() as session:
        with pytest.raises(ChannelMessagesWaitError, match="fail 48 hours late"):
            await delete_channel(session, sms.channel_id)


async def test_messages_that_wait_for_a_channel_are_found_off_indexes(sms: Sms) -> None:
    async with sms.caller.database.system() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        asked = _count_under_way(sms.channel_id).compile(
            session.get_bind(), compile_kwargs={"render_postcompile": True}
        )
        await session.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        statement, channel = str(asked).replace("%(channel_id_1)s::UUID", "$1"), sms.channel_id
        await session.execute(text(f"PREPARE waiting (uuid) AS {statement}"))
        plan = "\n".join(await session.scalars(text(f"EXPLAIN EXECUTE waiting('{channel}')")))
    assert ["ix_messages_due" in plan, "ix_messages_sending" in plan] == [True, True], plan


async def test_a_busy_network_is_asked_again_and_paid_once(sms: Sms) -> None:
    sms.network.says = [Submitted(Fate.LATER, why="network_busy")] * 2
    await sms.call()
    for _ in range(2):
        assert await sms.keeper.send_due() == 1
        assert await sms.states() == [("queued", "network_busy")]
        assert await sms.keeper.send_due() == 0
        sms.clock.moment += timedelta(seconds=10)
    await sms.keeper.send_due()
    assert await sms.states() == [("sent", "")]
    assert await sms.available() == 1_000_000 - PRICE


async def test_a_message_without_an_answer_is_never_handed_over_again(sms: Sms) -> None:
    sms.network.says = [Submitted(Fate.UNKNOWN, why="unanswered")]
    await sms.call()
    await sms.keeper.send_due()
    sms.clock.moment += timedelta(hours=1)
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("failed", "unanswered")]
    assert await sms.available() == 1_000_000 - PRICE


async def test_what_a_dead_worker_was_handing_over_is_unanswered_unless_it_comes_late(sms: Sms) -> None:
    await sms.call()
    database, dead = sms.caller.database, new_id()
    async with database.system() as session:
        claimed = await queue.claim(session, sms.channel_id, by=dead, most=10, now=sms.clock.moment)
    assert await sms.keeper.send_due() == 0
    async with database.system() as session:
        assert await queue.give_up_lost(session, sms.clock.moment + timedelta(minutes=4)) == 0
        assert await queue.give_up_lost(session, sms.clock.moment + timedelta(minutes=6)) == 1
    assert await sms.states() == [("failed", "unanswered")]
    late = [(claimed[0], Submitted(Fate.ACCEPTED, ("n9",)))]
    async with database.system() as session:
        await queue.note(session, late, by=new_id(), now=sms.clock.moment)
    assert await sms.states() == [("failed", "unanswered")]
    async with database.system() as session:
        await queue.note(session, late, by=dead, now=sms.clock.moment)
    assert await sms.states() == [("sent", "")]


async def test_two_that_send_never_take_the_same_message(sms: Sms) -> None:
    for position in (1, 2, 3):
        await sms.call(position)
    other = Keeper(sms.caller.database, sms.channel_id, sms.network, 100, sms.clock, new_id())
    counts = await asyncio.gather(*(keeper.send_due() for keeper in (sms.keeper, other) * 3))
    assert sum(counts) == 3
    assert len({one.id for one in sms.network.got}) == len(sms.network.got) == 3


async def test_nobody_who_is_barred_or_opted_out_gets_a_message(sms: Sms) -> None:
    await sms.call(1)
    await sms.keeper.send_due()
    first = sms.network.got[0].recipient
    await sms.take(Reply(first.removeprefix("+"), "10690001", "STOP please"))
    (message,) = await sms.messages()
    assert [(one.text, one.opted_out) for one in message.replies] == [("STOP please", True)]
    await sms.call(1, number=2)
    await sms.call(2)
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        second = await session.scalar(select(MessageRow.recipient).where(MessageRow.state == "queued"))
        assert second is not None
        await put_on_list(session, sms.caller.tenant_id, second, call_id=None)
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("sent", ""), ("failed", "opted_out"), ("failed", "do_not_call")]


async def test_an_answer_that_wants_messages_ends_nothing(sms: Sms) -> None:
    await sms.call()
    await sms.keeper.send_due()
    await sms.take(Reply(sms.network.got[0].recipient, "10690001", "Yes please"))
    await sms.call(1, number=2)
    assert await sms.keeper.send_due() == 1


async def test_a_balance_pays_for_so_many_and_no_more(sms: Sms) -> None:
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        session.add(LedgerEntryRow(kind="correction", amount=PRICE * 2 - 1_000_000))
    for position in (1, 2, 3):
        await sms.call(position)
    assert await sms.keeper.send_due() == 2
    assert sorted(await sms.states()) == [("failed", "no_credit"), ("sent", ""), ("sent", "")]
    assert await sms.available() == 0


async def test_a_message_whose_value_is_missing_is_not_sent(database: Database) -> None:
    sms = await make_sms(database, text="Dear {name}, see you on {appointment_day_unknown}")
    await sms.call()
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("failed", "value_missing")]
    assert (await sms.messages())[0].detail == "appointment_day_unknown"


async def test_marketing_is_held_until_nine_where_the_recipient_is(database: Database) -> None:
    sms = await make_sms(database, kind="marketing")
    call_id = await sms.call()
    async with database.system() as session:
        # 17:59:59 and 18:00:00 at the recipient's, on a winter's day.
        evening = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
        await session.execute(
            update(MessageRow).values(
                state="queued", why="", due_at=evening, created_at=evening, recipient="+12125550100"
            )
        )
        assert await queue.claim(session, sms.channel_id, by=new_id(), most=9, now=evening) == []
    assert await sms.states() == [("held", "hours")]
    (held,) = await sms.messages()
    assert (held.call_id, held.due_at) == (call_id, datetime(2026, 12, 2, 14, 0, tzinfo=UTC))
    async with database.system() as session:
        await session.execute(update(MessageRow).values(due_at=evening))
        before = evening - timedelta(seconds=1)
        await session.execute(update(MessageRow).values(due_at=before))
        assert len(await queue.claim(session, sms.channel_id, by=new_id(), most=9, now=before)) == 1


async def test_a_weekend_for_which_a_message_is_held_is_no_delay(database: Database) -> None:
    sms = await make_sms(database, kind="marketing")
    await sms.call()
    friday, monday = datetime(2026, 12, 4, 18, 0, tzinfo=UTC), datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
    async with database.system() as session:
        # In France nobody is called at weekends.
        await session.execute(
            update(MessageRow).values(
                id=first_id_at(friday),
                state="queued",
                why="",
                due_at=friday,
                created_at=friday,
                recipient="+33612345678",
            )
        )
        assert await queue.claim(session, sms.channel_id, by=new_id(), most=9, now=friday) == []
    assert [one.due_at for one in await sms.messages()] == [monday]
    async with database.system() as session:
        assert await queue.give_up_lost(session, monday + timedelta(hours=48)) == 0
        assert len(await queue.claim(session, sms.channel_id, by=new_id(), most=9, now=monday)) == 1


async def test_what_might_have_left_for_two_days_has_failed_before_anybody_asks_for_it(sms: Sms) -> None:
    await sms.call()
    async with sms.caller.database.system() as session:
        assert await queue.give_up_lost(session, sms.clock.moment + timedelta(hours=49)) == 1
    assert await sms.states() == [("failed", "too_late")]


async def test_a_network_that_stays_busy_for_two_days_is_asked_no_more(sms: Sms) -> None:
    sms.network.says = [Submitted(Fate.LATER, why="network_busy")] * 2
    await sms.call()
    async with sms.caller.database.system() as session:
        await session.execute(update(MessageRow).values(tries=queue.MOST_TRIES - 1))
    assert await sms.keeper.send_due() == 1
    sms.clock.moment += timedelta(minutes=10)
    assert await sms.keeper.send_due() == 0
    assert (await sms.states(), await sms.available()) == ([("failed", "too_late")], 1_000_000)


async def test_what_waited_for_days_is_not_sent(sms: Sms) -> None:
    await sms.call()
    sms.clock.moment += timedelta(hours=49)
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("failed", "too_late")]
