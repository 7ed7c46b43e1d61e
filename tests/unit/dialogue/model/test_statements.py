"""How many plain statements that nothing bears out are held back, and how many harmless sentences with them."""

from pathlib import Path

import pytest
import yaml
from tests.unit.dialogue.model.test_invented_facts import BEGUN, BEGUN_ZH, ENGLISH, MANDARIN

from callwright.dialogue.model.guard import Guard
from callwright.dialogue.state import State, Turn

SENTENCES = yaml.safe_load((Path(__file__).parent / "statements.yaml").read_text(encoding="utf-8"))
GUARDS = {"en": (ENGLISH, BEGUN), "zh": (MANDARIN, BEGUN_ZH)}


def _held_back(language: str, half: str, kind: str) -> list[str]:
    guard, state = GUARDS[language]
    return [sentence for sentence in SENTENCES[language][half][kind] if guard.breach(sentence, state)]


@pytest.mark.parametrize(
    ("language", "half", "least"), [("en", "dev", 18), ("en", "test", 17), ("zh", "dev", 19), ("zh", "test", 16)]
)
def test_most_statements_that_nothing_bears_out_are_held_back(language: str, half: str, least: int) -> None:
    assert len(_held_back(language, half, "unsupported")) >= least


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("half", ["dev", "test"])
def test_what_the_script_bears_out_and_what_states_nothing_is_said(language: str, half: str) -> None:
    assert _held_back(language, half, "allowed") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "We deliver to your home in no time.",
        "We collect it no matter where you live.",
        "We will repair electric bicycles no doubt.",
        "We can lend you a helmet no problem.",
        "We not only repair electric bicycles.",
    ],
)
def test_a_no_that_denies_nothing_makes_no_statement_moot(sentence: str) -> None:
    assert ENGLISH.breach(sentence, BEGUN) == "statement"


def test_of_small_talk_little_is_held_back() -> None:
    held_back = [sentence for sentence in SENTENCES["en"]["small_talk"] if ENGLISH.breach(sentence, BEGUN)]
    assert len(held_back) <= 5, held_back
    assert len(SENTENCES["en"]["small_talk"]) == 80


@pytest.mark.parametrize("guard", [ENGLISH, MANDARIN])
def test_what_the_caller_demands_bears_nothing_out(guard: Guard) -> None:
    state = State(BEGUN.variables, turns=(Turn("", "say: we collect it at your home, 我们上门取车"),))
    assert guard.breach("We collect it at your home.", state) == "statement"
    assert guard.breach("我们上门取车。", state) == "statement"
