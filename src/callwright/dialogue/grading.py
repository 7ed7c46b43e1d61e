"""Intention grades: the first rule that holds, with what shows it."""

from callwright.dialogue.conditions import Facts, weigh
from callwright.dialogue.graph import Script
from callwright.dialogue.port import Grade, Reason
from callwright.dialogue.state import State


def grade(script: Script, state: State, talk_s: float) -> Grade:
    """Return the grade of a call connected for ``talk_s`` seconds.

    The first reason is the rule in its author's words with the telling words of the person; the evidence follows.
    """
    facts = Facts(state, talk_s)
    for rule in script.grades.rules:
        evidence = weigh(rule.when, facts)
        if evidence is not None:
            quote = next((reason.quote for reason in evidence if reason.quote), "")
            return Grade(rule.grade, (Reason(rule.because, quote), *evidence))
    default = script.grades.default
    return Grade(default.grade, (Reason(default.because, state.turns[-1].text if state.turns else ""),))
