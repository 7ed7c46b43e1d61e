"""The job that tries a script in sound."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from uuid import UUID

from callwright.crowds import repository
from callwright.crowds.jobs import Played, begin, failing, keep
from callwright.crowds.schemas import MARKS, Mode
from callwright.crowds.service import JOBS
from callwright.db.jobs import LOOK_S, Job
from callwright.db.session import Database
from callwright.db.tables.crowds import CrowdRunRow
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import script_from
from callwright.kit.clock import Clock
from callwright.personas.conversation import Stage
from callwright.personas.crowd import stage_for
from callwright.personas.people import Persona, make_people
from callwright.personas.report import report
from callwright.personas.sound import figures_of
from callwright.rehearsal.errors import BusyWithCallsError, NobodyReachedError
from callwright.rehearsal.holding import Held, House, Rehearsal, rehearsing

AT_ONCE = 4
"""Calls of a rehearsal under way at once."""

Opened = Callable[[], AbstractAsyncContextManager[House]]
Busy = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Patience:
    """While real calls need the machine, the next call waits for ``pause_s``, so often in a row at the most."""

    pause_s: float = 5.0
    pauses: int = 360


def spoken_crowd_job(
    database: Database, clock: Clock, opened: Opened, busy: Busy, patience: Patience = Patience()
) -> Job:
    """Return the job. ``opened`` lends the house for one rehearsal; ``busy`` says whether real calls need it."""

    async def run(tenant_id: UUID, key: UUID) -> None:
        if await busy():
            raise BusyWithCallsError
        async with database.tenant(tenant_id) as session:
            begun = await begin(session, key, clock)
        if begun is None:
            return
        row, content = begun
        stage = await asyncio.to_thread(lambda: stage_for(GraphDialogue(script_from(content))))
        done: list[Held | None] = []

        async def goes_on() -> bool:
            async with database.tenant(tenant_id) as session:
                return await repository.move(session, key, progress=len(done) / row.people)

        async with opened() as house, rehearsing(stage, house) as line:
            holding = asyncio.create_task(
                _hold_all(line, make_people(row.seed, row.people), _Turn(busy, patience), done)
            )
            if not await _until_done(holding, goes_on):
                return
        played = await asyncio.to_thread(_played, stage, row, done)
        async with database.tenant(tenant_id) as session:
            await keep(session, key, played, clock)

    return Job(JOBS[Mode.SPEECH], run, failing(database, clock))


async def _until_done(holding: asyncio.Task[None], goes_on: Callable[[], Awaitable[bool]]) -> bool:
    """Wait for the calls; end them, and return false, where the crowd was called off meanwhile."""
    try:
        while not holding.done():
            if not await goes_on():
                return False
            await asyncio.wait({holding}, timeout=LOOK_S)
        holding.result()
        return True
    finally:
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)


async def _hold_all(line: Rehearsal, people: Sequence[Persona], turn: "_Turn", done: list[Held | None]) -> None:
    """Call all of them. Raises BusyWithCallsError where real calls leave no room for too long."""
    waiting = list(reversed(people))

    async def hold_next() -> None:
        while waiting and await turn.comes():
            if waiting:
                done.append(await line.hold(waiting.pop()))

    async with asyncio.TaskGroup() as calls:
        for _ in range(AT_ONCE):
            calls.create_task(hold_next())
    if waiting:
        raise BusyWithCallsError


@dataclass(frozen=True, slots=True)
class _Turn:
    busy: Busy
    patience: Patience

    async def comes(self) -> bool:
        """Wait until real calls leave room; say whether they did."""
        for _ in range(self.patience.pauses):
            if not await self.busy():
                return True
            await asyncio.sleep(self.patience.pause_s)
        return False


def _played(stage: Stage, row: CrowdRunRow, done: Sequence[Held | None]) -> Played:
    """Return what came of the calls. Raises NobodyReachedError.

    The mark for the number of people is that of this crowd: no task goes by what it shows.
    """
    held = sorted((one for one in done if one is not None), key=lambda one: one.pair.heard.persona.number)
    if not held:
        raise NobodyReachedError
    pairs = [one.pair for one in held]
    marks = replace(MARKS.validate_python(row.marks), people=len(pairs))
    told = report(stage.script, pairs, marks, stage.wordings.untestable)
    sound = figures_of([one.sound for one in held], failed=len(done) - len(held))
    return Played(replace(told, sound=sound), pairs)
