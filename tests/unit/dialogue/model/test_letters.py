"""Words written in other signs than plain ones: seen through, or held back; never an error."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.dialogue.model.shop import shop, shop_dialogue
from tests.unit.dialogue.model.test_guard import CHINESE

from callwright.dialogue.model.briefing import instructions
from callwright.dialogue.model.figures import figures_in, measures_in
from callwright.dialogue.model.guard import Guard
from callwright.dialogue.state import State, Turn

GUARDS = [Guard(script, instructions(script)) for script in (shop(), CHINESE)]
GUARD = GUARDS[0]
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60)  # surrogates, too
ODD_TEXT = st.text(st.sampled_from("４٢४፩⑧½Ⅷ廿卅參拾佰〇幺\u200b\u00ad\ud800оA b一万.,%元$'?吗"), max_size=30)


def _begun(name: str = "Bob") -> State:
    return shop_dialogue().begin({"customer_name": name}).talk


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It costs ４２ dollars.", {"42"}),
        ("٤٢ dollars", {"42"}),
        ("४२ dollars", {"42"}),
        ("价格是４２元", {"42"}),
        ("价格是肆拾贰元", {"42"}),
        ("兩萬元", {"20000"}),
        ("⑧ dollars", {"8"}),
        ("大陆、收拾、参加", set()),
    ],
)
def test_figures_of_other_scripts(text: str, figures: set[str]) -> None:
    assert figures_in(text) == figures


@given(st.one_of(ANY_TEXT, ODD_TEXT), st.one_of(ANY_TEXT, ODD_TEXT))
@example("It costs ４２ dollars.", "４２")
@example("\ud800", "\udfff")
def test_no_text_breaks_a_rule(sentence: str, said: str) -> None:
    measures_in(sentence)
    state = State((("customer_name", said),), turns=(Turn("", said),))
    for guard in GUARDS:
        guard.judge(sentence, state)
        guard.breach(sentence, state)


def test_a_rule_that_breaks_holds_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guard, "judge", lambda *_: 1 / 0)
    assert GUARD.breach("Good.", _begun()) == "unspeakable"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("I b\u200booked it for you.", "claim"),
        ("Your visit is boo\u00adked.", "claim"),
        ("Your visit is b\u0301ooked.", "claim"),
        ("Your visit is ｂｏｏｋｅｄ.", "claim"),
        ("Your visit is bоokеd.", "unspeakable"),
        ("Your visit is bооkеd.", "unspeakable"),
        ("Ваш визит оформлен.", "unspeakable"),
        ("Your visit is b🅾🅾ked.", "unspeakable"),
        ("Your visit is b*ook*ed.", "unspeakable"),
        ("Your visit is b-o-o-k-e-d.", "unspeakable"),
        ("Your visit is ʙᴏᴏᴋᴇᴅ.", "unspeakable"),
        ("A service costs ⑧ dollars.", "figure"),
        ("A service costs Ⅷ dollars.", "name"),
        ("A service costs ４２ dollars.", "figure"),
        ("A service costs ፩ dollars.", "unspeakable"),
        ("A service costs ４０ dollars.", None),
        ("Sure\ud800.", "unspeakable"),
        ("Sure\x00.", "unspeakable"),
        ("Sure, we’ll see – it’s a nice idea… “really”! 😊", None),
        ("That’s **fine**.", None),
    ],
)
def test_signs_that_hide_what_is_said(sentence: str, why: str | None) -> None:
    assert GUARD.breach(sentence, _begun()) == why


def test_signs_that_hide_what_is_said_in_chinese() -> None:
    state = State((("company", "快车行"), ("caller", "小安")))
    hidden = {"我已經幫您預約好了。": "unspeakable", "保养一次叁拾元。": "figure", "保养一次３０元。": "figure"}
    for sentence, why in hidden.items():
        assert GUARDS[1].breach(sentence, state) == why
    assert GUARDS[1].breach("保养一次４０元，您哪天方便？", state) is None


def test_a_customers_name_in_letters_of_their_own_is_said() -> None:
    assert GUARD.breach("Hello, Иван.", _begun("Иван")) is None
    assert GUARD.breach("Hello, José ４２.", _begun("José ４２")) is None
    assert GUARD.breach("Hello, 陳喆。", _begun("陳喆")) is None
    assert GUARD.breach("Hello, Иван.", _begun()) == "unspeakable"
