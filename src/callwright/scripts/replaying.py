"""A conversation played through a dialogue once more: pure, without a phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from callwright.dialogue.port import (
    Action,
    Answered,
    Collected,
    Dialogue,
    Entered,
    Event,
    Grade,
    HangUp,
    Heard,
    HungUp,
    IntentMet,
    Pressed,
    Speak,
    StayedSilent,
)

State = TypeVar("State")

CHARACTERS_A_SECOND = 15.0
"""How fast people speak, near enough to say how long a conversation would have lasted."""
PAUSE_S = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """What followed from one event; the first step follows from the answer."""

    event: Event
    actions: tuple[Action, ...]

    @property
    def said(self) -> list[Speak]:
        """What we said."""
        return [action for action in self.actions if isinstance(action, Speak)]

    @property
    def entered(self) -> list[str]:
        """The nodes that were reached, in their order."""
        return [action.node for action in self.actions if isinstance(action, Entered)]

    @property
    def meant(self) -> IntentMet | None:
        """What the person's words were taken for."""
        return next((action for action in self.actions if isinstance(action, IntentMet)), None)

    @property
    def collected(self) -> dict[str, str]:
        """The values that were taken from them."""
        return {action.name: action.value for action in self.actions if isinstance(action, Collected)}

    @property
    def ended(self) -> str | None:
        """Why we hung up, where we did."""
        return next((action.reason for action in self.actions if isinstance(action, HangUp)), None)


@dataclass(frozen=True, slots=True)
class Replay:
    """A conversation as it went. ``talk_s`` is how long it would have lasted, spoken."""

    steps: tuple[Step, ...]
    grade: Grade
    talk_s: float

    @property
    def node(self) -> str:
        """Where it stands."""
        return next((step.entered[-1] for step in reversed(self.steps) if step.entered), "")

    @property
    def collected(self) -> dict[str, str]:
        """Every value that was taken."""
        return {name: value for step in self.steps for name, value in step.collected.items()}

    @property
    def ended(self) -> str | None:
        """Why we hung up; ``None`` while it goes on."""
        return next((step.ended for step in reversed(self.steps) if step.ended is not None), None)


def replay(
    dialogue: Dialogue[State], variables: Mapping[str, str], events: Iterable[Event], *, talk_s: float | None = None
) -> Replay:
    """Answer, and let ``events`` happen until somebody hangs up. Raises MissingVariableError.

    ``talk_s`` is for the grade, where it is known how long the call lasted.
    """
    state, steps = played(dialogue, variables, events)
    lasted = spoken_s(steps) if talk_s is None else talk_s
    return Replay(tuple(steps), dialogue.grade(state, talk_s=lasted), lasted)


def played(
    dialogue: Dialogue[State], variables: Mapping[str, str], events: Iterable[Event]
) -> tuple[State, list[Step]]:
    """Return where ``events`` lead and what followed from each. Raises MissingVariableError."""
    state, actions = dialogue.step(dialogue.begin(variables), Answered())
    steps = [Step(Answered(), tuple(actions))]
    for event in events:
        if steps[-1].ended is not None or isinstance(steps[-1].event, HungUp):
            break
        state, actions = dialogue.step(state, event)
        steps.append(Step(event, tuple(actions)))
    return state, steps


def spoken_s(steps: Sequence[Step]) -> float:
    """Return how long a conversation would have lasted, spoken."""
    ours = sum(len(speak.text) for step in steps for speak in step.said)
    theirs = sum(len(step.event.text) for step in steps if isinstance(step.event, Heard))
    turns = sum(isinstance(step.event, Heard | Pressed | StayedSilent | HungUp) for step in steps)
    return round((ours + theirs) / CHARACTERS_A_SECOND + PAUSE_S * turns, 1)
