"""Where answers lead: learned by playing the script many times, at random, with every word understood.

So a person who wants what the script offers finds the way to its best grade, in any script.
"""

from collections import defaultdict
from random import Random

from callwright.dialogue.graph import Collect
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, Event, Heard
from callwright.dialogue.state import Phase, State
from callwright.personas.bank import Bank
from callwright.personas.customers import customer_of
from callwright.personas.meant import Kind, Meant, answers_at, node_at
from callwright.personas.values import say_value

PLAYS = 600
TURNS = 30
ASIDE = 0.08
"""The chance of something heeded anywhere."""
NEAR_BEST = 0.75
TALK_S = 60.0

Step = tuple[str, Meant]


class Outlook:
    """The grades to which each answer led: a mean of 1.0 is always the best grade, 0.0 always the last."""

    def __init__(self, dialogue: GraphDialogue, bank: Bank, seed: int = 0) -> None:
        self._dialogue, self._bank = dialogue, bank
        self._grades = list(dialogue.script.grades.names)
        self._best: defaultdict[Step, list[float]] = defaultdict(lambda: [0, 0, 0])
        dice = Random(f"{seed} outlook")  # noqa: S311 - no secret
        for _ in range(PLAYS):
            self._play(dice)

    def promising(self, state: State) -> list[Meant]:
        """Return the answers here that lead to the best grade most often, or nearly so."""
        found = {one: self._worth(state.node, one) for one in answers_at(self._dialogue.script, state)}
        found = {one: worth for one, worth in found.items() if one.kind is not Kind.DENY}
        if not found:
            return []
        best = max(found.values())
        return [
            one for one, worth in found.items() if worth[0] >= best[0] * NEAR_BEST and worth >= (0.0, best[1])
        ] or [max(found, key=lambda one: found[one])]

    def least_promising(self, state: State) -> Meant | None:
        """Return the answer here that leads to the last grades."""
        found = [one for one in answers_at(self._dialogue.script, state) if one.kind is Kind.INTENT]
        return min(found, key=lambda one: self._worth(state.node, one), default=None)

    def _worth(self, node: str, meant: Meant) -> tuple[float, float]:
        """Return how often an answer led to the best grade that anybody got, and how good its grades were."""
        plays, best, good = self._best[node, meant]
        return (best / plays, good / plays) if plays else (0.0, 0.0)

    def _play(self, dice: Random) -> None:
        dialogue = self._dialogue
        state, _ = dialogue.step(dialogue.begin(customer_of(dialogue.script, dice)), Answered())
        steps: set[Step] = set()
        for _ in range(TURNS):
            if state.phase is not Phase.LISTENING:
                break
            meant = self._any_answer(state, dice)
            if meant is None:
                break
            steps.add((state.node, meant))
            state, _ = dialogue.step(state, self._perfect(state, meant, dice))
        place = self._grades.index(dialogue.grade(state, talk_s=TALK_S).name)
        for step in steps:
            self._best[step][0] += 1
            self._best[step][1] += place == 0
            self._best[step][2] += 1 - place / max(1, len(self._grades) - 1)

    def _any_answer(self, state: State, dice: Random) -> Meant | None:
        script = self._dialogue.script
        aside = [Meant(Kind.INTENT, name) for name in script.anywhere.branches]
        if aside and dice.random() < ASIDE:
            return dice.choice(aside)
        answers = list(answers_at(script, state))
        return dice.choice(answers or aside) if answers or aside else None

    def _perfect(self, state: State, meant: Meant, dice: Random) -> Event:
        node = node_at(self._dialogue.script, state)
        if meant.kind is Kind.INTENT:
            return Heard(self._dialogue.examples[meant.name][0], ((meant.name, 1.0),))
        if meant.kind in (Kind.CONFIRM, Kind.DENY):
            return Heard(dice.choice(self._bank.confirm[meant.kind is Kind.CONFIRM]), ())
        assert isinstance(node, Collect)
        return Heard(say_value(node, self._bank, dice).text, ())
