"""A brief tried in writing: the language model is asked for the answer that comes next and for no earlier one.

Of a conversation nothing is kept here. What was said, and all that the model wrote, goes to whoever tries the
script as a sealed record, comes back with their next words, and is played again through the dialogue, which is
pure: so a conversation can be taken back to any of its turns, and nobody can write the model's part, or a receipt,
themselves.
"""

import hashlib
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass
from uuid import UUID

from pydantic import TypeAdapter

from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.state import ModelState
from callwright.dialogue.port import Answered, Event, Grade, Heard, HungUp, Pressed, StayedSilent, TimeUp
from callwright.dialogue.state import Phase
from callwright.dialogue.thought import SentenceThought, ThoughtDropped, ThoughtEnded, ThoughtFailed, ToolAsked
from callwright.dialogue.writing import content_of
from callwright.kit.errors import ConflictError
from callwright.kit.secrets import SecretBox, UndecipherableError
from callwright.language.port import LanguageModel
from callwright.language.talking import talk
from callwright.scripts.replaying import Replay, Step, played, spoken_s

_KINDS = (
    Heard,
    Pressed,
    StayedSilent,
    HungUp,
    TimeUp,
    SentenceThought,
    ToolAsked,
    ThoughtEnded,
    ThoughtDropped,
    ThoughtFailed,
)
_READERS: dict[str, TypeAdapter[Event]] = {kind.__name__: TypeAdapter(kind) for kind in _KINDS}
MEANINGS_KEPT = 5
"""Of what a sentence may mean, so many are recorded, and no more are played."""


class ForeignRecordError(ConflictError):
    """The conversation so far was with another wording or release, or isn't ours. Begin anew."""

    code = "foreign-chat-record"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands: its ``replay``, the sealed ``record`` of it, and what it has cost."""

    replay: Replay
    record: str
    tokens: int
    turns: int


class ModelChat:
    """One conversation of one company with a brief. Raises ForeignRecordError, MissingVariableError."""

    def __init__(
        self,
        dialogue: ModelDialogue,
        variables: Mapping[str, str],
        *,
        box: SecretBox,
        tenant_id: UUID,
        record: str | None,
    ) -> None:
        self._dialogue = dialogue
        self._box = box
        self._mark = _mark(dialogue, variables, tenant_id)
        state, steps = played(dialogue, variables, self._opened(record) if record else ())
        self._state: ModelState = state
        self.steps: list[Step] = steps

    @property
    def over(self) -> bool:
        """Whether nothing can be said any more."""
        return self._state.talk.phase is Phase.ENDED

    async def answer(self, event: Event, model: LanguageModel | None) -> AsyncGenerator[Step]:
        """Yield what follows from ``event`` as the model writes it. Raises NoLanguageModelError."""
        if self.over:
            return
        async with aclosing(self._talk(event, model)) as steps:
            async for step in steps:
                yield step
        if not self.over and spoken_s(self.steps) >= self._dialogue.script.limits.seconds:
            async with aclosing(self._talk(TimeUp(), model)) as steps:
                async for step in steps:
                    yield step

    def standing(self) -> Standing:
        """Return where it stands now."""
        lasted = spoken_s(self.steps)
        grade: Grade = self._dialogue.grade(self._state, talk_s=lasted)
        replay = Replay(tuple(self.steps), grade, lasted)
        talk = self._state.talk
        return Standing(replay, self._sealed(), self._state.tokens, len(talk.turns))

    async def _talk(self, event: Event, model: LanguageModel | None) -> AsyncGenerator[Step]:
        async with aclosing(talk(self._dialogue, self._state, event, model)) as following:
            async for stepped in following:
                self._state = stepped.state
                self.steps.append(Step(stepped.event, stepped.actions))
                yield self.steps[-1]

    def _sealed(self) -> str:
        events = [_written(step.event) for step in self.steps if not isinstance(step.event, Answered)]
        return self._box.seal(json.dumps([self._mark, events])).decode()

    def _opened(self, record: str) -> list[Event]:
        try:
            mark, events = json.loads(self._box.open(record.encode()))
            said = [_READERS[kind].validate_python(data) for kind, data in events]
        except (UndecipherableError, KeyError, TypeError, ValueError):  # another key's, or an earlier release's
            raise ForeignRecordError from None
        if mark != self._mark:
            raise ForeignRecordError
        return said


def heard(text: str, intents: Sequence[tuple[str, float]]) -> Heard:
    """Return that the person said ``text``, as it is recorded and played."""
    return Heard(text, tuple(intents[:MEANINGS_KEPT]))


def _mark(dialogue: ModelDialogue, variables: Mapping[str, str], tenant_id: UUID) -> str:
    """Return what a record holds for: this wording, these values, this company."""
    content = json.dumps([str(tenant_id), content_of(dialogue.script), dict(variables)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _written(event: Event) -> tuple[str, dict[str, object]]:
    return type(event).__name__, asdict(event)
