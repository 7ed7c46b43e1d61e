"""Texts of messages: variables, signature, the way out, and replies that ask for no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.texting.opt_out import asks_for_no_more, with_way_out
from callwright.texting.windows import MessageKind
from callwright.texting.wording import (
    EmptyTextError,
    TextTooLongError,
    TextVariableError,
    UnknownValueError,
    checked_text,
    variables_of,
    written,
)

MARKETING, SERVICE = MessageKind.MARKETING, MessageKind.SERVICE


def test_what_one_person_gets() -> None:
    cut = written(
        "{name}您好，{date}见。",
        {"name": " 王\n芳 ", "date": "周一"},
        kind=MARKETING,
        country="CN",
        signature="远航",
    )

    assert cut.parts == ("【远航】王 芳您好，周一见。 回TD退订",)


def test_a_message_without_a_value_is_refused_rather_than_sent_with_a_hole() -> None:
    with pytest.raises(UnknownValueError, match="date"):
        written("{name}, {date}", {"name": "Ann", "date": " "}, kind=SERVICE, country="GB", signature="")


def test_a_value_is_never_read_as_a_variable() -> None:
    cut = written("{name}", {"name": "{company}", "company": "X"}, kind=SERVICE, country="GB", signature="")

    assert cut.parts == ("{company}",)


@pytest.mark.parametrize(
    ("text", "kind", "country", "sent"),
    [
        ("Sale", MARKETING, "GB", "Sale Reply STOP to opt out."),
        ("促销", MARKETING, "CN", "促销 回TD退订"),
        ("促销", MARKETING, "GB", "促销 回复STOP退订"),
        ("Sale. STOP ends this", MARKETING, "US", "Sale. STOP ends this"),
        ("NONSTOP sale", MARKETING, "US", "NONSTOP sale Reply STOP to opt out."),
        ("Your rate", MessageKind.FINANCIAL, "US", "Your rate Reply STOP to opt out."),
        ("Your code", SERVICE, "US", "Your code"),
        ("Sale", MARKETING, "", "Sale Reply STOP to opt out."),
    ],
)
def test_the_way_out_stands_where_the_country_asks_for_it(
    text: str, kind: MessageKind, country: str, sent: str
) -> None:
    assert with_way_out(text, kind, country) == sent


@pytest.mark.parametrize(
    "reply",
    [
        "STOP",
        " stop.",
        "Stop please",
        "ＳＴＯＰ",
        "td",
        "TD",
        "Ｔ",
        "退订",
        "请退订",
        "不要再发了",
        "UNSUBSCRIBE!",
        "please opt-out",
    ],
)
def test_who_asks_for_no_more_is_understood(reply: str) -> None:
    assert asks_for_no_more(reply)


@pytest.mark.parametrize("reply", ["", "Yes", "ok thanks", "好的", "Monday is fine", "Where is the bus stop?"])
def test_other_replies_end_nothing(reply: str) -> None:
    assert not asks_for_no_more(reply)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (" \n ", EmptyTextError),
        ("Hello {}", TextVariableError),
        ("Hello {first name}", TextVariableError),
        ("Hello {name", TextVariableError),
        ("Hello }", TextVariableError),
        ("x" * 1531, TextTooLongError),
    ],
)
def test_a_template_that_could_not_be_sent_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        checked_text(text)


@given(st.text(st.sampled_from("ab {}\n"), max_size=60))
def test_what_is_kept_can_be_filled_in(text: str) -> None:
    try:
        kept = checked_text(text)
    except (EmptyTextError, TextVariableError):
        return

    values = dict.fromkeys(variables_of(kept), "x")
    assert "{" not in "".join(written(kept, values, kind=SERVICE, country="GB", signature="").parts)
