"""Scripts written as YAML: whoever reads it back has the same script, whatever its texts hold."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.dialogue.plays import demo_script
from tests.unit.dialogue.small import small

from callwright.dialogue.graph import Script
from callwright.dialogue.loading import load_script, script_from
from callwright.dialogue.writing import content_of, write_script

NASTY = (
    "yes",
    "null",
    "~",
    "1.5",
    "0x1F",
    "2026-04-01",
    "- a",
    "a: b",
    "# no comment",
    "{name}",
    "*a",
    "!b",
    "'",
    '"',
)
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.lists(st.sampled_from(NASTY), min_size=2, max_size=4).map("\n".join),
).filter(lambda text: text.strip())
numbers = st.floats(min_value=1, max_value=60, allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(
    said=texts,
    again=st.none() | texts,
    value=texts,
    silence=numbers,
    above=st.floats(allow_nan=False, allow_infinity=False),
)
def test_a_written_script_reads_as_the_same(
    said: str, again: str | None, value: str, silence: float, above: float
) -> None:
    rule: dict[str, Any] = {
        "grade": "A",
        "because": value,
        "when": {"where": [{"variable": "size", "is": value, "above": above}]},
    }
    script = script_from(
        small(
            nodes__hello__text=said,
            nodes__hello__again=again,
            nodes__hello__silence_s=silence,
            variables=[{"name": "customer_name", "label": "Name", "default": value}],
            grades__rules=[rule],
            layout={"hello": [-5, 70]},
        )
    )
    assert load_script(write_script(script)) == script
    assert script_from(content_of(script)) == script


def test_it_reads_well() -> None:
    written = write_script(demo_script())
    assert load_script(written) == demo_script()
    assert written.startswith("name: Check-up reminder\nlanguage: en\n")
    assert "    kind: say\n    text: Lovely. This month the cleaning is free.\n    next: day\n" in written
    assert "- {" not in written


def test_where_nodes_are_drawn_stands_last() -> None:
    script = Script.model_validate(small(layout={"hello": (1, 2)}))
    assert write_script(script).endswith("layout:\n  hello:\n  - 1\n  - 2\n")
