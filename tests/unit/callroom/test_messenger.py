"""Text messages of a call, waited for: what is told of them in time, whatever is slow."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from callwright.callroom.messenger import Errands
from callwright.dialogue.messages import MessageTold, Outcome, SendMessage
from callwright.kit.ids import new_id

WANTED = SendMessage("way", "Directions", ())


@dataclass
class Slow:
    """Writes down, and answers once it is let to, if ever."""

    keeps: bool = True
    came: Outcome | None = None
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    written: dict[str, UUID] = field(default_factory=dict)
    asked: int = 0

    async def write(self, wanted: SendMessage) -> UUID | None:
        """Keep it, and be slow to say so."""
        if self.keeps:
            self.written[wanted.key] = new_id()
        await self.answers.wait()
        return self.written.get(wanted.key)

    async def find(self, key: str) -> UUID | None:
        """Return what was kept."""
        return self.written.get(key)

    async def outcome(self, message_id: UUID) -> Outcome | None:
        """Return what came of it."""
        assert message_id in self.written.values()
        self.asked += 1
        return self.came


async def _told(slow: Slow, *, wait_s: float = 0.01) -> list[MessageTold]:
    told: asyncio.Queue[MessageTold] = asyncio.Queue()
    errands = Errands(slow, told.put_nowait, write_s=0.01, wait_s=wait_s)
    errands.begin(WANTED)
    errands.begin(WANTED)
    async with asyncio.timeout(5):
        first = await told.get()
    assert not errands.busy
    return [first, *(told.get_nowait() for _ in range(told.qsize()))]


async def test_what_can_not_be_written_down_in_time_is_not_sent() -> None:
    assert await _told(Slow(keeps=False)) == [MessageTold("way", "failed")]


async def test_what_was_written_down_is_not_told_as_failed_though_that_was_heard_too_late() -> None:
    assert await _told(Slow(came="sent")) == [MessageTold("way", "sent")]
    assert await _told(Slow()) == [MessageTold("way", "held")]


async def test_the_network_is_waited_for_no_longer_than_that() -> None:
    slow = Slow()
    slow.answers.set()
    assert await _told(slow) == [MessageTold("way", "held")]
    assert slow.asked


async def test_a_call_that_ends_has_its_message_written_down_and_waits_for_nothing_else() -> None:
    slow, told = Slow(), list[MessageTold]()
    errands = Errands(slow, told.append, write_s=60, wait_s=60)
    errands.begin(WANTED)
    closing = asyncio.create_task(errands.close())
    await asyncio.sleep(0)
    assert not closing.done()
    slow.answers.set()
    async with asyncio.timeout(5):
        await closing
    assert (told, slow.asked) == ([MessageTold("way", "held")], 0)
