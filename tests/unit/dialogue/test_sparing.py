"""Between endings, the wish not to be called again goes first where it is nearly as likely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.dialogue.model.shop import BOB, shop_dialogue
from tests.unit.dialogue.plays import MARIA, WANG_FANG, chinese_script, demo_script
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.intents import AS_LIKELY, Score, spared
from callwright.dialogue.port import Answered, Heard, IntentMet
from callwright.dialogue.state import DO_NOT_CALL

ENDINGS = {"never": DO_NOT_CALL, "wrong": "wrong_number", "later": "call_later", "bye": "goodbye"}
SCORES = st.lists(st.tuples(st.sampled_from([*ENDINGS, "yes", "price"]), st.floats(0, 1)), min_size=1, max_size=6)


@given(SCORES)
def test_only_an_ending_gives_way_and_only_to_the_wish(scores: list[Score]) -> None:
    met = max(scores, key=lambda pair: pair[1])
    found = spared(met, scores, ENDINGS)
    wish = max((score for name, score in scores if name == "never"), default=-1.0)
    if met[0] in ("wrong", "later", "bye") and wish >= AS_LIKELY * met[1]:
        assert found == ("never", wish)
    else:
        assert found == met


@given(
    dialogue=st.sampled_from([GraphDialogue(demo_script()), GraphDialogue(chinese_script())]),
    other=st.sampled_from(["wrong_number", "goodbye"]),
    score=st.floats(0.42, 0.5),
    share=st.floats(AS_LIKELY, 1),
    overheard=st.booleans(),
)
def test_nobody_is_called_again_who_may_have_asked_for_it(
    dialogue: GraphDialogue, other: str, score: float, share: float, overheard: bool
) -> None:
    state, _ = dialogue.step(dialogue.begin(MARIA | WANG_FANG), Answered())
    scores = ((other, score), (DO_NOT_CALL, min(score, score * share + 1e-9)))
    state, _ = dialogue.step(state, Heard("就是不药打这个号码了", scores, overheard=overheard))
    assert state.ended == DO_NOT_CALL or (overheard and sum(pair[1] for pair in scores) < 0.6)


@pytest.mark.parametrize(
    ("scores", "ended"),
    [
        ((("wrong_number", 0.48), ("do_not_call", 0.47)), "do_not_call"),
        ((("wrong_number", 0.48), ("do_not_call", 0.36)), "wrong_number"),
        ((("wrong_number", 0.39), ("do_not_call", 0.32)), "wrong_number"),
        ((("ask_price", 0.48), ("do_not_call", 0.47)), ""),
    ],
    ids=["as likely", "less likely", "not believable", "no ending"],
)
def test_how_likely_it_has_to_be(scores: tuple[Score, ...], ended: str) -> None:
    dialogue = GraphDialogue(chinese_script())
    state, _ = dialogue.step(dialogue.begin(WANG_FANG), Answered())
    state, _ = dialogue.step(state, Heard("就是不药打这个号码了", scores))
    assert state.ended == ended


def test_a_refusal_that_ends_the_call_at_this_node_gives_way_and_one_that_asks_on_does_not() -> None:
    heard = Heard("no, stop it", (("no", 0.5), ("stop", 0.45)))
    for target, ended in (("bye", "do_not_call"), ("size", ""), ("sorry", "do_not_call")):
        sorry = {"kind": "say", "text": "I see.", "next": "bye"}
        dialogue = small_dialogue(
            nodes__hello__branches={"yes": "size", "no": target, "what": "sorry", "other": "bye"},
            nodes__sorry=sorry,
        )
        state, _ = dialogue.step(dialogue.begin(ANN), Answered())
        state, _ = dialogue.step(state, heard)
        assert state.ended == ended, target


def test_a_plain_no_is_a_no() -> None:
    dialogue = small_dialogue()
    state, _ = dialogue.step(dialogue.begin(ANN), Answered())
    state, actions = dialogue.step(state, Heard("no", (("no", 0.5), ("stop", 0.45))))
    assert IntentMet("no", 1.0, "no") in actions
    assert state.ended == "finished"


@pytest.mark.parametrize(
    ("scores", "ended"),
    [
        ((("wrong", 0.45), ("stop", 0.4)), "do_not_call"),
        ((("wrong", 0.5), ("stop", 0.35)), ""),
        ((("_everyday", 0.45), ("stop", 0.4)), ""),
    ],
    ids=["one of two endings", "less likely", "everyday talk"],
)
@pytest.mark.parametrize("overheard", [False, True])
def test_a_language_model_is_not_asked_which_of_two_endings_it_was(
    scores: tuple[Score, ...], ended: str, overheard: bool
) -> None:
    changes = {"intents__wrong": ["wrong number"], "anywhere": {"stop": "do_not_call", "wrong": "not_interested"}}
    dialogue = shop_dialogue(**changes)
    state, _ = dialogue.step(dialogue.begin(BOB), Answered())
    state, _ = dialogue.step(state, Heard("not this number", scores, overheard=overheard))
    assert state.talk.ended == ended
