"""Which keys people press: the one that does what they want, a number where one is asked for, else none."""

import pytest

from callwright.simulator.keys import pressed
from callwright.simulator.people import Person, Wish

MENU = "Press 1 for yes, or 2 for no."


def keyed(wish: Wish, words: str) -> str:
    return pressed(Person(name="Rosa Palmer", wish=wish, seed=471_142), words)


@pytest.mark.parametrize(
    ("words", "willing", "against"),
    [
        (MENU, "1", "2"),
        ("Would you like that? For no, press two. For yes please press one.", "1", "2"),
        ("If you don't want any more calls, press 9.", "", "9"),
        ("To be connected press the star.", "*", ""),
        ("Please press 1.", "1", ""),
        ("Press one if you agree and three if you would like to stop.", "1", "3"),
        ("Would you like to book a check-up?", "", ""),
        ("The press wrote about one of us.", "", ""),
        ("", "", ""),
    ],
)
def test_people_press_what_does_what_they_want(words: str, willing: str, against: str) -> None:
    assert (keyed(Wish.BOOKS, words), keyed(Wish.REFUSES, words)) == (willing, against)


def test_a_number_is_keyed_in_as_long_as_asked() -> None:
    assert keyed(Wish.BOOKS, "Please key in your six-digit number, then press hash.") == "471142#"
    assert keyed(Wish.BOOKS, "Please enter the code.") == "1142"
    assert keyed(Wish.REFUSES, "Please enter your 3 digit code.") == ""


def test_who_wants_neither_presses_nothing() -> None:
    assert keyed(Wish.CALL_LATER, MENU) == keyed(Wish.WRONG_PERSON, MENU) == ""
