"""What happens in a call, written down while it lasts, for whoever watches.

Only the record at the end counts: a note that can't be written is passed over, and no call waits for one. But the
wish not to be called again is written at once and for good: this process may be killed before there is a record.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from callwright.callroom.batching import Batch
from callwright.callroom.entries import is_wish, plain, turn_entry
from callwright.callroom.record import CallRecord, Step, Turn
from callwright.calls.noting import Note, write_notes
from callwright.db.session import Database
from callwright.dialogue.state import DO_NOT_CALL
from callwright.kit.errors import CallwrightError

log = structlog.get_logger(__name__)

CLOSE_S = 5.0
"""How long the last note may take."""

NOTES_AT_ONCE = 200


class NoteBook:
    """Writes the notes of all calls of a node, those of one moment together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batch: Batch[Note, None] = Batch(self._write, most=NOTES_AT_ONCE)

    async def write(self, note: Note) -> None:
        """Write one note. Raises what a database raises that is away or refuses it."""
        try:
            await self._batch.do(note)
        except Exception:
            # Another of its batch may have been what was refused.
            await self._write([note])

    async def _write(self, notes: Sequence[Note]) -> list[None]:
        async with self._database.system() as session:
            await write_notes(session, notes)
        return [None] * len(notes)


class LiveNotes:
    """The observer of one call. ``record`` is there once the call has ended."""

    def __init__(self, book: NoteBook, attempt_id: UUID) -> None:
        self.record: CallRecord | None = None
        self._book = book
        self._attempt_id = attempt_id
        self._wish_alone = Note(attempt_id)
        self._wished = False
        self._words = ""
        self._listed = False
        self._notes: asyncio.Queue[Note | None] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write(), name="live-notes")

    def ringing(self, at: datetime) -> None:
        """Note that the far end rings."""
        self._notes.put_nowait(Note(self._attempt_id, ringing_at=at))

    def answered(self, at: datetime) -> None:
        """Note that the customer answered."""
        self._notes.put_nowait(Note(self._attempt_id, answered_at=at))

    def turn_added(self, turn: Turn) -> None:
        """Note what was said, and the wish in it with it."""
        if is_wish(turn):
            self._wish(turn.text)
        self._notes.put_nowait(Note(self._attempt_id, turn=turn_entry(turn)))

    def entered(self, step: Step) -> None:
        """Let it pass: the path stands in the record."""

    def goodbye(self, reason: str, words: str) -> None:
        """Note that we promised not to call again."""
        if reason == DO_NOT_CALL:
            self._wish(words)
            self._notes.put_nowait(self._wish_alone)

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

    def _wish(self, words: str) -> None:
        self._wished, self._words = True, self._words or plain(words)

    async def _write(self) -> None:
        while (note := await self._notes.get()) is not None:
            if note is self._wish_alone and not self._notes.empty():
                continue  # the turn with the wish follows: both are written in one transaction
            try:
                await self._write_one(note)
            except CallwrightError as error:
                log.info("live note not written", attempt=str(self._attempt_id), why=str(error))
            except Exception:
                # The record comes after the notes: none of them may stand in its way.
                log.exception("live note failed", attempt=str(self._attempt_id))
                if note is not self._wish_alone:
                    self._notes.put_nowait(self._wish_alone)

    async def _write_one(self, note: Note) -> None:
        # A wish that could not be written goes with every further note until it is.
        due = self._wished and not self._listed
        if note is self._wish_alone and not due:
            return
        await self._book.write(replace(note, never_again=due, words=self._words))
        self._listed = self._listed or due
