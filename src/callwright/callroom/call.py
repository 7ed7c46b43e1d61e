"""One call, from making ready to its record."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import structlog

from callwright.callroom.errors import CallNotPlacedError
from callwright.callroom.hold_messages import hold_messages
from callwright.callroom.journal import Journal
from callwright.callroom.observer import CallObserver, Unobserved
from callwright.callroom.plan import CallPlan, Equipment
from callwright.callroom.record import CallRecord
from callwright.callroom.recorded_prompts import RecordedPrompts
from callwright.callroom.room import Room
from callwright.callroom.understanding import Ears
from callwright.dialogue.grading import is_shown_by_words
from callwright.dialogue.port import Grade, Speak
from callwright.speech.port import SpeechDeadlineError
from callwright.telephony import port as phone

__all__ = ["CallPlan", "Equipment", "Prepared", "conduct", "place", "prepare"]

State = TypeVar("State")

# The room ends a call at its cap; the engine does so a little later, should the room have failed.
_ENGINE_GRACE_S = 2.0

MOTHER_TONGUE = "en"
"""The language that a recogniser always has loaded."""
_NOTHING_HEARD = np.zeros(0, np.int16)

log = structlog.get_logger(__name__)


async def conduct(equipment: Equipment, plan: CallPlan[State], observer: CallObserver | None = None) -> CallRecord:
    """Make one call that needs no leave, talk until it is over, and return all that was said, done and measured.

    Raises what ``prepare`` and ``place`` raise.
    """
    return await place(equipment, await prepare(equipment, plan), observer)


@dataclass(frozen=True, slots=True)
class Prepared(Generic[State]):
    """A call that can be dialled at once. ``later`` is what may be said after the first."""

    plan: CallPlan[State]
    journal: Journal
    recorded: RecordedPrompts
    later: Sequence[Speak]


async def prepare(equipment: Equipment, plan: CallPlan[State]) -> Prepared[State]:
    """Make what the person hears first, and what else may be needed at once, before they are dialled.

    That can take minutes where a slow voice is cold: the gate is asked after it. Raises MissingVariableError from
    the dialogue, SpeechUnavailableError and SpeechDeadlineError.
    """
    journal = Journal(equipment.clock, Unobserved())
    recorded = RecordedPrompts(equipment.prompts, plan.sounds, journal, limit_s=equipment.settings.disk_s)
    prompts = plan.dialogue.prompts(plan.variables)
    await _make_ready(equipment, plan, await _to_be_spoken(recorded, prompts[:1]))
    return Prepared(plan, journal, recorded, prompts[1:])


async def place(
    equipment: Equipment, prepared: Prepared[State], observer: CallObserver | None = None
) -> CallRecord:
    """Dial at once, talk until it is over, and return everything that was said, done and measured.

    Raises only while there is no call yet: what ``PhoneEngine.originate`` raises, or CallNotPlacedError. Whatever
    fails later ends the call and stands in the record. Cancelling hangs up, tells the observer, and goes on being
    cancelled.
    """
    plan, journal = prepared.plan, prepared.journal
    journal.observer = observer or Unobserved()
    backstop = replace(plan.originate, max_duration_s=plan.originate.max_duration_s + _ENGINE_GRACE_S)
    journal.placed()
    call = await _place(equipment, backstop)
    return await _Connection(equipment, plan, prepared.recorded, journal, call).hold(prepared.later)


async def _to_be_spoken(recorded: RecordedPrompts, prompts: Sequence[Speak]) -> list[str]:
    """Load the recordings among ``prompts``; return the texts that the voice has to speak."""
    return [said.text for said in prompts if not said.recording or await recorded.load(said.recording) is None]


async def _place(equipment: Equipment, request: phone.Originate) -> phone.PhoneCall:
    limit_s = equipment.settings.originate_s
    try:
        async with asyncio.timeout(limit_s):
            return await equipment.engine.originate(request)
    except TimeoutError:
        raise CallNotPlacedError(seconds=limit_s) from None


async def _make_ready(equipment: Equipment, plan: CallPlan[State], first: Sequence[str]) -> None:
    """Have ready what may be needed at once: ``first``, what is said instead of it, and what it may be answered."""
    words = equipment.settings.words[plan.language]
    texts = [*first, words.apology, *((words.promise,) if plan.calls_again else ())]
    if plan.desk is not None:
        messages = hold_messages(equipment.settings, plan)
        texts += [messages.hold, messages.lost]
    warm_s = equipment.settings.warming_s(plan.language)
    examples, now = plan.dialogue.examples, equipment.clock.monotonic()
    needed: list[Coroutine[None, None, None]] = []
    if equipment.prompts.missing(texts, plan.voice):
        needed.append(equipment.prompts.warm(texts, plan.voice, deadline_s=warm_s))
    if not equipment.lessons.fresh(examples, now):
        needed.append(equipment.lessons.give(equipment.speech, examples, now, deadline_s=warm_s))
    if plan.language != MOTHER_TONGUE:
        needed.append(_wake(equipment.speech, plan.language, deadline_s=warm_s))
    if not needed:
        return
    try:
        async with asyncio.timeout(warm_s):
            await asyncio.gather(*needed)
    except TimeoutError:
        raise SpeechDeadlineError(what="speech server", deadline_s=warm_s) from None


async def _wake(ears: Ears, language: str, *, deadline_s: float) -> None:
    """Have the recogniser load what it needs for ``language``; it costs nothing where that is loaded."""
    await ears.recognise(_NOTHING_HEARD, language=language, deadline_s=deadline_s)


class _Connection(Generic[State]):
    """The phone side of one call: its events, its limits, its end.

    There is a room from the answer on: most calls never get so far.
    """

    def __init__(
        self,
        equipment: Equipment,
        plan: CallPlan[State],
        recorded: RecordedPrompts,
        journal: Journal,
        call: phone.PhoneCall,
    ) -> None:
        self._equipment = equipment
        self._settings = equipment.settings
        self._plan = plan
        self._recorded = recorded
        self._journal = journal
        self._call = call
        self._room: Room[State] | None = None
        self._finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ended: phone.Ended | None = None
        self._limit: asyncio.Timeout | None = None
        self._lost = False
        self._ringing = False

    async def hold(self, later: Sequence[Speak]) -> CallRecord:
        """Return the record once the call is over, in bounded time whatever hangs.

        ``later`` is what may be said after the first.
        """
        working = [asyncio.create_task(self._follow(), name="call-events")]
        if not all(map(self._is_ready, later)):
            working.append(asyncio.create_task(self._warm(later), name="warming"))
        try:
            await self._until_over(working[0])
        except asyncio.CancelledError:
            self._journal.hang_up_reason = "cancelled"
            await asyncio.shield(self._close(*working))
            raise
        return await self._close(*working)

    def _rings(self) -> None:
        # As in the engine, which is only not relied upon, the time counts from the first ringing.
        if self._limit is not None and not self._ringing and not self._journal.answered:
            self._ringing = True
            self._limit.reschedule(asyncio.get_running_loop().time() + self._ring_limit_s)

    @property
    def _ring_limit_s(self) -> float:
        return self._plan.originate.ring_timeout_s + self._settings.ring_grace_s

    async def _until_over(self, following: asyncio.Task[None]) -> None:
        try:
            async with asyncio.timeout(self._ring_limit_s) as self._limit:
                await asyncio.wait({following, self._finished}, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            self._journal.hang_up_reason = "duration_cap" if self._journal.answered else "not_answered"
        finally:
            self._limit = None

    async def _follow(self) -> None:
        try:
            async for event in self._call.events():
                self._take(event)
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if self._room is not None:
            self._room.fail(error)
            return
        self._journal.failed(error)
        if not self._finished.done():
            self._journal.hang_up_reason = "error"
            self._finished.set_result(None)

    def _take(self, event: phone.CallEvent) -> None:
        match event:
            case phone.Ringing():
                self._journal.ringing()
                self._rings()
            case phone.EarlyMedia():
                self._journal.event("early_media")
                self._rings()
            case phone.Answered():
                self._answered()
            case phone.Ended():
                self._ended = self._end(event)
            case _:
                self._take_within(event)

    def _take_within(self, event: phone.CallEvent) -> None:
        match event:
            case phone.DtmfReceived(digit, duration_ms):
                self._journal.event("dtmf", digit=digit, duration_ms=duration_ms)
                if self._room is not None:
                    self._room.pressed(digit)
            case phone.Held():
                self._journal.event("held")
                if self._room is not None:
                    self._room.held(True)
            case phone.Resumed():
                self._journal.event("resumed")
                if self._room is not None:
                    self._room.held(False)
            case phone.TransferProgress(code, reason, done):
                self._journal.event("transfer", code=code, reason=reason, done=done)

    def _end(self, ended: phone.Ended) -> phone.Ended:
        """Return how the call ended, as far as an engine and the room know together."""
        if self._room is not None and self._room.call_over():
            self._lost = True
            ended = replace(ended, phone_state=phone.PhoneState.LOST)
        elif self._room is not None and self._room.gave_up:
            ended = replace(ended, phone_state=phone.PhoneState.TECHNICAL_FAULT)
        self._journal.end(ended)
        return ended

    def _answered(self) -> None:
        self._journal.answer()
        if self._limit is not None:
            cap = asyncio.get_running_loop().time() + self._plan.originate.max_duration_s
            self._limit.reschedule(cap)
        self._room = Room(self._equipment, self._plan, self._recorded, self._journal, self._finished)
        self._call.attach(self._room)
        self._room.answered()

    def _is_ready(self, said: Speak) -> bool:
        if said.recording and self._recorded.is_readable(said.recording):
            return self._recorded.get(said.recording) is not None
        return not self._equipment.prompts.missing([said.text], self._plan.voice)

    async def _warm(self, later: Sequence[Speak]) -> None:
        try:
            texts = await _to_be_spoken(self._recorded, later)
            warm_s = self._settings.warming_s(self._plan.language)
            await self._equipment.prompts.warm(texts, self._plan.voice, deadline_s=warm_s)
        except Exception as error:
            # What could not be made beforehand is asked for again when it is to be said.
            self._journal.speech_failed(error)

    async def _close(self, following: asyncio.Task[None], *warming: asyncio.Task[None]) -> CallRecord:
        for task in warming:
            task.cancel()
        await self._hang_up(following)
        following.cancel()
        await asyncio.gather(following, *warming, return_exceptions=True)
        if self._room is not None:
            await self._room.hung_up()
            await self._room.close()
        recording = await self._recording()
        ended = self._ended or self._unconfirmed()
        grade = self._graded()
        record = self._journal.record(self._call.id, ended, grade=grade, recording=recording)
        self._journal.over(record)
        return record

    def _graded(self) -> Grade | None:
        if self._lost or self._room is None:
            return None
        try:
            grade = self._room.grade(self._journal.talk_s)
            # Whoever could not be heard tells nothing by what they did not say.
            return grade if not self._room.gave_up or is_shown_by_words(grade) else None
        except Exception as error:
            self._journal.failed(error)
            return None

    async def _hang_up(self, following: asyncio.Task[None]) -> None:
        if self._ended is not None:
            return
        self._journal.event("hang_up", reason=self._journal.hang_up_reason or "")
        try:
            async with asyncio.timeout(self._settings.hang_up_s):
                await self._call.hang_up()
                await asyncio.wait({following})
        except TimeoutError:
            log.warning("the engine did not confirm a hang-up", call=self._call.id)
        except Exception as error:
            self._journal.failed(error)

    def _unconfirmed(self) -> phone.Ended:
        """Return the end of a call whose engine never told of it."""
        state = phone.PhoneState.CONNECTED if self._journal.answered else phone.PhoneState.NO_ANSWER
        return self._end(phone.Ended(phone.HangupSide.US, state, None, "the engine did not confirm our hang-up"))

    async def _recording(self) -> Path | None:
        writing = self._room.finish_recording() if self._room is not None else None
        if writing is None:
            return None
        try:
            async with asyncio.timeout(self._settings.disk_s):
                await asyncio.wrap_future(writing)
        except Exception as error:
            self._journal.failed(error)
            return None
        return self._plan.recording
