"""Figures in what is said, in both languages and both ways of writing."""

import pytest

from callwright.dialogue.model.figures import figures_in


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("twenty-five dollars", {"25"}),
        ("25 dollars and 19.99 more", {"25", "19.99"}),
        ("two hundred and five", {"205"}),
        ("one thousand two hundred", {"1200"}),
        ("1,200 people", {"1200"}),
        ("one moment, one of us is here", set()),
        ("one dollar", {"1"}),
        ("at 1 o'clock", {"1"}),
        ("from nine to five", {"9", "5"}),
        ("the twenty first", {"20"}),
        ("Tuesday at noon", {"tuesday", "noon"}),
        ("四十元", {"40"}),
        ("一百二十三块", {"123"}),
        ("两千零五十", {"2050"}),
        ("一万二千", {"12000"}),
        ("请等一下，保养一次", set()),
        ("一元", {"1"}),
        ("周二下午三点", {"周二", "3"}),
        ("一三八零零一三八", {"13800138"}),
    ],
)
def test_figures(text: str, figures: set[str]) -> None:
    assert figures_in(text) == figures
