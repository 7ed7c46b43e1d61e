"""The knowledge base as a spreadsheet: what is written can be read again, faults are told by row."""

import pytest
from tests.unit.dialogue.small import small_script

from callwright.kit.tabular import SpreadsheetColumnsError, SpreadsheetUnreadableError
from callwright.scripts.knowledge_merge import merge
from callwright.scripts.knowledge_sheet import KnowledgeSheet, read_knowledge, write_knowledge

HEAD = "question,wordings,answer,next\n"


def read(text: str) -> KnowledgeSheet:
    """Return what a CSV file says."""
    return read_knowledge((HEAD + text).encode(), file_name="k.csv")


def test_what_is_written_changes_nothing_when_it_is_read() -> None:
    script = small_script(knowledge__price__label="Price", knowledge__price__next="bye")
    merged = merge(script, read_knowledge(write_knowledge(script), file_name="k.xlsx"))
    assert merged.script == script
    assert (merged.changes, merged.faults) == ((), ())


def test_known_questions_get_more_and_others_are_new() -> None:
    script = small_script(knowledge__price__label="Price", knowledge__price__wordings=["how much"])
    merged = merge(
        script,
        read('PRICE,"what is it\nHow much",Ten dollars.,bye\nWhere are you?,where do I go|what street,Main St.,\n'),
    )
    price, where = merged.changes
    assert (price.name, price.new_wordings, price.answer_before) == ("price", ("what is it",), "Nothing at all.")
    assert (price.answer, price.next_before, price.next) == ("Ten dollars.", None, "bye")
    assert (where.name, where.question, where.is_new) == ("where_are_you", "Where are you?", True)
    known = merged.script.knowledge
    assert known["price"].wordings == ("how much", "what is it")
    assert known["where_are_you"].wordings == ("where do I go", "what street")
    assert known["where_are_you"].label == "Where are you?"


def test_wordings_stand_in_rows_below_too_in_chinese_as_well() -> None:
    text = "问题,问法,回答\n价格,多少钱；怎么收费,免费。\n,要付多少,\n价格,贵不贵,\n"
    merged = merge(small_script(), read_knowledge(text.encode(), file_name="k.csv"))
    (change,) = merged.changes
    assert (change.name, change.answer) == ("question", "免费。")
    assert change.new_wordings == ("多少钱", "怎么收费", "要付多少", "贵不贵")


def test_a_changed_answer_is_not_what_its_recording_says() -> None:
    script = small_script(
        recordings__hello={"sha256": "0" * 64, "seconds": 1, "label": "Hello"},
        knowledge__price__audio="hello",
        knowledge__price__again=["Not a penny."],
    )
    assert merge(script, read("price,much,,\n")).script.knowledge["price"].audio == "hello"
    changed = merge(script, read("price,,Ten.,\n")).script.knowledge["price"]
    assert (changed.audio, changed.again) == (None, ())


@pytest.mark.parametrize(
    ("text", "row", "column", "code"),
    [
        (",how,What.,\n", 2, "question", "question-missing"),
        ("New,how come,,\n", 2, "answer", "answer-missing"),
        ("New,,Because.,\n", 2, "wordings", "wordings-missing"),
        ("New,YES,Because.,\n", 2, "wordings", "wording-taken"),
        ("New,how come,Because.,nowhere\n", 2, "next", "node-unknown"),
        (f"price,{'w' * 201},,\n", 2, "wordings", "text-too-long"),
        (f"price,a,,\nprice,,{'w' * 601},\n", 3, "answer", "text-too-long"),
        ('Many,"' + "\n".join(f"way {n}" for n in range(201)) + '",So.,\n', 2, "wordings", "too-many-wordings"),
        ("pri\u202ece,a,b,\n", 2, "question", "text-unshowable"),
    ],
)
def test_faults_are_told_by_row_and_the_rest_is_taken(text: str, row: int, column: str, code: str) -> None:
    merged = merge(small_script(), read(text + "Other,or else,Indeed.,\n"))
    assert (row, column, code) in [(fault.row, fault.column, fault.code) for fault in merged.faults]
    assert all(fault.reason for fault in merged.faults)
    assert merged.changes[-1].question == "Other"


def test_who_is_worded_like_that_already_is_called_as_people_call_it() -> None:
    script = small_script(knowledge__price__label="What it costs", knowledge__price__wordings=["how much"])
    (fault, other) = merge(script, read("New,how much|why,Because.,\nOther,why|so,So.,\n")).faults
    assert (fault.fields["other"], other.fields["other"]) == ("What it costs", "New")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("New,,,\n", ["answer-missing", "wordings-missing"]),
        ("New,,,nowhere\n", ["node-unknown", "answer-missing", "wordings-missing"]),
        (",,What.,\n", ["question-missing", "wordings-missing"]),
        (",how,,\n", ["question-missing", "answer-missing"]),
    ],
)
def test_a_row_that_lacks_two_things_names_both(text: str, codes: list[str]) -> None:
    faults = merge(small_script(), read(text)).faults
    assert [(fault.row, fault.code) for fault in faults] == [(2, code) for code in codes]


def test_a_row_that_is_not_taken_leaves_its_wordings_to_others() -> None:
    merged = merge(small_script(), read("New,how come,,\nAnother,how come,Indeed.,\n"))
    assert [(fault.row, fault.code) for fault in merged.faults] == [(2, "answer-missing")]
    assert merged.script.knowledge["another"].wordings == ("how come",)


def test_what_is_no_knowledge_is_refused() -> None:
    with pytest.raises(SpreadsheetColumnsError, match="question, wordings, answer"):
        read_knowledge(b"phone,name\n1,2\n", file_name="k.csv")
    with pytest.raises(SpreadsheetUnreadableError):
        read_knowledge(b"", file_name="k.csv")
