"""A person who pauses, is answered too early, and goes on: in simulated time."""

from collections.abc import Sequence
from pathlib import Path

from tests.fakes.dialogue import AnsweringDialogue
from tests.fakes.speech import MS_PER_LETTER, noise, word
from tests.unit.callroom.table import table

from callwright.callroom.record import Speaker, Turn
from callwright.dialogue import port as d

GREETING = "Hello, this is Anna calling."
GREETING_MS = len(GREETING) * MS_PER_LETTER + 120
REPLY = "Thank you very much indeed for telling me all of that."


def answers(event: d.Event) -> Sequence[d.Action]:
    """Greet, collect what is said, and thank for it."""
    match event:
        case d.Answered():
            return [d.Speak(GREETING), d.Listen(5.0)]
        case d.Heard(text=text):
            return [
                d.Entered(text.replace(" ", "_"), "ask"),
                d.Collected("said", text),
                d.Speak(REPLY),
                d.Listen(5.0),
            ]
    return []


def dialogue() -> AnsweringDialogue:
    return AnsweringDialogue(answers, [GREETING, REPLY])


def customer(turns: Sequence[Turn]) -> list[tuple[str, bool]]:
    return [(turn.text, turn.delivered) for turn in turns if turn.who is Speaker.CUSTOMER]


def heard(told: Sequence[d.Event]) -> list[str]:
    return [event.text for event in told if isinstance(event, d.Heard)]


async def test_who_goes_on_as_our_reply_begins_has_said_one_thing(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 500)
        await here.hear(call, word("no"))
        await here.wait(call, 1000)
        record = await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe no"]
    assert customer(record.turns) == [("maybe no", True)]
    assert [step.node for step in record.path] == ["maybe_no"]
    assert record.collected == {"said": "maybe no"}
    assert len(record.reply_ms) == 1
    assert here.speech.recognised == ["maybe", "no"]
    assert record.turns[1].from_ms == GREETING_MS
    assert [turn.interrupted for turn in record.turns if turn.text == REPLY] == [True, True]


async def test_who_goes_on_twice_has_still_said_one_thing(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        for text in ("maybe", "tuesday", "please"):
            await here.hear(call, word(text))
            await here.wait(call, 500)
        await here.wait(call, 500)
        record = await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe tuesday please"]
    assert customer(record.turns) == [("maybe tuesday please", True)]


async def test_who_speaks_later_into_our_reply_interrupts_it(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 420 + 700)
        await here.hear(call, word("no"))
        await here.wait(call, 1000)
        record = await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe", "no"]
    assert [step.node for step in record.path] == ["maybe", "no"]


async def test_a_noise_as_our_reply_begins_lets_it_begin_again(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 500)
        await here.hear(call, noise(300))
        await here.wait(call, 1000)
        record = await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe"]
    assert customer(record.turns) == [("maybe", True)]


async def test_a_cough_as_our_reply_begins_changes_nothing(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 500)
        await here.hear(call, noise(100))
        await here.wait(call, 2000)
        record = await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe"]
    assert [turn.interrupted for turn in record.turns if turn.text == REPLY] == [False]


async def test_where_nothing_was_replied_the_next_turn_is_another(tmp_path: Path) -> None:
    def listening(event: d.Event) -> Sequence[d.Action]:
        return [d.Listen(5.0)]

    async with table(AnsweringDialogue(listening), tmp_path) as here:
        call = await here.answered()
        await here.hear(call, word("maybe"))
        await here.wait(call, 800)
        await here.hear(call, word("no"))
        await here.wait(call, 800)
        await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe", "no"]


async def test_a_failure_to_understand_the_rest_keeps_the_first_part(tmp_path: Path) -> None:
    async with table(dialogue(), tmp_path) as here:
        call = await here.answered()
        await here.wait(call, GREETING_MS)
        await here.hear(call, word("maybe"))
        await here.wait(call, 500)
        here.speech.broken = True
        await here.hear(call, word("no"))
        await here.wait(call, 1000)
        record = await here.hung_up(call)
    assert heard(here.dialogue.told) == ["maybe", ""]
    assert customer(record.turns) == [("maybe", True)]
