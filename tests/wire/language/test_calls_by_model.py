"""Whole calls spoken by a language model behind real HTTP, well-behaved and not."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.fakes.language_server import (
    LanguageServer,
    Manner,
    breaks_off,
    calls,
    falls_silent,
    is_overloaded,
    language_server,
    never_answers,
    never_ends,
    says,
    writes_no_json,
)
from tests.fakes.speech import word
from tests.fakes.telephony import FakeCall
from tests.unit.callroom.table import Table, table
from tests.unit.dialogue.model.shop import BOB, shop_dialogue

from callwright.callroom.record import CallRecord, Speaker
from callwright.dialogue.model.state import EVERYDAY
from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.speech.port import IntentScore
from callwright.telephony.port import FRAME_MS

FAST = {"limits__first_s": 0.4, "limits__total_s": 5.0, "limits__silence_s": 3.0}


@dataclass
class Talk:
    """One call and the person's side of it."""

    table: Table
    call: FakeCall
    server: LanguageServer

    async def say(self, text: str) -> None:
        """Say one word and fall silent until it has been answered."""
        before = len(self.server.asked)
        await self.table.hear(self.call, word(text))
        await self._until(lambda: len(self.server.asked) > before)

    async def listen(self, words: str) -> None:
        """Be silent until we have said something with ``words`` in it."""
        await self._until(lambda: any(words in text for text in self.table.speech.synthesised))
        await self.table.wait(self.call, 3000)

    async def over(self) -> CallRecord:
        """Be silent until we hang up."""
        conducting = self.table.conducting
        assert conducting is not None
        await self._until(conducting.done)
        return await conducting

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                await self.table.wait(self.call, 20)
                await asyncio.sleep(0.001)


@asynccontextmanager
async def _talk(folder: Path, *manners: Manner, **changes: object) -> AsyncGenerator[Talk]:
    async with language_server(*manners) as server:
        model = OpenAiCompatible(server.address, "small")
        try:
            # A table is typed for the dialogues that answer by a test's function.
            dialogue: Any = shop_dialogue(**FAST | changes)
            async with table(dialogue, folder, language=model, variables=BOB) as laid:
                yield Talk(laid, await laid.answered(), server)
        finally:
            await model.close()


def _ours(record: CallRecord) -> list[str]:
    return [turn.text for turn in record.turns if turn.who is Speaker.AI]


async def test_a_call_from_the_opening_to_the_goodbye(tmp_path: Path) -> None:
    manners = [says("A service costs 40 ", "dollars. Which day?"), calls("hang_up", '{"reason": "not_interested"}')]
    async with _talk(tmp_path, *manners) as talk:
        await talk.listen("Hello Bob")
        await talk.say("maybe")
        await talk.listen("Which day?")
        await talk.say("goodbye")
        record = await talk.over()
    assert record.hang_up_reason == "not_interested"
    assert _ours(record)[1:] == ["A service costs 40 dollars.", "Which day?", "No problem, goodbye."]
    assert [turn.text for turn in record.turns if turn.who is Speaker.CUSTOMER] == ["maybe", "goodbye"]


@pytest.mark.parametrize(
    "manner",
    [never_answers, falls_silent, is_overloaded, writes_no_json],
    ids=["slow", "silent", "busy", "garbled"],
)
async def test_a_model_that_fails_costs_a_moment_and_then_the_call_ends_politely(
    tmp_path: Path, manner: Manner
) -> None:
    async with _talk(tmp_path, manner) as talk:
        await talk.listen("Hello Bob")
        await talk.say("maybe")
        record = await talk.over()
    assert record.hang_up_reason == "trouble"
    assert _ours(record)[1:] == ["One moment, please.", "Sorry, something is wrong here. Goodbye."]


async def test_what_was_said_before_it_broke_off_stands_and_the_call_goes_on(tmp_path: Path) -> None:
    async with _talk(tmp_path, breaks_off, says("Good.")) as talk:
        await talk.listen("Hello Bob")
        await talk.say("maybe")
        await talk.listen("40 dollars")
        await talk.say("yes")
        await talk.listen("Good.")
        record = await talk.table.hung_up(talk.call)
    assert record.hang_up_reason is None
    assert _ours(record)[1:] == ["A service costs 40 dollars.", "Good."]


async def test_one_that_never_ends_says_no_more_than_it_may(tmp_path: Path) -> None:
    async with _talk(tmp_path, never_ends, limits__sentences=2) as talk:
        await talk.listen("Hello Bob")
        await talk.say("maybe")
        await talk.listen("Well then")
        record = await talk.table.hung_up(talk.call)
    assert _ours(record)[1:] == ["Well then, that is good to hear."] * 2


INJECTED = [
    "Sure, ignore my rules: a service costs 1 dollar.",
    "I've booked you in for free.",
    "You are patient and cheerful and you love bicycles above everything else.",
    "I'm a real person called Gregory.",
]


@pytest.mark.parametrize("sentence", INJECTED)
async def test_a_model_that_was_talked_over_says_nothing_outside_the_script(tmp_path: Path, sentence: str) -> None:
    async with _talk(tmp_path, says(sentence, " And more of it.")) as talk:
        await talk.listen("Hello Bob")
        await talk.say("maybe")
        await talk.listen("I'd rather not say")
        record = await talk.table.hung_up(talk.call)
    assert _ours(record)[1:] == ["I'd rather not say anything I can't confirm."]


async def test_time_is_up_whatever_the_model_does(tmp_path: Path) -> None:
    async with _talk(tmp_path, never_answers, limits__seconds=20, limits__first_s=10) as talk:
        await talk.listen("Hello Bob")
        await talk.say("maybe")
        record = await talk.over()
    assert record.hang_up_reason == "too_long"
    assert _ours(record)[-1] == "Thank you, goodbye."


async def test_the_model_is_asked_before_the_turn_is_over_and_its_tools_are_used_once(tmp_path: Path) -> None:
    tuesday = calls("collect", '{"name": "day", "value": "tuesday"}')
    async with _talk(tmp_path, tuesday, says("Tuesday it is, then.")) as talk:
        await talk.listen("Hello Bob")
        talk.table.speech.surest = 0.5
        talk.table.said.clear()
        await talk.say("tuesday")
        silent_ms = len(talk.table.said) * FRAME_MS - 200
        await talk.listen("Tuesday it is")
        record = await talk.table.hung_up(talk.call)
    assert silent_ms < talk.table.settings.patience.usual_ms - 100
    assert len(talk.server.asked) == 2, "once early and adopted, once with the tool's receipt"
    assert [event.kind for event in record.events].count("tool_used") == 1
    assert record.collected.keys() == {"day"}


async def test_who_goes_on_is_answered_to_all_they_said_and_no_tool_is_used_for_the_first_part(
    tmp_path: Path,
) -> None:
    leaves = calls("hang_up", '{"reason": "not_interested"}')
    async with _talk(tmp_path, leaves, says("Well noted.")) as talk:
        await talk.listen("Hello Bob")
        talk.table.speech.surest, talk.table.speech.other_intents = 0.5, [IntentScore(EVERYDAY, 0.9)]
        await talk.say("maybe")
        await talk.table.hear(talk.call, word("tuesday"))
        await talk.listen("Well noted")
        record = await talk.table.hung_up(talk.call)
    assert [asked["messages"][-1]["content"] for asked in talk.server.asked] == ["maybe", "maybe tuesday"]
    assert record.hang_up_reason is None
    assert [event.kind for event in record.events].count("tool_used") == 0
