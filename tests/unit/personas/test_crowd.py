"""A crowd with a real script: what people mean, what is made of it, and that nothing is given away."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.personas.bank import Meaning, bank_of
from callwright.personas.comparing import DifferentPeopleError, compare, outcome_of
from callwright.personas.conversation import Asked, Scores, Stage
from callwright.personas.crowd import Pair, play, stage_for
from callwright.personas.intervals import difference_of, ratio_difference_of, share_difference_of, share_of
from callwright.personas.marks import Marks, Rule
from callwright.personas.meant import Kind
from callwright.personas.noise import spoken
from callwright.personas.people import SHARES, Wish, make_people
from callwright.personas.report import report
from callwright.personas.wordings import FOLDS, WHOLE, Wordings, folded
from callwright.scripts.service import demo_source

SURVEY = Path(__file__).parents[2] / "conversations" / "survey.yaml"


@cache
def stage(source: str = "") -> Stage:
    return stage_for(GraphDialogue(load_script(source or demo_source())))


def all_understood(over: Stage) -> "Understanding":
    """Understand every sentence by the example or wording that it came from."""
    return Understanding(over)


class Understanding:
    """Knows each wording's intent, noise aside."""

    def __init__(self, over: Stage) -> None:
        self._known = {folded(text): name for name, texts in over.dialogue.examples.items() for text in texts}
        for name, meaning in over.meanings.items():
            self._known |= {folded(text): name for text in over.bank.meanings[meaning]}

    def __call__(self, asked: Sequence[Asked]) -> list[Scores]:
        return [((self._intent(one.text), 0.9),) for one in asked]

    def _intent(self, text: str) -> str:
        within = [name for known, name in self._known.items() if known in folded(text)]
        return within[-1] if within else ""


def nothing_understood(asked: Sequence[Asked]) -> list[Scores]:
    return [() for _ in asked]


def played(people: int = 120, *, deaf: bool = False, seed: int = 1) -> list[Pair]:
    over = stage()
    understand = nothing_understood if deaf else all_understood(over)
    return sorted(play(over, make_people(seed, people), understand), key=lambda pair: pair.heard.persona.number)


def test_each_gets_what_they_want_where_all_is_understood() -> None:
    by_wish = {
        wish: [p.meant for p in played() if p.meant.persona.wish is wish and not p.meant.left] for wish in Wish
    }
    assert {one.ended for one in by_wish[Wish.NEVER_AGAIN]} == {"do_not_call"}
    assert {one.ended for one in by_wish[Wish.SILENT]} == {"silence"}
    assert {one.grade for one in by_wish[Wish.INTERESTED]} <= {"A", "B"}
    assert all(one.grade == "E" for one in by_wish[Wish.NOT_INTERESTED])
    assert all(one.grade == "F" for one in by_wish[Wish.WRONG_PERSON])


def test_the_same_seed_is_the_same_crowd() -> None:
    assert [outcome_of(pair) for pair in played(40)] == [outcome_of(pair) for pair in played(40)]
    assert [pair.heard.persona for pair in played(40, seed=2)] != [pair.heard.persona for pair in played(40)]


def test_no_sentence_counts_that_its_classifier_was_taught() -> None:
    taught = stage().wordings.taught
    counted = [one for pair in played(200) for one in pair.heard.exchanges if one.unseen]
    assert len([one for one in counted if one.meant.kind is Kind.INTENT]) > 100
    for one in counted:
        assert folded(one.text) not in {folded(text) for texts in taught(one.fold).values() for text in texts}


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.text("xyz ", min_size=1), min_size=1), min_size=1))
def test_a_fold_never_learns_its_own(examples: dict[str, list[str]]) -> None:
    wordings = Wordings(examples, {}, bank_of("en"))
    for fold in range(FOLDS):
        taught = wordings.taught(fold)
        assert taught.keys() == examples.keys()
        assert all(taught.values())
    assert wordings.taught(WHOLE) == {name: tuple(texts) for name, texts in examples.items()}


def test_a_wish_that_is_not_heeded_fails_whatever_the_marks() -> None:
    lenient = Marks(people=20, accuracy=0, grades=0, gave_up=1)
    told = report(stage().script, played(deaf=True), lenient)
    assert told.do_not_call.right < told.do_not_call.said
    assert not told.verdict.passed
    assert [one.rule for one in told.verdict.rules if not one.passed] == [Rule.DO_NOT_CALL]
    assert len(told.unheeded) == told.do_not_call.said - told.do_not_call.right


def test_silent_people_are_let_go_in_time() -> None:
    told = report(stage().script, played(deaf=True), Marks())
    assert told.silent.right == told.silent.said > 0


def test_a_crowd_that_is_understood_passes() -> None:
    told = report(stage().script, played(240), Marks())
    assert told.verdict.passed, told.verdict
    assert told.accuracy.share > 0.9
    assert sum(pair.count for pair in told.grades) == 240 == sum(told.endings.values())
    assert "booked" in {node.node for node in told.nodes}


def test_what_the_script_has_no_intent_for_is_told() -> None:
    script = load_script(demo_source())
    lacking = {name: intent for name, intent in script.intents.items() if name != "do_not_call"}
    anywhere = {name: node for name, node in script.anywhere.branches.items() if name != "do_not_call"}
    mute = script.model_copy(
        update={
            "intents": lacking,
            "anywhere": script.anywhere.model_copy(update={"branches": anywhere, "keys": {}}),
        }
    )
    dialogue = GraphDialogue.__new__(GraphDialogue)
    dialogue.__dict__.update(GraphDialogue(script).__dict__ | {"script": mute})
    over = stage_for(dialogue)
    assert Meaning.NEVER not in over.meanings.values()
    told = report(mute, list(play(over, make_people(1, 60), nothing_understood)), Marks())
    assert told.missing["never"] > 0
    assert not told.verdict.passed


@settings(max_examples=60)
@given(st.sampled_from(["en", "zh"]), st.integers(0, 10_000))
def test_noise_never_takes_a_no_away(language: str, seed: int) -> None:
    bank = bank_of(language)
    person = make_people(seed, 1)[0]
    for meaning in (Meaning.NEVER, Meaning.DECLINE):
        said = person.luck("any").choice(bank.meanings[meaning])
        heard, _ = spoken(said, bank, 1.0, person.luck("noise"))
        for word in ("not", "don't", "never", "no", "不", "别", "没"):
            assert heard.count(word) >= said.count(word) - (word == "no" and "not" in said), (said, heard)


def test_people_come_in_their_shares() -> None:
    people = make_people(3, 1000)
    assert {wish: sum(one.wish is wish for one in people) for wish in Wish} == {
        wish: round(1000 * share) for wish, share in SHARES.items()
    }


def test_a_difference_is_real_only_beyond_chance() -> None:
    outcomes = [outcome_of(pair) for pair in played(100)]
    deaf = [outcome_of(pair) for pair in played(100, deaf=True)]
    same, worse = compare(outcomes, outcomes), compare(outcomes, deaf)
    assert same.grades_right.change == 0
    assert not same.grades_right.real
    assert worse.grades_right.real
    assert worse.grades_right.change < 0
    with pytest.raises(DifferentPeopleError):
        compare(outcomes, deaf[1:])


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share(right: int, wrong: int) -> None:
    share = share_of(right, right + wrong)
    assert 0 <= share.low <= share.high <= 1
    assert right + wrong == 0 or share.low - 1e-9 <= share.share <= share.high + 1e-9


def test_understood_is_the_same_share_in_the_report_and_in_the_comparison() -> None:
    pairs = played(100)
    told = report(stage().script, pairs, Marks())
    outcomes = [outcome_of(pair) for pair in pairs]
    understood = compare(outcomes, outcomes).understood
    assert 0 < told.accuracy.share < 1
    assert understood.before == understood.after == told.accuracy.share
    assert understood.differing == 0


def test_few_who_changed_prove_nothing() -> None:
    """Four of 300 for the better, none for the worse: one in eight by chance (McNemar's exact test)."""
    few = share_difference_of([(False, True)] * 4 + [(True, True)] * 296)
    many = share_difference_of([(False, True)] * 7 + [(True, True)] * 293)
    assert (few.real, few.differing, round(few.change, 4)) == (False, 4, 0.0133)
    assert many.real
    three = difference_of([(10.0, 11.0), (10.0, 12.0), (10.0, 13.0)])
    assert not three.real


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_an_interval_of_a_change_turns_round_with_it(pairs: list[tuple[bool, bool]]) -> None:
    there = share_difference_of(pairs)
    back = share_difference_of([(new, old) for old, new in pairs])
    assert back.change == pytest.approx(-there.change)
    assert back.low == pytest.approx(-there.high)
    parts = [((int(old), 1), (int(new), 1)) for old, new in pairs]
    assert ratio_difference_of(parts).change == pytest.approx(there.change)


def test_no_difference_of_nobody() -> None:
    assert difference_of([]).change == 0
    assert share_difference_of([]).change == ratio_difference_of([]).change == 0
    assert not difference_of([(0.0, 1.0)]).real
    assert not share_difference_of([(False, True)]).real


def test_any_script_can_be_tried() -> None:
    over = stage(SURVEY.read_text(encoding="utf-8"))
    pairs = list(play(over, make_people(1, 60), all_understood(over)))
    assert len(pairs) == 60
    assert report(over.script, pairs, Marks(), over.wordings.untestable).people == 60


def test_a_way_counts_as_taken_by_what_was_understood() -> None:
    told = report(stage().script, played(240), Marks())
    never = {(way.node, way.way) for way in told.exits_never}
    assert ("purpose", "branches.yes") not in never
    deaf = report(stage().script, played(60, deaf=True), Marks())
    assert ("purpose", "branches.pick_day") in {(way.node, way.way) for way in deaf.exits_never}
