"""Shares, means, corrections for many tests, and the split itself: the rules that hold for any figures."""

from collections import Counter
from dataclasses import astuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.comparing.estimates import Mean, Share
from callwright.comparing.splitting import WHOLE, arm_of
from callwright.comparing.testing import holm

SHARES = st.lists(st.integers(1, 97), min_size=1, max_size=3).filter(lambda some: sum(some) < WHOLE)
TASK = UUID(int=5)


@given(st.integers(1, 10_000).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval_and_that_between_0_and_1(share: Share) -> None:
    assert share.interval is not None
    assert share.value is not None
    assert 0 <= share.interval.low <= share.value + 1e-12
    assert share.value <= share.interval.high + 1e-12 <= 1 + 2e-12
    assert share.variance > 0


def test_wilsons_interval_is_that_of_the_books() -> None:
    interval = Share(8, 10).interval
    assert interval is not None
    assert astuple(interval) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_a_mean_has_an_interval_once_there_are_enough() -> None:
    lengths = [10.0, 20.0, 30.0, 40.0] * 10
    mean = Mean(40, sum(lengths), sum(one**2 for one in lengths))
    assert mean.value == 25.0
    assert mean.interval is not None
    assert astuple(mean.interval) == pytest.approx((21.49, 28.51), abs=0.01)
    assert Mean(29, 29.0, 29.0).interval is None
    assert Mean(0, 0.0, 0.0).value is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_passes_nothing_that_bonferroni_would_not_or_a_lone_test_would_refuse(chances: list[float]) -> None:
    steps = holm(chances, 0.05)
    for chance, step in zip(chances, steps, strict=True):
        assert step.stands is (chance <= step.level)
        assert 0.05 / len(chances) <= step.level <= 0.05
        if chance <= 0.05 / len(chances):
            assert step.stands


def test_holm_judges_as_in_its_paper() -> None:
    assert [step.stands for step in holm([0.01, 0.04, 0.03, 0.005], 0.05)] == [True, False, False, True]


@given(SHARES, st.uuids())
def test_a_customer_keeps_their_arm_and_has_one(shares: list[int], customer: UUID) -> None:
    whole = [*shares, WHOLE - sum(shares)]
    arm = arm_of(TASK, customer, whole)
    assert 0 <= arm < len(whole)
    assert arm_of(TASK, customer, whole) == arm


def test_shares_hold_and_another_task_mixes_otherwise() -> None:
    customers = [UUID(int=number << 32) for number in range(10_000)]
    arms = [arm_of(TASK, customer, (70, 20, 10)) for customer in customers]
    counts = Counter(arms)
    assert [counts[arm] / 10_000 for arm in range(3)] == [
        pytest.approx(share, abs=0.015) for share in (0.7, 0.2, 0.1)
    ]
    others = [arm_of(UUID(int=6), customer, (50, 50)) for customer in customers]
    first = [arm_of(TASK, customer, (50, 50)) for customer in customers]
    assert sum(a == b for a, b in zip(first, others, strict=True)) == pytest.approx(5000, abs=200)
