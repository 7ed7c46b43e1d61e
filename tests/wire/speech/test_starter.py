"""What a script begins with passes the crowd that a script has to pass, understood by the real classifier."""

import json
from pathlib import Path

import pytest

from callwright.crowds.jobs import play_crowd
from callwright.crowds.schemas import MARKS
from callwright.db.tables.crowds import CrowdRunRow
from callwright.personas.marks import Marks
from callwright.speech.providers.e5_tfidf import E5TfidfIntents

STARTERS = Path(__file__).parents[3] / "ui" / "src" / "pages" / "designer" / "script"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_starter_passes_the_usual_marks(language: str, tmp_path: Path) -> None:
    content = json.loads((STARTERS / f"starter.{language}.json").read_text("utf-8"))
    crowd = CrowdRunRow(seed=1, people=Marks().people, marks=MARKS.dump_python(Marks(), mode="json"))
    named = {**content, "name": "Starter", "company": "Harbour Dental"}
    verdict = play_crowd(named, crowd, E5TfidfIntents(tmp_path), lambda _done: None).report.verdict
    assert verdict.passed, verdict.rules
