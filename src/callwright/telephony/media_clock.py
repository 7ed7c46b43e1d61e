"""Beats every 20 ms for every call, spread so that not all calls send in the same instant."""

import asyncio
from typing import Protocol

from callwright.telephony.port import FRAME_MS

_FRAME_S = FRAME_MS / 1000
_SLOTS = 10
_GIVE_UP_S = 0.2


class Beating(Protocol):
    """What wants to be called every 20 ms."""

    def tick(self, now: float) -> None:
        """Do 20 ms of work; ``now`` is the loop's time."""
        ...

    def skip(self, frames: int) -> None:
        """Note that so many frames will never be played, the machine having slept."""
        ...


class _Slot:
    def __init__(self, offset: float) -> None:
        self.offset = offset
        self.due = 0.0
        self.members: dict[Beating, None] = {}
        self.timer: asyncio.TimerHandle | None = None


class MediaClock:
    """Ten slots 2 ms apart; a call joins the emptiest one and stays there."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._slots = [_Slot(index * _FRAME_S / _SLOTS) for index in range(_SLOTS)]
        self._places: dict[Beating, _Slot] = {}

    def add(self, member: Beating) -> None:
        """Call ``member`` every 20 ms from now on."""
        slot = min(self._slots, key=lambda slot: len(slot.members))
        slot.members[member] = None
        self._places[member] = slot
        if slot.timer is None:
            now = self._loop.time()
            slot.due = now - (now - slot.offset) % _FRAME_S + _FRAME_S
            slot.timer = self._loop.call_at(slot.due, self._beat, slot)

    def remove(self, member: Beating) -> None:
        """Call ``member`` no more; harmless if it is not there."""
        slot = self._places.pop(member, None)
        if slot is None:
            return
        del slot.members[member]
        if not slot.members and slot.timer is not None:
            slot.timer.cancel()
            slot.timer = None

    def _beat(self, slot: _Slot) -> None:
        now = self._loop.time()
        behind = now - slot.due
        if behind > _GIVE_UP_S:
            missed = int(behind / _FRAME_S)
            slot.due += missed * _FRAME_S
            for member in slot.members:
                member.skip(missed)
        slot.due += _FRAME_S
        slot.timer = self._loop.call_at(slot.due, self._beat, slot)
        for member in tuple(slot.members):
            member.tick(now)
