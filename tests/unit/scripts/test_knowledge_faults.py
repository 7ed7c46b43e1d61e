"""Every fault of a sheet has its words on the screens, in both languages, and the page knows it."""

import json
from pathlib import Path

import pytest

from callwright.scripts.knowledge_faults import REASONS

UI = Path(__file__).parents[3] / "ui" / "src"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_reason_has_words_on_the_screens(language: str) -> None:
    words: dict[str, str] = json.loads((UI / "locales" / f"{language}.json").read_text("utf-8"))["rowFault"]
    assert REASONS.keys() - words.keys() == set()


def test_the_page_knows_each_code() -> None:
    page = (UI / "parts" / "row-fault-words.ts").read_text("utf-8")
    assert [code for code in REASONS if f'"{code}"' not in page] == []
