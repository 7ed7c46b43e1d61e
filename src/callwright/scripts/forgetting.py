"""Recordings of scripts are kept no longer than some version of a script names them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from callwright.blobs.forgetting import Due, forget_each
from callwright.blobs.port import Blobs
from callwright.db.session import Database
from callwright.scripts import recordings


async def forget_recordings(database: Database, blobs: Blobs, now: datetime) -> int:
    """Delete recordings that no version names and nobody uploaded lately; return how many."""
    async with database.system() as session:
        companies = await recordings.get_companies_to_check(session, now)
    for company in companies:
        async with database.tenant(company) as session:
            await recordings.note_used(session, now)

    async def find(after: UUID | None, most: int) -> Sequence[Due]:
        async with database.system() as session:
            return await recordings.get_unused(session, now, after=after, limit=most)

    async def forget(tenant_id: UUID, recording_id: UUID) -> None:
        async with database.tenant(tenant_id) as session:
            await recordings.forget(session, blobs, recording_id, now)

    return await forget_each(find, forget, what="recordings of scripts")
