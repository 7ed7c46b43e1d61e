"""Recorded speech for scripts: kept once by its contents, for as long as any version of any script names it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import cast, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.blobs.port import BlobKey
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


async def keep(
    session: AsyncSession, tenant_id: UUID, prompt: Prompt, *, file_name: str, by: UUID | None, now: datetime
) -> list[BlobKey]:
    """Note a recording whose sound is being kept; return the blobs of those forgotten, to be deleted afterwards.

    Raises TooManyRecordingsError.
    """
    forgotten = await _forget_unused(session, now)
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
    return [recording_key(tenant_id, sha256) for sha256 in forgotten if sha256 != prompt.sha256]


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


async def _forget_unused(session: AsyncSession, now: datetime) -> Sequence[str]:
    old = PromptRecordingRow.used_at < now - UNUSED_FOR
    if await session.scalar(select(PromptRecordingRow.id).where(old).limit(1)) is None:
        return ()
    told = cast(ScriptVersionRow.content, JSONB)
    versions = await session.scalars(select(told["recordings"]).where(told.has_key("recordings")))
    named = {recording["sha256"] for recordings in versions for recording in recordings.values()}
    unused = delete(PromptRecordingRow).where(old, PromptRecordingRow.sha256.not_in(named))
    return (await session.scalars(unused.returning(PromptRecordingRow.sha256))).all()
