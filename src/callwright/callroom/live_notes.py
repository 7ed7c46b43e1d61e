"""What happens in a call, written down while it lasts, for whoever watches.

Only the record at the end counts: a note that can't be written is passed over, and no call waits for one. But the
wish not to be called again is written at once and for good: this process may be killed before there is a record.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.callroom.entries import is_wish, turn_entry
from callwright.callroom.record import CallRecord, Turn
from callwright.calls.keeping import note_answered, note_do_not_call, note_ringing, note_turn
from callwright.db.session import Database
from callwright.dialogue.state import DO_NOT_CALL
from callwright.kit.errors import CallwrightError

log = structlog.get_logger(__name__)

CLOSE_S = 5.0
"""How long the last note may take."""

Note = Callable[[AsyncSession], Awaitable[None]]


async def _nothing_else(session: AsyncSession) -> None:
    """The note of the wish alone."""


class LiveNotes:
    """The observer of one call. ``record`` is there once the call has ended."""

    def __init__(self, database: Database, tenant_id: UUID, attempt_id: UUID) -> None:
        self.record: CallRecord | None = None
        self._database = database
        self._tenant_id = tenant_id
        self._attempt_id = attempt_id
        self._wished = False
        self._listed = False
        self._notes: asyncio.Queue[Note | None] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write(), name="live-notes")

    def ringing(self, at: datetime) -> None:
        """Note that the far end rings."""
        self._notes.put_nowait(lambda session: note_ringing(session, self._attempt_id, at))

    def answered(self, at: datetime) -> None:
        """Note that the customer answered."""
        self._notes.put_nowait(lambda session: note_answered(session, self._attempt_id, at))

    def turn_added(self, turn: Turn) -> None:
        """Note what was said, and the wish in it with it."""
        entry = turn_entry(turn)
        self._wished = self._wished or is_wish(turn)
        self._notes.put_nowait(lambda session: note_turn(session, self._attempt_id, entry))

    def goodbye(self, reason: str) -> None:
        """Note that we promised not to call again."""
        if reason == DO_NOT_CALL:
            self._wished = True
            self._notes.put_nowait(_nothing_else)

    def ended(self, record: CallRecord) -> None:
        """Keep the record."""
        self.record = record

    async def close(self) -> None:
        """Stop writing; what is not written yet stands in the record."""
        while not self._notes.empty():
            self._notes.get_nowait()
        self._notes.put_nowait(None)
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._writing
        except TimeoutError:
            log.info("a live note took too long", attempt=str(self._attempt_id))

    async def _write(self) -> None:
        while (note := await self._notes.get()) is not None:
            if note is _nothing_else and not self._notes.empty():
                continue  # the turn with the wish follows: both are written in one transaction
            try:
                await self._write_one(note)
            except CallwrightError as error:
                log.info("live note not written", attempt=str(self._attempt_id), why=str(error))
            except Exception:
                # The record comes after the notes: none of them may stand in its way.
                log.exception("live note failed", attempt=str(self._attempt_id))
                if note is not _nothing_else:
                    self._notes.put_nowait(_nothing_else)

    async def _write_one(self, note: Note) -> None:
        # A wish that could not be written goes with every further note until it is.
        due = self._wished and not self._listed
        if note is _nothing_else and not due:
            return
        async with self._database.tenant(self._tenant_id) as session:
            await note(session)
            if due:
                await note_do_not_call(session, self._attempt_id)
        self._listed = self._listed or due
