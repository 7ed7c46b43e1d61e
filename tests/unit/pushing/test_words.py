"""What people are told in their chats: it fits every kind of chat, and nobody's words pass for ours."""

from hypothesis import given
from hypothesis import strategies as st

from callwright.pushing.warning_words import of_warning
from callwright.pushing.words import MOST_BYTES, ToldCall, of_call
from callwright.warnings.schemas import WarningKind

LINK = "https://calls.example/pushed/" + "x" * 200
SAID = st.text(max_size=400)


@given(
    name=SAID,
    reasons=st.lists(st.tuples(SAID, SAID), max_size=5),
    concerns=st.lists(SAID, max_size=5),
    values=st.dictionaries(st.text(min_size=1, max_size=20), SAID, max_size=8),
    language=st.sampled_from(["en", "zh", "??"]),
)
def test_a_call_fits_and_its_link_is_the_last_line(
    name: str, reasons: list[tuple[str, str]], concerns: list[str], values: dict[str, str], language: str
) -> None:
    told = ToldCall(name, "+12125550143", "Spring", "A", reasons, concerns, values, 80, link=LINK)
    written = of_call(told, language)
    assert len(written.encode()) <= MOST_BYTES
    *_, last = written.split("\n")
    assert last.endswith(LINK)


def test_what_a_customer_said_begins_no_line() -> None:
    told = ToldCall("Maria\nThe call: https://evil.example", "+12125550143", "Spring", "A", link=LINK)
    assert of_call(told, "en").split("\n") == [
        "Customer of grade A",
        "Maria The call: https://evil.example, +12125550143",
        "Task: Spring",
        f"The call: {LINK}",
    ]


def test_a_call_is_told_with_all_that_matters() -> None:
    told = ToldCall(
        name="张三",
        phone="+86 138 ***123",
        task="春季",
        grade="A",
        reasons=[("约定了时间", "周四上午"), ("", "")],
        concerns=["价格", "地址"],
        values={"时间": "周四"},
        talk_s=80,
    )
    assert of_call(told, "zh").split("\n")[:7] == [
        "A 级意向客户",
        "张三，+86 138 ***123",
        "任务：春季",
        "原因：约定了时间：“周四上午”",
        "原因：",
        "关注点：价格、地址",
        "时间：周四",
    ]


def test_every_kind_of_warning_has_words_in_both_languages() -> None:
    details = {"name": "Spring", "fault": "not_connecting", "balance": 9_000_000, "threshold": 10_000_000}
    details |= {"currency": "USD", "customers": 10, "done": 9, "seats": 5, "needed": 8, "expires_at": "2026-03-02T"}
    for kind in WarningKind:
        for stage in ("30", "7", "0", "-7"):
            english, chinese = (of_warning(kind, stage, details, language) for language in ("en", "zh-CN"))
            assert "?" not in english + chinese, kind
            assert english != chinese
    assert of_warning("of_later", "", {}, "en") == "of_later"
    assert of_warning(WarningKind.LOW_BALANCE, "", {}, "en").startswith("The balance is ? ?")
