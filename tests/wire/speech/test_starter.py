"""What a script begins with passes the crowd that a script has to pass, understood by the real classifier."""

import json
from pathlib import Path

import pytest

from callwright.crowds.jobs import play_crowd
from callwright.crowds.schemas import MARKS
from callwright.db.tables.crowds import CrowdRunRow
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import script_from
from callwright.dialogue.port import Answered, Heard
from callwright.personas.marks import Marks
from callwright.speech.providers.e5_tfidf import E5TfidfIntents

ANSWERED = {
    "en": {
        "I don't have any minutes to give you": "call_later",
        "I haven't got even one minute": "call_later",
        "so what's this all about": "",
        "and who exactly are you": "",
        "hang on, are you some robot": "",
        "where'd you get this number from": "",
        "yes go on, I have a minute": "agreed",
    },
    "zh": {
        "我现在可没有时间啊": "call_later",
        "你到底有什么事情": "",
        "请问你是哪一位": "",
        "你不会是机器人吧": "",
        "我的号码你从哪里弄来的": "",
        "好的你说吧我有时间": "agreed",
    },
}
"""What people say to a first question, and how the call then ends; not at all where it is answered and goes on."""
STARTERS = Path(__file__).parents[3] / "ui" / "src" / "pages" / "designer" / "script"


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> E5TfidfIntents:
    """What understands people, here and in their calls: each starter is learned once."""
    return E5TfidfIntents(tmp_path_factory.mktemp("vectors"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_starter_passes_the_usual_marks(language: str, classifier: E5TfidfIntents) -> None:
    crowd = CrowdRunRow(seed=1, people=Marks().people, marks=MARKS.dump_python(Marks(), mode="json"))
    verdict = play_crowd(_starter(language), crowd, classifier, lambda _done: None).report.verdict
    assert verdict.passed, verdict.rules


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_starter_answers_questions_and_takes_no_refusal_for_a_yes(
    language: str, classifier: E5TfidfIntents
) -> None:
    dialogue = GraphDialogue(script_from(_starter(language)))
    asked, _ = dialogue.step(dialogue.begin({"customer_name": "Maria"}), Answered())
    for text, reason in ANSWERED[language].items():
        scores = tuple((one.intent, one.score) for one in classifier.classify(text, dialogue.examples))
        state, _ = dialogue.step(asked, Heard(text, scores))
        assert state.ended == reason, (text, scores[:3])


def _starter(language: str) -> dict[str, object]:
    content = json.loads((STARTERS / f"starter.{language}.json").read_text("utf-8"))
    return {**content, "name": "Starter", "company": "Harbour Dental"}
