from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.silence import Floor, StayedSilent, Waiting, step

FLOORS = {"o": Floor.OURS, "t": Floor.THEIRS, ".": Floor.NOBODYS}


def when_silent(frames: str, limit_ms: int = 100) -> list[int]:
    """Return the numbers of the frames at which the person has stayed silent."""
    waiting, found = Waiting(limit_ms), []
    for number, floor in enumerate(frames, start=1):
        waiting, stayed = step(waiting, FLOORS[floor])
        found += [number for _ in stayed]
    return found


def test_five_frames_of_nobody_are_100_ms() -> None:
    assert when_silent("ooo.....") == [8]


def test_the_wait_begins_anew_when_we_speak() -> None:
    assert when_silent("....o....o....") == []


def test_a_persons_sound_holds_the_wait_up_without_beginning_it_anew() -> None:
    assert when_silent("...ttt..") == [8]


def test_it_is_said_again_after_as_long_again() -> None:
    assert when_silent("." * 12) == [5, 10]


def test_an_hours_silence_is_tested_in_a_line() -> None:
    assert when_silent("." * (3600 * 50), limit_ms=3_600_000) == [3600 * 50]


@given(st.text(alphabet="ot.", max_size=200))
def test_nobody_stayed_silent_sooner_than_the_limit(frames: str) -> None:
    for number in when_silent(frames):
        assert frames[:number].rsplit("o", maxsplit=1)[-1].count(".") >= 5


def test_what_is_told_has_no_content() -> None:
    assert step(Waiting(20), Floor.NOBODYS)[1] == (StayedSilent(),)
