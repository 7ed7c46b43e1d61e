"""The numbers that the console shows as examples."""

import json
import re
from pathlib import Path

import pytest

from callwright.kit.phone import to_callable

LOCALES = Path(__file__).parents[3] / "ui" / "src" / "locales"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_types_the_example_is_not_refused(language: str) -> None:
    words = json.dumps(json.loads((LOCALES / f"{language}.json").read_text("utf-8")), ensure_ascii=False)
    examples = [found.strip() for found in re.findall(r"\+\d[\d ]{7,}", words)]
    assert examples
    assert [to_callable(one, "GB") for one in examples] == [one.replace(" ", "") for one in examples]
