from hypothesis import given
from hypothesis import strategies as st

from callwright.turns.endpointing import (
    Action,
    Endpointing,
    Speculate,
    SpeculationWithdrawn,
    SpeechStarted,
    Turn,
    TurnEnded,
    step,
    understood,
)
from callwright.turns.surroundings import NOTHING, Sound

RULE = Endpointing()
SPEECH = Sound(0.9, 20.0)
LINGERING = Sound(0.9, 1.0)
"""The voice detector still hears speech, which no longer stands out of the background."""
SOUNDS = {"#": SPEECH, ".": NOTHING, "~": LINGERING}


def run(frames: str, rule: Endpointing = RULE, *, patience_ms: int | None = 400) -> list[tuple[int, Action]]:
    """Return what follows from frames written as ``#`` (speech) and ``.`` (silence), with the frame's number.

    Every speculation is understood at once, and says to wait for ``patience_ms``; never where that is ``None``.
    """
    turn, found = Turn(), []
    for number, frame in enumerate(frames, start=1):
        turn, actions = step(rule, turn, SOUNDS[frame])
        if Speculate() in actions and patience_ms is not None:
            turn, more = understood(turn, patience_ms)
            actions = (*actions, *more)
        found += [(number, action) for action in actions]
    return found


def test_a_turn_starts_after_three_frames_is_speculated_on_at_160_ms_and_ends_when_patience_does() -> None:
    frames = "..###" + "#" * 10 + "." * 80
    begun = [(5, SpeechStarted(frames_ago=2)), (23, Speculate())]
    for patience_ms, ended in ((400, 35), (1000, 65), (160, 23), (20, 23)):
        assert run(frames, patience_ms=patience_ms) == [*begun, (ended, TurnEnded(silence_frames=ended - 15))]


def test_where_we_wait_for_the_words_they_are_recognised_sooner() -> None:
    turn = Turn(speaking=True, silence=3, length=20)
    assert step(RULE, turn, NOTHING, urgent=True)[1] == (Speculate(),)
    assert step(RULE, turn, NOTHING)[1] == ()


def test_a_turn_that_is_never_understood_ends_all_the_same() -> None:
    assert run("###" + "." * 80, patience_ms=None)[-1] == (78, TurnEnded(silence_frames=75))


def test_what_is_understood_late_ends_the_turn_when_it_comes() -> None:
    turn = Turn(speaking=True, silence=25, length=60, speculating=True)
    assert understood(turn, 400) == (Turn(), (TurnEnded(25),))


def test_what_was_understood_of_a_turn_that_goes_on_means_nothing() -> None:
    turn = Turn(speaking=True, length=60)
    assert understood(turn, 160) == (turn, ())


def test_within_a_turn_a_detector_that_lingers_is_not_believed() -> None:
    assert run("###" + "~" * 20)[-1] == (23, TurnEnded(silence_frames=20))


def test_a_turn_may_begin_softly() -> None:
    assert run("~~~") == [(3, SpeechStarted(frames_ago=2))]


def test_two_frames_are_no_speech() -> None:
    assert run("##.##.##.") == []


def test_speech_that_resumes_withdraws_the_speculation_and_the_silence_counts_anew() -> None:
    assert [action for _, action in run("###" + "." * 12 + "#" + "." * 20)] == [
        SpeechStarted(2),
        Speculate(),
        SpeculationWithdrawn(),
        Speculate(),
        TurnEnded(20),
    ]


def test_patience_is_forgotten_when_speech_resumes() -> None:
    turn = Turn(speaking=True, silence=10, length=60, speculating=True, enough=20)
    assert step(RULE, turn, SPEECH)[0].enough is None


def test_a_short_pause_is_not_the_end() -> None:
    assert run("###" + "." * 7 + "###" + "." * 7 + "#", patience_ms=20) == [(3, SpeechStarted(2))]


def test_a_turn_without_end_is_cut() -> None:
    rule = Endpointing(max_turn_ms=1000)
    assert run("#" * 60, rule)[:2] == [(3, SpeechStarted(2)), (50, TurnEnded(0, cut=True))]


def test_the_threshold_itself_is_speech() -> None:
    turn = Turn()
    for _ in range(3):
        turn, actions = step(RULE, turn, Sound(RULE.threshold, RULE.above_db))
    assert actions == (SpeechStarted(2),)


@given(st.text(alphabet="#.~", max_size=400), st.sampled_from([None, 20, 160, 400, 1000]))
def test_actions_always_come_in_the_order_of_a_turn(frames: str, patience_ms: int | None) -> None:
    speaking = speculating = False
    for _, action in run(frames, Endpointing(max_turn_ms=2000), patience_ms=patience_ms):
        if isinstance(action, SpeechStarted):
            assert not speaking
            speaking = True
        else:
            assert speaking
            assert isinstance(action, SpeculationWithdrawn) <= speculating
            speculating = isinstance(action, Speculate)
            speaking = not isinstance(action, TurnEnded)


@given(st.text(alphabet="#.", max_size=200), st.text(alphabet="#.", max_size=200))
def test_after_400_ms_of_silence_nothing_before_matters(before: str, after: str) -> None:
    quiet = "." * 20
    shift = len(before) + len(quiet)
    with_past = [(at - shift, action) for at, action in run(before + quiet + after) if at > shift]
    assert with_past == run(after)


@given(st.text(alphabet="#.", max_size=300), st.integers(160, 1400))
def test_no_turn_ends_before_patience_does_and_none_goes_on_after(frames: str, patience_ms: int) -> None:
    for _, action in run(frames, patience_ms=patience_ms):
        if isinstance(action, TurnEnded):
            assert action.silence_frames == max(8, patience_ms // 20)
