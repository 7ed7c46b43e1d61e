from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.rating.tariff import (
    DEAREST,
    MICROS,
    IncrementError,
    PriceError,
    RoundingError,
    Tariff,
    billed_s,
    charge,
    hold,
    price,
)

tariffs = st.builds(
    Tariff,
    per_minute=st.integers(0, DEAREST),
    first_s=st.integers(1, 3600),
    then_s=st.integers(1, 3600),
    connection=st.integers(0, DEAREST),
    round_to=st.sampled_from([1, 10, 10_000, MICROS]),
)
talk = st.integers(0, 4 * 3600 * 1000)


@given(tariffs, talk)
def test_a_charge_is_its_price_rounded_up_by_less_than_one_step(tariff: Tariff, talk_ms: int) -> None:
    seconds = billed_s(tariff, talk_ms)
    exact = Fraction(seconds * tariff.per_minute, 60) + (tariff.connection if seconds else 0)
    charged = charge(tariff, talk_ms)
    assert charged >= 0
    assert charged % tariff.round_to == 0
    assert exact <= charged < exact + tariff.round_to


@given(tariffs, talk)
def test_the_time_billed_is_the_fewest_steps_that_hold_the_call(tariff: Tariff, talk_ms: int) -> None:
    seconds = billed_s(tariff, talk_ms)
    assert seconds * 1000 >= talk_ms
    if talk_ms == 0:
        assert seconds == 0
    elif seconds > tariff.first_s:
        assert (seconds - tariff.first_s) % tariff.then_s == 0
        assert (seconds - tariff.then_s) * 1000 < talk_ms
    else:
        assert seconds == tariff.first_s


@given(tariffs, talk, talk)
def test_a_longer_call_never_costs_less(tariff: Tariff, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert charge(tariff, shorter) <= charge(tariff, longer)


@given(tariffs, st.integers(1, 4 * 3600), st.data())
def test_what_is_held_covers_any_call_up_to_the_longest(tariff: Tariff, most_s: int, data: st.DataObject) -> None:
    talk_ms = data.draw(st.integers(0, most_s * 1000))
    assert charge(tariff, talk_ms) <= hold(tariff, most_s)


@given(tariffs, st.integers(-1000, 0))
def test_a_call_that_nobody_answered_is_free(tariff: Tariff, talk_ms: int) -> None:
    assert charge(tariff, talk_ms) == 0


@pytest.mark.parametrize(
    ("tariff", "talk_ms", "micros"),
    [
        (Tariff(price("0.12")), 1, 120_000),
        (Tariff(price("0.12")), 60_000, 120_000),
        (Tariff(price("0.12")), 60_001, 240_000),
        (Tariff(price("0.12"), 6, 6), 49_000, 108_000),
        (Tariff(price("0.12"), 30, 6), 12_000, 60_000),
        (Tariff(price("0.12"), 30, 6), 31_000, 72_000),
        (Tariff(price("0.0085"), 1, 1), 49_000, 6_942),
        (Tariff(price("0.0085"), 1, 1, round_to=10_000), 49_000, 10_000),
        (Tariff(price("0.0085"), 1, 1, connection=price("0.01")), 49_000, 16_942),
        (Tariff(0), 49_000, 0),
    ],
)
def test_calls_cost_what_the_carrier_would_say(tariff: Tariff, talk_ms: int, micros: int) -> None:
    assert charge(tariff, talk_ms) == micros


NO_NUMBERS = ("1e999999", "1e-999999999", "1e2", "1_0", "１")


@pytest.mark.parametrize("written", ["-0.01", "0.0000001", "1000.01", "free", "NaN", "Infinity", "", *NO_NUMBERS])
def test_a_price_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(PriceError, match="from 0 to 1000"):
        price(written)


@given(st.integers(0, DEAREST))
def test_a_price_is_read_as_it_is_written(micros: int) -> None:
    assert price(f"{Decimal(micros) / MICROS:f}") == micros


def test_a_tariff_out_of_range_is_refused() -> None:
    with pytest.raises(PriceError, match=r"-0\.000001"):
        Tariff(-1)
    with pytest.raises(PriceError):
        Tariff(1, connection=-1)
    with pytest.raises(IncrementError, match="0 s"):
        Tariff(1, first_s=0)
    with pytest.raises(IncrementError):
        Tariff(1, then_s=3601)
    with pytest.raises(RoundingError):
        Tariff(1, round_to=0)
