"""Attempts and calls as a node would make them."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.callroom.closing import close
from callwright.callroom.opening import Dialling, Opener, Refused, ToOpen
from callwright.calls.schemas import EventEntry, FinishedCall, TurnEntry
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.lines import LineRow
from callwright.db.tables.nodes import LeaderWatchRow, NodeRow
from callwright.dialer.planner import Planner, PlannerConfig
from callwright.lines.service import trunk_name
from callwright.lines.status import set_status
from callwright.tasks.attempts import claim_attempts
from callwright.tasks.nodes import register_node
from callwright.tasks.schemas import ClaimedAttempt, TaskView
from callwright.telephony.port import TrunkState, TrunkStatus
from tests.factories.calling import NOW, Caller
from tests.fakes.clock import ManualClock

TURNS = [
    TurnEntry("ai", 100, 2_000, "Hello, this is Anna.", None, None, False),
    TurnEntry("customer", 2_500, 3_000, "Tuesday morning.", "pick_day", 0.8, False),
]


async def make_node(database: Database, capacity: int = 50) -> UUID:
    """Register a living node that sees every line there is ready."""
    async with database.system() as session:
        node_id = await register_node(session, host="test", pid=1, capacity=capacity)
        for line in await session.scalars(select(LineRow)):
            await set_status(session, node_id, line, TrunkStatus(trunk_name(line.id), TrunkState.READY))
        return node_id


class Leader:
    """A leader's planning, as often as a test asks for it; its clock is far enough on for every line's rate.

    It believes in a node for an hour: those of tests never tell that they live, however long a test takes.
    """

    def __init__(self, database: Database, *, at_most: int = 50) -> None:
        self._database = database
        self._clock = ManualClock(NOW)
        self._planner = Planner(self._clock, PlannerConfig(at_most=at_most, stale_s=3600.0))

    async def look(self, now: datetime = NOW) -> int:
        """Do what the leader does in one tick; return how many calls were planned."""
        async with self._database.system() as session:
            planned = await self.plan_in(session, now)
        async with self._database.system() as session:
            await self._planner.tell_waits(session)
        return planned

    async def plan_in(self, session: AsyncSession, now: datetime = NOW) -> int:
        """Plan in a transaction that goes on; return how many calls were planned."""
        self._clock.advance(10)
        return await self._planner.plan(session, now)

    async def settle(self, now: datetime = NOW) -> int:
        """Look as often as a new task needs: seats first, then the rate of its lines, then calls; count those."""
        looks = [await self.look(now) for _ in range(3)]
        return sum(looks)


async def plan_now(database: Database, *, at_most: int = 50, now: datetime = NOW) -> int:
    """Plan as a leader who has just begun."""
    return await Leader(database, at_most=at_most).settle(now)


async def claim(database: Database, node_id: UUID, limit: int = 50) -> list[ClaimedAttempt]:
    """Claim for a node."""
    async with database.system() as session:
        return await claim_attempts(session, node_id, limit=limit, now=NOW)


async def open_call(
    database: Database, attempt: ClaimedAttempt, node_id: UUID, *, now: datetime = NOW
) -> Dialling | Refused:
    """Bring an attempt to the gate as its node does."""
    opener = Opener(database, ManualClock(now), max_call_s=600)
    return await opener.open(ToOpen(attempt, "+12125550100", node_id))


async def dial(database: Database, attempt: ClaimedAttempt, node_id: UUID) -> UUID:
    """Open the call of an attempt that the gate lets through; return the call's id."""
    opened = await open_call(database, attempt, node_id)
    assert isinstance(opened, Dialling), opened
    async with database.tenant(attempt.tenant_id) as session:
        return (await session.scalars(select(CallRow.id).where(CallRow.attempt_id == attempt.id))).one()


async def dialled(caller: Caller) -> tuple[TaskView, UUID, ClaimedAttempt]:
    """Have the one customer of a running task dialled; return the task, the node and the attempt."""
    task = await caller.running_task(1)
    node = await make_node(caller.database)
    await plan_now(caller.database)
    (attempt,) = await claim(caller.database, node)
    await dial(caller.database, attempt, node)
    return task, node, attempt


async def close_call(database: Database, finished: FinishedCall) -> None:
    """Keep a call that is over."""
    async with database.system() as session:
        await close(session, [finished])


def failed_call(attempt_id: UUID, phone_state: str, code: int | None = None, *, rang: bool = False) -> FinishedCall:
    """A call that nobody answered."""
    return FinishedCall(
        attempt_id=attempt_id,
        sip_call_id="id@host",
        dialled_at=NOW,
        ringing_at=NOW if rang else None,
        answered_at=None,
        ended_at=NOW + timedelta(seconds=10),
        talk_ms=0,
        phone_state=phone_state,
        sip_code=code,
        sip_reason="",
        hung_up_by="them",
        grade=None,
        grade_reasons=[],
        collected={},
        path=[],
        answer_to_audio_ms=None,
        reply_ms=[],
        media={},
        recording=None,
    )


def answered_call(attempt_id: UUID, *, grade: str = "A", reply_ms: tuple[int, ...] = (400, 500)) -> FinishedCall:
    """A call that was talked through."""
    return replace(
        failed_call(attempt_id, "connected"),
        ringing_at=NOW + timedelta(seconds=1),
        answered_at=NOW + timedelta(seconds=4),
        talk_ms=6_000,
        hung_up_by="us",
        grade=grade,
        grade_reasons=[{"rule": "A day was agreed", "quote": "Tuesday morning."}],
        collected={"day": "Tuesday"},
        path=[{"node": "greeting", "kind": "ask", "title": "Greeting", "at_ms": 0}],
        answer_to_audio_ms=120,
        reply_ms=list(reply_ms),
        media={"sent": 300},
        recording=None,
        turns=TURNS,
        events=[EventEntry(-4_000, "ringing", {}), EventEntry(2_100, "barge_in", {"after_ms": 80})],
    )


async def silence(database: Database, node_id: UUID, *, for_s: float = 60, unwatched_s: float = 0) -> None:
    """Let a node have been silent, and nobody have looked for the last ``unwatched_s`` of an hour."""
    now = func.clock_timestamp()
    async with database.system() as session:
        then = now - timedelta(seconds=for_s)
        await session.execute(update(NodeRow).where(NodeRow.id == node_id).values(heartbeat_at=then))
        await session.execute(delete(LeaderWatchRow))
        looked_at = now - timedelta(seconds=unwatched_s)
        watched = {"looked_at": looked_at, "watched_since": now - timedelta(hours=1), "unwatched_s": 0}
        await session.execute(insert(LeaderWatchRow).values(one=True, **watched))
