"""People understand the usual questions of a caller, however they are put."""

import pytest

from callwright.simulator.asks import Ask, understand


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        ("Hello, am I speaking with Rosa Palmer?", Ask.IDENTITY),
        (
            "Hello Rosa. It was in May. Would you like another? You can say stop at any time.",
            Ask.OFFER,
        ),
        ("Do you have a minute?", Ask.PERMISSION),
        ("Which day next week suits you, and is it morning or afternoon?", Ask.DAY),
        ("which day next week suits you and is it morning or afternoon.", Ask.DAY),
        ("Of course. When would be a better time?", Ask.DAY),
        ("When should I call you back?", Ask.DAY),
        ("So that's Thursday morning. Is that right?", Ask.CONFIRM),
        ("No problem. May I remind you again in three months?", Ask.OFFER),
        ("Sorry, I didn't catch that.", Ask.REPEAT),
        ("Sorry, I didn't catch that. Which day would suit you?", Ask.DAY),
        ("Sorry I didn't catch that, which day would suit you?", Ask.DAY),
        ("Could you repeat that, please?", Ask.REPEAT),
        ("Are you still there?", Ask.PRESENCE),
        ("Are you there?", Ask.PRESENCE),
        ("Are you still there, would you like to book your next check-up?", Ask.OFFER),
        ("Is there anything else I can help you with?", Ask.ANYTHING_ELSE),
        ("How many people will come?", Ask.NUMBER),
        ("What is your name, please?", Ask.NAME),
        ("Why is that?", Ask.OPEN),
        ("The check-up is nineteen dollars.", Ask.STATEMENT),
        ("Wonderful. I've noted Friday. Goodbye.", Ask.GOODBYE),
        ("I'm sorry to have disturbed you, we won't call you again.", Ask.GOODBYE),
        ("", Ask.STATEMENT),
    ],
)
def test_understands(words: str, ask: Ask) -> None:
    assert understand(words) is ask
