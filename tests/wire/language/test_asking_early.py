"""The language model asked before it is sure that the person has finished: adopted, in vain, and what it costs."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from tests.fakes.language_server import (
    LanguageServer,
    Manner,
    calls,
    is_overloaded,
    language_server,
    never_answers,
    never_ends,
    says,
)
from tests.unit.dialogue.model.shop import BOB, shop_dialogue

from callwright.dialogue.port import Answered, Event, Heard
from callwright.dialogue.thought import (
    Message,
    SentenceThought,
    Think,
    ThoughtDropped,
    ThoughtEnded,
    ToolAsked,
)
from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.language.talking import settled
from callwright.language.thinking import Thinker

TUESDAY = Think(3, (Message("system", "Be kind."), Message("user", "on tuesday")), (), 5.0, 10.0, 200)
FRIDAY = replace(TUESDAY, messages=(TUESDAY.messages[0], Message("user", "on friday")))
READ = len("Be kind.on tuesday") // 3


@dataclass
class Asking:
    """A thinker, its server, and what it told."""

    server: LanguageServer
    told: list[Event] = field(default_factory=list)
    thinker: Thinker = field(init=False)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it ``holds``; at most ten seconds."""
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110 - what is awaited is on the other side of a socket
                await asyncio.sleep(0.001)

    async def over(self) -> None:
        """Wait until an answer is complete."""
        await self.until(lambda: bool(self.told) and isinstance(self.told[-1], ThoughtEnded))

    async def written(self) -> None:
        """Wait until all that was asked has been answered, told or not."""
        await self.until(lambda: bool(self.server.asked) and not self.server.answering and not _thinking())


def _thinking() -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if task.get_name() == "thinking"]


@asynccontextmanager
async def _asking(*manners: Manner) -> AsyncGenerator[Asking]:
    async with language_server(*manners) as server:
        model = OpenAiCompatible(server.address, "small")
        asking = Asking(server)
        asking.thinker = Thinker(model, asking.told.append)
        try:
            yield asking
            await asking.thinker.close()
            assert not _thinking()
            await asking.until(lambda: server.answering == 0)
        finally:
            await asking.thinker.close()
            await model.close()


@pytest.mark.parametrize("text", ["on tuesday", "On Tuesday."])
async def test_what_was_written_early_is_told_once_it_is_asked_in_earnest(text: str) -> None:
    async with _asking(says("That is good to hear. Which ", "hour suits you best?")) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.written()
        assert asking.told == []
        assert not asking.thinker.busy
        asking.thinker.begin(replace(TUESDAY, messages=(TUESDAY.messages[0], Message("user", text))))
        assert asking.told == [
            SentenceThought(3, "That is good to hear."),
            SentenceThought(3, "Which hour suits you best?"),
            ThoughtEnded(3, 100),
        ]
    assert len(asking.server.asked) == 1


async def test_an_answer_half_written_goes_on() -> None:
    async with _asking(never_ends) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.until(lambda: asking.server.answering == 1)
        asking.thinker.begin(TUESDAY)
        await asking.until(lambda: len(asking.told) > 2)
        assert asking.thinker.busy
    assert len(asking.server.asked) == 1


async def test_other_words_stop_what_was_asked_early_and_it_counts() -> None:
    async with _asking(never_ends, says("Friday then.")) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.until(lambda: asking.server.answering == 1)
        asking.thinker.begin(FRIDAY)
        await asking.until(lambda: asking.server.answering == 0)
        await asking.over()
    dropped, *answer = asking.told
    assert isinstance(dropped, ThoughtDropped)
    assert dropped.tokens >= READ
    assert answer == [SentenceThought(3, "Friday then."), ThoughtEnded(3, 100)]


async def test_in_writing_what_was_cut_short_counts_as_well() -> None:
    dialogue = shop_dialogue(limits__sentences=2)
    state, _ = dialogue.step(dialogue.begin(BOB), Answered())
    async with language_server(never_ends) as server:
        model = OpenAiCompatible(server.address, "small")
        steps = await settled(dialogue, state, Heard("maybe", ()), model)
        await model.close()
    after = steps[-1].state
    assert not after.thinking
    assert after.tokens > sum(len(message.text) for message in after.messages[:2]) // 3


async def test_nobody_is_asked_in_vain_twice_before_asking_in_earnest() -> None:
    async with _asking(never_answers, says("Yes.")) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.until(lambda: asking.server.answering == 1)
        for asked in (FRIDAY, TUESDAY, None, FRIDAY):
            asking.thinker.anticipate(asked)
        await asking.until(lambda: asking.server.answering == 0)
        assert asking.told == [ThoughtDropped(READ)]
        asking.thinker.begin(FRIDAY)
        await asking.over()
        assert len(asking.server.asked) == 2
        asking.thinker.anticipate(TUESDAY)
        await asking.until(lambda: len(asking.server.asked) == 3)


async def test_who_failed_early_is_asked_again() -> None:
    async with _asking(is_overloaded, says("Yes.")) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.written()
        asking.thinker.begin(TUESDAY)
        await asking.over()
    assert asking.told == [ThoughtDropped(0), SentenceThought(3, "Yes."), ThoughtEnded(3, 100)]


async def test_a_tool_asked_for_early_is_told_of_once_and_only_in_earnest() -> None:
    async with _asking(calls("collect", '{"name": "day"}')) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.written()
        assert asking.told == []
        asking.thinker.begin(TUESDAY)
        await asking.over()
        assert [type(event) for event in asking.told] == [ToolAsked, ThoughtEnded]


async def test_a_tool_asked_for_in_vain_is_never_told_of_but_counts() -> None:
    async with _asking(calls("hang_up", '{"reason": "finished"}'), says("Yes.")) as asking:
        asking.thinker.anticipate(TUESDAY)
        await asking.written()
        asking.thinker.begin(FRIDAY)
        await asking.over()
    assert asking.told == [ThoughtDropped(50), SentenceThought(3, "Yes."), ThoughtEnded(3, 100)]


@pytest.mark.parametrize("early", [False, True])
async def test_an_answer_refused_while_it_is_told_counts_once(early: bool) -> None:
    told: list[Event] = []

    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, SentenceThought):
            thinker.stop()

    async with language_server(says("It is booked.")) as server, asyncio.timeout(10):
        model = OpenAiCompatible(server.address, "small")
        thinker = Thinker(model, tell)
        if early:
            thinker.anticipate(TUESDAY)
            await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() == "thinking"))
        thinker.begin(TUESDAY)
        while len(told) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await thinker.close()
        await model.close()
    assert told == [SentenceThought(3, "It is booked."), ThoughtDropped(100)]
