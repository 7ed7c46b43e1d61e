"""Scripts as text: what can be read, and what is said of what can't."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.dialogue.plays import demo_script, demo_text
from tests.unit.dialogue.small import small

from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.loading import load_script, script_from
from callwright.kit.script_size import MOST_CHARACTERS

# A text that is no script | words of the message
UNREADABLE = [
    ("", "it must begin with lines"),
    ("- a\n- b", "it must begin with lines"),
    ("name: [a", "line 1, column 9"),
    ("name: *a", "aliases"),
    ("a: &x [1]\nb: *x", "line 2, column 4: aliases"),
    ("name: a\nname: b", "line 2, column 1: 'name' is there twice"),
    ("name: !!python/object:os.system x", "tags"),
    ("name: !!int x", "tags"),
    ("[a]: b", "a name must be a plain word"),
    ("[" * 21 + "]" * 21, "nested too deeply"),
    ("name: \x07", "characters that no text has"),
]


@pytest.mark.parametrize(("text", "words"), UNREADABLE)
def test_what_cannot_be_read(text: str, words: str) -> None:
    with pytest.raises(ScriptInvalidError, match="The file can't be read") as raised:
        load_script(text)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("name: a: b", True),
        ("name: *a", True),
        ("name: 'it's'", True),
        ("\tname: a", True),
        ("name: [a", False),
        ('name: "a', False),
        ("name: a\nname: b", False),
        ("name: a\n---\nname: b", False),
    ],
)
def test_quotes_are_advised_where_they_help(text: str, helps: bool) -> None:
    with pytest.raises(ScriptInvalidError) as raised:
        load_script(text)
    assert ("in quotes" in str(raised.value)) is helps


def test_what_is_too_long_tells_how_to_make_it_shorter() -> None:
    with pytest.raises(ScriptInvalidError) as raised:
        load_script("#" * (MOST_CHARACTERS + 1))
    (told,) = raised.value.faults
    assert (told.rule, told.values) == ("too-long", {"length": "1025", "most": "1024"})
    assert "make two scripts of it" in told.remedy


# A change to a script | the node | what is said
MALFORMED = [
    ({"company": None}, "", "company is missing. Add it."),
    ({"nodes__hello__texts": "Hi"}, "hello", "texts is not something it can have. Did you mean text?"),
    ({"nodes__hello__zebra": "Hi"}, "hello", "zebra is not something it can have. Take it out."),
    ({"nodes__hello__kind": None}, "hello", "it has no kind. Add `kind:`"),
    ({"nodes__hello__kind": "shout"}, "hello", "there is no kind of node called 'shout'. Use one of say, ask"),
    ({"nodes__hello__again": ""}, "hello", "again → 0: string should have at least 1 character."),
    (
        {"nodes__Hello There": {"kind": "hang_up"}},
        "Hello There",
        "it: 'Hello There' can't be used there. Names are",
    ),
    ({"nodes__hello__keys": {"12": "bye"}}, "hello", "A key is one of 0 to 9"),
    ({"limits__turns": 0}, "", "limits → turns: input should be greater than or equal to 1."),
    ({"limits__floor": "nan"}, "", "limits → floor: input should be a finite number."),
    ({"language": "fr"}, "", "language: input should be 'en' or 'zh'."),
    ({"intents__yes": [""]}, "", "intents → yes → examples → 0"),
    ({"grades__default": None}, "", "grades → default is missing."),
    ({"nodes__hello__text": "a" * 601}, "hello", "text is too long: it has 601 characters. Keep it to 600."),
    ({"nodes": []}, "", "nodes: input should be a valid dictionary."),
]


@pytest.mark.parametrize(("change", "node", "words"), MALFORMED)
def test_what_is_malformed(change: dict[str, object], node: str, words: str) -> None:
    with pytest.raises(ScriptInvalidError) as raised:
        script_from(small(**change))
    (fault,) = raised.value.faults
    assert (fault.node, fault.rule.split("-")[0]) == (node, "form")
    assert words in str(fault)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ScriptInvalidError) as raised:
        script_from(
            small(company=None, nodes__hello__text=7, nodes__hello__barge_in="so", nodes__size__what="colour")
        )
    assert [fault.node for fault in raised.value.faults] == ["", "hello", "size"]


def test_words_that_other_yaml_takes_for_truth_or_time_stay_words() -> None:
    text = demo_text().replace('"yes"', "yes").replace('"no"', "no").replace("last April", "2026-04-01")
    script = load_script(text)
    assert {"yes", "no"} <= set(script.intents)
    assert script.variables[1].example == "2026-04-01"


def test_a_script_survives_being_kept_as_plain_data() -> None:
    script = demo_script()
    assert script_from(script.model_dump(mode="json", by_alias=True, exclude_defaults=True)) == script
    assert script_from(script.model_dump(mode="json", by_alias=True)) == script


@given(st.text(alphabet=st.sampled_from("abk:-[]{}\"'&*!#|>%@`,? \n\t0y\x00é"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with pytest.raises(ScriptInvalidError):
        load_script(text)
