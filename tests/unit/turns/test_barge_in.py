from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.barge_in import NO_OVERLAP, BargeIn, StopSpeaking, step

RULE = BargeIn(sustained_ms=100, gap_ms=40)


def first_stop(frames: str, *, interruptible: bool = True) -> tuple[int, StopSpeaking] | None:
    """Return the number of the first frame that stops us, and the stop."""
    overlap = NO_OVERLAP
    for number, frame in enumerate(frames, start=1):
        overlap, stops = step(RULE, overlap, 0.9 if frame == "#" else 0.1, interruptible=interruptible)
        if stops:
            return number, stops[0]
    return None


def test_sustained_speech_stops_us_and_tells_when_it_began() -> None:
    assert first_stop("...#####") == (8, StopSpeaking(frames_ago=4))


def test_a_blip_does_not() -> None:
    assert first_stop("####...####...####...") is None


def test_a_gap_between_syllables_does_not_break_the_run_but_counts_for_nothing() -> None:
    assert first_stop("###..##") == (7, StopSpeaking(frames_ago=6))


def test_a_prompt_that_may_not_be_interrupted_goes_on() -> None:
    assert first_stop("#" * 100, interruptible=False) is None


def test_who_speaks_into_an_interruptible_prompt_stops_it_at_once() -> None:
    overlap, _ = NO_OVERLAP, ()
    for _ in range(20):
        overlap, stops = step(RULE, overlap, 0.9, interruptible=False)
        assert stops == ()
    _, stops = step(RULE, overlap, 0.9, interruptible=True)
    assert stops == (StopSpeaking(frames_ago=20),)


@given(st.text(alphabet="#.", max_size=300))
def test_we_stop_only_after_enough_speech_and_within_200_ms_of_unbroken_speech(frames: str) -> None:
    stopped = first_stop(frames)
    if stopped is not None:
        assert frames[: stopped[0]].count("#") >= 5
        assert stopped[1].frames_ago < stopped[0]
    unbroken = frames.find("#" * 10)
    if unbroken >= 0:
        assert stopped is not None
        assert stopped[0] <= unbroken + 10
