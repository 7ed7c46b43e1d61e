"""Files of imports are kept no longer than somebody has use for them."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from callwright.blobs.port import Blobs
from callwright.db.session import Database
from callwright.imports import repository
from callwright.imports.service import file_key

STARTED_WITHIN = timedelta(days=1)
"""Whoever looked at a file and didn't start it in that time forgot it."""
AT_A_TIME = 500

log = structlog.get_logger(__name__)


async def forget_file(database: Database, blobs: Blobs, tenant_id: UUID, import_id: UUID, now: datetime) -> None:
    """Delete the file of an import that is over, whether or not it was deleted before."""
    await blobs.delete(file_key(tenant_id, import_id))
    async with database.tenant(tenant_id) as session:
        await repository.note_deleted(session, import_id, now)


async def forget_files(database: Database, blobs: Blobs, now: datetime, *, kept: timedelta) -> int:
    """Delete files that were never started, called off or failed, and others ``kept`` after their end.

    Return how many. What became of an import stays; what its rows said of people goes with the file. One that
    can't be deleted waits, and keeps no other from being deleted.
    """
    deleted = 0
    async with database.system() as session:
        await repository.abandon(session, sent_before=now - STARTED_WITHIN, now=now)
        due = await repository.get_to_delete(session, done_before=now - kept, limit=AT_A_TIME)
    for tenant_id, import_id in due:
        try:
            await forget_file(database, blobs, tenant_id, import_id, now)
            deleted += 1
        except OSError:
            log.exception("the file of an import can't be deleted", import_=str(import_id))
    return deleted
