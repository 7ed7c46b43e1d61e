"""The job that imports a file."""

from dataclasses import dataclass
from uuid import UUID

from callwright.accounts.service import get_tenant
from callwright.blobs.port import BlobNotFoundError, Blobs
from callwright.contacts.field_list import list_fields
from callwright.contacts.importing import Sheet, read_customers
from callwright.db.jobs import Job, Tell, compute
from callwright.db.session import Database
from callwright.db.tables.imports import ImportRow
from callwright.imports import service
from callwright.imports.forgetting import forget_file
from callwright.imports.schemas import COLUMNS
from callwright.kit.clock import Clock
from callwright.tasks.importing import import_sheet
from callwright.tasks.service import variables_of

READ = 0.5
"""How much of it is done once every row was checked."""


class _CalledOffError(Exception):
    """Rolls back what was imported of a file that was called off."""


def import_job(database: Database, blobs: Blobs, clock: Clock) -> Job:
    """Return the job; done a second time it finds that it was done."""
    importing = _Importing(database, blobs, clock)
    return Job(service.JOB, importing.run, importing.fail)


@dataclass(frozen=True, slots=True)
class _Importing:
    database: Database
    blobs: Blobs
    clock: Clock

    async def run(self, tenant_id: UUID, key: UUID) -> None:
        async with self.database.tenant(tenant_id) as session:
            row = await session.get(ImportRow, key)
            if row is None or not await service.tell_progress(session, row, 0.0):
                return
        sheet = await self._read(tenant_id, row)
        if sheet is not None:
            await self._enter(tenant_id, row, sheet)

    async def fail(self, tenant_id: UUID, key: UUID, why: str) -> None:
        async with self.database.tenant(tenant_id) as session:
            failed = await service.fail(session, key, why, now=self.clock.now())
        if failed:
            await forget_file(self.database, self.blobs, tenant_id, key, self.clock.now())

    async def _read(self, tenant_id: UUID, row: ImportRow) -> Sheet | None:
        """Return the file's customers, checked; nothing where it was called off."""
        async with self.database.tenant(tenant_id) as session:
            variables = await variables_of(session, row.task_id)
            fields = await list_fields(session)
            region = (await get_tenant(session, tenant_id)).region
        try:
            content = await service.read_file(self.blobs, tenant_id, row.id)
        except BlobNotFoundError:
            async with self.database.tenant(tenant_id) as session:
                if await service.tell_progress(session, row, 0.0):
                    raise
            return None  # it was called off, and the file is gone with it
        columns = COLUMNS.validate_python(row.columns)

        async def note(done: float) -> bool:
            async with self.database.tenant(tenant_id) as session:
                return await service.tell_progress(session, row, READ * done)

        def checked(tell: Tell) -> Sheet:
            return read_customers(
                content,
                file_name=row.file_name,
                variables=variables,
                fields=fields,
                region=region,
                columns=columns,
                tell=tell,
            )

        return await compute(checked, note)

    async def _enter(self, tenant_id: UUID, row: ImportRow, sheet: Sheet) -> None:
        # All or nothing: whoever calls it off meanwhile, or a worker that dies, leaves no half of a file.
        try:
            async with self.database.tenant(tenant_id) as session:
                result = await import_sheet(session, row.task_id, sheet, now=self.clock.now(), by=row.asked_by)
                if not await service.finish(session, row, result, now=self.clock.now()):
                    raise _CalledOffError
        except _CalledOffError:
            return
