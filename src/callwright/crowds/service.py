"""Crowds: asked for, looked at, called off, compared; and what they prove for a task."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.service import get_tenant
from callwright.crowds import repository
from callwright.crowds.errors import (
    CrowdEngineError,
    CrowdNotDoneError,
    CrowdOverError,
    CrowdSizeError,
    CrowdVoiceError,
    DifferentModesError,
    TooManyCrowdsError,
)
from callwright.crowds.schemas import (
    KEPT,
    MARKS,
    OUTCOMES,
    REPORTS,
    CrowdConversation,
    CrowdView,
    CrowdWanted,
    Mode,
)
from callwright.db.jobs import Queue, enqueue
from callwright.db.tables.crowds import CrowdRunRow
from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.graph import Script
from callwright.dialogue.loading import any_script_from
from callwright.kit.errors import NotFoundError
from callwright.personas.comparing import Comparison, DifferentPeopleError, compare
from callwright.personas.marks import Marks
from callwright.personas.report import Report
from callwright.scripts.repository import get_numbered
from callwright.scripts.service import faults_of, get_script
from callwright.speech.port import VOICED_LANGUAGES

JOBS = {Mode.TEXT: "crowd", Mode.SPEECH: "spoken_crowd"}
QUEUES = {Mode.TEXT: Queue.ORDINARY, Mode.SPEECH: Queue.REHEARSING}
SIZES = {Mode.TEXT: (20, 5000), Mode.SPEECH: (3, 50)}
"""How few and how many people there may be."""
AT_ONCE = 3
"""Crowds of one company, so that those of others don't wait for all that one can ask for."""


async def ask(
    session: AsyncSession,
    tenant_id: UUID,
    script_id: UUID,
    wanted: CrowdWanted,
    *,
    version: int | None,
    by: UUID | None,
    now: datetime,
) -> CrowdView:
    """Ask a job worker to try a version of a script (the current one where ``version`` is none) on a crowd.

    Raises NotFoundError, CrowdSizeError, CrowdEngineError, CrowdVoiceError, TooManyCrowdsError, and
    ScriptInvalidError where it can't be played.
    """
    least, most = SIZES[wanted.mode]
    if not least <= wanted.people <= most:
        raise CrowdSizeError(least=least, most=most, asked=wanted.people, where="people")
    script = await get_script(session, script_id)
    row = script.current if version is None else await get_numbered(session, script_id, version)
    if row is None:
        raise NotFoundError(thing="script version", key=version)
    graph = any_script_from(row.content)
    if not isinstance(graph, Script):
        raise CrowdEngineError(name=script.name)
    if wanted.mode is Mode.SPEECH and graph.language not in VOICED_LANGUAGES:
        raise CrowdVoiceError(language=graph.language, name=script.name)
    faults = await faults_of(session, graph)
    if faults:
        raise ScriptInvalidError(faults)
    if await repository.count_under_way(session, tenant_id) >= AT_ONCE:
        raise TooManyCrowdsError(most=AT_ONCE)
    run = CrowdRunRow(
        script_id=script_id,
        script_version_id=row.id,
        content_sha256=await repository.get_hash(session, row.id),
        mode=wanted.mode,
        people=wanted.people,
        seed=wanted.seed,
        marks=MARKS.dump_python(await get_marks(session, tenant_id), mode="json"),
        asked_at=now,
        asked_by=by,
    )
    session.add(run)
    await session.flush()
    await enqueue(session, JOBS[wanted.mode], run.id, QUEUES[wanted.mode])
    return await get(session, run.id)


async def get(session: AsyncSession, crowd_id: UUID) -> CrowdView:
    """Return a crowd. Raises NotFoundError."""
    found = await repository.get_crowd(session, crowd_id)
    if found is None:
        raise NotFoundError(thing="crowd", key=crowd_id)
    return found


async def get_report(session: AsyncSession, crowd_id: UUID) -> Report | None:
    """Return what a crowd showed, ``None`` while it is not done."""
    kept = await session.scalar(select(CrowdRunRow.report).where(CrowdRunRow.id == crowd_id))
    return None if kept is None else REPORTS.validate_python(kept)


async def list_crowds(
    session: AsyncSession, *, script_id: UUID | None = None, after: UUID | None = None, limit: int = 50
) -> list[CrowdView]:
    """Return crowds, the newest first. Raises NotFoundError for a script that isn't there."""
    if script_id is not None:
        await get_script(session, script_id)
    return await repository.get_crowds(session, script_id=script_id, after=after, limit=limit)


async def call_off(session: AsyncSession, crowd_id: UUID, *, now: datetime) -> CrowdView:
    """Let a crowd that is under way go home. Raises NotFoundError, CrowdOverError."""
    called_off = await repository.move(session, crowd_id, state="cancelled", ended_at=now)
    view = await get(session, crowd_id)  # as it is by now: it may have been done a moment before
    if not called_off:
        raise CrowdOverError(state=view.row.state)
    return view


async def list_conversations(
    session: AsyncSession,
    crowd_id: UUID,
    *,
    wish: str | None = None,
    went_wrong: bool | None = None,
    after: int = -1,
    limit: int = 50,
) -> Sequence[CrowdConversation]:
    """Return the conversations that were kept to be read. Raises NotFoundError."""
    await get(session, crowd_id)
    rows = await repository.get_conversations(
        session, crowd_id, wish=wish, went_wrong=went_wrong, after=after, limit=limit
    )
    return [KEPT.validate_python(row.content) for row in rows]


async def get_conversation(session: AsyncSession, crowd_id: UUID, number: int) -> CrowdConversation:
    """Return a conversation that was kept. Raises NotFoundError."""
    row = await repository.get_conversation(session, crowd_id, number)
    if row is None:
        raise NotFoundError(thing="conversation", key=number)
    return KEPT.validate_python(row.content)


async def compare_crowds(session: AsyncSession, before_id: UUID, after_id: UUID) -> Comparison:
    """Return what changed from one crowd to another of the same people.

    Raises NotFoundError, CrowdNotDoneError, DifferentModesError, DifferentPeopleError.
    """
    before, after = (await get(session, before_id)).row, (await get(session, after_id)).row
    for row in (before, after):
        if row.state != "done":
            raise CrowdNotDoneError(state=row.state)
    if before.mode != after.mode:
        raise DifferentModesError()
    if (before.seed, before.people) != (after.seed, after.people):
        raise DifferentPeopleError()
    kept = {
        key: OUTCOMES.validate_python(outcomes)
        for key, outcomes in await session.execute(
            select(CrowdRunRow.id, CrowdRunRow.outcomes).where(CrowdRunRow.id.in_([before_id, after_id]))
        )
    }
    return compare(kept[before_id], kept[after_id])


async def has_passed(session: AsyncSession, version_id: UUID) -> bool:
    """Say whether a version, as it reads now, has passed before a crowd that writes."""
    return bool(await session.scalar(select(repository.has_passed(literal(version_id)))))


async def get_marks(session: AsyncSession, tenant_id: UUID) -> Marks:
    """Return what the company's scripts have to reach. Raises NotFoundError."""
    return MARKS.validate_python((await get_tenant(session, tenant_id)).crowd_marks)


async def change_marks(session: AsyncSession, tenant_id: UUID, marks: Marks) -> None:
    """Set what the company's scripts have to reach from now on. Raises NotFoundError."""
    tenant = await get_tenant(session, tenant_id)
    tenant.crowd_marks = MARKS.dump_python(marks, mode="json")
    await session.flush()
