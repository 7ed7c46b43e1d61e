"""Values taken from words, as people say them and as recognisers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialogue.collecting import take
from callwright.dialogue.parts import ValueKind
from callwright.dialogue.spoken.en.answers import agrees
from callwright.dialogue.spoken.en.numbers import find_digits, say_digits, say_number
from callwright.dialogue.spoken.en.times import find_time

# What is asked for | what was heard | how it is kept | how it is said
VALUES: list[tuple[ValueKind, str, str, str]] = [
    ("number", "twenty five", "25", "twenty five"),
    ("number", "I'd say a hundred and fifty", "150", "one hundred and fifty"),
    ("number", "1,200.", "1200", "one thousand two hundred"),
    ("number", "two hundred thousand", "200000", "two hundred thousand"),
    ("number", "5 thousand", "5000", "five thousand"),
    ("number", "two point five", "2.5", "two point five"),
    ("number", "12345678", "12345678", "one two three, four five six, seven eight"),
    ("phone", "five five five, one two three four", "5551234", "five five five, one two three, four"),
    ("phone", "555-1234", "5551234", "five five five, one two three, four"),
    ("phone", "oh seven double five twenty one", "075521", "zero seven five, five two one"),
    ("date", "Tuesday", "Tuesday", "Tuesday"),
    ("date", "uh, next friday please", "next Friday", "next Friday"),
    ("date", "June 3rd", "3 June", "June third"),
    ("date", "the twenty first of May", "21 May", "May twenty first"),
    ("date", "on the 30th", "the 30th", "the thirtieth"),
    ("date", "day after tomorrow", "the day after tomorrow", "the day after tomorrow"),
    ("date", "not Tuesday, Wednesday", "Wednesday", "Wednesday"),
    ("date", "I can't do Tuesday but Friday works", "Friday", "Friday"),
    ("time", "two thirty", "14:30", "two thirty in the afternoon"),
    ("time", "2.30", "14:30", "two thirty in the afternoon"),
    ("time", "at ten", "10:00", "ten o'clock in the morning"),
    ("time", "half past nine", "09:30", "nine thirty in the morning"),
    ("time", "half two", "14:30", "two thirty in the afternoon"),
    ("time", "a quarter to four", "15:45", "three forty five in the afternoon"),
    ("time", "ten past one", "13:10", "one ten in the afternoon"),
    ("time", "eight oh five p.m.", "20:05", "eight oh five in the evening"),
    ("time", "8 in the evening", "20:00", "eight o'clock in the evening"),
    ("time", "I am free at noon", "12:00", "noon"),
    ("time", "12 am", "00:00", "twelve o'clock in the morning"),
    ("time", "the afternoon", "afternoon", "in the afternoon"),
    ("moment", "Thursday at two", "Thursday 14:00", "Thursday at two o'clock in the afternoon"),
    ("moment", "June 3rd", "3 June", "June third"),
    ("moment", "the third at three", "the 3rd 15:00", "the third at three o'clock in the afternoon"),
    ("moment", "today in the evening", "today evening", "this evening"),
    ("moment", "Monday morning", "Monday morning", "Monday morning"),
    ("moment", "at three", "15:00", "at three o'clock in the afternoon"),
    ("moment", "in about ten minutes", "in about ten minutes", "in about ten minutes"),
    ("moment", "at lunchtime", "lunchtime", "at lunchtime"),
    ("name", "My name is maria garcia.", "Maria Garcia", "Maria Garcia"),
    ("name", "it's O'Brien speaking", "O'Brien", "O'Brien"),
    ("name", "well, Jean-Luc", "Jean-Luc", "Jean-Luc"),
    ("text", "  my {cat}  is ill ", "my cat is ill", "my cat is ill"),
]

NONE: list[tuple[ValueKind, str]] = [
    ("number", "no idea"),
    ("phone", "one two three"),
    ("phone", "1234567890123456"),
    ("date", "whenever you like"),
    ("date", "not Tuesday"),
    ("date", "may be"),
    ("date", "the first one"),
    ("date", "June 45th"),
    ("time", "that one"),
    ("time", "I have two children"),
    ("time", "I am fine"),
    ("moment", "I don't know"),
    ("name", "yes"),
    ("name", "I don't know what you want"),
    ("text", "{}"),
]


@pytest.mark.parametrize(("what", "heard", "kept", "spoken"), VALUES)
def test_values(what: ValueKind, heard: str, kept: str, spoken: str) -> None:
    assert take(what, heard) == (kept, spoken)


@pytest.mark.parametrize(("what", "heard"), NONE)
def test_words_without_the_value(what: ValueKind, heard: str) -> None:
    assert take(what, heard) is None


@given(st.integers(min_value=0, max_value=999_999))
def test_a_number_in_words_is_the_number(number: int) -> None:
    assert take("number", say_number(number)) == (str(number), say_number(number))


@given(st.text(alphabet="0123456789", max_size=20))
def test_digits_in_words_are_the_digits(digits: str) -> None:
    assert find_digits(say_digits(digits)) == digits


@given(st.integers(min_value=0, max_value=23), st.integers(min_value=0, max_value=59))
def test_a_time_in_words_is_the_time(hour: int, minute: int) -> None:
    written = f"{hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"
    found = find_time(written)
    assert found
    assert found[0] == f"{hour:02}:{minute:02}"
    assert find_time(found[1]) == found


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("yes", True),
        ("Uh, yeah.", True),
        ("that's right", True),
        ("Mm-hmm", True),
        ("okay fine", True),
        ("no", False),
        ("that's not right", False),
        ("Nope, Wednesday", False),
        ("yes no", None),
        ("what", None),
        ("well um", None),
        ("", None),
    ],
)
def test_yes_and_no_by_the_words_alone(text: str, agreed: bool | None) -> None:
    assert agrees(text) is agreed
