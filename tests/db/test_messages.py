"""Messages after calls: written once, held, paid, handed over once, and what comes back."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from callwright.billing.ledger import get_available, top_up
from callwright.channels.port import Fate, Incoming, OutgoingMessage, Receipt, Reply, Submitted, Take
from callwright.contacts.consent import note_under
from callwright.contacts.do_not_call import put_on_list
from callwright.contacts.drafts import Consent
from callwright.contacts.repository import get_ids
from callwright.db.events import CallEnded, MessageStateChanged
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow, UserRow
from callwright.db.tables.billing import LedgerEntryRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.events import EventRow
from callwright.db.tables.messaging import MessageChannelRow, MessageRow, MessageTemplateVersionRow
from callwright.dialing.calling_hours import CallingHours
from callwright.kit.ids import new_id
from callwright.messaging import answers, queue, templates
from callwright.messaging.errors import MessageHoursNeverMeetError, NotOptedOutError
from callwright.messaging.hanging_up import HANG_UP_MESSAGES, choose_message
from callwright.messaging.hours import set_message_hours
from callwright.messaging.listing import MessageFilter, list_messages
from callwright.messaging.opting_out import Standing, list_opt_outs, take_back_opt_out
from callwright.messaging.schemas import MessageView
from callwright.messaging.sending import Keeper
from callwright.texting.windows import MessageKind
from callwright.worker.relaying import relay_waiting
from tests.factories.calling import NOW, Caller, make_caller, phone
from tests.factories.finished_calls import add_finished_call
from tests.factories.messages import equip_with_messages

PRICE = 50_000
GRADE = "A"


class At:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def monotonic(self) -> float:
        """The same in seconds."""
        return self.moment.timestamp()


@dataclass
class Network:
    """A channel that answers as it is told, and keeps what it got."""

    says: list[Submitted] = field(default_factory=list)
    got: list[OutgoingMessage] = field(default_factory=list)
    trouble: str = ""
    ready: bool = True

    async def submit(self, message: OutgoingMessage) -> Submitted:
        """Take it."""
        self.got.append(message)
        return self.says.pop(0) if self.says else Submitted(Fate.ACCEPTED, (f"n{len(self.got)}",))

    async def run(self, _take: Take) -> None:
        """Wait."""
        await asyncio.Event().wait()


@dataclass
class Sms:
    """A company with a task that sends messages, and the channel it sends over."""

    caller: Caller
    task_id: UUID
    channel_id: UUID
    keeper: Keeper
    network: Network
    clock: At

    async def call(
        self, position: int = 1, *, number: int = 1, grade: str | None = GRADE, interrupted: bool = False
    ) -> UUID:
        """Have a call ended and graded; return its id."""
        call_id = await add_finished_call(
            self.caller.database, self.caller.tenant_id, self.task_id, position=position, number=number
        )
        await self.tell(call_id, grade=grade, interrupted=interrupted)
        return call_id

    async def tell(self, call_id: UUID, *, grade: str | None = GRADE, interrupted: bool = False) -> None:
        """Tell that a call has ended, and have it acted upon."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            call = await session.get_one(CallRow, call_id)
            assert call.ended_at is not None
            ended = CallEnded(
                call_id=call.id,
                task_id=call.task_id,
                customer_id=call.customer_id,
                dialled_at=call.dialled_at,
                ended_at=call.ended_at,
                phone_state=call.phone_state,
                talk_ms=call.talk_ms,
                hung_up_by="us",
                interrupted=interrupted,
                grade=grade,
            )
            await publish(session, [Event(self.caller.tenant_id, ended)])
        await relay_waiting(self.caller.database, [HANG_UP_MESSAGES])

    async def take(self, incoming: Incoming) -> None:
        """Have the channel tell something."""
        async with self.caller.database.system() as session:
            assert await answers.take_in(session, self.channel_id, incoming, now=self.clock.moment)

    async def messages(self) -> Sequence[MessageView]:
        """Return the company's messages."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            return await list_messages(session, MessageFilter())

    async def states(self) -> list[tuple[str, str]]:
        """Return state and reason of each message, the oldest first."""
        return [(one.state, one.why) for one in reversed(await self.messages())]

    async def available(self) -> int:
        """Return what is left of the company's money."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            return await get_available(session, self.caller.tenant_id)

    async def told(self) -> list[tuple[str, str]]:
        """Return what was told of messages: state and reason."""
        async with self.caller.database.system() as session:
            wanted = select(EventRow.data).where(EventRow.kind == MessageStateChanged.kind).order_by(EventRow.id)
            return [(data["state"], data["why"]) for data in await session.scalars(wanted)]


@pytest.fixture
async def sms(database: Database) -> Sms:
    """A company with money, a task of three people, and a service template."""
    return await _sms(database)


async def _sms(database: Database, *, kind: str = "service", text: str = "Dear {name}, thanks. {company}") -> Sms:
    caller = await make_caller(database)
    task = await caller.make_task(3)
    ids = await equip_with_messages(database, caller)
    async with database.system() as session:
        await session.execute(
            update(MessageTemplateVersionRow)
            .where(MessageTemplateVersionRow.id == ids["version_id"])
            .values(kind=kind, text=text)
        )
        await templates.decide(session, ids["version_id"], rejected=None, now=NOW)
        await session.execute(update(MessageChannelRow).values(trouble="", seen_at=NOW))
    async with database.tenant(caller.tenant_id) as session:
        await top_up(session, caller.tenant_id, 1_000_000, user_id=None, note="")
        await choose_message(session, task.id, template_id=ids["template_id"], grades=[GRADE], now=NOW)
    clock, network = At(datetime.now(UTC) + timedelta(minutes=1)), Network()
    keeper = Keeper(database, ids["channel_id"], network, 100, clock, new_id())
    return Sms(caller, task.id, ids["channel_id"], keeper, network, clock)


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
    sms = await _sms(database, text="Dear {name}, see you on {appointment_day_unknown}")
    await sms.call()
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("failed", "value_missing")]
    assert (await sms.messages())[0].detail == "appointment_day_unknown"


async def test_marketing_is_held_until_nine_where_the_recipient_is(database: Database) -> None:
    sms = await _sms(database, kind="marketing")
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


async def test_what_waited_for_days_is_not_sent(sms: Sms) -> None:
    await sms.call()
    sms.clock.moment += timedelta(hours=49)
    assert await sms.keeper.send_due() == 0
    assert await sms.states() == [("failed", "too_late")]


async def test_what_a_company_has_set_counts_as_far_as_the_recipients_country_allows(database: Database) -> None:
    sms = await _sms(database, kind="marketing")
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
    sms = await _sms(database, kind="marketing")

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
        taken = await take_back_opt_out(session, out.id, by=by, why="Wrote to us", now=NOW)
        assert (taken.removed_at, taken.removed_why) == (NOW, "Wrote to us")
        with pytest.raises(NotOptedOutError):
            await take_back_opt_out(session, out.id, by=by, why="Again", now=NOW)
        assert await list_opt_outs(session) == []
    await sms.call(1, number=2)
    assert await sms.keeper.send_due() == 1
    await sms.take(Reply(answer.sender, answer.recipient, "STOP"))
    await sms.call(1, number=3)
    assert (await sms.states())[-1] == ("failed", "opted_out")
    async with sms.caller.database.tenant(sms.caller.tenant_id) as session:
        assert [one.said for one in await list_opt_outs(session, standing=Standing.ALL)] == ["STOP", "STOP it"]
        assert len(await list_opt_outs(session, text=phone(0)[-6:])) == 1


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
