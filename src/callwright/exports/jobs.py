"""The job that writes a list to a file."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from callwright.blobs.port import Blobs
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.db.tables.exports import ExportRow
from callwright.exports import service
from callwright.exports.errors import ExportTooLargeError
from callwright.exports.lists import ShownList, opened
from callwright.exports.schemas import SHOWN
from callwright.exports.words import WORDS
from callwright.kit.clock import Clock
from callwright.kit.tabular import AddRows, sheet_file

MOST_ROWS = 500_000
AT_A_TIME = 1000
"""So many rows are asked for at once, each time in a transaction of its own, and then told of."""


def export_job(database: Database, blobs: Blobs, clock: Clock) -> Job:
    """Return the job; done a second time it finds that it was done, or begins anew."""
    exporting = _Exporting(database, blobs, clock)
    return Job(service.JOB, exporting.run, exporting.fail)


@dataclass(frozen=True, slots=True)
class _Exporting:
    database: Database
    blobs: Blobs
    clock: Clock

    async def run(self, tenant_id: UUID, key: UUID) -> None:
        async with self.database.tenant(tenant_id) as session:
            row = await session.get(ExportRow, key)
            if row is None or not await service.tell_progress(session, row, 0.0):
                return
            shown = await opened(
                session, SHOWN.validate_python(row.shown), language=row.language, time_zone=row.time_zone
            )
            total = await shown.count(session)
        if total > MOST_ROWS:
            raise ExportTooLargeError(rows=total, most=MOST_ROWS)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export"
            written = await self._write(row, shown, total, path)
            if written is not None:
                async with self.database.tenant(tenant_id) as session:
                    await service.finish(session, self.blobs, row, path, rows=written, now=self.clock.now())

    async def fail(self, tenant_id: UUID, key: UUID, why: str) -> None:
        async with self.database.tenant(tenant_id) as session:
            await service.fail(session, key, why, now=self.clock.now())

    async def _write(self, row: ExportRow, shown: ShownList, total: int, path: Path) -> int | None:
        """Write the file and return how many rows it has; nothing where it was called off."""
        sheet = WORDS[row.language][row.what]
        # What an XLSX is closed with takes seconds, so that it is done aside like the rest.
        file = sheet_file(path, "xlsx" if row.file_kind == "xlsx" else "csv", shown.headings, sheet=sheet)
        add = await asyncio.to_thread(file.__enter__)
        try:
            return await self._write_rows(row, shown, total, add)
        finally:
            await asyncio.to_thread(file.__exit__, None, None, None)

    async def _write_rows(self, row: ExportRow, shown: ShownList, total: int, add: AddRows) -> int | None:
        written = 0
        while True:
            async with self.database.tenant(row.tenant_id) as session:
                if not await service.tell_progress(session, row, min(1.0, written / max(1, total))):
                    return None
                rows = await shown.further(session, AT_A_TIME)
            if not rows:
                return written
            written += len(rows)
            if written > MOST_ROWS:  # it grew meanwhile
                raise ExportTooLargeError(rows=written, most=MOST_ROWS)
            await asyncio.to_thread(add, rows)
