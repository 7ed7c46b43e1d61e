"""The client of a language model against a server that speaks the protocol, and one that misbehaves."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from tests.fakes.language_server import (
    FAILING,
    Exchange,
    LanguageServer,
    Manner,
    breaks_off,
    calls,
    language_server,
    never_answers,
    never_ends,
    says,
)

from callwright.dialogue.port import Event
from callwright.dialogue.thought import (
    Message,
    SentenceThought,
    Think,
    ThoughtDropped,
    ThoughtEnded,
    ThoughtFailed,
    Tool,
    ToolAsked,
    ToolCall,
)
from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.language.thinking import NoLanguageModelError, Thinker

TOOL = Tool("hang_up", "End the call.", {"type": "object", "properties": {}})


def _asked(*, first_s: float = 5.0, total_s: float = 10.0) -> Think:
    call = ToolCall("t0", "hang_up", "{}")
    messages = (
        Message("system", "Be kind."),
        Message("user", "你好"),
        Message("assistant", "", (call,)),
        Message("tool", "refused", answers="t0"),
    )
    return Think(7, messages, (TOOL,), first_s, total_s, 200)


@asynccontextmanager
async def _model(*manners: Manner) -> AsyncGenerator[tuple[OpenAiCompatible, LanguageServer]]:
    async with language_server(*manners) as server:
        model = OpenAiCompatible(server.address, "small", "secret")
        try:
            yield model, server
        finally:
            await model.close()


async def _told(model: OpenAiCompatible, asked: Think, *, enough: int = 100_000) -> list[Event]:
    """Return what came of ``asked`` to its end, or at least ``enough`` events of it."""
    told: list[Event] = []
    over = asyncio.Event()

    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, ThoughtEnded | ThoughtFailed) or len(told) >= enough:
            over.set()

    thinker = Thinker(model, tell)
    thinker.begin(asked)
    async with asyncio.timeout(20):
        await over.wait()
    await thinker.close()
    return told


async def test_words_become_sentences_and_the_request_is_what_the_protocol_asks() -> None:
    async with _model(says("A ser", "vice costs ", "40 dollars", ". Would that", " suit you?")) as (model, server):
        told = await _told(model, _asked())
    assert told == [
        SentenceThought(7, "A service costs 40 dollars."),
        SentenceThought(7, "Would that suit you?"),
        ThoughtEnded(7, 100),
    ]
    (body,) = server.asked
    assert (body["model"], body["stream"], body["max_tokens"]) == ("small", True, 200)
    assert body["messages"][2]["tool_calls"][0]["function"] == {"name": "hang_up", "arguments": "{}"}
    assert body["messages"][3] == {"role": "tool", "tool_call_id": "t0", "content": "refused"}
    assert body["tools"][0]["function"]["name"] == "hang_up"
    assert "authorization: bearer secret" in server.heads[0].lower()


async def test_a_tool_call_is_put_together() -> None:
    async with _model(calls("hang_up", '{"reason": "finished"}')) as (model, _):
        told = await _told(model, _asked())
    assert told == [ToolAsked(7, ToolCall("t1", "hang_up", '{"reason": "finished"}')), ThoughtEnded(7, 50)]


@pytest.mark.parametrize(("manner", "why"), FAILING.items())
async def test_a_server_that_misbehaves(manner: Manner, why: str) -> None:
    said = ["A service costs 40 dollars."] if manner is breaks_off else []
    async with _model(manner) as (model, _):
        told = await _told(model, _asked(first_s=0.3))
    assert [event.text for event in told if isinstance(event, SentenceThought)] == said
    assert isinstance(told[-1], ThoughtFailed)
    assert told[-1].why == why


async def test_one_that_never_ends_is_ended() -> None:
    async with _model(never_ends) as (model, _):
        stopped = await _told(model, _asked(), enough=4)
        bounded = await _told(model, _asked(total_s=15.0))
    assert 4 <= len(stopped) < 100
    assert isinstance(bounded[-1], ThoughtEnded)
    assert sum(len(event.text) for event in bounded if isinstance(event, SentenceThought)) < 25_000


async def test_no_server_and_no_model() -> None:
    model = OpenAiCompatible("http://127.0.0.1:9/v1", "small")
    (event,) = await _told(model, _asked())
    await model.close()
    assert event == ThoughtFailed(7, "gone")
    with pytest.raises(NoLanguageModelError):
        Thinker(None, lambda event: None).begin(_asked())


async def test_what_is_asked_anew_replaces_what_was_asked() -> None:
    asked, over = asyncio.Event(), asyncio.Event()
    told: list[Event] = []

    async def hangs(exchange: Exchange) -> None:
        asked.set()
        await never_answers(exchange)

    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, ThoughtEnded):
            over.set()

    async with _model(hangs, says("Yes.")) as (model, _), asyncio.timeout(20):
        thinker = Thinker(model, tell)
        thinker.begin(_asked())
        await asked.wait()
        assert thinker.busy
        thinker.begin(_asked())
        await over.wait()
        await thinker.close()
    read = sum(len(message.text) for message in _asked().messages) // 3
    assert told == [ThoughtDropped(read), SentenceThought(7, "Yes."), ThoughtEnded(7, 100)]
