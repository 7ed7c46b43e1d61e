"""Files of exports are kept for some time, and what tells of them for good."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from callwright.blobs.forgetting import Due, forget_each
from callwright.blobs.port import Blobs
from callwright.db.session import Database
from callwright.exports import repository
from callwright.exports.service import file_key


async def forget_exports(database: Database, blobs: Blobs, now: datetime, *, kept: timedelta) -> int:
    """Delete files ``kept`` after they were made, and what others may have left behind; return how many."""

    async def find(after: UUID | None, most: int) -> Sequence[Due]:
        async with database.system() as session:
            return await repository.get_to_delete(session, done_before=now - kept, after=after, limit=most)

    async def forget(tenant_id: UUID, export_id: UUID) -> None:
        await blobs.delete(file_key(tenant_id, export_id))
        async with database.tenant(tenant_id) as session:
            await repository.note_deleted(session, export_id, now)

    return await forget_each(find, forget, what="exports")
