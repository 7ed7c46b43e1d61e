"""A language model behind OpenAI's HTTP interface (chat completions, streamed), whoever runs it."""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletionChunk

from callwright.dialogue.thought import Message, Think, Tool, ToolCall, Trouble
from callwright.kit.storable import storable
from callwright.language.port import Finished, LanguageModelError, Piece, Words, estimated_tokens

_CONNECT_S = 3.0
_LONGEST_S = 60.0
_MOST_CHARACTERS = 20_000
"""No answer is longer, whatever its server was asked."""

_NO_TEXT = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class _Call:
    """A tool call as it comes in pieces."""

    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(slots=True)
class _Answer:
    """What has come so far. ``half`` is half of a character whose other half has yet to come."""

    characters: int = 0
    calls: dict[int, _Call] = field(default_factory=dict)
    reason: str = ""
    tokens: int = 0
    half: str = ""


class OpenAiCompatible:
    """Any server at ``address`` (its URL up to ``/v1``) that speaks OpenAI's chat completions."""

    def __init__(self, address: str, model: str, key: str = "") -> None:
        self._address = address
        self._model = model
        self._client = openai.AsyncOpenAI(
            base_url=address,
            api_key=key or "none",
            max_retries=0,
            timeout=httpx2.Timeout(_LONGEST_S, connect=_CONNECT_S),
            # Where a server leads is set by who runs the installation; a redirect is somebody else's wish.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def write(self, asked: Think) -> AsyncGenerator[Piece]:
        """Yield the answer to ``asked`` as it is written. Raises LanguageModelError."""
        try:
            async for piece in self._stream(asked):
                yield piece
        except openai.APIStatusError as error:
            raise self._failed(f"it answers {error.status_code}", "refused") from None
        except (openai.APIConnectionError, httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise self._failed(f"no connection ({type(error).__name__})", "gone") from None
        except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, AttributeError) as error:
            # Half an answer, or one that is no answer: what was understood of it has been passed on.
            raise self._failed(f"it broke off ({type(error).__name__})", "cut_off") from None

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.close()

    async def _stream(self, asked: Think) -> AsyncGenerator[Piece]:
        answer = _Answer()
        stream = await self._client.chat.completions.create(**self._request(asked))
        async with stream:
            async for chunk in stream:
                for words in _take(answer, chunk):
                    yield Words(words)
                if answer.characters > _MOST_CHARACTERS:
                    answer.reason = "length"
                    break
        if not answer.reason:
            raise self._failed("it broke off", "cut_off")
        for call in answer.calls.values():
            name, arguments = _readable(call.name), _readable(call.arguments)
            yield ToolCall(_readable(call.id) or f"call-{name}", name, arguments)
        yield Finished(answer.tokens or estimated_tokens(asked, answer.characters), cut=answer.reason == "length")

    def _request(self, asked: Think) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._model,
            "messages": [_message(message) for message in asked.messages],
            "max_tokens": asked.most_tokens,
            "temperature": 0.3,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if asked.tools:
            request["tools"] = [_tool(tool) for tool in asked.tools]
        return request

    def _failed(self, why: str, trouble: Trouble) -> LanguageModelError:
        return LanguageModelError(address=self._address, why=why, trouble=trouble)


def _take(answer: _Answer, chunk: ChatCompletionChunk) -> list[str]:
    """Add ``chunk`` to ``answer`` and return the words in it."""
    if chunk.usage is not None:
        answer.tokens = chunk.usage.total_tokens
    words: list[str] = []
    for choice in chunk.choices[:1]:
        answer.reason = choice.finish_reason or answer.reason
        if choice.delta.content:
            answer.characters += len(choice.delta.content)
            words.append(_whole(answer, choice.delta.content))
        for part in choice.delta.tool_calls or ():
            call = answer.calls.setdefault(part.index, _Call())
            call.id = part.id or call.id
            if part.function is not None:
                call.name += part.function.name or ""
                call.arguments += part.function.arguments or ""
                answer.characters += len(part.function.arguments or "")
    return words


def _whole(answer: _Answer, words: str) -> str:
    """Return ``words`` as they can be written anywhere, but for half a character at their end, kept for later."""
    words = answer.half + words
    answer.half = words[-1] if "\ud800" <= words[-1] < "\udc00" else ""
    return _readable(words[:-1] if answer.half else words)


def _readable(text: str) -> str:
    """Return ``text`` with a sign of replacement for what no page, log or database takes."""
    return _NO_TEXT.sub("\ufffd", storable(text))


def _message(message: Message) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.answers, "content": message.text}
    written: dict[str, Any] = {"role": message.role, "content": message.text}
    if message.calls:
        written["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.calls
        ]
    return written


def _tool(tool: Tool) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}
