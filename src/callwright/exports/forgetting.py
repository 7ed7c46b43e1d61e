"""Files of exports are kept for some time, and what tells of them for good."""

from datetime import datetime, timedelta

import structlog

from callwright.blobs.port import Blobs
from callwright.db.session import Database
from callwright.exports import repository
from callwright.exports.service import file_key

AT_A_TIME = 500

log = structlog.get_logger(__name__)


async def forget_exports(database: Database, blobs: Blobs, now: datetime, *, kept: timedelta) -> int:
    """Delete files ``kept`` after they were made, and what others may have left behind; return how many.

    One that can't be deleted waits, and keeps no other from being deleted.
    """
    deleted = 0
    async with database.system() as session:
        due = await repository.get_to_delete(session, done_before=now - kept, limit=AT_A_TIME)
    for tenant_id, export_id in due:
        try:
            await blobs.delete(file_key(tenant_id, export_id))
        except OSError:
            log.exception("the file of an export can't be deleted", export=str(export_id))
            continue
        async with database.tenant(tenant_id) as session:
            await repository.note_deleted(session, export_id, now)
        deleted += 1
    return deleted
