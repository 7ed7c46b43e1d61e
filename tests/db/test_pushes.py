"""Telling people of customers in their chats: who is told, in which words, once, and again where it failed."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import func, select, text, update

from callwright.accounts.roles import Role
from callwright.channels.chat_port import ChatAnswer, Delivered
from callwright.chats import service as chats
from callwright.db.engine import libpq_url
from callwright.db.events import CallEnded
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.pushing import PushRow, TaskPusherRow
from callwright.db.tables.warnings import WarnedPersonRow, WarningRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.pushing import service
from callwright.pushing.choosing import choose_pushers, get_task_push
from callwright.pushing.delivering import LOST_AFTER
from callwright.pushing.errors import NoChatError, OtherPushError, PusherError, PushGradeError, StillUnderWayError
from callwright.pushing.handing import CALL_PUSHES, WARNING_PUSHES
from callwright.pushing.jobs import Pusher, enter_due, forget_tests
from callwright.pushing.retrying import PAUSES
from callwright.pushing.schemas import How, PushState, PushView, TaskPush
from callwright.pushing.service import PushFilter
from callwright.warnings.watching import watch_company
from callwright.worker.relaying import relay_waiting
from tests.factories.calling import BOX, Caller, make_caller, phone
from tests.factories.finished_calls import add_finished_call
from tests.fakes.clock import ManualClock

ADDRESS = {"webhook": "https://open.feishu.cn/open-apis/bot/v2/hook/0f2a1b3c4d5e"}
TAKEN = ChatAnswer(Delivered.TAKEN, '{"code":0}')
REFUSED = ChatAnswer(Delivered.REFUSED, "200 no such bot")


@dataclass
class Messenger:
    """Chats that answer as they are told, and keep what they got."""

    says: list[ChatAnswer] = field(default_factory=list)
    got: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)

    async def send(self, kind: str, address: Mapping[str, str], told: str) -> ChatAnswer:
        """Take it."""
        self.got.append((kind, address, told))
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
            await self.bind(person.id, f"{name} {number}")
        return person.id

    async def bind(self, user_id: UUID, name: str = "Feishu") -> UUID:
        """Bind a chat to somebody."""
        async with self.caller.database.tenant(self.caller.tenant_id) as session:
            row = await chats.bind_chat(session, user_id, name=name, kind="feishu", typed=ADDRESS, box=BOX)
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
                await publish(session, [Event(call.tenant_id, _ended(call, grade, interrupted=interrupted))])
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


@pytest.fixture
async def team(database: Database) -> Team:
    caller = await make_caller(database)
    task = await caller.make_task(4)
    async with database.system() as session:
        now = await session.scalar(select(func.now()))
    assert now is not None
    return Team(caller, task.id, Messenger(), ManualClock(now + timedelta(minutes=5)))


def _ended(call: CallRow, grade: str | None = "A", *, interrupted: bool = False) -> CallEnded:
    assert call.ended_at is not None
    return CallEnded(
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


async def test_all_of_a_grade_are_told_in_each_of_their_chats_and_nobody_else(team: Team) -> None:
    ann, bob = await team.employ("Ann", bound=2), await team.employ("Bob")
    other = await team.employ("Carl")
    await team.choose({"A": [ann, bob], "B": [other]})
    call_id = await team.call()
    await team.tell(call_id)  # as an end that is learnt later
    assert Counter(await team.names()) == {"Ann": 2, "Bob": 1}
    await team.work()
    await team.work()
    assert len(team.messenger.got) == 3
    assert {one.state for one in await team.pushes()} == {PushState.DELIVERED}
    kind, address, told = team.messenger.got[0]
    assert (kind, dict(address)) == ("feishu", {"token": "0f2a1b3c4d5e"})
    assert phone(0) in told
    assert "https://calls.example/pushed/" in told


async def test_calls_without_a_grade_or_an_end_are_told_of_nobody(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    ours = team.caller
    call_id = await add_finished_call(ours.database, ours.tenant_id, team.task_id)
    await team.tell(call_id, grade=None)
    await team.tell(call_id, interrupted=True)
    await team.tell(call_id, grade="C")
    assert await team.pushes() == []


async def test_in_turn_each_is_told_as_often_and_gets_the_customer(team: Team) -> None:
    ann, bob, out = await team.employ("Ann"), await team.employ("Bob"), await team.employ("Out")
    await team.choose({"A": [ann, bob, out]}, How.IN_TURN, assigns=True)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        for one in await chats.list_chats(session, out):
            await chats.unbind_chat(session, out, one.id)
    calls = [await team.call(position) for position in (1, 2, 3, 4)]
    assert await team.names() == ["Ann", "Bob", "Ann", "Bob"], "who has no chat is left out"
    await team.tell(calls[0])
    assert len(await team.pushes()) == 4, "told again of a call, nobody else is told of it"
    assert [await team.owner(one) for one in calls] == [ann, bob, ann, bob]


async def test_who_may_not_see_numbers_is_not_told_them(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann", Role.AGENT, language="zh")]})
    call_id = await team.call()
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        collected = {"customer_name": "call me at 212 555 0199"}
        await session.execute(update(CallRow).where(CallRow.id == call_id).values(collected=collected))
    await team.work()
    ((_, _, told),) = team.messenger.got
    assert phone(0) not in told
    assert "0199" not in told
    assert "级意向客户" in told


async def test_what_fails_is_tried_again_and_then_shown_and_sent_again(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    team.messenger.says = [REFUSED] * (len(PAUSES) + 1)
    for pause in PAUSES:
        await team.work()
        (push,) = await team.pushes()
        assert (push.state, push.failure, push.answer) == ("waiting", "refused", "200 no such bot")
        assert push.next_at == team.clock.now() + pause
        team.clock.advance(pause.total_seconds())
    await team.work()
    (push,) = await team.pushes()
    assert (push.state, push.tries) == ("failed", len(PAUSES) + 1)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await service.send_again(session, push.id, now=team.clock.now())
        with pytest.raises(StillUnderWayError):
            await service.send_again(session, push.id, now=team.clock.now())
    await team.work()
    assert [one.state for one in await team.pushes()] == ["delivered"]


async def test_what_may_have_arrived_is_not_sent_again_by_itself(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    team.messenger.says = [ChatAnswer(Delivered.UNANSWERED, failure="timeout")]
    await team.work()
    team.clock.advance(86400)
    await team.work()
    assert [(one.state, one.failure) for one in await team.pushes()] == [("failed", "unanswered")]
    assert len(team.messenger.got) == 1


async def test_a_worker_that_dies_while_sending_leaves_it_to_be_told(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()

    pusher = Pusher(team.caller.database, _Dying(), BOX, team.clock)
    (push,) = await team.pushes()
    assert push.chat_id is not None
    with pytest.raises(asyncio.CancelledError):
        await pusher.run(team.caller.tenant_id, push.chat_id)
    await team.work()
    assert [one.state for one in await team.pushes()] == ["sending"]
    team.clock.advance(LOST_AFTER.total_seconds() + 1)
    await team.work()
    assert [(one.state, one.failure) for one in await team.pushes()] == [("failed", "unanswered")]
    assert team.messenger.got == []


class _Dying:
    async def send(self, kind: str, address: Mapping[str, str], told: str) -> ChatAnswer:
        """Die."""
        raise asyncio.CancelledError


async def test_who_lost_their_chat_is_shown_and_told_in_the_next(team: Team) -> None:
    ann = await team.employ("Ann")
    await team.choose({"A": [ann]})
    await team.call()
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        (chat,) = await chats.list_chats(session, ann)
        await chats.unbind_chat(session, ann, chat.id)
    await team.call(2)
    found = await team.pushes()
    assert [(one.state, one.failure, one.chat_name) for one in found] == [("failed", "no_chat", None)] * 2
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        with pytest.raises(NoChatError):
            await service.send_again(session, found[0].id, now=team.clock.now())
    await team.bind(ann)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await service.send_again(session, found[0].id, now=team.clock.now())
    await team.work()
    assert [one.state for one in await team.pushes()] == ["delivered", "failed"]


async def test_a_chat_gets_no_more_a_minute_than_it_takes(team: Team) -> None:
    ann = await team.employ("Ann", bound=0)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        typed = {"webhook": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7b2c"}
        chat = await chats.bind_chat(session, ann, name="Group", kind="wecom_bot", typed=typed, box=BOX)
        session.add_all(
            PushRow(purpose="test", user_id=ann, chat_id=chat.id, state="waiting", next_at=team.clock.now())
            for _ in range(25)
        )
    await team.work()
    await team.work()
    assert len(team.messenger.got) == 20
    team.clock.advance(61)
    await team.work()
    assert len(team.messenger.got) == 25


async def test_a_chat_is_tried_and_its_tests_forgotten(team: Team) -> None:
    ann, bob = await team.employ("Ann"), await team.employ("Bob")
    database, ours = team.caller.database, team.caller.tenant_id
    async with database.tenant(ours) as session:
        (chat,) = await chats.list_chats(session, ann)
        with pytest.raises(NotFoundError):
            await service.try_chat(session, bob, chat.id, now=team.clock.now())
        await service.try_chat(session, ann, chat.id, now=team.clock.now())
        await service.try_chat(session, ann, chat.id, now=team.clock.now())
    team.messenger.says = [REFUSED]
    await team.work()
    assert len(team.messenger.got) == 1
    async with database.tenant(ours) as session:
        test = (await service.latest_tests(session, [chat.id]))[chat.id]
    assert (test.failure, test.answer) == ("refused", "200 no such bot")
    assert await team.pushes() == []
    assert await forget_tests(database, team.clock.now() + timedelta(days=1), kept=timedelta(hours=1)) == 1


async def test_warnings_go_to_the_chats_of_those_who_are_told(team: Team) -> None:
    ann = await team.employ("Ann", Role.OWNER, bound=2)
    await team.employ("Bob", Role.OWNER, bound=0)
    database, ours = team.caller.database, team.caller.tenant_id
    async with database.tenant(ours) as session:
        await session.execute(text("UPDATE lines SET health = jsonb_build_object('fault', 'not_connecting')"))
        for _ in range(2):
            await watch_company(session, ours, team.clock.now())
    await relay_waiting(database, [WARNING_PUSHES])
    await team.work()
    assert await team.names() == ["Ann", "Ann"]
    assert [told for _, _, told in team.messenger.got] == [
        "Line “Line” is faulty\n50 calls in a row were not connected."
    ] * 2
    async with database.tenant(ours) as session:
        assert len((await session.scalars(select(WarningRow))).all()) == 1
        told = select(WarnedPersonRow.user_id)
        assert ann in set(await session.scalars(told))


async def test_only_people_with_chats_and_grades_of_the_script_can_be_chosen(team: Team) -> None:
    ann, nobody = await team.employ("Ann"), await team.employ("Bob", bound=0)
    inspector = await team.employ("Ida", Role.INSPECTOR)
    with pytest.raises(PushGradeError):
        await team.choose({"Z": [ann]})
    with pytest.raises(PusherError, match="no chat"):
        await team.choose({"A": [nobody]})
    with pytest.raises(PusherError, match="nobody of the company"):
        await team.choose({"A": [new_id()]})
    with pytest.raises(PusherError, match="can't have customers"):
        await team.choose({"A": [inspector]}, How.IN_TURN, assigns=True)
    await team.choose({"A": [ann, ann]})
    await team.choose({"A": [ann]})
    with pytest.raises(OtherPushError):
        await team.choose({"A": [ann]}, How.IN_TURN)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        assert await get_task_push(session, team.task_id) == TaskPush(How.ALL, False, {"A": [ann]})


PUSHES, WORKERS, KILLS = 10_000, 4, 5
# One that is at work, if any is.
KILL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    ORDER BY state = 'idle', random() LIMIT 1
"""


async def test_in_turn_stays_even_over_ten_thousand_pushes_by_four_workers_that_are_killed(team: Team) -> None:
    people = [await team.employ(f"Person {number}") for number in range(3)]
    await team.choose({"A": people}, How.IN_TURN)
    database = team.caller.database
    first = await add_finished_call(database, team.caller.tenant_id, team.task_id)
    await _end_calls_like(team, first, PUSHES)
    killed = await _hand_out_with_kills(database)
    async with database.tenant(team.caller.tenant_id) as session:
        handed = (await session.scalars(select(TaskPusherRow.handed))).all()
        counted = await session.scalars(select(PushRow.user_id))
        told = Counter(counted)
        calls = await session.scalar(select(func.count(PushRow.call_id.distinct())))
    assert killed >= KILLS
    assert calls == sum(told.values()) == sum(handed) == PUSHES
    assert max(told.values()) - min(told.values()) <= 1


async def _end_calls_like(team: Team, first: UUID, count: int) -> None:
    """Have ``count`` calls like the first ended, and tell of them."""
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        call = await session.get_one(CallRow, first)
        ids = [new_id() for _ in range(count)]
        given = {"ids": ids, "first": first, "attempt": call.attempt_id}
        for table, more in (("attempts", "number"), ("calls", "attempt_id")):
            columns = [
                name
                for name in await session.scalars(
                    text("SELECT column_name FROM information_schema.columns WHERE table_name = :of"), {"of": table}
                )
                if name not in ("id", more)
            ]
            named = ", ".join(columns)
            other, of = ("1 + place", ":attempt") if table == "attempts" else ("made.id", ":first")
            await session.execute(
                text(
                    f"INSERT INTO {table} (id, {more}, {named}) SELECT made.id, {other}, {named} FROM {table}"
                    f" CROSS JOIN unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS made (id, place)"
                    f" WHERE {table}.id = {of}"
                ),
                given,
            )
        ended = _ended(call)
        told = [ended.model_copy(update={"call_id": one}) for one in ids]
        await publish(session, [Event(team.caller.tenant_id, one) for one in told])


async def _hand_out_with_kills(database: Database) -> int:
    """Have four workers hand out everything, killing one's connection now and then; return how often one was."""
    killed, chance = 0, random.Random(7)

    async def work() -> None:
        nonlocal killed
        while True:
            try:
                handed = await relay_waiting(database, [CALL_PUSHES])
            except Exception:
                killed += 1
                continue
            if handed == 0 and await _waiting(database) == 0:
                return

    async def kill() -> None:
        async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as other:
            while True:
                await asyncio.sleep(chance.uniform(0.1, 0.4))
                await other.execute(KILL)

    killing = asyncio.create_task(kill())
    try:
        await asyncio.gather(*(work() for _ in range(WORKERS)))
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
    return killed


async def _waiting(database: Database) -> int:
    async with database.system() as session:
        return await session.scalar(text("SELECT count(*) FROM events WHERE handled_at IS NULL")) or 0
