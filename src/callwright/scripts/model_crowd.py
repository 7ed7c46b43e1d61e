"""A brief tried on a few simulated people in writing: the real engine with its guard and tools, the real model."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

from callwright.dialogue.model.briefing import briefing
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.state import ModelState
from callwright.dialogue.model.tools import tools_of
from callwright.dialogue.port import (
    Answered,
    Event,
    HeldBack,
    HungUp,
    NotUnderstood,
    StayedSilent,
    TimeUp,
    ToolUsed,
)
from callwright.dialogue.state import DO_NOT_CALL, HUNG_UP, TROUBLE, Phase
from callwright.language.port import LanguageModel
from callwright.language.talking import settled
from callwright.personas.callee import Callee
from callwright.personas.people import Persona, make_people
from callwright.scripts.replaying import Step, spoken_s

FEWEST, MOST = 5, 40
AT_ONCE = 4
MOST_TOKENS = 400_000
"""When a crowd has cost so much, nobody more is called."""
EVENTS_AT_MOST = 40
_TURNS_LIKELY = 5
_CHARACTERS_A_TOKEN = 3
_ANSWER = 60
"""Tokens that a turn adds, the person's words and the model's."""

Understand = Callable[[str], Awaitable[Event]]
"""Returns a sentence as it is heard, with what it may mean."""


@dataclass(frozen=True, slots=True)
class Talked:
    """One person's conversation. ``left``: they hung up. ``heeded``: whether the wish never to be called again
    was, ``None`` where nobody said it."""

    persona: Persona
    steps: tuple[Step, ...]
    ended: str
    left: bool
    grade: str
    tokens: int
    seconds: float
    heeded: bool | None


@dataclass(slots=True)
class Crowd:
    """What a crowd showed so far."""

    wanted: int
    talked: list[Talked] = field(default_factory=list)

    @property
    def tokens(self) -> int:
        """What the model has read and written for it."""
        return sum(one.tokens for one in self.talked)

    @property
    def endings(self) -> Counter[str]:
        """How conversations ended."""
        return Counter(HUNG_UP if one.left else one.ended for one in self.talked)

    @property
    def grades(self) -> Counter[str]:
        """How they were graded."""
        return Counter(one.grade for one in self.talked)

    @property
    def held_back(self) -> list[tuple[Talked, HeldBack]]:
        """Sentences of the model that were not said."""
        return [(one, action) for one, action in self._actions() if isinstance(action, HeldBack)]

    @property
    def lacking(self) -> Counter[str]:
        """What people said that the model had no fact for."""
        return Counter(action.text for _, action in self._actions() if isinstance(action, NotUnderstood))

    @property
    def tools(self) -> Counter[tuple[str, bool]]:
        """What the model had done: by its name, and whether it was refused."""
        used = (action for _, action in self._actions() if isinstance(action, ToolUsed))
        return Counter((action.name, action.refused) for action in used)

    @property
    def failed(self) -> int:
        """Conversations that the model's failure ended."""
        return self.endings[TROUBLE]

    @property
    def unheeded(self) -> list[int]:
        """Who said never to be called again, and was not heeded."""
        return [one.persona.number for one in self.talked if one.heeded is False]

    def _actions(self) -> list[tuple[Talked, object]]:
        return [(one, action) for one in self.talked for step in one.steps for action in step.actions]


def estimate(dialogue: ModelDialogue, people: int) -> int:
    """Return how many tokens a crowd will about cost: each turn reads the briefing and all that was said before."""
    script = dialogue.script
    words = len(briefing(script, {})) + sum(len(str(tool)) for tool in tools_of(script))
    once = words // _CHARACTERS_A_TOKEN
    before = sum(_ANSWER * turn for turn in range(1, _TURNS_LIKELY + 1))
    return min(people * (once * _TURNS_LIKELY + before), MOST_TOKENS)


async def play(
    dialogue: ModelDialogue, model: LanguageModel, understand: Understand, *, people: int, seed: int
) -> AsyncGenerator[Talked]:
    """Yield each person's conversation once it is over. Closing the iterator ends all of them.

    Raises what ``understand`` raises.
    """
    waiting = list(reversed(make_people(seed, people)))
    under_way: set[asyncio.Task[Talked]] = set()
    tokens = 0
    try:
        while under_way or (waiting and tokens < MOST_TOKENS):
            while waiting and len(under_way) < AT_ONCE and tokens < MOST_TOKENS:
                talk = _converse(dialogue, waiting.pop(), model, understand)
                under_way.add(asyncio.create_task(talk, name="crowd"))
            done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                talked = task.result()
                tokens += talked.tokens
                yield talked
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _converse(
    dialogue: ModelDialogue, persona: Persona, model: LanguageModel, understand: Understand
) -> Talked:
    script = dialogue.script
    callee, never = Callee(persona, script), False
    examples = {one.name: one.example or one.default or one.label for one in script.variables}
    state: ModelState = dialogue.begin(examples)
    steps: list[Step] = []
    event: Event = Answered()
    for _ in range(EVENTS_AT_MOST):
        for step in await settled(dialogue, state, event, model):
            state = step.state
            steps.append(Step(step.event, step.actions))
        if state.talk.phase is Phase.ENDED:
            break
        if spoken_s(steps) >= script.limits.seconds:
            event = TimeUp()
            continue
        does = callee.next(state.talk)
        never = never or does.never
        event = HungUp() if does.what == "leave" else StayedSilent()
        if does.what == "say":
            event = await understand(does.text)
    seconds = spoken_s(steps)
    grade = dialogue.grade(state, talk_s=seconds).name
    left = isinstance(steps[-1].event, HungUp)
    ended = state.talk.ended
    return Talked(
        persona, tuple(steps), ended, left, grade, state.tokens, seconds, ended == DO_NOT_CALL if never else None
    )
