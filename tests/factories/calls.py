"""Attempts and calls as a node would make them."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from callwright.calls.keeping import open_call
from callwright.calls.schemas import EventEntry, FinishedCall, OpenedCall, TurnEntry
from callwright.db.session import Database
from callwright.dialer.hopper import fill
from callwright.tasks.attempts import claim_attempts
from callwright.tasks.nodes import register_node
from callwright.tasks.schemas import ClaimedAttempt
from tests.factories.calling import NOW

TURNS = [
    TurnEntry("ai", 100, 2_000, "Hello, this is Anna.", None, None, False),
    TurnEntry("customer", 2_500, 3_000, "Tuesday morning.", "pick_day", 0.8, False),
]


async def make_node(database: Database, capacity: int = 50) -> UUID:
    """Register a living node."""
    async with database.system() as session:
        return await register_node(session, host="test", pid=1, capacity=capacity)


async def plan_now(database: Database, *, at_most: int = 50, now: datetime = NOW) -> int:
    """Do what the leader does in one tick."""
    async with database.system() as session:
        return await fill(session, now, stale_s=10, at_most=at_most)


async def claim(database: Database, node_id: UUID, limit: int = 50) -> list[ClaimedAttempt]:
    """Claim for a node."""
    async with database.system() as session:
        return await claim_attempts(session, node_id, limit=limit, now=NOW)


def opened_call(attempt: ClaimedAttempt) -> OpenedCall:
    """The call of an attempt, about to be dialled."""
    return OpenedCall(
        attempt_id=attempt.id,
        tenant_id=attempt.tenant_id,
        task_id=attempt.task_id,
        customer_id=attempt.customer_id,
        script_version_id=attempt.script_version_id,
        line_id=attempt.line_id,
        phone=attempt.phone,
        caller_number="+12125550100",
        dialled_at=NOW,
    )


async def dial(database: Database, attempt: ClaimedAttempt, node_id: UUID) -> UUID:
    """Open the call of an attempt."""
    async with database.tenant(attempt.tenant_id) as session:
        return await open_call(session, opened_call(attempt), node_id)


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
