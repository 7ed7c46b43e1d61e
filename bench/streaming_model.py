"""A language model's HTTP server, but for the model: it streams as fast as one that is used by telephone should.

``python -m bench.streaming_model --first-ms 250 --word-ms 20`` prints its port, answers until its input closes,
and then prints how often it was asked, and how often whoever asked hung up on it.
"""

import argparse
import asyncio
import itertools
import json
import random
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

_FIRST = ("Thank you", "All right", "I see", "Of course", "Very well", "Fine")
_HOW = ("very", "quite", "really", "certainly", "truly", "indeed")
_SECOND = ("good to know", "kind of you", "a great help", "clear to me", "nice to hear", "well said")
_LAST = ("Is there anything else?", "Would you like to tell me more?", "What else is on your mind?")


@dataclass
class Model:
    """Writes sentences that hardly ever come twice; times in seconds, the first word's a fifth more or less."""

    first_s: float
    word_s: float
    asked: int = 0
    hung_up_on: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(1)

    async def write(self) -> AsyncGenerator[str]:
        """Yield one answer, as server-sent events."""
        self.asked += 1
        chance, written = self._chance, False
        try:
            await asyncio.sleep(self.first_s * chance.uniform(0.8, 1.2))
            how, second = chance.choice(_HOW), chance.choice(_SECOND)
            for word in f"{chance.choice(_FIRST)}, that is {how} {second}. {chance.choice(_LAST)}".split():
                yield _event([{"index": 0, "delta": {"content": f"{word} "}, "finish_reason": None}])
                await asyncio.sleep(self.word_s)
            yield _event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
            yield _event([], usage={"prompt_tokens": 300, "completion_tokens": 20, "total_tokens": 320})
            yield "data: [DONE]\n\n"
            written = True
        finally:
            self.hung_up_on += not written


_NUMBERS = itertools.count(1)


def _event(choices: list[dict[str, Any]], **more: Any) -> str:
    head = {"id": f"c{next(_NUMBERS)}", "object": "chat.completion.chunk", "created": 0, "model": "bench"}
    return f"data: {json.dumps(head | {'choices': choices} | more)}\n\n"


def _application(model: Model) -> FastAPI:
    application = FastAPI()

    @application.post("/v1/chat/completions")
    async def complete() -> StreamingResponse:
        return StreamingResponse(model.write(), media_type="text/event-stream")

    return application


async def _serve(model: Model) -> None:
    server = uvicorn.Server(uvicorn.Config(_application(model), host="127.0.0.1", port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells no other way
        await asyncio.sleep(0.01)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.should_exit = True
    await serving
    print(json.dumps({"asked": model.asked, "hung_up_on": model.hung_up_on}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first-ms", type=float, required=True)
    parser.add_argument("--word-ms", type=float, required=True)
    wanted = parser.parse_args()
    asyncio.run(_serve(Model(wanted.first_ms / 1000, wanted.word_ms / 1000)))
