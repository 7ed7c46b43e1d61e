"""What happens in a trial call, written down while it lasts, for whoever made the script and watches."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from callwright.callroom.entries import is_wish, plain, turn_entry
from callwright.callroom.record import CallRecord, Step, Turn
from callwright.calls import trials
from callwright.calls.schemas import TurnEntry
from callwright.calls.test_calls import ClaimedTestCall
from callwright.db.session import Database
from callwright.dialogue.confirming import Confirming
from callwright.dialogue.port import Action, Event
from callwright.dialogue.state import DO_NOT_CALL
from callwright.kit.clock import Clock
from callwright.kit.errors import CallwrightError

log = structlog.get_logger(__name__)

CLOSE_S = 5.0
"""How long the last note may take."""


@dataclass(slots=True)
class _Progress:
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    turns: list[TurnEntry] = field(default_factory=list)
    never_again: bool = False
    words: str = ""
    confirmed_at: datetime | None = None


class TrialNotes:
    """The observer of one trial. ``record`` is there once the call has ended.

    Only the record counts: a note that can't be written is passed over, as the next holds all that it held. What is
    said before the code is keyed in may be a stranger's: nothing of it is written, but for the wish in it.
    """

    def __init__(self, database: Database, test: ClaimedTestCall, clock: Clock) -> None:
        self.record: CallRecord | None = None
        self._database = database
        self._clock = clock
        self._test = test
        self._progress = _Progress()
        self._changed = asyncio.Event()
        self._over = False
        self._writing = asyncio.create_task(self._write(), name="trial-notes")

    def ringing(self, at: datetime) -> None:
        """Note that the phone rings."""
        self._progress.ringing_at = at
        self._changed.set()

    def answered(self, at: datetime) -> None:
        """Note that it was answered."""
        self._progress.answered_at = at
        self._changed.set()

    def turn_added(self, turn: Turn) -> None:
        """Note what was said, and the wish in it with it."""
        self._progress.turns.append(turn_entry(turn))
        if is_wish(turn):
            self._wish(turn.text)
        self._changed.set()

    def entered(self, step: Step) -> None:
        """Let it pass: the path stands in the record."""

    def goodbye(self, reason: str, words: str) -> None:
        """Note that we promised not to call again."""
        if reason == DO_NOT_CALL:
            self._wish(words)
            self._changed.set()

    def ended(self, record: CallRecord) -> None:
        """Keep the record."""
        self.record = record

    @property
    def confirmed_at(self) -> datetime | None:
        """When the code was keyed in."""
        return self._progress.confirmed_at

    @property
    def is_theirs(self) -> bool:
        """Whether it is the phone of whoever asked for it."""
        return self._test.code is None or self.confirmed_at is not None

    def saw(self, _: Any, __: Event, after: Any, ___: Sequence[Action]) -> None:
        """Witness a step of the dialogue: note that the code was keyed in."""
        if isinstance(after, Confirming) and after.confirmed and self._progress.confirmed_at is None:
            self._progress.confirmed_at = self._clock.now()
            self._changed.set()

    async def close(self) -> None:
        """Stop writing; what is not written yet stands in the record."""
        self._over = True
        self._changed.set()
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._writing
        except TimeoutError:
            log.info("a note of a trial took too long", test_call=str(self._test.id))

    def _wish(self, words: str) -> None:
        self._progress.never_again, self._progress.words = True, self._progress.words or plain(words)

    async def _write(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._over:
                return
            try:
                await self._write_once()
            except CallwrightError as error:
                log.info("note of a trial not written", test_call=str(self._test.id), why=str(error))
            except Exception:
                log.exception("note of a trial failed", test_call=str(self._test.id))

    async def _write_once(self) -> None:
        progress = self._progress
        async with self._database.tenant(self._test.tenant_id) as session:
            await trials.note(
                session,
                self._test,
                ringing_at=progress.ringing_at,
                answered_at=progress.answered_at,
                turns=list(progress.turns) if self.is_theirs else [],
                never_again=progress.never_again,
                words=progress.words,
                confirmed_at=progress.confirmed_at,
            )
