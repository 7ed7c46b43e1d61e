"""Files of exports are kept for some time, and what tells of them for good."""

from datetime import datetime, timedelta

from callwright.blobs.port import Blobs
from callwright.db.session import Database
from callwright.exports import repository
from callwright.exports.service import file_key

AT_A_TIME = 500


async def forget_exports(database: Database, blobs: Blobs, now: datetime, *, kept: timedelta) -> int:
    """Delete files ``kept`` after they were made, and what others may have left behind; return how many."""
    async with database.system() as session:
        due = await repository.get_to_delete(session, done_before=now - kept, limit=AT_A_TIME)
    for tenant_id, export_id in due:
        await blobs.delete(file_key(tenant_id, export_id))
        async with database.tenant(tenant_id) as session:
            await repository.note_deleted(session, export_id, now)
    return len(due)
