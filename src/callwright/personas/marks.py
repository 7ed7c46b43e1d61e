"""How good is good enough: the marks that a crowd has to reach, and the verdict with its reasons."""

from dataclasses import dataclass
from enum import StrEnum

from callwright.personas.intervals import Share


@dataclass(frozen=True, slots=True)
class Marks:
    """What has to be reached. Shares are 0 to 1; ``silent_s`` are the seconds after which silent people are let go.

    That a wish never to be called again is heeded is no mark that could be lowered: all of them always have to be.
    """

    people: int = 200
    accuracy: float = 0.8
    grades: float = 0.85
    gave_up: float = 0.08
    silent_s: float = 60.0


class Rule(StrEnum):
    """What is judged."""

    PEOPLE = "people"
    DO_NOT_CALL = "do_not_call"
    SILENT = "silent"
    ACCURACY = "accuracy"
    GRADES = "grades"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule: what was found, what was asked for, whether that was reached."""

    rule: Rule
    found: float
    mark: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a crowd passed, and why or why not."""

    passed: bool
    rules: tuple[Judged, ...]


def judge(
    marks: Marks, people: int, accuracy: Share, grades: Share, gave_up: Share, do_not_call: Share, silent: Share
) -> Verdict:
    """Return the verdict. A share of nothing passes only where nothing had to be shown."""
    rules = (
        Judged(Rule.DO_NOT_CALL, do_not_call.share, 1.0, do_not_call.right == do_not_call.said),
        Judged(Rule.SILENT, silent.share, 1.0, silent.right == silent.said),
        Judged(Rule.ACCURACY, accuracy.share, marks.accuracy, accuracy.share >= marks.accuracy),
        Judged(Rule.GRADES, grades.share, marks.grades, grades.share >= marks.grades),
        Judged(Rule.GAVE_UP, gave_up.share, marks.gave_up, gave_up.share <= marks.gave_up),
        Judged(Rule.PEOPLE, people, marks.people, people >= marks.people),
    )
    return Verdict(all(rule.passed for rule in rules), rules)
