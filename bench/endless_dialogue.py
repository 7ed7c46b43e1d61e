"""A conversation that never ends, for measuring: a plain answer to whatever is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callwright.dialogue import port

GREETING = "Hello, this is Anna from Harbour Dental about your next check-up."
REPLIES = (
    "I understand and let me check that for you in our book of appointments for the coming week.",
    "That is good to know and I will tell our front desk about it before the end of the day.",
    "Our plan starts at nineteen dollars a month and you can change it at any time you like.",
)


@dataclass(frozen=True, slots=True)
class State:
    """Which call this is, and how many answers were given."""

    call: str
    answers: int = 0


class EndlessDialogue:
    """Implements ``dialogue.port.Dialogue``: of ten answers seven were made beforehand, three are spoken live."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        self.examples = examples

    def begin(self, variables: Mapping[str, str]) -> State:
        """Return the state of the call named in ``variables``."""
        return State(variables["call"])

    def step(self, state: State, event: port.Event) -> tuple[State, Sequence[port.Action]]:
        """Greet, and answer everything."""
        if isinstance(event, port.Answered):
            return state, (port.Speak(GREETING), port.Listen(5.0))
        if not isinstance(event, port.Heard | port.StayedSilent):
            return state, ()
        answers = state.answers + 1
        return State(state.call, answers), (port.Speak(self._answer(state.call, answers)), port.Listen(5.0))

    def take_back(self, before: State, now: State) -> State:
        """Return that it was not answered."""
        return before

    def grade(self, state: State, *, talk_s: float) -> port.Grade:
        """Return the number of answers."""
        return port.Grade(str(state.answers), ())

    def prompts(self, variables: Mapping[str, str]) -> Sequence[port.Speak]:
        """Return what can be made beforehand."""
        return tuple(port.Speak(text) for text in (GREETING, *REPLIES))

    def _answer(self, call: str, number: int) -> str:
        if number % 10 in (2, 5, 8):
            return f"Sure and I have noted that as item {number} of list {call} and will pass it on to the desk."
        return REPLIES[number % len(REPLIES)]
