"""A dialogue whose answers a test gives, and whose state is what it was told."""

from collections.abc import Callable, Mapping, Sequence

from callwright.dialogue.port import Action, Event, Grade, Reason, Speak

State = tuple[Event, ...]
Answers = Callable[[Event], Sequence[Action]]


class AnsweringDialogue:
    """Implements ``dialogue.port.Dialogue``: ``answers`` says what to do on each event.

    ``told`` is, once the call has been graded, what really happened: steps taken to look ahead are not in it.
    """

    examples: Mapping[str, Sequence[str]] = {"yes": ["yes"], "no": ["no"]}

    def __init__(self, answers: Answers, texts: Sequence[str | Speak] = ()) -> None:
        self._answers = answers
        self._prompts = [text if isinstance(text, Speak) else Speak(text) for text in texts]
        self.told: State = ()

    def begin(self, variables: Mapping[str, str]) -> State:
        """Return that nothing happened."""
        return ()

    def step(self, state: State, event: Event) -> tuple[State, Sequence[Action]]:
        """Answer as the test says."""
        return (*state, event), self._answers(event)

    def take_back(self, before: State, now: State) -> State:
        """Return what had happened before."""
        return before

    def grade(self, state: State, *, talk_s: float) -> Grade:
        """Grade by the number of events, and keep them for the test."""
        self.told = state
        return Grade(str(len(state)), (Reason("events counted"),))

    def prompts(self, variables: Mapping[str, str]) -> Sequence[Speak]:
        """Return what the test gave."""
        return self._prompts
