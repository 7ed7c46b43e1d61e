from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.scramble import order_key

seeds = st.integers(0, 2**63 - 1)


def called_in(seed: int, numbers: list[int]) -> dict[int, int]:
    """Return at which place each of ``numbers`` is called."""
    return {number: place for place, number in enumerate(sorted(numbers, key=lambda one: order_key(seed, one)))}


@given(seeds, st.integers(10**7, 10**15), st.integers(5, 400))
def test_of_a_run_of_numbers_no_two_neighbours_are_called_in_a_row(seed: int, first: int, length: int) -> None:
    run = list(range(first, first + length))
    place = called_in(seed, run)
    apart = min(abs(place[number] - place[number + 1]) for number in run[:-1])
    assert apart >= max(2, length // 3)


@given(seeds, st.lists(st.integers(10**7, 10**15), unique=True))
def test_every_number_has_its_own_key_that_fits_the_column(seed: int, numbers: list[int]) -> None:
    keys = {order_key(seed, number) for number in numbers}
    assert len(keys) == len(numbers)
    assert all(-(2**63) <= key < 2**63 for key in keys)


@given(seeds, st.integers(10**7, 10**15))
def test_ten_calls_in_a_row_are_far_from_each_other(seed: int, first: int) -> None:
    run = list(range(first, first + 1000))
    order = sorted(run, key=lambda one: order_key(seed, one))
    for start in range(0, 990, 55):
        ten = sorted(order[start : start + 10])
        assert min(later - earlier for earlier, later in pairwise(ten)) >= 34


@pytest.mark.parametrize("stride", [1, 2, 3, 10, 100, 1000])
def test_numbers_a_step_apart_are_scrambled_too(stride: int) -> None:
    run = [8613800000000 + stride * index for index in range(2000)]
    place = called_in(12345, run)
    assert min(abs(place[a] - place[b]) for a, b in pairwise(run)) > 1


def test_a_hundred_thousand_in_a_row() -> None:
    run = list(range(4930000000, 4930100000))
    place = called_in(42, run)
    assert min(abs(place[number] - place[number + 1]) for number in run[:-1]) > 38_000


def test_seeds_make_different_orders() -> None:
    run = list(range(100))
    orders = {tuple(sorted(run, key=lambda one: order_key(seed, one))) for seed in range(50)}
    assert len(orders) > 40
