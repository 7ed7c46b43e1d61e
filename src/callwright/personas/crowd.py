"""Many conversations at once: in each round, every sentence that waits to be understood is asked together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.personas.bank import bank_of
from callwright.personas.conversation import Asked, Conversation, Scores, Stage, Talk, converse
from callwright.personas.meaning_names import meanings_of
from callwright.personas.outlook import Outlook
from callwright.personas.people import Persona
from callwright.personas.wordings import Wordings

TOGETHER = 400
"""Conversations under way at once: more make larger rounds, and progress that is told less often."""

Understand = Callable[[Sequence[Asked]], Sequence[Scores]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A conversation as it went, and as it would have gone with every word taken as it was meant."""

    heard: Conversation
    meant: Conversation


def stage_for(dialogue: GraphDialogue) -> Stage:
    """Return what a crowd needs to talk with ``dialogue``."""
    bank, meanings = bank_of(dialogue.script.language), meanings_of(dialogue.script)
    wordings = Wordings(dialogue.examples, meanings, bank)
    return Stage(dialogue, meanings, wordings, bank, Outlook(dialogue, bank))


def play(stage: Stage, people: Sequence[Persona], understand: Understand) -> Iterator[Pair]:
    """Yield each person's conversation once it is over, in no order; ``understand`` is asked in large rounds."""
    waiting = list(reversed(people))
    under_way: list[tuple[Persona, Talk, Asked]] = []
    while waiting or under_way:
        while waiting and len(under_way) < TOGETHER:
            persona = waiting.pop()
            talk = converse(stage, persona)
            begun = _next(talk, None)
            if isinstance(begun, Conversation):
                yield Pair(begun, as_meant(stage, persona))
            else:
                under_way.append((persona, talk, begun))
        answers = understand([asked for _, _, asked in under_way])
        going_on = []
        for (persona, talk, _), scores in zip(under_way, answers, strict=True):
            found = _next(talk, scores)
            if isinstance(found, Conversation):
                yield Pair(found, as_meant(stage, persona))
            else:
                going_on.append((persona, talk, found))
        under_way = going_on


def as_meant(stage: Stage, persona: Persona) -> Conversation:
    """Return the person's call with every word taken as it was meant."""
    found = _next(converse(stage, persona, perfect=True), None)
    assert isinstance(found, Conversation)
    return found


def _next(talk: Talk, scores: Scores | None) -> Asked | Conversation:
    try:
        return next(talk) if scores is None else talk.send(scores)
    except StopIteration as over:
        conversation: Conversation = over.value
        return conversation
