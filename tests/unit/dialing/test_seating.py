from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.seating import SeatWish, grant, take_back

wishes_of = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 6)), max_size=12).map(
    lambda asked: [SeatWish(str(number), tenant, seats) for number, (tenant, seats) in enumerate(asked)]
)
seats_free = st.dictionaries(st.sampled_from("abc"), st.integers(-3, 12))


@given(wishes_of, seats_free)
def test_seats_go_in_order_of_the_wishes_and_never_more_than_are_free(
    wishes: list[SeatWish[str]], free: dict[str, int]
) -> None:
    granted = grant(wishes, free)
    for tenant in "abc":
        own = [wish for wish in wishes if wish.tenant == tenant]
        served = [wish for wish in own if wish.task in granted]
        left = free.get(tenant, 0) - sum(wish.seats for wish in served)
        assert served == own[: len(served)], "nobody goes before one who waits"
        assert not served or left >= 0
        assert len(served) == len(own) or own[len(served)].seats > left, "nobody waits for seats that are free"


def test_behind_a_large_task_that_waits_a_small_one_waits_too_but_not_another_tenant() -> None:
    wishes = [SeatWish("first", "us", 3), SeatWish("large", "us", 5), SeatWish("small", "us", 1)]
    assert grant([*wishes, SeatWish("theirs", "them", 1)], {"us": 6, "them": 1}) == {"first", "theirs"}
    assert grant(wishes, {"us": 9}) == {"first", "large", "small"}
    assert grant(wishes, {}) == set()


def test_who_started_last_gives_back_first_when_a_pack_expires() -> None:
    holders = [
        SeatWish("old", "us", 3),
        SeatWish("large", "us", 4),
        SeatWish("small", "us", 2),
        SeatWish("x", "them", 1),
    ]
    assert take_back(holders, {"us": 9, "them": 1}) == set()
    assert take_back(holders, {"us": 8, "them": 1}) == {"small"}
    assert take_back(holders, {"us": 5}) == {"large", "x"}
    assert take_back(holders, {}) == {"old", "large", "small", "x"}
