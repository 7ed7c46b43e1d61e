"""Places test calls the gate lets through: says one sentence, listens whether anything comes back, hangs up."""

import asyncio
from datetime import datetime, timedelta

import numpy as np
import structlog

from callwright.billing.ledger import release
from callwright.callroom.line_book import LineBook
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import Voice
from callwright.callroom.test_dialling import give_up, pass_gate, settle
from callwright.calls import test_calls
from callwright.calls.test_calls import ClaimedTestCall, TestCallEnd
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.kit.errors import CallwrightError, NotFoundError, UnavailableError
from callwright.lines.service import ring_time_s, trunk_name
from callwright.rating.tariff import Tariff
from callwright.speech.port import Pcm
from callwright.telephony.port import (
    FRAME_MS,
    FRAME_SAMPLES,
    SAMPLE_RATE,
    Answered,
    Ended,
    Frame,
    Originate,
    PhoneCall,
    Ringing,
)

log = structlog.get_logger(__name__)

SENTENCE = "This is a test call from Callwright."
LISTENS_S = 1.5
_MILLISECOND = timedelta(milliseconds=1)
_TONE_S, _TONE_HZ, _TONE_LEVEL = 2.0, 425.0, 4000  # the tone of ITU-T E.180, about -18 dBm0


class _Announcement:
    """The room of a test call: speaks once answered, then listens; counts the frames that come back."""

    def __init__(self, speech: Pcm) -> None:
        self._waiting = speech
        self._answered = False
        self._listened_ms = 0.0
        self.heard_frames = 0
        self.done = asyncio.Event()

    def answered(self) -> None:
        """Begin."""
        self._answered = True

    def heard(self, frame: Frame) -> None:
        """Count it, where it came after the answer."""
        self.heard_frames += self._answered

    def say(self) -> Frame | None:
        """Say the next 20 ms."""
        if not self._answered:
            return None
        frame, self._waiting = self._waiting[:FRAME_SAMPLES], self._waiting[FRAME_SAMPLES:]
        if frame.size:
            return np.pad(frame, (0, FRAME_SAMPLES - frame.size))
        self._listened_ms += FRAME_MS
        if self._listened_ms >= LISTENS_S * 1000:
            self.done.set()
        return None


class TestCaller:
    """Takes test calls from the database, one at a time."""

    __test__ = False

    def __init__(self, database: Database, equipment: Equipment, lines: LineBook) -> None:
        self._database = database
        self._equipment = equipment
        self._lines = lines

    async def carry(self, test: ClaimedTestCall) -> None:
        """Place one test call and keep what came of it, why none could be placed included.

        Raises DatabaseUnavailableError. Cancelling hangs up.
        """
        try:
            request = await self._request(test)
            speech = await self._speech()
            costs = await pass_gate(self._database, test, self._equipment.clock.now())
            if costs is None:
                return
            call = await self._equipment.engine.originate(request)
        except DatabaseUnavailableError:
            raise
        except CallwrightError as error:
            await give_up(self._database, test, str(error), self._equipment.clock.now())
            return
        room = _Announcement(speech)
        call.attach(room)
        leaving = asyncio.create_task(_leave(call, room), name="test-call-end")
        try:
            await self._follow(test, call, room, costs)
        except asyncio.CancelledError:
            await asyncio.shield(self._cut_off(test))
            raise
        finally:
            leaving.cancel()
            await asyncio.gather(leaving, return_exceptions=True)
            await call.hang_up()

    async def _cut_off(self, test: ClaimedTestCall) -> None:
        async with self._database.tenant(test.tenant_id) as session:
            came_to = TestCallEnd(None, None, None, test_calls.NODE_STOPPED)
            await test_calls.end(session, test, came_to, self._equipment.clock.now())
            await release(session, [test.id])

    async def _request(self, test: ClaimedTestCall) -> Originate:
        line = await self._lines.get(test.line_id)
        if line is None:
            raise NotFoundError(thing="line", key=test.line_id)
        return Originate(
            trunk=trunk_name(line.id),
            to=test.phone,
            caller_number=line.caller_number,
            ring_timeout_s=ring_time_s(line, test.phone),
            max_duration_s=test.longest_s,
        )

    async def _speech(self) -> Pcm:
        try:
            return await self._equipment.prompts.fetch(
                SENTENCE, Voice(), deadline_s=self._equipment.settings.warm_s
            )
        except UnavailableError as error:
            log.warning("test call with a tone", why=str(error))
            return _tone()

    async def _follow(self, test: ClaimedTestCall, call: PhoneCall, room: _Announcement, costs: Tariff) -> None:
        answered_at: datetime | None = None
        async for event in call.events():
            now = self._equipment.clock.now()
            if isinstance(event, Answered):
                answered_at = now
                room.answered()
            async with self._database.tenant(test.tenant_id) as session:
                if isinstance(event, Ringing | Answered):
                    await test_calls.note(session, test, type(event).__name__.lower(), now)
                elif isinstance(event, Ended):
                    audio_back = room.heard_frames > 0 if answered_at is not None else None
                    came_to = TestCallEnd(audio_back, event.phone_state.value, event.code, event.reason)
                    if await test_calls.end(session, test, came_to, now):
                        talk_ms = 0 if answered_at is None else max(1, (now - answered_at) // _MILLISECOND)
                        await settle(session, test, costs, talk_ms)


async def _leave(call: PhoneCall, room: _Announcement) -> None:
    await room.done.wait()
    await call.hang_up()


def _tone() -> Pcm:
    times = np.arange(round(_TONE_S * SAMPLE_RATE)) / SAMPLE_RATE
    return (np.sin(2 * np.pi * _TONE_HZ * times) * _TONE_LEVEL).astype(np.int16)
