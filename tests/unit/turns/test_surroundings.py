from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.surroundings import UNKNOWN, Acoustics, Surroundings, heard, sent

RULE = Acoustics()
levels = st.floats(-100, 0)


def after(level_db: float, frames: int, around: Surroundings = UNKNOWN) -> Surroundings:
    """Return the surroundings after a steady background."""
    for _ in range(frames):
        around, _ = heard(RULE, around, level_db)
    return around


def test_speech_stands_out_of_the_background_by_its_level_over_it() -> None:
    assert heard(RULE, after(-50.0, 50), -30.0)[1] == 20.0


def test_a_word_hardly_lifts_the_background() -> None:
    before = after(-50.0, 50)
    around = after(-20.0, 25, before)
    assert around.background_db is not None
    assert -50 < around.background_db <= -47


def test_a_noise_that_stays_becomes_the_background() -> None:
    around = after(-30.0, 250, after(-50.0, 50))
    assert heard(RULE, around, -30.0)[1] == 0.0


def test_a_call_that_begins_with_a_word_knows_its_background_soon_after() -> None:
    around = after(-50.0, 20, after(-20.0, 20))
    above = heard(RULE, around, -50.0)[1]
    assert above is not None
    assert abs(above) < 1


def test_what_is_no_louder_than_our_echo_may_be_it_until_no_echo_can_come() -> None:
    around = sent(RULE, after(-60.0, 50), -20.0)
    assert heard(RULE, around, -45.0)[1] is None
    assert heard(RULE, around, -43.0)[1] is not None
    for _ in range(14):
        around = sent(RULE, around, -100.0)
    assert heard(RULE, around, -45.0)[1] is None
    assert heard(RULE, sent(RULE, around, -100.0), -45.0)[1] == 15.0


@given(st.lists(st.tuples(levels, levels), min_size=1, max_size=100))
def test_the_background_lies_between_the_quietest_and_the_loudest_heard(pairs: list[tuple[float, float]]) -> None:
    around = UNKNOWN
    for ours, theirs in pairs:
        around, _ = heard(RULE, sent(RULE, around, ours), theirs)
    known = [max(theirs, RULE.quietest_db) for _, theirs in pairs]
    assert around.background_db is not None
    assert min(known) - 1e-9 <= around.background_db <= max(known) + 1e-9


@given(st.lists(levels, max_size=40), levels)
def test_the_loudest_we_sent_of_late_decides_what_may_be_echo(ours: list[float], theirs: float) -> None:
    around = UNKNOWN
    for level in ours:
        around = sent(RULE, around, level)
    may_be_echo = any(theirs < level + RULE.echo_db for level in ours[-15:])
    assert (heard(RULE, around, theirs)[1] is None) is may_be_echo
