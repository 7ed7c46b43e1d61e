"""Results of calls on their way into the database.

A result is written to a file first, then stored, then the file goes. Whatever fails in between, the database above
all, the file stays and is tried again, also by the next process that works in this folder.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import structlog
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import OperationalError

from callwright.blobs.port import BlobKey, BlobNotFoundError, Blobs
from callwright.callroom.batching import Batch
from callwright.callroom.closing import abandon, close
from callwright.callroom.outage import repeat
from callwright.callroom.trial_closing import PlayedTrial, abandon_trial, close_trial
from callwright.calls.keeping import add_recording
from callwright.calls.schemas import FinishedCall
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.kit.clock import Clock
from callwright.kit.errors import CallwrightError, NotFoundError
from callwright.kit.ids import new_id

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """A call that is over: an attempt's, or the ``trial`` of a script, whose id stands as the attempt's then.

    ``recording`` is the file of its recording, where there is one.
    """

    tenant_id: UUID
    finished: FinishedCall
    recording: Path | None
    trial: PlayedTrial | None = None

    @property
    def key(self) -> BlobKey:
        """Where its recording is kept."""
        attempt_id = self.finished.attempt_id
        if self.trial is not None:
            return BlobKey(self.tenant_id, f"trials/{attempt_id}.wav")
        return _key(self.tenant_id, attempt_id)


_JSON = TypeAdapter(list[Result])
AT_ONCE = 200
_REFUSED = "its result could not be stored"


class Results:
    """Brings results and recordings from ``folder`` to where they are kept.

    Every ``retry_s`` what failed is tried again.
    """

    def __init__(self, folder: Path, database: Database, blobs: Blobs, clock: Clock, *, retry_s: float) -> None:
        self._results = folder / "results"
        self._recordings = folder / "recordings"
        self._database = database
        self._blobs = blobs
        self._clock = clock
        self._retry_s = retry_s
        self._keeping: Batch[Result, None] = Batch(self._keep, most=AT_ONCE)
        self._waiting: set[UUID] = set()
        self._storing: set[str] = set()
        self._orphans: list[Path] = []
        self._delivering = asyncio.Lock()
        self._tenants: set[UUID] = set()

    def open(self) -> None:
        """Make the folders, and see what an earlier process left in them; before the first call."""
        self._results.mkdir(parents=True, exist_ok=True)
        self._recordings.mkdir(parents=True, exist_ok=True)
        for path in self._results.glob("*.json"):
            self._waiting |= {result.finished.attempt_id for result in _read(path)}
        recordings = sorted(self._recordings.glob("*/*.wav"))
        self._orphans = [file for file in recordings if UUID(file.stem) not in self._waiting]

    def recording_file(self, tenant_id: UUID, attempt_id: UUID) -> Path:
        """Return where the recording of a call is to be written while it lasts."""
        folder = self._recordings / str(tenant_id)
        if tenant_id not in self._tenants:
            folder.mkdir(exist_ok=True)
            self._tenants.add(tenant_id)
        return folder / f"{attempt_id}.wav"

    async def keep(self, result: Result) -> None:
        """Keep a result for good: once this returns it can't be lost, stored already or not."""
        self._waiting.add(result.finished.attempt_id)
        await self._keeping.do(result)

    async def _keep(self, results: Sequence[Result]) -> list[None]:
        path = self._new_file()
        # Claimed before it is there, so that whoever looks for files to try again leaves it alone.
        self._storing.add(path.name)
        try:
            await self._write(path, results)
            await self._store_known(path, results)
        finally:
            self._storing.discard(path.name)
        return [None] * len(results)

    def _new_file(self) -> Path:
        return self._results / f"{new_id()}.json"

    async def _write(self, path: Path, results: Sequence[Result]) -> None:
        await asyncio.to_thread(_write, path, _JSON.dump_json(list(results)))

    def waiting(self) -> set[UUID]:
        """Return the attempts whose results are not stored yet."""
        return set(self._waiting)

    async def deliver(self) -> None:
        """Try again, for ever, whatever could not be stored."""
        await repeat("results", self.deliver_once, every_s=self._retry_s)

    async def deliver_once(self) -> None:
        """Store what an earlier process left, and try again whatever could not be stored."""
        async with self._delivering:
            await self._deliver()

    async def _deliver(self) -> None:
        for path in sorted(self._results.glob("*.json")):
            await self._store(path)
        try:
            while self._orphans:
                await self._adopt(self._orphans[0])
                self._orphans.pop(0)
        except (DatabaseUnavailableError, OSError) as error:
            log.warning("recording of an interrupted call waits to be kept", why=str(error))

    async def _adopt(self, file: Path) -> None:
        tenant_id, attempt_id = UUID(file.parent.name), UUID(file.stem)
        key = _key(tenant_id, attempt_id)
        try:
            async with self._database.tenant(tenant_id) as session:
                await add_recording(session, attempt_id, key)
        except NotFoundError:
            await asyncio.to_thread(file.unlink)
            return
        await self._blobs.put_file(key, file)
        log.info("recording of an interrupted call kept", attempt=str(attempt_id))

    async def _store(self, path: Path) -> None:
        if path.name in self._storing:
            return
        self._storing.add(path.name)
        try:
            await self._store_left(path)
        finally:
            self._storing.discard(path.name)

    async def _store_left(self, path: Path) -> None:
        if not await asyncio.to_thread(path.exists):
            return
        results = await asyncio.to_thread(_read, path)
        if results:
            await self._store_known(path, results)
        else:
            await asyncio.to_thread(path.rename, path.with_suffix(".failed"))

    async def _store_known(self, path: Path, results: Sequence[Result]) -> None:
        """Store ``results``, which are what the file holds."""
        try:
            await self._close(await self._with_recordings(results))
        except (DatabaseUnavailableError, OperationalError, OSError) as error:
            # OperationalError: the server's trouble, such as a deadlock or a full disk, not the results'.
            log.warning("results of calls wait to be stored", calls=len(results), why=str(error))
            return
        except Exception:
            if len(results) > 1:
                await self._store_one_by_one(results, path)
                return
            log.exception("result of a call can't be stored", attempt=str(results[0].finished.attempt_id))
            await self._set_aside(results[0], path)
        self._waiting -= {result.finished.attempt_id for result in results}
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _close(self, results: Sequence[Result]) -> None:
        """Close the calls of attempts together, and each trial by itself; what was closed before stays as it is."""
        calls = [result.finished for result in results if result.trial is None]
        if calls:
            async with self._database.system() as session:
                await close(session, calls)
        for result in results:
            if result.trial is not None:
                async with self._database.system() as session:
                    await close_trial(session, result.trial, result.finished)

    async def _store_one_by_one(self, results: Sequence[Result], path: Path) -> None:
        """Store each by itself, so that one that is refused keeps no other back."""
        alone = []
        for result in results:
            alone.append(self._new_file())
            await self._write(alone[-1], [result])
        await asyncio.to_thread(path.unlink)
        for part in alone:
            await self._store(part)

    async def _with_recordings(self, results: Sequence[Result]) -> list[Result]:
        """Bring the recordings to where they are kept, side by side; raise once all of them were tried."""
        moved = await asyncio.gather(*map(self._with_recording, results), return_exceptions=True)
        kept = []
        for result, finished in zip(results, moved, strict=True):
            if isinstance(finished, BaseException):
                raise finished
            kept.append(replace(result, finished=finished))
        return kept

    async def _with_recording(self, result: Result) -> FinishedCall:
        if result.recording is None:
            return result.finished
        key = result.key
        if await asyncio.to_thread(result.recording.exists):
            await self._blobs.put_file(key, result.recording)
            return replace(result.finished, recording=str(key))
        try:
            await self._blobs.size(key)
        except BlobNotFoundError:
            log.warning("recording of a call is gone", attempt=str(result.finished.attempt_id))
            return result.finished
        return replace(result.finished, recording=str(key))

    async def _set_aside(self, result: Result, path: Path) -> None:
        await asyncio.to_thread(path.rename, path.with_suffix(".failed"))
        attempt_id = result.finished.attempt_id
        try:
            async with self._database.tenant(result.tenant_id) as session:
                if result.trial is not None:
                    await abandon_trial(session, result.trial, result.finished, _REFUSED)
                else:
                    await abandon(session, attempt_id, _REFUSED, self._clock.now())
        except CallwrightError as error:
            # It was closed before, as interrupted; or comparing with the database will close it.
            log.warning("call not closed", attempt=str(attempt_id), why=str(error))


def _key(tenant_id: UUID, attempt_id: UUID) -> BlobKey:
    return BlobKey(tenant_id, f"recordings/{attempt_id.hex[:6]}/{attempt_id}.wav")


def _read(path: Path) -> list[Result]:
    """Return the results in a file, none where it is torn: then it is kept for people to look at."""
    try:
        return _JSON.validate_json(path.read_bytes())
    except ValidationError as error:
        # Its content is personal and stays out of the log.
        why = error.errors(include_input=False, include_context=False)[0]["msg"]
        log.error("results of calls can't be read", file=path.name, why=why)
        return []


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
