"""Receives whoever answers: with a seat at once, after a moment on hold, or with a goodbye (TASK-8).

A person is on the line, so nothing here may leave them in silence or hang on a database:

- The desk is asked at the answer. Should it not have answered by ``DECIDE_MS``, the hold message begins, so that
  they hear something in time.
- Should it never have answered by ``TRUST_MS``, the person is served as if seated. Whoever picked up would else be
  turned away because of our own database; and as nobody is dialled while that is away, only those whose telephone
  rang at that moment are served beyond the seats.
- A desk that said no once and then falls silent is believed: the hold ends when it ends.
"""

import asyncio
from typing import Protocol

import structlog

from callwright.callroom.hold_messages import HoldMessages
from callwright.callroom.journal import Journal
from callwright.callroom.player import Player
from callwright.callroom.seat import SeatDesk
from callwright.dialogue.port import Speak
from callwright.telephony.port import FRAME_MS
from callwright.turns.frames import frames

DECIDE_MS = 150
ASK_EVERY_MS = 100
TRUST_MS = 1000
CLOSE_S = 1.0
"""How long a question that is still open at the end of the call is waited for."""

log = structlog.get_logger(__name__)


class Floor(Protocol):
    """What the reception needs of its room."""

    @property
    def ending(self) -> bool:
        """Whether the call is being ended."""
        ...

    def begin(self) -> None:
        """Let the dialogue speak first."""
        ...

    def turn_away(self, text: str) -> None:
        """End the call with ``text``, said after what is being said."""
        ...


class Reception:
    """One person, from the answer to the beginning of the dialogue; no ``desk`` means that there is always a seat.

    ``hold_s`` counts from the answer, in frames as the engine asks for them.
    """

    def __init__(
        self,
        floor: Floor,
        player: Player,
        journal: Journal,
        messages: HoldMessages,
        *,
        desk: SeatDesk | None,
        hold_s: float,
    ) -> None:
        self._floor = floor
        self._player = player
        self._journal = journal
        self._messages = messages
        self._desk = desk
        self._hold_ms = hold_s * 1000
        self._frames = 0
        self._asking: asyncio.Task[None] | None = None
        self._decided = False
        self._held = False
        self._served = False
        self._over = False
        self._lost_noted = False
        self._warned = False
        self.waiting = False
        """Whether the person has answered and the dialogue not begun."""

    def welcome(self) -> None:
        """The person answered."""
        self.waiting = True
        if self._desk is None:
            self._serve()
        else:
            self._ask(self._desk)

    def tick(self) -> None:
        """Let 20 ms pass."""
        if not self._undecided or self._desk is None:
            return
        self._frames += 1
        if not self._decided and self._waited_ms >= max(DECIDE_MS, min(TRUST_MS, self._hold_ms)):
            self._serve(sure=False)
        elif self._held and self._waited_ms >= self._hold_ms:
            self._turn_away()
        elif not self._held and self._waited_ms >= DECIDE_MS:
            self._hold()
        if self._asking is None and self._frames % frames(ASK_EVERY_MS) == 0 and self._undecided:
            self._ask(self._desk)

    def all_said(self) -> None:
        """What we had to say to somebody who waits has been said."""
        if self._served:
            self._begin()

    def call_over(self) -> bool:
        """Stop receiving, as the call is over; return whether this person was held and got no seat."""
        self._over = True
        lost = self._held and not self._served
        if lost:
            self._note_lost()
        return lost

    async def close(self) -> None:
        """Ask nothing any more."""
        self._over = True
        if (asking := self._asking) is not None:
            # A seat that is being taken is freed with the call only if it is taken before.
            await asyncio.wait({asking}, timeout=CLOSE_S)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    @property
    def _undecided(self) -> bool:
        return self.waiting and not (self._served or self._over or self._floor.ending)

    @property
    def _waited_ms(self) -> int:
        return self._frames * FRAME_MS

    def _ask(self, desk: SeatDesk) -> None:
        self._asking = asyncio.create_task(self._ask_once(desk), name="seat")

    async def _ask_once(self, desk: SeatDesk) -> None:
        try:
            seated = await desk.take()
        except Exception as error:
            if not self._warned:
                log.warning("whether a seat is free is not known", why=type(error).__name__)
            self._warned = True
        else:
            self._decide(seated=seated)
        finally:
            self._asking = None

    def _decide(self, *, seated: bool) -> None:
        self._decided = True
        if not self._undecided:
            return
        if seated:
            self._serve()
        elif not self._held:
            self._hold()

    def _hold(self) -> None:
        self._held = True
        self._journal.event("held_for_seat", seats_known=self._decided)
        if self._hold_ms > self._waited_ms:
            self._player.add(Speak(self._messages.hold, interruptible=False))

    def _serve(self, *, sure: bool = True) -> None:
        self._served = True
        if self._held:
            self._journal.event("seat_given", seats_known=sure)
        self._player.shorten()
        if not self._player.busy:
            self._begin()

    def _begin(self) -> None:
        self.waiting = False
        self._floor.begin()

    def _turn_away(self) -> None:
        self._note_lost()
        self._player.shorten()
        self._floor.turn_away(self._messages.lost)

    def _note_lost(self) -> None:
        if not self._lost_noted:
            self._lost_noted = True
            self._journal.event("lost")
