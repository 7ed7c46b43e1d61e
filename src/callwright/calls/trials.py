"""Trial calls: a script played to whoever makes it, on their own phone.

A trial is a test call (:mod:`callwright.calls.test_calls`) of kind ``script``: the gate, the hold and the charge
are a test call's. It belongs to no task and to no customer, so that it counts in nobody's figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey
from callwright.calls import test_calls, views
from callwright.calls.errors import (
    NoRecordingError,
    TooManyPhonesError,
    TooManyTrialsError,
    TrialTooSoonError,
    TrialUnderWayError,
)
from callwright.calls.schemas import FinishedCall, ScriptLabels, TurnEntry
from callwright.calls.test_calls import ClaimedTestCall, TestCallEnd, TestCallView
from callwright.contacts.do_not_call import put_on_list
from callwright.db.tables.lines import LineRow, TestCallRow
from callwright.db.tables.scripts import ScriptRow
from callwright.db.tables.trials import TrialCallRow
from callwright.dialogue.loading import any_script_from
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.lines.service import get_line_to_choose

BETWEEN = timedelta(seconds=30)
DAY = timedelta(days=1)
MOST_A_DAY = 20
PHONES_A_DAY = 3
"""Nobody has more phones of their own at hand; whoever names more is ringing other people."""
LONGEST_S = 600

# Two requests of one person, or for one phone, are judged one after the other.
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('trials ' || CAST(:whose AS text), 0))")


@dataclass(frozen=True, slots=True)
class NewTrial:
    """A version of a script that somebody wants to hear on their own ``phone`` (E.164, at home in ``region``).

    ``content`` is what the version says now; the call is ended after ``longest_s``.
    """

    script_id: UUID
    version: int
    draft: bool
    content: dict[str, Any]
    variables: Mapping[str, str]
    line_id: UUID
    phone: str
    region: str
    longest_s: int


@dataclass(frozen=True, slots=True)
class PlayedScript:
    """What a trial plays, and to whom."""

    content: dict[str, Any]
    variables: dict[str, str]


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial as far as it got."""

    call: TestCallView
    row: TrialCallRow
    script_name: str
    line_name: str | None
    asked_by: UUID | None

    @property
    def labels(self) -> ScriptLabels:
        """What people call the parts of the script that was played."""
        return views.labels(any_script_from(self.row.content))


async def ask_for(session: AsyncSession, wanted: NewTrial, *, asked_by: UUID, now: datetime) -> TrialView:
    """Have a call node play the script on the person's phone, if the gate lets it then.

    Raises NotFoundError, LineRetiredError, TrialUnderWayError, TrialTooSoonError, TooManyTrialsError and
    TooManyPhonesError: a phone that is somebody else's is not to be rung by this again and again, be it by several
    people of one company.
    """
    for whose in (asked_by, wanted.phone):
        await session.execute(LOCK, {"whose": whose})
    line = await get_line_to_choose(session, wanted.line_id, where="line_id")
    await _check_pace(session, wanted.phone, asked_by, now)
    call = TestCallRow(
        id=new_id(),
        kind="script",
        line_id=line.id,
        asked_by=asked_by,
        phone=wanted.phone,
        region=wanted.region,
        asked_at=now,
        longest_s=wanted.longest_s,
    )
    await test_calls.enter(session, call)
    trial = TrialCallRow(
        test_call_id=call.id,
        script_id=wanted.script_id,
        version=wanted.version,
        draft=wanted.draft,
        content=wanted.content,
        variables=dict(wanted.variables),
    )
    session.add(trial)
    await session.flush()
    return await get(session, call.id, now=now)


async def get(session: AsyncSession, trial_id: UUID, *, now: datetime) -> TrialView:
    """Return a trial. Raises NotFoundError."""
    found = await _find(session, now, TestCallRow.id == trial_id)
    if found is None:
        raise NotFoundError(thing="trial call", key=trial_id)
    return found


async def get_latest(session: AsyncSession, script_id: UUID, asked_by: UUID, *, now: datetime) -> TrialView | None:
    """Return somebody's latest trial of a script. Raises NotFoundError where there is no such script."""
    if await session.scalar(select(ScriptRow.id).where(ScriptRow.id == script_id)) is None:
        raise NotFoundError(thing="script", key=script_id)
    return await _find(session, now, TrialCallRow.script_id == script_id, TestCallRow.asked_by == asked_by)


async def get_own_phone(session: AsyncSession, person: UUID) -> str | None:
    """Return the phone on which somebody last let themself be rung."""
    theirs = select(TestCallRow.phone).where(TestCallRow.kind == "script", TestCallRow.asked_by == person)
    return await session.scalar(theirs.order_by(TestCallRow.id.desc()).limit(1))


async def recording_key(session: AsyncSession, trial_id: UUID) -> BlobKey:
    """Return where a trial's recording is kept. Raises NotFoundError, NoRecordingError."""
    key = await session.execute(select(TrialCallRow.recording_key).where(TrialCallRow.test_call_id == trial_id))
    row = key.one_or_none()
    if row is None:
        raise NotFoundError(thing="trial call", key=trial_id)
    if row.recording_key is None:
        raise NoRecordingError(key=trial_id)
    return BlobKey.parse(row.recording_key)


async def let_go(session: AsyncSession, script_id: UUID, *, now: datetime) -> list[BlobKey]:
    """Return the recordings of a script's trials, to be deleted once the script is. Raises TrialUnderWayError."""
    rows = await session.execute(
        select(TrialCallRow.recording_key, _under_way(now))
        .join(TestCallRow, TestCallRow.id == TrialCallRow.test_call_id)
        .where(TrialCallRow.script_id == script_id)
    )
    found = rows.all()
    if any(under_way for _, under_way in found):
        raise TrialUnderWayError
    return [BlobKey.parse(key) for key, _ in found if key is not None]


# What the node does -----------------------------------------------------------------------------------------------


async def claim(session: AsyncSession, node_id: UUID, now: datetime) -> ClaimedTestCall | None:
    """Give the node the oldest trial that waits (in a system transaction); no two nodes get the same one."""
    return await test_calls.claim(session, node_id, now, kind="script")


async def played(session: AsyncSession, trial_id: UUID) -> PlayedScript:
    """Return what a trial plays. Raises NotFoundError."""
    row = await _row(session, trial_id)
    return PlayedScript(row.content, row.variables)


async def note(
    session: AsyncSession,
    test: ClaimedTestCall,
    *,
    ringing_at: datetime | None,
    answered_at: datetime | None,
    turns: Sequence[TurnEntry],
    never_again: bool,
) -> None:
    """Write down how far a trial has come: whether it rang, was answered, and what was said."""
    if never_again:
        await list_phone(session, test)
    call, row = await _hold(session, test)
    if call is None or row is None or call.ended_at is not None:
        return
    call.ringing_at, call.answered_at = ringing_at, answered_at
    call.state = "answered" if answered_at else "ringing" if ringing_at else call.state
    row.turns = [asdict(turn) for turn in turns]
    row.listed = row.listed or never_again


async def end(session: AsyncSession, test: ClaimedTestCall, finished: FinishedCall, *, caller_number: str) -> bool:
    """Write down what came of a trial, and what it says of its line; ``False`` if that was known before.

    A script that was deleted meanwhile takes what was said with it, but no wish not to be called again.
    """
    if finished.do_not_call:
        await list_phone(session, test)
    call, row = await _hold(session, test)
    if call is not None:
        call.ringing_at, call.answered_at = finished.ringing_at, finished.answered_at
    if row is not None:
        _fill(row, finished, caller_number)
    await session.flush()
    audio_back = bool(finished.media.get("received")) if finished.answered_at is not None else None
    came_to = TestCallEnd(audio_back, finished.phone_state, finished.sip_code, finished.sip_reason)
    return await test_calls.end(session, test, came_to, finished.ended_at)


async def list_phone(session: AsyncSession, test: ClaimedTestCall) -> None:
    """Put a trial's number on the do-not-call list of its company.

    What a script promises it keeps, whoever is on the phone: it may be somebody else's, whatever was confirmed.
    """
    await put_on_list(session, test.tenant_id, test.phone, call_id=None)


def _fill(row: TrialCallRow, finished: FinishedCall, caller_number: str) -> None:
    row.caller_number = caller_number
    row.turns = [asdict(turn) for turn in finished.turns]
    row.events = [asdict(event) for event in finished.events]
    row.path, row.collected = finished.path, finished.collected
    row.grade, row.grade_reasons = finished.grade, finished.grade_reasons
    row.answer_to_audio_ms, row.reply_ms = finished.answer_to_audio_ms, finished.reply_ms
    row.hung_up_by, row.recording_key = finished.hung_up_by, finished.recording
    row.listed = row.listed or finished.do_not_call


async def _hold(session: AsyncSession, test: ClaimedTestCall) -> tuple[TestCallRow | None, TrialCallRow | None]:
    call = await session.get(TestCallRow, test.id, with_for_update=True)
    return call, await session.scalar(select(TrialCallRow).where(TrialCallRow.test_call_id == test.id))


async def _row(session: AsyncSession, trial_id: UUID) -> TrialCallRow:
    row = await session.scalar(select(TrialCallRow).where(TrialCallRow.test_call_id == trial_id))
    if row is None:
        raise NotFoundError(thing="trial call", key=trial_id)
    return row


async def _find(session: AsyncSession, now: datetime, *which: Any) -> TrialView | None:
    found = (
        select(TestCallRow, TrialCallRow, ScriptRow.name, LineRow.name)
        .join(TrialCallRow, TrialCallRow.test_call_id == TestCallRow.id)
        .join(ScriptRow, ScriptRow.id == TrialCallRow.script_id)
        .outerjoin(LineRow, LineRow.id == TestCallRow.line_id)
        .where(*which)
        .order_by(TestCallRow.id.desc())
        .limit(1)
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return None
    call, trial, script_name, line_name = row
    return TrialView(test_calls.view(call, now), trial, script_name, line_name, call.asked_by)


def _under_way(now: datetime) -> ColumnElement[bool]:
    return TestCallRow.ended_at.is_(None) & (
        (TestCallRow.state != "waiting") | (TestCallRow.asked_at > now - test_calls.WAITS)
    )


async def _check_pace(session: AsyncSession, phone: str, person: UUID, now: datetime) -> None:
    lately = (TestCallRow.kind == "script", TestCallRow.asked_at > now - DAY)
    theirs = TestCallRow.asked_by == person
    for whose in (theirs, TestCallRow.phone == phone):
        latest, count = (
            await session.execute(select(func.max(TestCallRow.asked_at), func.count()).where(*lately, whose))
        ).one()
        if await session.scalar(select(func.count()).where(*lately, whose, _under_way(now))):
            raise TrialUnderWayError
        if latest is not None and now < latest + BETWEEN:
            raise TrialTooSoonError(seconds=max(1, round((latest + BETWEEN - now).total_seconds())))
        if count >= MOST_A_DAY:
            raise TooManyTrialsError(most=MOST_A_DAY)
    known = set(await session.scalars(select(TestCallRow.phone).where(*lately, theirs).distinct()))
    if phone not in known and len(known) >= PHONES_A_DAY:
        raise TooManyPhonesError(most=PHONES_A_DAY)
