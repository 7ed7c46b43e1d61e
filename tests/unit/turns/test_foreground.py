from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.foreground import NOBODY, Foreground, Voices, heard

RULE = Foreground()
levels = st.floats(-80, 0)


def after(level_db: float, frames: int, voices: Voices = NOBODY) -> tuple[Voices, list[bool]]:
    """Return the voices after speech of one level, and which frames of it were taken for the person's."""
    theirs = []
    for _ in range(frames):
        voices, is_theirs = heard(RULE, voices, level_db, speech=True)
        theirs.append(is_theirs)
    return voices, theirs


def quiet(frames: int, voices: Voices) -> Voices:
    for _ in range(frames):
        voices, _ = heard(RULE, voices, -70.0, speech=False)
    return voices


def test_until_somebody_was_heard_everybody_counts() -> None:
    assert all(after(-55.0, 50)[1])


def test_a_television_behind_the_person_is_not_theirs() -> None:
    voices = quiet(20, after(-22.0, 100)[0])
    assert not any(after(-42.0, 250, voices)[1])


def test_the_person_is_heard_over_a_television_that_was_there_first() -> None:
    voices, _ = after(-45.0, 200)
    voices, theirs = after(-20.0, 100, voices)
    assert all(theirs)
    assert not any(after(-45.0, 50, quiet(20, voices))[1])


def test_a_person_may_speak_softly_for_once() -> None:
    voices = quiet(20, after(-22.0, 100)[0])
    assert all(after(-34.0, 50, voices)[1])


def test_the_soft_sounds_of_a_word_belong_to_its_loud_ones() -> None:
    voices, _ = after(-22.0, 100)
    for level in (-50.0, -60.0, -50.0):
        voices, theirs = heard(RULE, voices, level, speech=True)
        assert theirs


def test_a_bang_does_not_deafen_us() -> None:
    voices = quiet(20, after(-25.0, 100)[0])
    voices = quiet(20, after(-3.0, 10, voices)[0])
    assert all(after(-27.0, 50, voices)[1])


def test_who_holds_the_telephone_further_away_is_heard_again_after_a_while() -> None:
    voices = quiet(20, after(-20.0, 100)[0])
    assert after(-42.0, 600, voices)[1][-1]


@given(st.lists(st.tuples(levels, st.booleans()), max_size=200))
def test_what_is_louder_than_all_before_is_always_theirs(sounds: list[tuple[float, bool]]) -> None:
    voices, loudest = NOBODY, -100.0
    for level, speech in sounds:
        voices, theirs = heard(RULE, voices, level, speech=speech)
        assert theirs <= speech
        if speech and level >= loudest:
            assert theirs
        loudest = max(loudest, level)
