"""What chats answer."""

import pytest

from callwright.channels.chat_kinds import KINDS


@pytest.mark.parametrize(
    ("kind", "answer", "took"),
    [
        ("feishu", '{"code":0}', True),
        ("feishu", '{"code":false}', False),
        ("feishu", '{"code":"0"}', False),
        ("feishu", '{"msg":"ok"}', False),
        ("telegram", '{"ok":true}', True),
        ("telegram", '{"ok":1}', False),
        ("pushplus", '{"code":200}', True),
        ("pushplus", "[200]", False),
        ("pushplus", "[" * 60_000, False),
    ],
)
def test_only_the_very_value_says_that_it_was_taken(kind: str, answer: str, *, took: bool) -> None:
    assert KINDS[kind].took(answer) is took
