"""Test calls: a call over a line, asked for by a person, taken by a call node, belonging to no task.

Those of kind ``line`` say one sentence; those of kind ``script`` play one (:mod:`callwright.calls.trials`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.errors import TestCallTooSoonError
from callwright.calls.schemas import GateWord
from callwright.db.tables.lines import LineRow, TestCallRow
from callwright.db.tables.nodes import NodeRow
from callwright.dialing.gate import Decision, Verdict
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.lines.health import note_results
from callwright.lines.status import tell_browsers
from callwright.tasks.news import wake_nodes

BETWEEN = timedelta(minutes=1)
WAITS = timedelta(seconds=30)
"""Nobody wants the phone of a colleague to ring long after they asked for it."""
BEYOND = timedelta(minutes=5)
"""Longer than any rings and takes to end once its longest time is over."""
SENTENCE_S = 30
"""A call that says one sentence is over by then."""
NOBODY_TOOK_IT = "No call node took it. Is one running?"
NODE_STOPPED = "The call node stopped during the call"


@dataclass(frozen=True, slots=True)
class TestCallView:
    """A test call as far as it got; ``audio_back`` is ``None`` where nobody answered."""

    __test__ = False

    id: UUID
    line_id: UUID | None
    phone: str
    state: str
    gate: GateWord | None
    asked_at: datetime
    dialled_at: datetime | None
    ringing_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    audio_back: bool | None
    phone_state: str | None
    sip_code: int | None
    reason: str

    @property
    def seconds(self) -> float | None:
        """How long it was connected, in seconds."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return (self.ended_at - self.answered_at).total_seconds()


@dataclass(frozen=True, slots=True)
class ClaimedTestCall:
    """A test call that a node is to place now, and to end ``longest_s`` after the answer.

    Whoever answers it keys ``code`` in before a script is played, where one is to be.
    """

    id: UUID
    tenant_id: UUID
    line_id: UUID
    phone: str
    region: str
    longest_s: int = SENTENCE_S
    code: str | None = None


@dataclass(frozen=True, slots=True)
class TestCallEnd:
    """What a test call came to."""

    __test__ = False

    audio_back: bool | None
    phone_state: str | None
    sip_code: int | None
    reason: str


async def ask_for(
    session: AsyncSession, line_id: UUID, phone: str, *, region: str, asked_by: UUID, now: datetime
) -> TestCallView:
    """Have a call node call ``phone`` (E.164, at home in ``region``) over the line, if the gate lets it then.

    Raises NotFoundError, TestCallTooSoonError.
    """
    # Locked, so that two people can't ask in the same moment.
    line = await session.scalar(select(LineRow).where(LineRow.id == line_id).with_for_update())
    if line is None:
        raise NotFoundError(thing="line", key=line_id)
    latest = await _get_latest_moment(session, line_id)
    if latest is not None and now < latest + BETWEEN:
        raise TestCallTooSoonError(line=line.name, seconds=_seconds_until(latest + BETWEEN, now))
    row = TestCallRow(id=new_id(), line_id=line_id, asked_by=asked_by, phone=phone, region=region, asked_at=now)
    row.longest_s = SENTENCE_S
    await enter(session, row)
    await tell_browsers(session, row.tenant_id, line_id)
    return view(row, now)


async def enter(session: AsyncSession, row: TestCallRow) -> None:
    """Have a call node take it."""
    session.add(row)
    await session.flush()
    await wake_nodes(session)


async def get_latest(session: AsyncSession, line_id: UUID, *, now: datetime) -> TestCallView | None:
    """Return the line's latest test call. Raises NotFoundError."""
    if await session.scalar(select(LineRow.id).where(LineRow.id == line_id)) is None:
        raise NotFoundError(thing="line", key=line_id)
    row = await _get_latest_row(session, line_id)
    return view(row, now) if row is not None else None


async def claim(
    session: AsyncSession, node_id: UUID, now: datetime, *, kind: str = "line"
) -> ClaimedTestCall | None:
    """Give the node the oldest test call that waits (in a system transaction); no two nodes get the same one."""
    oldest = (
        select(TestCallRow.id)
        .where(TestCallRow.state == "waiting", TestCallRow.ended_at.is_(None), TestCallRow.asked_at > now - WAITS)
        .where(TestCallRow.line_id.is_not(None), TestCallRow.kind == kind)
        .order_by(TestCallRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claimed = await session.execute(
        update(TestCallRow)
        .where(TestCallRow.id == oldest)
        .values(state="dialling", node_id=node_id)
        .returning(
            TestCallRow.id,
            TestCallRow.tenant_id,
            TestCallRow.line_id,
            TestCallRow.phone,
            TestCallRow.region,
            TestCallRow.longest_s,
            TestCallRow.code,
        )
        .execution_options(synchronize_session=False)
    )
    row = claimed.one_or_none()
    if row is None or row.line_id is None:
        return None
    return ClaimedTestCall(row.id, row.tenant_id, row.line_id, row.phone, row.region, row.longest_s, row.code)


async def mark_gated(session: AsyncSession, test: ClaimedTestCall, decision: Decision, now: datetime) -> bool:
    """Write down what the gate decided, and that the call is dialled if it may be; ``False`` if it was closed."""
    allowed = decision.verdict is Verdict.ALLOW
    came_to = {"dialled_at": now} if allowed else {"state": "not_placed", "ended_at": now}
    said = {
        "gate_verdict": decision.verdict.value,
        "gate_rule": decision.rule.value,
        "gate_until": decision.until,
        "gate_detail": dict(decision.detail),
    }
    return await _change(session, test, {**said, **came_to})


async def note(session: AsyncSession, test: ClaimedTestCall, state: str, now: datetime) -> None:
    """Write down that the far end rings (``ringing``) or answered (``answered``)."""
    await _change(session, test, {"state": state, f"{state}_at": now})


async def end(session: AsyncSession, test: ClaimedTestCall, came_to: TestCallEnd, now: datetime) -> bool:
    """Write down what a test call came to, and what that says of its line; ``False`` if that was known before.

    One that was closed because its node was taken for dead gets its true end.
    """
    result = {
        "audio_back": came_to.audio_back,
        "phone_state": came_to.phone_state,
        "sip_code": came_to.sip_code,
        "reason": came_to.reason,
    }
    known = came_to.phone_state is not None
    ended = await _change(session, test, {"state": "ended", "ended_at": now, **result}, cut_off_too=known)
    if ended and came_to.phone_state is not None:
        await note_results(session, [(test.line_id, came_to.phone_state, now)])
    return ended


async def give_up(session: AsyncSession, test: ClaimedTestCall, reason: str, now: datetime) -> None:
    """Write down that no call could be placed, and why: nothing left this node, and nobody was called."""
    await _change(session, test, {"state": "not_placed", "ended_at": now, "dialled_at": None, "reason": reason})


async def close_orphans(session: AsyncSession, now: datetime) -> list[UUID]:
    """End what no node took and what ended with its node; return them. In a system transaction."""
    gone = select(NodeRow.id).where(NodeRow.ended_at.is_not(None))
    under_way = TestCallRow.ended_at.is_(None)
    longest = func.make_interval(0, 0, 0, 0, 0, 0, TestCallRow.longest_s)
    began = func.coalesce(TestCallRow.dialled_at, TestCallRow.asked_at)
    closed: list[UUID] = []
    for orphans, values in (
        (
            (TestCallRow.state == "waiting") & (TestCallRow.asked_at <= now - WAITS),
            {"state": "not_placed", "reason": NOBODY_TOOK_IT},
        ),
        (
            TestCallRow.node_id.in_(gone) | (began <= now - BEYOND - longest),
            {"state": "ended", "reason": NODE_STOPPED},
        ),
    ):
        left = select(TestCallRow.id).where(under_way, orphans)
        ended = await session.scalars(
            update(TestCallRow)
            # One that ends by itself at this moment, or that another node closes, needs no closing.
            .where(TestCallRow.id.in_(left.with_for_update(skip_locked=True)))
            .values(ended_at=now, **values)
            .returning(TestCallRow.id)
            .execution_options(synchronize_session=False)
        )
        closed += ended
    return closed


async def _change(
    session: AsyncSession, test: ClaimedTestCall, values: dict[str, object], *, cut_off_too: bool = False
) -> bool:
    cut_off = (TestCallRow.state == "ended") & TestCallRow.phone_state.is_(None)
    open_still = or_(TestCallRow.ended_at.is_(None), cut_off) if cut_off_too else TestCallRow.ended_at.is_(None)
    changed = await session.scalars(
        update(TestCallRow)
        .where(TestCallRow.id == test.id, open_still)
        .values(**values)
        .returning(TestCallRow.id)
        .execution_options(synchronize_session=False)
    )
    await tell_browsers(session, test.tenant_id, test.line_id)
    return changed.one_or_none() is not None


async def _get_latest_moment(session: AsyncSession, line_id: UUID) -> datetime | None:
    """Return when a test call over the line was asked for last; those of removed lines count for every line."""
    row = TestCallRow
    return await session.scalar(
        select(func.max(row.asked_at)).where(or_(row.line_id == line_id, row.line_id.is_(None)), row.kind == "line")
    )


async def _get_latest_row(session: AsyncSession, line_id: UUID) -> TestCallRow | None:
    ours = select(TestCallRow).where(TestCallRow.line_id == line_id, TestCallRow.kind == "line")
    found = ours.order_by(TestCallRow.id.desc()).limit(1)
    return (await session.scalars(found)).one_or_none()


def _seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, round((moment - now).total_seconds()))


def view(row: TestCallRow, now: datetime) -> TestCallView:
    """Return a test call as far as it got."""
    # Where no node runs there is nobody either to write down that none took it.
    forsaken = row.state == "waiting" and now > row.asked_at + WAITS
    return TestCallView(
        id=row.id,
        line_id=row.line_id,
        phone=row.phone,
        gate=_gate(row),
        state="not_placed" if forsaken else row.state,
        asked_at=row.asked_at,
        dialled_at=row.dialled_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        ended_at=row.asked_at + WAITS if forsaken else row.ended_at,
        audio_back=row.audio_back,
        phone_state=row.phone_state,
        sip_code=row.sip_code,
        reason=NOBODY_TOOK_IT if forsaken else row.reason,
    )


def _gate(row: TestCallRow) -> GateWord | None:
    if row.gate_verdict is None:
        return None
    return GateWord(row.gate_verdict, row.gate_rule, row.gate_until, row.gate_detail)
