"""Recorded speech for scripts: kept once by its contents, for as long as any version of any script names it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey, Blobs
from callwright.db.tables.scripts import PromptRecordingRow, ScriptVersionRow
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.kit.errors import ConflictError, NotFoundError
from callwright.kit.ids import new_id
from callwright.scripts.sound import Prompt

UNUSED_FOR = timedelta(days=7)
"""How long a recording that no version names is kept: somebody may be drawing with it."""
MOST = 2000
NAME_CHARACTERS = 200


class TooManyRecordingsError(ConflictError):
    """Your company has {most} recordings, as many as are kept. Name fewer in its scripts."""

    code = "too-many-recordings"


def recording_key(tenant_id: UUID, sha256: str) -> BlobKey:
    """Return where the sound of a recording is kept."""
    return BlobKey(tenant_id, f"prompts/{sha256}.wav")


async def enter(
    session: AsyncSession, tenant_id: UUID, prompt: Prompt, *, file_name: str, by: UUID | None, now: datetime
) -> BlobKey:
    """Enter a recording; return where to keep its sound once that is committed. Raises TooManyRecordingsError.

    One whose sound never came was told to nobody, and is forgotten like any that is not used.
    """
    if (await session.scalar(select(func.count()).select_from(PromptRecordingRow)) or 0) >= MOST:
        raise TooManyRecordingsError(most=MOST)
    row = {
        "id": new_id(),
        "tenant_id": tenant_id,
        "sha256": prompt.sha256,
        "seconds": prompt.seconds,
        "file_name": file_name[:NAME_CHARACTERS],
        "uploaded_by": by,
        "used_at": now,
    }
    statement = insert(PromptRecordingRow).values(row)
    await session.execute(
        statement.on_conflict_do_update(constraint="uq_prompt_recordings_tenant_id_sha256", set_={"used_at": now})
    )
    return recording_key(tenant_id, prompt.sha256)


async def find(session: AsyncSession, tenant_id: UUID, sha256: str) -> BlobKey:
    """Return where a recording's sound is kept. Raises NotFoundError."""
    found = await session.scalar(select(PromptRecordingRow.id).where(PromptRecordingRow.sha256 == sha256))
    if found is None:
        raise NotFoundError(thing="recording", key=sha256)
    return recording_key(tenant_id, sha256)


async def missing(session: AsyncSession, script: AnyScript) -> tuple[Fault, ...]:
    """Return a fault for each recording of ``script`` that this company doesn't have."""
    named = {recording.sha256: name for name, recording in script.recordings.items()}
    wanted = select(PromptRecordingRow.sha256).where(PromptRecordingRow.sha256.in_(named))
    kept = set(await session.scalars(wanted)) if named else set()
    return tuple(
        fault("missing-recording", field=f"recordings.{name}", name=name)
        for sha256, name in named.items()
        if sha256 not in kept
    )


async def get_companies_to_check(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    """Return the companies with recordings that may not be used any more (in a system transaction)."""
    old = PromptRecordingRow.used_at < now - UNUSED_FOR
    return (await session.scalars(select(PromptRecordingRow.tenant_id).where(old).distinct())).all()


async def note_used(session: AsyncSession, now: datetime) -> None:
    """Note that the recordings which some version names are used."""
    told = cast(ScriptVersionRow.content, JSONB)
    versions = await session.scalars(select(told["recordings"]).where(told.has_key("recordings")))
    named = {recording["sha256"] for recordings in versions for recording in recordings.values()}
    row = PromptRecordingRow
    old = update(row).where(row.used_at < now - UNUSED_FOR, row.sha256.in_(named))
    await session.execute(old.values(used_at=now))


async def get_unused(
    session: AsyncSession, now: datetime, *, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Return (tenant, recording) of those not used any more, those used being noted (in a system transaction)."""
    row = PromptRecordingRow
    found = select(row.tenant_id, row.id).where(row.used_at < now - UNUSED_FOR).order_by(row.id).limit(limit)
    if after is not None:
        found = found.where(row.id > after)
    return [(tenant_id, recording_id) for tenant_id, recording_id in await session.execute(found)]


async def forget(session: AsyncSession, blobs: Blobs, recording_id: UUID, now: datetime) -> None:
    """Delete a recording that is not used. Raises OSError."""
    row = PromptRecordingRow
    # Held meanwhile, so that whoever uploads it again keeps the sound after it was deleted here.
    unused = select(row).where(row.id == recording_id, row.used_at < now - UNUSED_FOR).with_for_update()
    found = await session.scalar(unused)
    if found is not None:
        await blobs.delete(recording_key(found.tenant_id, found.sha256))
        await session.delete(found)
