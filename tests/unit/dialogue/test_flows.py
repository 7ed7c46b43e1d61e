"""Jumps between flows, answers that lead on, recordings, and what can't be done on this installation."""

from tests.unit.dialogue.small import ANN, small_dialogue, small_script

from callwright.dialogue.check import check
from callwright.dialogue.port import Answered, Entered, Heard, Listen, Speak

ORDERING = {
    "flows": {"ordering": {"label": "Ordering", "entry": "size"}},
    "nodes__go": {"kind": "jump", "to": "ordering"},
    "nodes__hello__branches__yes": "go",
    "nodes__size__flow": "ordering",
}
SOUND = {"sha256": "a" * 64, "seconds": 2.5, "label": "Hello by Ann"}


def _rules(**changes: object) -> set[str]:
    return {fault.rule for fault in check(small_script(**changes))}


def test_a_jump_goes_on_at_the_other_flows_entry() -> None:
    dialogue = small_dialogue(**ORDERING)
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    state, actions = dialogue.step(state, Heard("yes", (("yes", 0.9),)))
    assert [action.node for action in actions if isinstance(action, Entered)] == ["go", "size"]
    assert state.node == "size"


def test_a_jump_to_no_flow_and_a_drawing_in_none_are_named() -> None:
    assert "missing-target" in _rules(**ORDERING | {"nodes__go__to": "elsewhere"})
    assert "unknown-flow" in _rules(**ORDERING | {"nodes__size__flow": "elsewhere"})


def test_an_answer_may_lead_on() -> None:
    dialogue = small_dialogue(knowledge__price__next="size")
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    state, actions = dialogue.step(state, Heard("how much", (("price", 0.9),)))
    assert [action.text for action in actions if isinstance(action, Speak)] == ["Nothing at all.", "Which size?"]
    assert state.node == "size"
    assert actions[-1] == Listen(expects="number")


def test_a_recording_is_played_for_its_text() -> None:
    dialogue = small_dialogue(recordings={"hello": SOUND}, nodes__hello__audio="hello")
    _, actions = dialogue.step(dialogue.begin(ANN), Answered())
    assert [action.recording for action in actions if isinstance(action, Speak)] == ["a" * 64]
    assert "unknown-recording" in _rules(nodes__hello__audio="hello")


def test_nobody_is_handed_over_before_that_can_be_done_nor_written_to_without_a_template() -> None:
    handing = {"kind": "transfer", "text": "One moment.", "failed": "bye"}
    writing = {"kind": "send_sms", "template": "", "next": "bye", "failed": "bye"}
    assert "not-available" in _rules(nodes__hello__branches__no="hand", nodes__hand=handing)
    assert _rules(nodes__hello__branches__no="write", nodes__write=writing) == {"no-template"}
