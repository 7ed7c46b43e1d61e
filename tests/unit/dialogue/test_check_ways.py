"""The ways by which the checker shows a fault, and what a company demands of how calls open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.dialogue.plays import demo_script
from tests.unit.dialogue.small import small_script

from callwright.dialogue.check import check
from callwright.dialogue.duties import Duties
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Answered, Speak

ALL = Duties(say_ai=True, say_recorded=True, offer_way_out=True)
OPENING = "Acme calling, I'm a robot, this is recorded, say stop at any time."
BOB = {"when": {"where": [{"variable": "customer_name", "is": "Bob"}]}}
ENTRANCE = {
    "kind": "condition",
    "cases": [{**BOB, "next": "short"}],
    "otherwise": "long",
}


def only(script: Script, rule: str, duties: Duties = Duties()) -> Fault:  # noqa: B008 - immutable
    (fault,) = [fault for fault in check(script, duties) if fault.rule == rule]
    return fault


def two_openings(short: str, long: str) -> Script:
    return small_script(
        entry="fork",
        nodes__fork=ENTRANCE,
        nodes__short={"kind": "say", "text": short, "barge_in": False, "next": "hello"},
        nodes__long={"kind": "say", "text": long, "barge_in": False, "next": "hello"},
        nodes__hello__text="Ready?",
    )


@pytest.mark.parametrize(
    ("rule", "short"),
    [
        ("who-is-calling", "I'm a robot, this is recorded, say stop at any time."),
        ("ai-not-said", "Acme calling, this is recorded, say stop at any time."),
        ("recording-not-said", "Acme calling, I'm a robot, say stop at any time."),
        ("way-out-not-offered", "Acme calling, I'm a robot, this is recorded."),
    ],
)
def test_what_one_of_two_ways_to_the_first_question_leaves_unsaid_is_named_by_that_way(
    rule: str, short: str
) -> None:
    (fault,) = check(two_openings(short, OPENING), ALL)
    assert (fault.rule, fault.node, fault.path) == (rule, "hello", ("fork", "short", "hello"))


def test_nothing_but_who_is_calling_is_demanded_where_the_company_demands_nothing() -> None:
    assert check(two_openings("Acme.", "Acme.")) == ()
    assert {fault.rule for fault in check(two_openings("Acme.", "Acme."), ALL)} == {
        "ai-not-said",
        "recording-not-said",
        "way-out-not-offered",
    }


def test_an_author_can_say_what_a_text_discloses_in_other_words() -> None:
    said = small_script(nodes__hello__discloses=["ai", "recording", "way_out"], nodes__hello__barge_in=False)
    assert check(said, ALL) == ()
    assert only(small_script(nodes__hello__discloses="ai"), "recording-not-said", ALL).node == "hello"


def test_a_disclosure_after_the_first_question_comes_too_late() -> None:
    late = small_script(nodes__size__text="I'm a robot. Which size?")
    assert only(late, "ai-not-said", Duties(say_ai=True)).path == ("hello",)


def test_a_disclosure_that_may_be_talked_into_is_a_fault_where_it_is_a_duty() -> None:
    said = {"nodes__hello__discloses": ["ai", "recording", "way_out"]}
    fault = only(small_script(**said), "disclosure-interruptible", ALL)
    assert (fault.node, fault.field, fault.path) == ("hello", "barge_in", ("hello",))
    assert check(small_script(**said)) == ()
    assert check(small_script(**said), Duties(offer_way_out=True)) == ()


@given(chain=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=5), fork=st.booleans())
def test_what_is_published_has_told_everybody_before_it_asks(chain: list[tuple[bool, bool]], fork: bool) -> None:
    """Whatever a call hears up to the first question: no faults means that it told, and could not be stopped."""
    says = {
        f"say_{n}": {
            "kind": "say",
            "text": "I'm a robot." if tells else "Good day.",
            "barge_in": stops,
            "next": f"say_{n + 1}",
        }
        for n, (tells, stops) in enumerate(chain)
    }
    says[f"say_{len(chain)}"] = {"kind": "say", "text": "Acme calling.", "next": "hello"}
    entrance = {**ENTRANCE, "cases": [{**BOB, "next": "say_0"}], "otherwise": "hello"}
    script = small_script(
        entry="fork" if fork else "say_0",
        nodes__hello__text="This is Acme. Ready?",
        **{f"nodes__{name}": node for name, node in says.items()},
        **({"nodes__fork": entrance} if fork else {}),
    )
    clean = not {"ai-not-said", "disclosure-interruptible"} & {
        one.rule for one in check(script, Duties(say_ai=True))
    }
    told = []
    for name in ("Bob", "Eve"):
        dialogue = GraphDialogue(script)
        _, actions = dialogue.step(dialogue.begin({"customer_name": name}), Answered())
        spoken = [action for action in actions if isinstance(action, Speak)]
        told.append(any("robot" in said.text and not said.interruptible for said in spoken))
    assert clean == all(told)


def test_the_demo_discloses_everything() -> None:
    assert check(demo_script(), ALL) == ()


def test_an_unset_variable_is_shown_by_a_way_that_never_collects_it() -> None:
    script = small_script(
        nodes__size__failed="told",
        nodes__size__next="told",
        nodes__told={"kind": "say", "text": "Your size is {size}.", "next": "bye"},
        nodes__thanks=None,
    )
    assert only(script, "unset-variable").path == ("hello", "size", "told")
    skipped = small_script(nodes__hello__branches__no="thanks")
    assert only(skipped, "unset-variable").path == ("hello", "thanks")


def test_every_fault_of_a_node_that_calls_reach_says_how_they_reach_it() -> None:
    assert only(small_script(nodes__size__text="Which size, {sir}?"), "unknown-variable").path == ("hello", "size")
    assert only(small_script(nodes__removed__text="It costs $5."), "unspeakable").path == ("hello", "removed")


def test_a_node_that_nothing_leads_to_has_no_way() -> None:
    lonely = {"kind": "say", "text": "Hi.", "next": "bye"}
    assert only(small_script(nodes__lonely=lonely), "unreachable").path == ()


def test_a_fault_says_where_in_its_node_it_is_and_what_it_speaks_of() -> None:
    fault = only(small_script(nodes__hello__branches__yes="gone"), "missing-target")
    assert (fault.field, fault.values) == ("branches.yes", {"way": "branches, yes", "target": "gone"})


def test_a_long_chain_is_followed_to_its_end() -> None:
    chain = {f"say_{n}": {"kind": "say", "text": "So.", "next": f"say_{n + 1}"} for n in range(450)}
    chain["say_450"] = {"kind": "say", "text": "So.", "next": "say_0"}
    script = small_script(
        nodes__hello__branches__yes="say_0", **{f"nodes__{name}": node for name, node in chain.items()}
    )
    assert len(only(script, "silent-loop").path) == 453
