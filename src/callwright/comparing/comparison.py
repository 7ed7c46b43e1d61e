"""The arms of a task beside one another: what differs for real, and what may be chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from callwright.comparing.estimates import Estimate, Gap, Interval, Mean, Share
from callwright.comparing.testing import AnyTime, Once, Step, Test, holm

ERROR = 0.05
"""How often at most a difference may be told that is none: half of it on the way, half of it at the end."""


class Measure(StrEnum):
    """What versions are compared by."""

    GRADE = "grade"
    """Good grades among those who were connected: what versions are chosen by."""
    CONNECTED = "connected"
    OPT_OUT = "opt_out"
    TALK = "talk"


class Verdict(StrEnum):
    """What may be said of an arm against the first."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_YET = "not_yet"
    """Nothing for certain so far; more calls may show it."""
    NONE = "none"
    """Everybody was called, and nothing for certain showed."""
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of an arm's customers; whoever was only ever lost heard nothing and counts in ``lost`` alone."""

    called: int
    connected: int
    good: int
    opted_out: int
    lost: int
    talk_total_s: float
    talk_squares: float

    def measures(self) -> Mapping[Measure, Estimate]:
        """Return the estimates that arms are compared by."""
        return {
            Measure.GRADE: Share(self.good, self.connected),
            Measure.CONNECTED: Share(self.connected, self.called),
            Measure.OPT_OUT: Share(self.opted_out, self.connected),
            Measure.TALK: Mean(self.connected, self.talk_total_s, self.talk_squares),
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """How far an arm lies above the first in one measure: shares 0 to 1, talk in seconds."""

    arm: int
    measure: Measure
    value: float | None
    interval: Interval | None
    verdict: Verdict


_USUAL: Mapping[Measure, float] = {
    Measure.GRADE: 0.05,
    Measure.CONNECTED: 0.05,
    Measure.OPT_OUT: 0.05,
    Measure.TALK: 15.0,
}
# Grades have the whole of the error to themselves; the others share as much, as nobody chooses a version by them.
_FAMILIES = ((Measure.GRADE,), (Measure.CONNECTED, Measure.OPT_OUT, Measure.TALK))


def compare(tallies: Sequence[Tally], *, complete: bool) -> list[Difference]:
    """Return how each arm differs from the first.

    ``complete`` if everybody was called, so that the moment of this look was not chosen by anybody. A person's end
    of a task is chosen.
    """
    measured = [tally.measures() for tally in tallies]
    return [
        difference
        for family in _FAMILIES
        for difference in _judged(
            [(arm, measure) for arm in range(1, len(tallies)) for measure in family], measured, complete
        )
    ]


def _judged(
    asked: Sequence[tuple[int, Measure]], measured: Sequence[Mapping[Measure, Estimate]], complete: bool
) -> list[Difference]:
    """Return the differences of one family, judged together."""
    tests: list[Test] = [Once() if complete else AnyTime(_USUAL[measure]) for _, measure in asked]
    gaps = [Gap.between(measured[0][measure], measured[arm][measure]) for arm, measure in asked]
    chances = [1.0 if gap is None else test.chance(gap) for test, gap in zip(tests, gaps, strict=True)]
    nothing = Verdict.NONE if complete else Verdict.NOT_YET
    found: list[Difference] = []
    for (arm, measure), test, gap, step in zip(asked, tests, gaps, holm(chances, ERROR / 2), strict=True):
        value = _above(measured[0][measure], measured[arm][measure])
        if gap is None:
            found.append(Difference(arm, measure, value, None, Verdict.TOO_FEW))
            continue
        interval = gap.within(test.reach(gap.variance, step.level))
        found.append(Difference(arm, measure, value, interval, _verdict(gap, step) or nothing))
    return found


def _above(first: Estimate, other: Estimate) -> float | None:
    return None if first.value is None or other.value is None else other.value - first.value


def _verdict(gap: Gap, step: Step) -> Verdict | None:
    if not step.stands:
        return None
    return Verdict.HIGHER if gap.value > 0 else Verdict.LOWER
