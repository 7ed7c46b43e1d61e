"""People who try scripts on their phones."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import trials
from callwright.calls.trials import NewTrial, TrialView
from callwright.db.tables.contacts import DoNotCallRow
from callwright.db.tables.lines import TestCallRow
from callwright.kit.clock import SystemClock
from callwright.scripts.service import get_script
from callwright.speech.port import IntentScore
from callwright.telephony.port import FRAME_SAMPLES, Answered, DtmfReceived, Ringing
from tests.factories.calling import VARIABLES, Caller
from tests.factories.house import House
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech, word
from tests.fakes.telephony import FakeCall
from tests.waiting import until

OWN = "+12025550143"


async def show_phone(caller: Caller, person: UUID) -> None:
    """Have the person shown, before, that the phone is theirs."""
    ago = SystemClock().now() - timedelta(days=2)
    async with caller.database.tenant(caller.tenant_id) as session:
        shown = TestCallRow(kind="script", line_id=caller.line_id, asked_by=person, phone=OWN, asked_at=ago)
        shown.state, shown.code, shown.confirmed_at, shown.ended_at = "ended", "4711", ago, ago
        session.add(shown)


async def ask(caller: Caller, person: UUID, *, phone: str = OWN, now: datetime | None = None) -> TrialView:
    """Ask to be rung."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return await ask_in(session, caller, person, phone=phone, now=now)


async def ask_in(
    session: AsyncSession, caller: Caller, person: UUID, *, phone: str = OWN, now: datetime | None = None
) -> TrialView:
    """Ask to be rung, in a transaction of the test's."""
    content = (await get_script(session, caller.script_id)).current.content
    wanted = NewTrial(caller.script_id, 1, False, content, VARIABLES, caller.line_id, phone, "US", longest_s=600)
    return await trials.ask_for(session, wanted, asked_by=person, now=now or SystemClock().now())


async def look(caller: Caller, trial: TrialView) -> TrialView:
    """Return the trial as it stands."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return await trials.get(session, trial.call.id, now=SystemClock().now())


async def over(caller: Caller, trial: TrialView) -> TrialView:
    """Wait for the end of the trial and return it."""

    async def ended() -> bool:
        return (await look(caller, trial)).call.ended_at is not None

    await until(ended, "the end of the trial")
    return await look(caller, trial)


@asynccontextmanager
async def listener(
    house: House, *said: str, once: asyncio.Event | None = None, keys: Callable[[], Awaitable[str]] | None = None
) -> AsyncIterator[None]:
    """Somebody answers, presses ``keys``, says ``said`` one after the other after a silence each, and stays.

    They say nothing before ``once`` is set.
    """
    talks: list[asyncio.Task[None]] = []

    async def talk(call: FakeCall) -> None:
        call.tell(Ringing())
        call.tell(Answered())
        while call.handler is None:  # noqa: ASYNC110 - attached at the answer
            await asyncio.sleep(0)
        for digit in await keys() if keys is not None else "":
            call.tell(DtmfReceived(digit, 100))
        frames = [word(one, 400).reshape(-1, FRAME_SAMPLES) for one in said]
        silence = np.zeros(FRAME_SAMPLES, np.int16)
        queue = [*itertools.chain.from_iterable([*[silence] * 60, *spoken] for spoken in frames)]
        while not call.hang_ups:
            speaks = queue and (once is None or once.is_set())
            call.handler.heard(queue.pop(0) if speaks else silence)
            call.handler.say()
            await asyncio.sleep(0.001)

    house.engine.callee = lambda call: talks.append(asyncio.create_task(talk(call)))
    try:
        yield
    finally:
        await asyncio.gather(*talks)


class WishfulSpeech(FakeSpeech):
    """Understands at once, and "stop" as the wish not to be called again."""

    def __init__(self) -> None:
        super().__init__(SimulatedTime())
        self.recognition_ms = 0

    async def classify(
        self, text: str, examples: Mapping[str, Sequence[str]], *, deadline_s: float = 5.0
    ) -> list[IntentScore]:
        """Return the wish where it was said."""
        if "stop" in text.split():
            return [IntentScore("do_not_call", 0.95), IntentScore("yes", 0.05)]
        return await super().classify(text, examples)


async def listed(caller: Caller) -> list[str]:
    """Return the numbers on the do-not-call list."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return list(await session.scalars(select(DoNotCallRow.phone)))
