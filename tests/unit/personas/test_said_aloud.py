"""What only sound shows, and a person whose dialogue runs elsewhere."""

import pytest

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.dialogue.port import Answered, Heard
from callwright.personas.crowd import stage_for
from callwright.personas.customers import customer_of
from callwright.personas.people import Wish, make_people
from callwright.personas.sound import CallSound, figures_of, word_errors
from callwright.personas.spoken_call import Leave, Say, SpokenCall
from callwright.scripts.service import demo_source


@pytest.mark.parametrize(
    ("said", "heard", "spaced", "errors"),
    [
        ("yes that's right", "Yes, that's right.", True, (0, 3)),
        ("call me then", "call them", True, (2, 3)),
        ("call me", "", True, (2, 2)),
        ("right", "all right then", True, (2, 1)),
        ("\u6211\u8003\u8651\u4e00\u4e0b", "\u6211\u8003\u7eff\u4e00\u4e0b\u3002", False, (1, 5)),
    ],
)
def test_words_are_counted_wrong(said: str, heard: str, spaced: bool, errors: tuple[int, int]) -> None:
    assert word_errors(said, heard, spaced=spaced) == errors


def test_figures_are_those_of_all_calls() -> None:
    calls = [CallSound(words=8, errors=2, said=3, unheard=1, reply_ms=(900, 500)), CallSound(reply_ms=(700,))]
    found = figures_of(calls, failed=1)
    assert (found.word_errors, found.replies, found.reply_p50_ms, found.failed) == (0.25, 3, 700, 1)
    assert (found.unheard.right, found.unheard.said, found.barge_ins.said) == (1, 3, 0)
    assert figures_of([], failed=2).reply_p95_ms == 0


def test_a_person_says_what_they_mean_and_is_judged_by_what_was_heard() -> None:
    dialogue = GraphDialogue(load_script(demo_source()))
    stage = stage_for(dialogue)
    persona = next(
        one for one in make_people(2, 40) if one.wish is Wish.NEVER_AGAIN and not (one.keys or one.questions)
    )
    call = SpokenCall(stage, persona)
    state = dialogue.begin(customer_of(stage.script, persona.luck("customer")))
    assert call.act() is None  # nobody has asked anything yet
    after, actions = dialogue.step(state, Answered())
    call.stepped(state, Answered(), after, actions)
    said = call.act()
    while not isinstance(said, Say):
        said = call.act()
    heard = Heard("take me off your list", (("do_not_call", 0.9), ("no", 0.1)))
    last, actions = dialogue.step(after, heard)
    call.stepped(after, heard, last, actions)
    over = call.ended(12.0)
    (exchange,) = [one for one in over.exchanges if one.said]
    assert (exchange.said, exchange.text, exchange.right) == (said.text, heard.text, True)
    assert (over.heeded, over.left, over.seconds) == (True, False, 12.0)
    assert not isinstance(call.act(), Leave)
