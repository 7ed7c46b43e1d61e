"""A company that sends messages after its calls, with a network that answers as it is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from callwright.billing.ledger import get_available, top_up
from callwright.channels.port import Fate, Incoming, OutgoingMessage, Submitted, Take
from callwright.db.events import MessageStateChanged
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.events import EventRow
from callwright.db.tables.messaging import MessageChannelRow, MessageTemplateVersionRow
from callwright.kit.ids import new_id
from callwright.messaging import answers, templates
from callwright.messaging.hanging_up import HANG_UP_MESSAGES, choose_message
from callwright.messaging.listing import MessageFilter, list_messages
from callwright.messaging.schemas import MessageView
from callwright.messaging.sending import Keeper
from callwright.worker.relaying import relay_waiting
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.finished_calls import add_finished_call, ended_like
from tests.factories.messages import equip_with_messages

PRICE, PAID = 50_000, 1_000_000
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
            ended = ended_like(call, grade, interrupted=interrupted)
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


async def make_sms(
    database: Database,
    *,
    kind: str = "service",
    text: str = "Dear {name}, thanks. {company}",
    paid: int = 1_000_000,
) -> Sms:
    """Return a company that paid so much, a task of three people, and a template that is sent after its calls."""
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
        if paid:
            await top_up(session, caller.tenant_id, paid, user_id=None, note="")
        await choose_message(session, task.id, template_id=ids["template_id"], grades=[GRADE], now=NOW)
    clock, network = At(datetime.now(UTC) + timedelta(minutes=1)), Network()
    keeper = Keeper(database, ids["channel_id"], network, 100, clock, new_id())
    return Sms(caller, task.id, ids["channel_id"], keeper, network, clock)
