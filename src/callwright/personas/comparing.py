"""Two versions of a script before the same people: what became better or worse, and whether that is real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callwright.kit.errors import ConflictError
from callwright.personas.crowd import Pair
from callwright.personas.intervals import Difference, difference_of, ratio_difference_of, share_difference_of


class DifferentPeopleError(ConflictError):
    """These two crowds are not the same people. Run both versions with the same seed and number of people."""

    code = "different-people"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one person's call, to be kept and compared.

    ``heard`` of ``said`` sentences were understood; those count that count towards the report's accuracy.
    """

    grade: str
    right: bool
    gave_up: bool
    turns: int
    seconds: float
    said: int
    heard: int
    ended: str


def outcome_of(pair: Pair) -> Outcome:
    """Return what came of a person's call."""
    heard = pair.heard
    told = [bool(one.right) for one in heard.exchanges if one.tells]
    return Outcome(
        heard.grade,
        heard.grade == pair.meant.grade,
        heard.left,
        heard.turns,
        round(heard.seconds, 1),
        len(told),
        sum(told),
        "left" if heard.left else heard.ended,
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """How each figure changed; ``grades`` are the shares of people of each grade."""

    people: int
    understood: Difference
    grades_right: Difference
    hung_up: Difference
    turns: Difference
    seconds: Difference
    grades: Mapping[str, Difference]


def compare(before: Sequence[Outcome], after: Sequence[Outcome]) -> Comparison:
    """Return what changed from one run to another with the same people, in the same order.

    Raises DifferentPeopleError.
    """
    if len(before) != len(after):
        raise DifferentPeopleError()
    pairs = list(zip(before, after, strict=True))
    names = sorted({one.grade for pair in pairs for one in pair})
    return Comparison(
        people=len(pairs),
        understood=ratio_difference_of(
            [((one.heard, one.said), (other.heard, other.said)) for one, other in pairs]
        ),
        grades_right=share_difference_of([(one.right, other.right) for one, other in pairs]),
        hung_up=share_difference_of([(one.gave_up, other.gave_up) for one, other in pairs]),
        turns=difference_of([(one.turns, other.turns) for one, other in pairs]),
        seconds=difference_of([(one.seconds, other.seconds) for one, other in pairs]),
        grades={
            name: share_difference_of([(one.grade == name, other.grade == name) for one, other in pairs])
            for name in names
        },
    )
