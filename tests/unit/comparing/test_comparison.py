"""Versions compared: how often chance passes for a difference, and that a real one is found."""

from random import Random

import pytest

from callwright.comparing.comparison import ERROR, Measure, Tally, Verdict, compare

TOLD = {Verdict.HIGHER, Verdict.LOWER}
RUNS = 300
LOOKS = (30, 40, 60, 80, 110, 150, 200, 270, 360, 500, 700, 1000)
"""People of each arm who were connected as somebody looked; denser than that adds hardly anything."""


def tally(connected: int = 200, good: int = 30, opted_out: int = 4, talk_s: float = 60.0) -> Tally:
    """Return what came of an arm in which every other person was connected."""
    return Tally(
        called=2 * connected,
        connected=connected,
        good=good,
        opted_out=opted_out,
        lost=0,
        talk_total_s=connected * talk_s,
        talk_squares=connected * (talk_s**2 + 40.0**2),
    )


def drawn(random: Random, people: int, rate: float) -> int:
    """Return of how many people something comes true that does so at this rate."""
    return sum(random.random() < rate for _ in range(people))


def grown(random: Random, rates: list[float], opt_out: float, looks: tuple[int, ...]) -> list[list[Tally]]:
    """Return the arms at each look, as people with these rates of good grades come in."""
    arms = [[0, 0] for _ in rates]
    seen: list[list[Tally]] = []
    before = 0
    for people in looks:
        for arm, rate in zip(arms, rates, strict=True):
            arm[0] += drawn(random, people - before, rate)
            arm[1] += drawn(random, people - before, opt_out)
        seen.append([tally(people, good, opted_out) for good, opted_out in arms])
        before = people
    return seen


def says(tallies: list[Tally], measure: Measure, *, complete: bool) -> bool:
    """Say whether any arm is said to differ from the first."""
    told = compare(tallies, complete=complete)
    return any(one.verdict in TOLD for one in told if one.measure is measure)


@pytest.mark.parametrize(("arms", "rate", "opt_out"), [(2, 0.15, 0.02), (2, 0.5, 0.3), (4, 0.04, 0.1)])
def test_chance_passes_for_a_difference_in_fewer_than_5_percent_however_often_one_looks(
    arms: int, rate: float, opt_out: float
) -> None:
    random = Random(arms * 1000 + rate)
    wrong = {Measure.GRADE: 0, Measure.OPT_OUT: 0}
    for _ in range(RUNS):
        looks = grown(random, [rate] * arms, opt_out, LOOKS)
        for measure in wrong:
            on_the_way = any(says(look, measure, complete=False) for look in looks)
            wrong[measure] += on_the_way or says(looks[-1], measure, complete=True)
    assert max(wrong.values()) / RUNS < ERROR, wrong


def test_the_test_for_a_single_look_is_wrong_far_oftener_where_one_looks_again_and_again() -> None:
    random = Random(7)
    naive = 0
    for _ in range(RUNS):
        looks = grown(random, [0.15, 0.15], 0.02, LOOKS)
        naive += any(says(look, Measure.GRADE, complete=True) for look in looks)
    assert naive / RUNS > ERROR, "otherwise the stricter level on the way would be for nothing"


def test_a_real_difference_is_found_on_the_way() -> None:
    random = Random(11)
    found = sum(
        any(says(look, Measure.GRADE, complete=False) for look in grown(random, [0.12, 0.2], 0.02, LOOKS))
        for _ in range(RUNS)
    )
    assert found / RUNS > 0.8


def test_verdict_and_interval_agree_and_name_the_direction() -> None:
    for good in range(0, 200, 5):
        for complete in (False, True):
            for one in compare([tally(), tally(good=good), tally(good=60)], complete=complete):
                assert one.interval is not None
                outside = one.interval.low > 0 or one.interval.high < 0
                assert outside is (one.verdict in TOLD)
                if outside:
                    assert one.verdict is (Verdict.HIGHER if one.interval.low > 0 else Verdict.LOWER)


def test_too_few_people_prove_nothing_and_nobody_at_all_breaks_nothing() -> None:
    nobody = Tally(called=0, connected=0, good=0, opted_out=0, lost=3, talk_total_s=0, talk_squares=0)
    told = compare([nobody, tally(29, 29)], complete=True)
    assert {(one.verdict, one.interval) for one in told} == {(Verdict.TOO_FEW, None)}
    assert all(one.value is None for one in told)


def test_what_is_not_shown_yet_is_said_otherwise_than_what_did_not_show() -> None:
    alike = [tally(), tally()]
    assert {one.verdict for one in compare(alike, complete=False)} == {Verdict.NOT_YET}
    assert {one.verdict for one in compare(alike, complete=True)} == {Verdict.NONE}


def test_shorter_talk_is_told() -> None:
    talk = [one for one in compare([tally(), tally(talk_s=30.0)], complete=False) if one.measure is Measure.TALK]
    assert [(one.verdict, one.value) for one in talk] == [(Verdict.LOWER, -30.0)]
