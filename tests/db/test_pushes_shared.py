"""A slow server, and a company with very much to tell, hold nobody else's pushes."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from callwright.accounts.roles import Role
from callwright.channels.chat_port import ChatAnswer, Told
from callwright.chats import service as chats
from callwright.db.jobs import Queue, enqueue
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow, UserRow
from callwright.db.tables.pushing import PushRow
from callwright.kit.clock import SystemClock
from callwright.kit.ids import new_id
from callwright.pushing import delivering
from callwright.pushing.handing import JOB
from callwright.pushing.jobs import FULL_FOR, Pusher, enter_due
from callwright.pushing.schemas import Purpose, PushState
from callwright.pushing.sharing import AT_ONE_SERVER
from tests.factories.calling import BOX
from tests.factories.jobs import CONFIG, work_off
from tests.factories.pushing import TAKEN
from tests.fakes.clock import ManualClock
from tests.waiting import until

OF_A_COMPANY = 4
PLACES = CONFIG.webhooks_at_once


class _SlowBut:
    """Chats that answer nothing until told to, but those of one server."""

    def __init__(self, quick: str) -> None:
        self.answering = asyncio.Event()
        self.told: set[str] = set()
        self.quick, self.under_way, self.most = quick, 0, 0

    async def send(self, _kind: str, address: Mapping[str, str], _told: Told) -> ChatAnswer:
        """Take it, in time."""
        if address["host"] != self.quick:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await self.answering.wait()
            self.under_way -= 1
        self.told.add(address["to"])
        return TAKEN


async def _company(database: Database, name: str, servers: Sequence[str], *, pushes: int) -> None:
    """Make a company with a mail box at each server, in each of which so much is due."""
    async with database.system() as session:
        tenant = TenantRow(name=name)
        session.add(tenant)
        await session.flush()
        tenant_id = tenant.id
    async with database.tenant(tenant_id) as session:
        for number, server in enumerate(servers):
            person = UserRow(email=f"{new_id()}@ours.example", name=name, role=Role.SUPERVISOR, password_hash="")
            session.add(person)
            await session.flush()
            box = f"box{number}@{name}.example"
            typed = {"to": box, "server": f"{server}:587", "user": box, "password": "secret"}
            chat = await chats.bind_chat(session, person.id, name="Mail", kind="mail", typed=typed, box=BOX)
            session.add_all(_due(person.id, chat.id) for _ in range(pushes))
            await enqueue(session, JOB, chat.id, Queue.WEBHOOKS)


def _due(user_id: UUID, chat_id: UUID) -> PushRow:
    return PushRow(
        id=new_id(),
        purpose=Purpose.TEST,
        user_id=user_id,
        chat_id=chat_id,
        state=PushState.WAITING,
        next_at=SystemClock().now(),
        failure="",
        answer="",
        tries=0,
    )


async def _work(database: Database, mails: _SlowBut, full: int) -> None:
    """Do the jobs; one for the quick server, which comes once it is full, is done while nobody else answers."""
    pusher = Pusher(database, mails, BOX, SystemClock())
    working = asyncio.create_task(work_off(database.url, [pusher.job()]))

    async def is_full() -> bool:
        return mails.under_way >= full

    async def told() -> bool:
        return bool(mails.told)

    try:
        await until(is_full, "slow ones under way")
        await _company(database, "Few", ["quick.example"], pushes=1)
        await until(told, "what is not for the slow ones")
    finally:
        mails.answering.set()
        await working


async def test_a_company_with_very_much_to_tell_holds_four_places_and_no_more(database: Database) -> None:
    mails = _SlowBut("quick.example")
    await _company(database, "Many", [f"slow{number}.example" for number in range(2 * PLACES)], pushes=3)
    await _work(database, mails, OF_A_COMPANY)
    assert mails.most == OF_A_COMPANY
    assert len(mails.told) == 2 * PLACES + 1, "all were told in the end"


async def test_a_slow_server_that_many_companies_use_holds_six_places_and_no_more(database: Database) -> None:
    mails = _SlowBut("quick.example")
    for number in range(PLACES):
        await _company(database, f"company{number}", ["slow.example"] * 2, pushes=1)
    await _work(database, mails, AT_ONE_SERVER)
    assert mails.most == AT_ONE_SERVER
    assert len(mails.told) == 2 * PLACES + 1, "all were told in the end"


async def test_a_chat_that_found_no_room_is_tried_again_once_there_is_and_not_before(database: Database) -> None:
    mails = _SlowBut("quick.example")
    await _company(database, "Many", ["slow.example"] * (AT_ONE_SERVER + 2), pushes=1)
    clock = ManualClock(SystemClock().now())
    pusher = Pusher(database, mails, BOX, clock)
    async with database.system() as session:
        due = await delivering.find_due(session, clock.now())
    async with asyncio.TaskGroup() as group:
        for tenant_id, chat_id in due[:AT_ONE_SERVER]:
            group.create_task(pusher.run(tenant_id, chat_id))
        await until(lambda: _is(mails.under_way == AT_ONE_SERVER), "as many under way as may be")
        for tenant_id, chat_id in due[AT_ONE_SERVER:]:
            await pusher.run(tenant_id, chat_id)
        assert await enter_due(database, clock.now()) == 0, "those would find no room again"
        assert await enter_due(database, clock.now() + FULL_FOR) == 2, "the worker that knows them may be gone"
        mails.answering.set()
    assert await enter_due(database, clock.now()) == 2, "there is room"


async def _is(holds: bool) -> bool:
    return holds
