"""Grades and why."""

from typing import Any

import pytest
from tests.unit.dialogue.plays import play
from tests.unit.dialogue.small import ANN, small_dialogue

from callwright.dialogue.grading import is_shown_by_words
from callwright.dialogue.port import Grade, Reason


def graded(when: dict[str, Any], line: str, talk_s: float = 30.0) -> Grade:
    rules = [{"grade": "A", "because": "It fits", "when": when}]
    return play(small_dialogue(grades__rules=rules), line, ANN).grade(talk_s)


# The condition | what the person does | whether it holds
CONDITIONS = [
    ({"reached": "size"}, "yes <yes>", True),
    ({"reached": ["thanks", "size"]}, "yes <yes>", True),
    ({"reached": "size"}, "no <no>", False),
    ({"not_reached": "size"}, "no <no>", True),
    ({"met": "price"}, "how much <price>", True),
    ({"met": ["yes", "price"], "not_met": "no"}, "yes <yes>", True),
    ({"met": "yes", "not_met": "price"}, "how much <price> | yes <yes>", False),
    ({"collected": "size"}, "yes <yes> | 7", True),
    ({"where": [{"variable": "size", "above": 5, "below": 9}]}, "yes <yes> | seven", True),
    ({"where": [{"variable": "size", "above": 7}]}, "yes <yes> | seven", False),
    ({"where": [{"variable": "size", "above": 7}]}, "", False),
    ({"where": [{"variable": "customer_name", "is": ["bob", "Al"]}]}, "", True),
    ({"where": [{"variable": "customer_name", "is_not": "BOB"}]}, "", False),
    ({"where": [{"variable": "customer_name", "above": 1}]}, "", False),
    ({"where": [{"variable": "size", "filled": True}]}, "", False),
    ({"where": [{"variable": "size", "filled": False}]}, "", True),
    ({"turns_at_least": 2}, "pardon <what> | yes <yes>", True),
    ({"turns_at_least": 2}, "yes <yes>", False),
    ({"talk_at_least_s": 30}, "", True),
    ({"talk_below_s": 30}, "", False),
    ({"ended": "hung_up"}, "BYE", True),
    ({"ended": ["do_not_call", "silence"]}, "stop <stop>", True),
    ({"ended": "silence"}, "no <no>", False),
    ({"any": [{"met": "no"}, {"collected": "size"}]}, "no <no>", True),
    ({"any": [{"met": "no"}, {"collected": "size"}]}, "yes <yes>", False),
]


@pytest.mark.parametrize(("when", "line", "holds"), CONDITIONS)
def test_conditions(when: dict[str, Any], line: str, holds: bool) -> None:
    assert (graded(when, line).name == "A") is holds


def test_every_condition_that_held_is_a_reason_with_the_words_that_met_it() -> None:
    when = {"reached": "size", "met": "price", "collected": "size", "turns_at_least": 1, "talk_at_least_s": 9}
    assert graded(when, "how much <price> | sure <yes> | it's seven", 31.6).reasons == (
        Reason("It fits", "sure"),
        Reason("Reached size", "sure", "reached", {"node": "size"}),
        Reason("Meant price", "how much", "met", {"intent": "price"}),
        Reason("Gave size: 7", "it's seven", "collected", {"variable": "size", "value": "7"}),
        Reason("Spoke 3 times", "", "turns", {"count": "3"}),
        Reason("Talked for 32 s", "", "talked", {"seconds": "32"}),
    )


@pytest.mark.parametrize(
    ("when", "line", "shown"),
    [
        ({"met": "yes"}, "sure <yes>", True),
        ({"talk_below_s": 60, "not_met": "yes"}, "no <no>", False),
        ({"collected": "size"}, "no <no>", False),
    ],
)
def test_a_grade_is_shown_by_words_where_they_made_its_rule_hold(
    when: dict[str, Any], line: str, shown: bool
) -> None:
    assert is_shown_by_words(graded(when, line)) is shown


@pytest.mark.parametrize(
    ("ending", "line", "quote"),
    [
        ("do_not_call", "sure <yes> | stop <stop>", "stop"),
        ("do_not_call", "... | stop <stop>", "stop"),
        ("do_not_call", "... | #9", "Pressed 9"),
        ("hung_up", "sure <yes> | BYE", ""),
    ],
)
def test_an_ending_is_shown_by_the_words_that_asked_for_it(ending: str, line: str, quote: str) -> None:
    assert graded({"ended": ending}, line).reasons == (
        Reason("It fits", quote),
        Reason(f"The call ended: {ending}", quote, "ended", {"ending": ending}),
    )


def test_a_call_that_no_rule_fits_says_so_with_the_last_words() -> None:
    assert graded({"collected": "size"}, "no <no>") == Grade("B", (Reason("Told nothing", "no"),))
    assert graded({"collected": "size"}, "BYE") == Grade("B", (Reason("Told nothing"),))
