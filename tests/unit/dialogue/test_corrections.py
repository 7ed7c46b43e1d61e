"""Values put right in one breath, and at their read-back."""

import pytest
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.dialogue.collecting import take
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.parts import ValueKind
from callwright.dialogue.port import Answered, Collected, Heard, Speak

CORRECTED: list[tuple[ValueKind, str, str | None]] = [
    ("date", "Monday, no, Tuesday", "Tuesday"),
    ("date", "no, Tuesday", "Tuesday"),
    ("date", "Monday, I mean Tuesday please", "Tuesday"),
    ("date", "Monday, no", "Monday"),
    ("moment", "Wednesday, no wait, Thursday at four", "Thursday 16:00"),
    ("moment", "Thursday at four, no, at five", "Thursday 17:00"),
    ("moment", "Thursday at four, actually Friday", "Friday 16:00"),
    ("number", "twenty, sorry, no, thirty", "30"),
    ("phone", "five five five one two three four, no wait, five five five one two three five", "5551235"),
    ("name", "it's John, no, Jim", "Jim"),
    ("text", "no, it's the other one", "no, it's the other one"),
]


@pytest.mark.parametrize(("what", "heard", "kept"), CORRECTED)
def test_the_last_value_of_one_breath_counts(what: ValueKind, heard: str, kept: str | None) -> None:
    found = take(what, heard)
    assert (found and found[0]) == kept


def booking() -> GraphDialogue:
    return small_dialogue(
        nodes__size__what="moment",
        nodes__size__text="Which day?",
        nodes__size__read_back="So {size}?",
        limits__not_understood=3,
    )


@pytest.mark.parametrize(
    ("told", "put_right", "read_back"),
    [
        ("Tuesday at two", "no, Wednesday", "So Wednesday at two o'clock in the afternoon?"),
        ("Tuesday at two", "no, at three", "So Tuesday at three o'clock in the afternoon?"),
        ("Tuesday at two", "not Tuesday, Friday at nine", "So Friday at nine o'clock in the morning?"),
        ("Tuesday", "yes, at three", "So Tuesday at three o'clock in the afternoon?"),
    ],
)
def test_what_is_put_right_at_the_read_back_is_read_back_anew(told: str, put_right: str, read_back: str) -> None:
    dialogue = booking()
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    for text in ("yes", told):
        state, _ = dialogue.step(state, Heard(text, ()))
    _, actions = dialogue.step(state, Heard(put_right, ()))
    assert [action.text for action in actions if isinstance(action, Speak)] == [read_back]


@pytest.mark.parametrize("agreed", ["yes, Tuesday", "yes in the afternoon", "right, at two", "exactly"])
def test_who_agrees_in_more_words_has_agreed(agreed: str) -> None:
    dialogue = booking()
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    for text in ("yes", "Tuesday at two"):
        state, _ = dialogue.step(state, Heard(text, ()))
    _, actions = dialogue.step(state, Heard(agreed, ()))
    assert Collected("size", "Tuesday 14:00") in actions
