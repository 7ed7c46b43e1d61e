"""The gate is asked once all is ready to dial, which takes long for a cold voice: it speaks of the moment."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from callwright.callroom.own_words import ENGLISH
from callwright.db.tables.contacts import CustomerRow, DoNotCallRow
from callwright.db.tables.tasks import AttemptRow
from callwright.dialing.gate import GateRule
from callwright.speech.port import Pcm
from tests.factories.calling import Caller
from tests.factories.house import House, task_is
from tests.factories.trials import OWN, ask, over
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech
from tests.waiting import until


class EventfulSpeech(FakeSpeech):
    """Takes so long to make our apology, which every call has ready, that something happens meanwhile."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__(SimulatedTime())
        self._meanwhile = meanwhile

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Speak, once that has happened."""
        if text in ENGLISH.apology:
            await self._meanwhile()
        return await super().synthesise(text)


@pytest.fixture
async def house(caller: Caller, tmp_path: Path) -> House:
    """While the voice is got ready everybody is put on the do-not-call list."""
    house = House(caller.database, tmp_path)

    async def list_everybody() -> None:
        async with caller.database.tenant(caller.tenant_id) as session:
            phones = set(await session.scalars(select(CustomerRow.phone))) | {OWN}
            phones -= set(await session.scalars(select(DoNotCallRow.phone)))
            session.add_all(DoNotCallRow(phone=phone, source="person") for phone in phones)

    house.speech = EventfulSpeech(list_everybody)
    return house


async def test_before_a_customer_is_dialled(house: House, caller: Caller) -> None:
    task = await caller.running_task(1)
    async with house.open():
        await until(lambda: task_is(caller, task.id, "finished"), "the end of the task")
    assert not house.engine.dialled
    async with caller.database.tenant(caller.tenant_id) as session:
        assert await session.scalar(select(AttemptRow.gate_rule)) == GateRule.DO_NOT_CALL


async def test_before_a_phone_is_dialled_on_which_a_script_is_tried(
    house: House, caller: Caller, person: UUID
) -> None:
    async with house.open(dialer=False):
        done = await over(caller, await ask(caller, person))
    assert not house.engine.dialled
    assert done.call.gate is not None
    assert done.call.gate.rule == GateRule.DO_NOT_CALL
