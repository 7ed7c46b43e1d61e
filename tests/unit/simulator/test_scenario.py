"""The same seed draws the same world, and a world can be written and read."""

from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.kit.errors import NotFoundError
from callwright.simulator.fiction import AVAILABLE
from callwright.simulator.people import Wish
from callwright.simulator.scenario import (
    Answers,
    Mix,
    Scenario,
    ScenarioError,
    ScenarioSizeError,
    generate,
    read,
    write,
)


@given(seed=st.integers(0, 1 << 32), calls=st.integers(1, 60))
def test_same_seed_same_world(seed: int, calls: int) -> None:
    assert generate(seed, calls) == generate(seed, calls)
    assert len(generate(seed, calls).handsets) == calls


def test_other_seed_other_world() -> None:
    assert generate(1, 20).handsets.keys() != generate(2, 20).handsets.keys()


@given(seed=st.integers(0, 1 << 32), calls=st.integers(12, 60))
def test_twelve_calls_have_every_kind(seed: int, calls: int) -> None:
    kinds = Counter(handset.kind for handset in generate(seed, calls).handsets.values())
    assert set(kinds) == set(Mix.model_fields)
    assert kinds["person"] >= calls / 2


def test_twenty_handsets_have_every_wish() -> None:
    people = [handset.person for handset in generate(7, 20).handsets.values() if isinstance(handset, Answers)]
    assert {person.wish for person in people} == set(Wish)
    assert len({person.voice for person in people}) == len(people)


def test_every_number_is_valid_and_fictional() -> None:
    handsets = generate(3, AVAILABLE).handsets
    assert len(handsets) == AVAILABLE
    for number in handsets:
        assert phonenumbers.is_valid_number(phonenumbers.parse(number, None)), number
        assert "55501" in number or number.startswith("+44")


def test_a_mix_of_one_kind() -> None:
    only_busy = Mix(person=0, busy=1, refuses=0, no_answer=0, wrong_number=0, unreachable=0, voicemail=0)
    assert {handset.kind for handset in generate(1, 15, only_busy).handsets.values()} == {"busy"}


@pytest.mark.parametrize("calls", [0, AVAILABLE + 1])
def test_impossible_sizes_are_refused(calls: int) -> None:
    with pytest.raises(ScenarioSizeError, match=str(AVAILABLE)):
        generate(1, calls)


def test_written_world_is_read_back(tmp_path: Path) -> None:
    scenario = generate(7, 20)
    write(scenario, tmp_path / "world.yaml")
    assert read(tmp_path / "world.yaml") == scenario


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("seed: 1", "handsets"),
        ("seed: 1\nhandsets: {'+12125550100': {kind: bussy}}", "busy"),
        ("seed: 1\nhandsets: {'+12125550100': {kind: busy, ring_s: 2}}", "ring_s"),
        ("seed: 1\nhandsets: {'212': {kind: busy}}", "212"),
        ("seed: [", "seed"),
    ],
)
def test_a_broken_scenario_says_what_is_wrong(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError, match=problem):
        read(path)


def test_a_missing_scenario_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="absent"):
        read(tmp_path / "absent.yaml")


def test_names_are_told_by_number() -> None:
    scenario = generate(7, 20)
    people = {number: handset for number, handset in scenario.handsets.items() if isinstance(handset, Answers)}
    number, handset = next(iter(people.items()))
    assert scenario.name_of(number) == handset.person.name
    assert all(scenario.name_of(number) for number in scenario.handsets)
    with pytest.raises(NotFoundError):
        Scenario(seed=1, handsets={}).name_of(number)
