"""Trial calls: a script played to whoever makes it, on their own phone.

A trial is a test call (:mod:`callwright.calls.test_calls`) of kind ``script``: the gate, the hold and the charge
are a test call's. It belongs to no task and to no customer, so that it counts in nobody's figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey
from callwright.calls import own_phone, test_calls, trial_limits, views
from callwright.calls.errors import NoRecordingError, TrialUnderWayError
from callwright.calls.schemas import FinishedCall, ScriptLabels, TurnEntry
from callwright.calls.test_calls import ClaimedTestCall, TestCallEnd, TestCallView
from callwright.calls.trial_limits import under_way
from callwright.contacts.do_not_call import put_on_list
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.lines import LineRow, TestCallRow
from callwright.db.tables.scripts import ScriptRow
from callwright.db.tables.trials import TrialCallRow
from callwright.dialogue.loading import any_script_from
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.lines.service import get_line_to_choose

LONGEST_S = 600
Confirmation = Literal["known", "awaited", "given", "missing"]


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
    asker: str | None
    code: str | None
    confirmed_at: datetime | None

    @property
    def confirmation(self) -> Confirmation:
        """Whether whoever asked was shown to hold the phone."""
        if self.code is None:
            return "known"
        if self.confirmed_at is not None:
            return "given"
        return "awaited" if self.call.ended_at is None else "missing"

    @property
    def recording(self) -> BlobKey:
        """Where its recording is kept. Raises NoRecordingError."""
        if self.row.recording_key is None:
            raise NoRecordingError(key=self.call.id)
        return BlobKey.parse(self.row.recording_key)

    @property
    def labels(self) -> ScriptLabels:
        """What people call the parts of the script that was played."""
        return views.labels(any_script_from(self.row.content))


async def ask_for(session: AsyncSession, wanted: NewTrial, *, asked_by: UUID, now: datetime) -> TrialView:
    """Have a call node play the script on the person's phone, if the gate lets it then.

    Raises NotFoundError, LineRetiredError, and what ``trial_limits.check`` raises: a phone that is somebody else's
    is not to be rung by this again and again, be it by several people of one company.
    """
    # Held, so that a script that is deleted at this moment is either gone or has a trial under way.
    script = select(ScriptRow.id).where(ScriptRow.id == wanted.script_id).with_for_update(read=True)
    if await session.scalar(script) is None:
        raise NotFoundError(thing="script", key=wanted.script_id)
    await trial_limits.lock(session, wanted.phone, asked_by)
    line = await get_line_to_choose(session, wanted.line_id, where="line_id")
    await trial_limits.check(session, wanted.phone, asked_by, now)
    known = await own_phone.is_known(session, asked_by, wanted.phone, now=now)
    call = TestCallRow(
        id=new_id(),
        kind="script",
        line_id=line.id,
        asked_by=asked_by,
        phone=wanted.phone,
        region=wanted.region,
        asked_at=now,
        longest_s=wanted.longest_s,
        code=None if known else own_phone.make_code(),
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


async def get(session: AsyncSession, trial_id: UUID, *, now: datetime, asked_by: UUID | None = None) -> TrialView:
    """Return a trial; only one that ``asked_by`` asked for, where that is given. Raises NotFoundError."""
    theirs = [TestCallRow.asked_by == asked_by] if asked_by is not None else []
    found = await _find(session, now, TestCallRow.id == trial_id, *theirs)
    if found is None:
        raise NotFoundError(thing="trial call", key=trial_id)
    return found


async def get_latest(session: AsyncSession, script_id: UUID, asked_by: UUID, *, now: datetime) -> TrialView | None:
    """Return somebody's latest trial of a script. Raises NotFoundError where there is no such script."""
    if await session.scalar(select(ScriptRow.id).where(ScriptRow.id == script_id)) is None:
        raise NotFoundError(thing="script", key=script_id)
    return await _find(session, now, TrialCallRow.script_id == script_id, TestCallRow.asked_by == asked_by)


async def let_go(session: AsyncSession, script_id: UUID, *, now: datetime) -> list[BlobKey]:
    """Return the recordings of a script's trials, to be deleted with the script. Raises TrialUnderWayError."""
    await session.execute(select(ScriptRow.id).where(ScriptRow.id == script_id).with_for_update())
    rows = await session.execute(
        select(TrialCallRow.recording_key, under_way(now))
        .join(TestCallRow, TestCallRow.id == TrialCallRow.test_call_id)
        .where(TrialCallRow.script_id == script_id)
    )
    found = rows.all()
    if any(open_still for _, open_still in found):
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
    words: str = "",
    confirmed_at: datetime | None = None,
) -> None:
    """Write down how far a trial has come: whether it rang, was answered, what was said, and never again wished."""
    if never_again:
        await list_phone(session, test, words)
    call, row = await _hold(session, test)
    if call is None or row is None or call.ended_at is not None:
        return
    call.ringing_at, call.answered_at = ringing_at, answered_at
    call.state = "answered" if answered_at else "ringing" if ringing_at else call.state
    call.confirmed_at = confirmed_at
    row.turns = [asdict(turn) for turn in turns]
    row.listed = row.listed or never_again


async def end(
    session: AsyncSession,
    test: ClaimedTestCall,
    finished: FinishedCall,
    *,
    caller_number: str,
    confirmed_at: datetime | None = None,
) -> bool:
    """Write down what came of a trial, and what it says of its line; ``False`` if that was known before.

    A script that was deleted meanwhile takes what was said with it, but no wish not to be called again.
    """
    if finished.do_not_call:
        await list_phone(session, test, finished.do_not_call_words)
    call, row = await _hold(session, test)
    if call is not None:
        call.ringing_at, call.answered_at = finished.ringing_at, finished.answered_at
        call.confirmed_at = confirmed_at
    if row is not None:
        _fill(row, finished, caller_number)
    await session.flush()
    audio_back = bool(finished.media.get("received")) if finished.answered_at is not None else None
    came_to = TestCallEnd(audio_back, finished.phone_state, finished.sip_code, finished.sip_reason)
    return await test_calls.end(session, test, came_to, finished.ended_at)


async def list_phone(session: AsyncSession, test: ClaimedTestCall, words: str) -> None:
    """Put a trial's number on the do-not-call list of its company.

    What a script promises it keeps, whoever is on the phone: it may be somebody else's, whatever was confirmed.
    """
    await put_on_list(session, test.tenant_id, test.phone, call_id=None, words=words)


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
        select(TestCallRow, TrialCallRow, ScriptRow.name, LineRow.name, UserRow.name)
        .join(TrialCallRow, TrialCallRow.test_call_id == TestCallRow.id)
        .join(ScriptRow, ScriptRow.id == TrialCallRow.script_id)
        .outerjoin(LineRow, LineRow.id == TestCallRow.line_id)
        .outerjoin(UserRow, UserRow.id == TestCallRow.asked_by)
        .where(*which)
        .order_by(TestCallRow.id.desc())
        .limit(1)
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return None
    call, trial, script_name, line_name, asker = row
    return TrialView(
        call=test_calls.view(call, now),
        row=trial,
        script_name=script_name,
        line_name=line_name,
        asked_by=call.asked_by,
        asker=asker,
        code=call.code,
        confirmed_at=call.confirmed_at,
    )
