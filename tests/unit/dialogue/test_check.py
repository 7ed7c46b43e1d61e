"""The faults that keep a script from being published, each by one change to a good script."""

from typing import Any

import pytest
from tests.unit.dialogue.small import small_script

from callwright.dialogue.check import check
from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.graph_engine import GraphDialogue

SAY_SIZE = {"kind": "say", "text": "Your size is {size}.", "next": "thanks"}
OPTIONAL = {"name": "customer_name", "label": "Name", "required": False}
BY_TIME = {"kind": "condition", "cases": [{"when": {"talk_below_s": 9}, "next": "bye"}], "otherwise": "bye"}
BY_GRADE = {"grade": "C", "because": "Why not", "when": {"met": "no"}}

MANY = {f"q_{n}": {"wordings": [f"ask {n} in way {w}" for w in range(200)], "answer": "Yes."} for n in range(30)}

# A change | the rule it breaks | the node | words of the message
FAULTS = [
    ({"entry": "nowhere"}, "missing-target", "", "entry leads to 'nowhere'"),
    ({"nodes__hello__branches__yes": "gone"}, "missing-target", "hello", "branches, yes leads to 'gone'"),
    ({"nodes__hello__keys": {1: "gone"}}, "missing-target", "hello", "keys, 1 leads to 'gone'"),
    ({"nodes__size__failed": "gone"}, "missing-target", "size", "failed leads to 'gone'"),
    ({"anywhere__branches__other": "gone"}, "missing-target", "", "anywhere, branches, other"),
    ({"limits__give_up": "hello"}, "give-up", "", "doesn't hang up"),
    ({"nodes__hello__branches__maybe": "bye"}, "unknown-intent", "hello", "'maybe'"),
    ({"anywhere__repeat": "again"}, "unknown-intent", "", "'again'"),
    ({"nodes__hello__text": "This is Acme, {sir}. Ready?"}, "unknown-variable", "hello", "'sir'"),
    ({"knowledge__price__answer": "It is {prize}."}, "unknown-variable", "", "'prize'"),
    ({"nodes__hello__text": "Acme: {customer name}?"}, "braces", "hello", "{customer name}"),
    ({"nodes__hello__text": "Acme here, it's $19. Ready?"}, "unspeakable", "hello", "the sign $"),
    ({"nodes__hello__text": "Acme " + "so " * 40}, "long-prompt", "hello", "41 words"),
    ({"nodes__bye__text": "Size {size}."}, "unset-variable", "bye", "hasn't been collected"),
    ({"nodes__size__text": "{size} or what?"}, "unset-variable", "size", "hasn't been collected"),
    ({"phrases": {"silence": "{size}?"}}, "unset-variable", "", "'size'"),
    (
        {"variables": [{"name": "customer_name", "label": "Name", "required": False}]},
        "empty-variable",
        "hello",
        "empty",
    ),
    ({"variables": [{"name": "company", "label": "Firm"}]}, "variable-twice", "", "'company'"),
    ({"company": "{acme}"}, "braces-in-value", "", "the value of 'company'"),
    (
        {"nodes__lonely": {"kind": "say", "text": "Hi.", "next": "bye"}},
        "unreachable",
        "lonely",
        "no way leads here",
    ),
    ({"nodes__hello__branches": {}}, "no-branch", "hello", "no answer leads anywhere"),
    ({"nodes__hello__branches": {"yes": "size"}}, "missing-branch", "hello", "none for 'no'"),
    ({"nodes__hello__text": "Ready?"}, "who-is-calling", "hello", "Acme"),
    (
        {"anywhere__branches": {}, "nodes__removed": None, "anywhere__keys": {}},
        "no-way-out",
        "",
        "not to be called",
    ),
    ({"nodes__removed__reason": "finished"}, "no-way-out", "", "not to be called"),
    ({"nodes__hello__branches__yes": "timed", "nodes__timed": BY_TIME}, "talk-time", "timed", "has lasted"),
    ({"grades__default__grade": "Z"}, "unknown-grade", "", "gives grade 'Z'"),
    ({"grades__rules": [BY_GRADE]}, "unknown-grade", "", "gives grade 'C'"),
    ({"grades__rules": [BY_GRADE | {"when": {"ended": "boredom"}}]}, "unknown-reason", "", "'boredom'"),
    ({"grades__rules": [BY_GRADE | {"when": {"any": [{"reached": "moon"}]}}]}, "unknown-node", "", "'moon'"),
    ({"grades__rules": [BY_GRADE | {"when": {"collected": "shoe"}}]}, "unknown-variable", "", "'shoe'"),
    ({"knowledge__yes": {"wordings": ["is it"], "answer": "It is."}}, "name-twice", "", "'yes'"),
    ({"intents__no": ["Yes", "no"]}, "example-twice", "", "'Yes'"),
    ({"entry": ""}, "dead-end", "", "entry leads nowhere yet"),
    ({"nodes__size__next": None}, "dead-end", "size", "next leads nowhere yet"),
    ({"nodes__hello__otherwise": ""}, "dead-end", "hello", "otherwise leads nowhere yet"),
    ({"limits__stuck": "gone"}, "missing-target", "", "limits, stuck leads to 'gone'"),
    ({"nodes__hello__branches__yes": "fork", "nodes__fork": {"kind": "branch"}}, "no-branch", "fork", "no answer"),
    ({"nodes__hello__branches__yes": "fork", "nodes__fork": {"kind": "condition"}}, "no-case", "fork", "no case"),
    ({"nodes__size__variable": ""}, "no-variable", "size", "collects nothing yet"),
    ({"nodes__hello__text": ""}, "no-text", "hello", "nothing is said yet"),
    ({"knowledge__price__answer": ""}, "no-answer", "", "'price' has no answer"),
    ({"intents__no": []}, "no-examples", "", "'no' has no example"),
    ({"knowledge": MANY}, "too-many-examples", "", "6000 are as many"),
    ({"knowledge__price__again": ["Still {prize}."]}, "unknown-variable", "", "'prize'"),
    ({"nodes__hello__again": ["Ready?", "Are you {sir}?"]}, "unknown-variable", "hello", "'sir'"),
]


@pytest.mark.parametrize(("change", "rule", "node", "words"), FAULTS)
def test_faults(change: dict[str, Any], rule: str, node: str, words: str) -> None:
    found = [fault for fault in check(small_script(**change)) if (fault.rule, fault.node) == (rule, node)]
    assert any(words in fault.message for fault in found)
    assert all(fault.remedy for fault in found)


def test_the_small_script_has_none() -> None:
    assert check(small_script()) == ()


def test_a_loop_that_never_listens_is_named_by_its_path() -> None:
    script = small_script(
        nodes__hello__branches__yes="round",
        nodes__round={"kind": "say", "text": "Well.", "next": "about"},
        nodes__about={
            "kind": "condition",
            "cases": [{"when": {"met": "no"}, "next": "size"}],
            "otherwise": "round",
        },
    )
    (fault,) = check(script)
    assert (fault.node, fault.rule, fault.path) == ("round", "silent-loop", ("hello", "round", "about", "round"))
    assert fault.message == "round → about → round goes round without listening."


def test_nodes_from_which_no_answer_leads_to_a_goodbye() -> None:
    script = small_script(
        nodes__hello__branches__yes="again",
        nodes__again={"kind": "ask", "text": "Again?", "otherwise": "more"},
        nodes__more={"kind": "ask", "text": "More?", "otherwise": "again"},
    )
    assert {fault.node for fault in check(script) if fault.rule == "no-goodbye"} == {"again", "more"}


def test_a_value_is_known_where_every_way_collected_it() -> None:
    assert check(small_script(nodes__size__next="told", nodes__told=SAY_SIZE)) == ()
    both = small_script(nodes__size__next="told", nodes__told=SAY_SIZE, nodes__size__failed="told")
    assert [(fault.rule, fault.node) for fault in check(both)] == [
        ("unset-variable", "thanks"),
        ("unset-variable", "told"),
    ]


def test_a_value_is_known_where_a_condition_asked_for_it() -> None:
    asked = {"kind": "condition", "cases": [{"when": {"collected": "size"}, "next": "told"}], "otherwise": "bye"}
    script = small_script(
        nodes__size__next="told", nodes__told=SAY_SIZE, nodes__asked=asked, nodes__size__failed="asked"
    )
    assert check(script) == ()


def test_a_script_with_faults_is_not_played_and_lists_them_all() -> None:
    with pytest.raises(ScriptInvalidError) as raised:
        GraphDialogue(small_script(nodes__hello__text="Ready, {sir}?", grades__default__grade="Z"))
    assert [fault.rule for fault in raised.value.faults] == [
        "unknown-grade",
        "unknown-variable",
        "who-is-calling",
        "unset-variable",
    ]
    assert "Node hello: there is no variable 'sir'." in str(raised.value)
