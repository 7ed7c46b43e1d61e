from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.barge_in import NO_OVERLAP, Action, BargeIn, Pause, Resume, YieldFloor, step, weight
from callwright.turns.surroundings import NOTHING, Sound

RULE = BargeIn()
SOUNDS = {
    "#": Sound(0.95, 20.0),
    "s": Sound(0.45, 16.0),
    "!": Sound(0.02, 40.0),
    ".": Sound(0.02, 1.0),
    "e": NOTHING,
}
"""Speech, a soft beginning, a bang, the background, and our own echo."""

anything = st.builds(Sound, st.floats(0, 1), st.floats(-30, 60))


def run(frames: str, *, interruptible: bool = True, in_turn: bool = True) -> list[tuple[int, Action]]:
    """Return what we do at which frame, until the floor is yielded."""
    overlap, found = NO_OVERLAP, []
    for number, frame in enumerate(frames, start=1):
        overlap, actions = step(RULE, overlap, SOUNDS[frame], interruptible=interruptible, in_turn=in_turn)
        found += [(number, action) for action in actions]
        if YieldFloor() in actions:
            break
    return found


def test_speech_pauses_us_at_once_and_takes_the_floor_when_it_goes_on() -> None:
    assert run("..." + "#" * 60) == [(4, Pause(frames_ago=0)), (63, YieldFloor())]


def test_what_may_be_words_keeps_us_waiting_for_them() -> None:
    assert run("#" * 8 + "." * 200) == [(1, Pause(0))]


def test_what_sounds_like_speech_but_begins_no_turn_has_no_words_to_wait_for() -> None:
    assert run("#" * 8 + "." * 200, in_turn=False) == [(1, Pause(0)), (12, Resume())]


def test_a_cough_only_makes_us_pause() -> None:
    assert run("#####......") == [(1, Pause(0)), (9, Resume())]


def test_a_bang_that_is_surely_no_speech_does_nothing_however_long() -> None:
    assert run("!" * 500) == []


def test_a_soft_beginning_adds_up_though_no_frame_of_it_is_speech() -> None:
    assert run("..." + "s" * 3) == [(6, Pause(frames_ago=2))]
    assert SOUNDS["s"].probability < RULE.threshold


def test_our_echo_and_the_background_do_nothing() -> None:
    assert run("e." * 100) == []


def test_a_gap_between_syllables_does_not_break_the_run_but_counts_for_nothing() -> None:
    assert run("####..####" + "#" * 52) == [(1, Pause(0)), (62, YieldFloor())]


def test_a_prompt_that_may_not_be_interrupted_goes_on() -> None:
    assert run("#" * 100, interruptible=False) == []


def test_who_speaks_into_an_interruptible_prompt_stops_it_at_once() -> None:
    overlap = NO_OVERLAP
    for _ in range(60):
        overlap, actions = step(RULE, overlap, SOUNDS["#"], interruptible=False, in_turn=True)
        assert actions == ()
    _, actions = step(RULE, overlap, SOUNDS["#"], interruptible=True, in_turn=True)
    assert actions == (Pause(frames_ago=60), YieldFloor())


@given(st.text(alphabet="#s!.e", max_size=300))
def test_every_pause_is_followed_by_going_on_or_giving_way(frames: str) -> None:
    paused = False
    for _, action in run(frames):
        assert isinstance(action, Pause) is not paused
        paused = isinstance(action, Pause)


@given(st.text(alphabet="#s!.e", max_size=300))
def test_the_floor_is_yielded_only_to_enough_speech_and_never_kept_from_it(frames: str) -> None:
    yielded = [number for number, action in run(frames) if action == YieldFloor()]
    if yielded:
        assert frames[: yielded[0]].count("#") >= 60
    unbroken = frames.find("#" * 60)
    if unbroken >= 0:
        assert yielded
        assert yielded[0] <= unbroken + 60


@given(st.lists(anything, max_size=200))
def test_the_evidence_stays_within_its_bounds(sounds: list[Sound]) -> None:
    overlap = NO_OVERLAP
    for sound in sounds:
        overlap, _ = step(RULE, overlap, sound, interruptible=True, in_turn=False)
        assert 0 <= overlap.evidence <= RULE.most


@given(st.lists(anything, max_size=200))
def test_where_we_paused_some_frames_of_silence_let_us_go_on(sounds: list[Sound]) -> None:
    overlap = NO_OVERLAP
    for sound in sounds:
        overlap, _ = step(RULE, overlap, sound, interruptible=True, in_turn=False)
    for _ in range(5):
        overlap, _ = step(RULE, overlap, NOTHING, interruptible=True, in_turn=False)
    assert overlap == NO_OVERLAP


@given(anything, st.floats(0, 0.5), st.floats(0, 20))
def test_likelier_or_louder_is_never_less_evidence(sound: Sound, likelier: float, louder: float) -> None:
    surer = Sound(min(1.0, sound.probability + likelier), sound.above_db)
    assert weight(RULE, surer) >= weight(RULE, sound)
    assert weight(RULE, Sound(sound.probability, sound.above_db + louder)) >= weight(RULE, sound)
