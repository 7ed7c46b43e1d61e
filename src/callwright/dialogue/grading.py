"""Intention grades: the first rule that holds, with what shows it."""

from typing import Protocol

from callwright.dialogue.conditions import Facts, weigh
from callwright.dialogue.port import Grade, Reason
from callwright.dialogue.rules import Grades
from callwright.dialogue.state import State


class Graded(Protocol):
    """A script of either engine."""

    @property
    def grades(self) -> Grades:
        """Its grades and their rules."""
        ...


def by_rule(script: Graded, state: State, talk_s: float) -> Grade | None:
    """Return the grade of the first rule that holds, ``None`` where none does.

    The first reason is the rule in its author's words with the telling words of the person; the evidence follows.
    """
    facts = Facts(state, talk_s)
    for rule in script.grades.rules:
        evidence = weigh(rule.when, facts)
        if evidence is not None:
            quote = next((reason.quote for reason in evidence if reason.quote), "")
            return Grade(rule.grade, (Reason(rule.because, quote), *evidence))
    return None


def is_shown_by_words(given: Grade) -> bool:
    """Say whether something that the person said or keyed in shows that a rule holds which gave this grade."""
    return any(reason.quote for reason in given.reasons if reason.kind != "rule")


def grade(script: Graded, state: State, talk_s: float) -> Grade:
    """Return the grade of a call connected for ``talk_s`` seconds: by the first rule that holds, or the default."""
    ruled = by_rule(script, state, talk_s)
    if ruled is not None:
        return ruled
    default = script.grades.default
    return Grade(default.grade, (Reason(default.because, state.turns[-1].text if state.turns else ""),))
