"""Files of imports are kept no longer than somebody has use for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from callwright.blobs.forgetting import Due, forget_each
from callwright.blobs.port import Blobs
from callwright.db.session import Database
from callwright.imports import repository
from callwright.imports.service import file_key

STARTED_WITHIN = timedelta(days=1)
"""Whoever looked at a file and didn't start it in that time forgot it."""


async def forget_file(database: Database, blobs: Blobs, tenant_id: UUID, import_id: UUID, now: datetime) -> None:
    """Delete the file of an import that is over, whether or not it was deleted before. Raises OSError."""
    await blobs.delete(file_key(tenant_id, import_id))
    async with database.tenant(tenant_id) as session:
        await repository.note_deleted(session, import_id, now)


async def forget_files(database: Database, blobs: Blobs, now: datetime, *, kept: timedelta) -> int:
    """Delete files that were never started, called off or failed, and others ``kept`` after their end.

    Return how many. What became of an import stays; what its rows said of people goes with the file.
    """
    async with database.system() as session:
        await repository.abandon(session, sent_before=now - STARTED_WITHIN, now=now)

    async def find(after: UUID | None, most: int) -> Sequence[Due]:
        async with database.system() as session:
            return await repository.get_to_delete(session, done_before=now - kept, after=after, limit=most)

    async def forget(tenant_id: UUID, import_id: UUID) -> None:
        await forget_file(database, blobs, tenant_id, import_id, now)

    return await forget_each(find, forget, what="imports")
