"""Every rule has its words in every language of the screens."""

import json
import re
from pathlib import Path

import pytest

from callwright.dialogue.fault_words import RULES

LOCALES = Path(__file__).parents[3] / "ui" / "src" / "locales"


def _screens(language: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads((LOCALES / f"{language}.json").read_text("utf-8"))["scriptFault"]
    return words


def _as_on_screens(text: str) -> str:
    return re.sub(r"(?<!\{)\{(\w+)\}(?!\})", r"<<\1>>", text).replace("{{", "{").replace("}}", "}")


def test_the_screens_say_in_english_what_the_server_says() -> None:
    screens = _screens("en")
    assert screens.keys() == RULES.keys()
    for rule, (message, remedy) in RULES.items():
        shown = {"what": _as_on_screens(message), **({"remedy": _as_on_screens(remedy)} if remedy else {})}
        assert {part: text.replace("{{", "<<").replace("}}", ">>") for part, text in screens[rule].items()} == shown


@pytest.mark.parametrize("part", ["what", "remedy"])
def test_chinese_speaks_of_the_same_values(part: str) -> None:
    for rule, words in _screens("en").items():
        for hole in re.findall(r"\{\{\w+\}\}", words.get(part, "")):
            assert hole in _screens("zh")[rule][part], rule
