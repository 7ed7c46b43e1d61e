"""A language model in a conversation in writing: asked what the dialogue asks, until the person is to speak."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.state import ModelState
from callwright.dialogue.port import Action, Event
from callwright.dialogue.thought import Paid, StopThinking, Think, ThoughtFailed
from callwright.language.port import LanguageModel
from callwright.language.thinking import Thinker

_GRACE_S = 2.0
"""How much longer than it may take an answer is waited for: who asks the model keeps the time himself."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """What followed from one event, be it the person's or the model's."""

    event: Event
    state: ModelState
    actions: tuple[Action, ...]


async def talk(
    dialogue: ModelDialogue, state: ModelState, event: Event, model: LanguageModel | None
) -> AsyncGenerator[Stepped]:
    """Yield what follows from ``event``, then from all that the model writes, until the person is to speak.

    Closing the iterator stops the model. Raises NoLanguageModelError where it would have to be asked.
    """
    written: asyncio.Queue[Event] = asyncio.Queue()
    thinker = Thinker(model, written.put_nowait)
    within_s = 0.0
    try:
        while True:
            state, actions = dialogue.step(state, event)
            yield Stepped(event, state, tuple(actions))
            for action in actions:
                if isinstance(action, Think):
                    within_s = action.total_s + _GRACE_S
                    thinker.begin(action)
                elif isinstance(action, StopThinking):
                    thinker.stop()
            if state.thinking:
                event = await _next(written, state.serial, within_s)
            elif unpaid := _unpaid(written):
                event = unpaid
            else:
                return
    finally:
        await thinker.close()


async def settled(
    dialogue: ModelDialogue, state: ModelState, event: Event, model: LanguageModel | None
) -> list[Stepped]:
    """Return all that ``talk`` yields, once it is the person's turn."""
    async with aclosing(talk(dialogue, state, event, model)) as steps:
        return [step async for step in steps]


def _unpaid(written: asyncio.Queue[Event]) -> Paid | None:
    """Return the next of what is left to be told that still counts: what was written in vain."""
    while not written.empty():
        event = written.get_nowait()
        if isinstance(event, Paid):
            return event
    return None


async def _next(written: asyncio.Queue[Event], serial: int, within_s: float) -> Event:
    """Return the next event of what was asked last; what was asked before is nobody's, but has its price."""
    try:
        async with asyncio.timeout(within_s):
            while True:
                event = await written.get()
                if getattr(event, "serial", serial) == serial or isinstance(event, Paid):
                    return event
    except TimeoutError:
        return ThoughtFailed(serial, "silent")
