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
)

RULE = Endpointing()


def run(frames: str, rule: Endpointing = RULE) -> list[tuple[int, Action]]:
    """Return what follows from frames written as ``#`` (speech) and ``.`` (silence), with the frame's number."""
    turn, found = Turn(), []
    for number, frame in enumerate(frames, start=1):
        turn, actions = step(rule, turn, 0.9 if frame == "#" else 0.1)
        found += [(number, action) for action in actions]
    return found


def test_a_turn_starts_after_three_frames_is_speculated_on_at_200_ms_and_ends_at_400() -> None:
    assert run("..###" + "#" * 10 + "." * 25) == [
        (5, SpeechStarted(frames_ago=2)),
        (25, Speculate()),
        (35, TurnEnded(silence_frames=20)),
    ]


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


def test_a_short_pause_is_not_the_end() -> None:
    assert run("###" + "." * 9 + "###" + "." * 9 + "#") == [(3, SpeechStarted(2))]


def test_a_turn_without_end_is_cut() -> None:
    rule = Endpointing(max_turn_ms=1000)
    assert run("#" * 60, rule)[:2] == [(3, SpeechStarted(2)), (50, TurnEnded(0, cut=True))]


def test_the_threshold_itself_is_speech() -> None:
    turn = Turn()
    for _ in range(3):
        turn, actions = step(RULE, turn, RULE.threshold)
    assert actions == (SpeechStarted(2),)


@given(st.text(alphabet="#.", max_size=400))
def test_actions_always_come_in_the_order_of_a_turn(frames: str) -> None:
    speaking = speculating = False
    for _, action in run(frames, Endpointing(max_turn_ms=2000)):
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
