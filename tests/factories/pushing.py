"""A company with a task and people who are told of its customers in their chats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from callwright.accounts.roles import Role
from callwright.channels.chat_port import ChatAnswer, Delivered, Told
from callwright.chats import service as chats
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.pushing import PushRow
from callwright.kit.ids import new_id
from callwright.pushing import service
from callwright.pushing.choosing import choose_pushers
from callwright.pushing.handing import CALL_PUSHES
from callwright.pushing.jobs import Pusher, enter_due
from callwright.pushing.schemas import How, PushView, TaskPush
from callwright.pushing.service import PushFilter
from callwright.worker.relaying import relay_waiting
from tests.factories.calling import BOX, Caller, make_caller
from tests.factories.finished_calls import add_finished_call, ended_like
from tests.fakes.clock import ManualClock

ADDRESS = {"webhook": "https://open.feishu.cn/open-apis/bot/v2/hook/0f2a1b3c4d5e"}
TAKEN = ChatAnswer(Delivered.TAKEN, '{"code":0}')


@dataclass
class Messenger:
    """Chats that answer as they are told, and keep what they got."""

    says: list[ChatAnswer] = field(default_factory=list)
    got: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    async def send(self, kind: str, address: Mapping[str, str], told: Told) -> ChatAnswer:
        """Take it."""
        self.got.append((kind, address, told.text))
        self.told.append(told)
        return self.says.pop(0) if self.says else TAKEN


@dataclass
class Team:
    """A company with a task and people who are told of its customers."""

    caller: Caller
    task_id: UUID
    messenger: Messenger
    clock: ManualClock

    async def employ(
        self, name: str, role: Role = Role.SUPERVISOR, *, language: str = "en", bound: int = 1
    ) -> UUID:
        """Employ somebody with so many chats."""
        person = UserRow(
            email=f"{new_id()}@ours.example", name=name, role=role, password_hash="", language=language
        )
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            session.add(person)
        for number in range(bound):
            await self.bind(person.id, f"{name} {number}", number)
        return person.id

    async def bind(self, user_id: UUID, name: str = "Feishu", number: int = 0) -> UUID:
        """Bind a chat to somebody; of each number there is one."""
        typed = {"webhook": ADDRESS["webhook"] + (str(number) if number else "")}
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            row = await chats.bind_chat(session, user_id, name=name, kind="feishu", typed=typed, box=BOX)
        return row.id

    async def choose(self, pushers: dict[str, list[UUID]], how: How = How.ALL, *, assigns: bool = False) -> None:
        """Choose who is told."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            await choose_pushers(session, self.task_id, TaskPush(how, assigns, pushers))

    async def call(self, position: int = 1, *, number: int = 1) -> UUID:
        """Have a call ended that is graded A; return its id."""
        ours = self.caller
        call_id = await add_finished_call(
            ours.database, ours.tenant_id, self.task_id, position=position, number=number
        )
        await self.tell(call_id)
        return call_id

    async def tell(self, *call_ids: UUID, grade: str | None = "A", interrupted: bool = False) -> None:
        """Tell that calls have ended, and have it acted upon."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            for call in await session.scalars(select(CallRow).where(CallRow.id.in_(call_ids))):
                await publish(session, [Event(call.tenant_id, ended_like(call, grade, interrupted=interrupted))])
        await relay_waiting(self.caller.database, [CALL_PUSHES])

    async def work(self) -> None:
        """Send what is due."""
        pusher = Pusher(self.caller.database, self.messenger, BOX, self.clock, "https://calls.example")
        await enter_due(self.caller.database, self.clock.now())
        async with self.caller.database.system() as session:
            due = (await session.scalars(select(PushRow.chat_id).where(PushRow.state == "waiting"))).all()
        for chat_id in dict.fromkeys(due):
            assert chat_id is not None
            await pusher.run(self.caller.tenant_id, chat_id)

    async def pushes(self) -> Sequence[PushView]:
        """Return who was told, the first first."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            return list(reversed(await service.list_pushes(session, PushFilter(), limit=500)))

    async def names(self) -> list[str]:
        """Return the names of who was told, in their order."""
        return [one.user_name for one in await self.pushes()]

    async def owner(self, call_id: UUID) -> UUID | None:
        """Return whose a call's customer is."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            call = await session.get_one(CallRow, call_id)
            return (await session.get_one(CustomerRow, call.customer_id)).owner_id


async def make_team(database: Database) -> Team:
    """Make one with a task of four customers."""
    caller = await make_caller(database)
    task = await caller.make_task(4)
    async with database.system() as session:
        now = await session.scalar(select(func.now()))
    assert now is not None
    return Team(caller, task.id, Messenger(), ManualClock(now + timedelta(minutes=5)))
