"""Test calls: one short call over a line, asked for by a person, taken by a call node, belonging to no task."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.errors import TestCallBarredError, TestCallTooSoonError
from callwright.contacts.do_not_call import barred_among
from callwright.db.tables.lines import LineRow, TestCallRow
from callwright.db.tables.nodes import NodeRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.phone import to_e164
from callwright.lines.status import tell_browsers
from callwright.tasks.news import wake_nodes

BETWEEN = timedelta(minutes=1)
WAITS = timedelta(seconds=30)
"""Nobody wants the phone of a colleague to ring long after they asked for it."""
LONGEST = timedelta(minutes=5)
"""Longer than any rings and speaks."""
NOBODY_TOOK_IT = "No call node took it. Is one running?"
NODE_STOPPED = "The call node stopped during the call"


@dataclass(frozen=True, slots=True)
class TestCallView:
    """A test call as far as it got; ``audio_back`` is ``None`` where nobody answered."""

    __test__ = False

    id: UUID
    line_id: UUID
    phone: str
    state: str
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
    """A test call that a node is to place now."""

    id: UUID
    tenant_id: UUID
    line_id: UUID
    phone: str


@dataclass(frozen=True, slots=True)
class TestCallEnd:
    """What a test call came to."""

    __test__ = False

    audio_back: bool | None
    phone_state: str | None
    sip_code: int | None
    reason: str


async def ask_for(
    session: AsyncSession, line_id: UUID, to: str, *, asked_by: UUID, region: str, now: datetime
) -> TestCallView:
    """Have a call node call ``to`` over the line.

    Raises NotFoundError, InvalidPhoneNumberError, TestCallBarredError, TestCallTooSoonError.
    """
    # Locked, so that two people can't ask in the same moment.
    line = await session.scalar(select(LineRow).where(LineRow.id == line_id).with_for_update())
    if line is None:
        raise NotFoundError(thing="line", key=line_id)
    phone = to_e164(to, region)
    await check_allowed(session, phone)
    latest = await _get_latest_row(session, line_id)
    if latest is not None and now < latest.asked_at + BETWEEN:
        raise TestCallTooSoonError(line=line.name, seconds=_seconds_until(latest.asked_at + BETWEEN, now))
    row = TestCallRow(id=new_id(), line_id=line_id, asked_by=asked_by, phone=phone, asked_at=now)
    session.add(row)
    await session.flush()
    await wake_nodes(session)
    await tell_browsers(session, row.tenant_id, line_id)
    return _view(row, now)


async def check_allowed(session: AsyncSession, phone: str) -> None:
    """Raise TestCallBarredError for a number that is on a do-not-call list."""
    if await barred_among(session, [phone]):
        raise TestCallBarredError(phone=phone, where="to")


async def get_latest(session: AsyncSession, line_id: UUID, *, now: datetime) -> TestCallView | None:
    """Return the line's latest test call. Raises NotFoundError."""
    if await session.scalar(select(LineRow.id).where(LineRow.id == line_id)) is None:
        raise NotFoundError(thing="line", key=line_id)
    row = await _get_latest_row(session, line_id)
    return _view(row, now) if row is not None else None


async def claim(session: AsyncSession, node_id: UUID, now: datetime) -> ClaimedTestCall | None:
    """Give the node the oldest test call that waits (in a system transaction); no two nodes get the same one."""
    oldest = (
        select(TestCallRow.id)
        .where(TestCallRow.state == "waiting", TestCallRow.ended_at.is_(None), TestCallRow.asked_at > now - WAITS)
        .order_by(TestCallRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claimed = await session.execute(
        update(TestCallRow)
        .where(TestCallRow.id == oldest)
        .values(state="dialling", node_id=node_id, dialled_at=now)
        .returning(TestCallRow.id, TestCallRow.tenant_id, TestCallRow.line_id, TestCallRow.phone)
        .execution_options(synchronize_session=False)
    )
    row = claimed.one_or_none()
    return ClaimedTestCall(*row) if row is not None else None


async def note(session: AsyncSession, test: ClaimedTestCall, state: str, now: datetime) -> None:
    """Write down that the far end rings (``ringing``) or answered (``answered``)."""
    await _change(session, test, {"state": state, f"{state}_at": now})


async def end(session: AsyncSession, test: ClaimedTestCall, came_to: TestCallEnd, now: datetime) -> None:
    """Write down what a test call came to."""
    result = {
        "audio_back": came_to.audio_back,
        "phone_state": came_to.phone_state,
        "sip_code": came_to.sip_code,
        "reason": came_to.reason,
    }
    await _change(session, test, {"state": "ended", "ended_at": now, **result})


async def give_up(session: AsyncSession, test: ClaimedTestCall, reason: str, now: datetime) -> None:
    """Write down that no call could be placed, and why."""
    await _change(session, test, {"state": "not_placed", "ended_at": now, "reason": reason})


async def close_orphans(session: AsyncSession, now: datetime) -> None:
    """End what no node took and what ended with its node; in a system transaction."""
    gone = select(NodeRow.id).where(NodeRow.ended_at.is_not(None))
    under_way = TestCallRow.ended_at.is_(None)
    for orphans, values in (
        (
            (TestCallRow.state == "waiting") & (TestCallRow.asked_at <= now - WAITS),
            {"state": "not_placed", "reason": NOBODY_TOOK_IT},
        ),
        (
            TestCallRow.node_id.in_(gone) | (TestCallRow.dialled_at <= now - LONGEST),
            {"state": "ended", "reason": NODE_STOPPED},
        ),
    ):
        await session.execute(
            update(TestCallRow)
            .where(under_way, orphans)
            .values(ended_at=now, **values)
            .execution_options(synchronize_session=False)
        )


async def _change(session: AsyncSession, test: ClaimedTestCall, values: dict[str, object]) -> None:
    await session.execute(
        update(TestCallRow)
        .where(TestCallRow.id == test.id, TestCallRow.ended_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    await tell_browsers(session, test.tenant_id, test.line_id)


async def _get_latest_row(session: AsyncSession, line_id: UUID) -> TestCallRow | None:
    found = select(TestCallRow).where(TestCallRow.line_id == line_id).order_by(TestCallRow.id.desc()).limit(1)
    return (await session.scalars(found)).one_or_none()


def _seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, round((moment - now).total_seconds()))


def _view(row: TestCallRow, now: datetime) -> TestCallView:
    # Where no node runs there is nobody either to write down that none took it.
    forsaken = row.state == "waiting" and now > row.asked_at + WAITS
    return TestCallView(
        id=row.id,
        line_id=row.line_id,
        phone=row.phone,
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
