from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.barge_in import NO_OVERLAP, Action, BargeIn, Pause, Resume, YieldFloor, step

RULE = BargeIn(pause_ms=40, sustained_ms=160, gap_ms=40)


def run(frames: str, *, interruptible: bool = True) -> list[tuple[int, Action]]:
    """Return what we do at which frame, until the floor is yielded."""
    overlap, found = NO_OVERLAP, []
    for number, frame in enumerate(frames, start=1):
        overlap, actions = step(RULE, overlap, 0.9 if frame == "#" else 0.1, interruptible=interruptible)
        found += [(number, action) for action in actions]
        if YieldFloor() in actions:
            break
    return found


def test_speech_pauses_us_at_once_and_takes_the_floor_when_it_goes_on() -> None:
    assert run("..." + "#" * 8) == [(5, Pause(frames_ago=1)), (11, YieldFloor())]


def test_a_cough_only_makes_us_pause() -> None:
    assert run("#####....") == [(2, Pause(1)), (8, Resume())]


def test_a_click_does_nothing() -> None:
    assert run("#....#....#....") == []


def test_a_gap_between_syllables_does_not_break_the_run_but_counts_for_nothing() -> None:
    assert run("####..####") == [(2, Pause(1)), (10, YieldFloor())]


def test_a_prompt_that_may_not_be_interrupted_goes_on() -> None:
    assert run("#" * 100, interruptible=False) == []


def test_who_speaks_into_an_interruptible_prompt_stops_it_at_once() -> None:
    overlap = NO_OVERLAP
    for _ in range(20):
        overlap, actions = step(RULE, overlap, 0.9, interruptible=False)
        assert actions == ()
    _, actions = step(RULE, overlap, 0.9, interruptible=True)
    assert actions == (Pause(frames_ago=20), YieldFloor())


@given(st.text(alphabet="#.", max_size=300))
def test_every_pause_is_followed_by_going_on_or_giving_way(frames: str) -> None:
    paused = False
    for _, action in run(frames):
        assert isinstance(action, Pause) is not paused
        paused = isinstance(action, Pause)


@given(st.text(alphabet="#.", max_size=300))
def test_the_floor_is_yielded_only_to_enough_speech_and_never_kept_from_it(frames: str) -> None:
    yielded = [number for number, action in run(frames) if action == YieldFloor()]
    if yielded:
        assert frames[: yielded[0]].count("#") >= 8
    unbroken = frames.find("#" * 8)
    if unbroken >= 0:
        assert yielded
        assert yielded[0] <= unbroken + 8
