"""How people behave: they answer what they were asked, in keeping with their wish, and always leave."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.simulator import person as mind
from callwright.simulator.people import Person, Wish
from callwright.simulator.person import (
    Answered,
    CallerStarted,
    CallerStopped,
    Finished,
    HangUp,
    HungUp,
    Press,
    Say,
    Tick,
)
from callwright.simulator.words import Intent

GREETING = "Hello, this is Anna from Harbour Dental. Would you like to book a check-up?"
DAY = "Lovely. Which day suits you, morning or afternoon?"
CONFIRM = "So that's Monday morning. Is that right?"
GOODBYE = "Wonderful, we have noted it. Goodbye."


class Caller:
    """Talks with a person who takes two seconds for every sentence."""

    def __init__(self, wish: Wish, *, says_hello: bool = False, patience_s: float = 8.0, seed: int = 1) -> None:
        person = Person(name="Rosa Palmer", wish=wish, seed=seed, says_hello=says_hello, patience_s=patience_s)
        self.state = mind.begin(person)
        self.now = 0.0
        self.actions: list[mind.Action] = []
        self.feel(Answered(0.0))

    def feel(self, event: mind.Event) -> None:
        self.state, actions = mind.step(self.state, event)
        self.actions += actions

    def wait(self, seconds: float) -> list[mind.Action]:
        """Let time pass, finishing what the person says after two seconds; return what they did."""
        before = len(self.actions)
        until, finishes = self.now + seconds, 0.0
        while self.now < until:
            self.now += 0.1
            self.feel(Tick(self.now))
            if self.state.phase is not mind.Phase.SPEAKING:
                finishes = self.now + 2.0
            elif self.now >= finishes:
                self.feel(Finished(self.now))
        return self.actions[before:]

    def says(self, words: str | None, seconds: float = 1.0) -> list[mind.Action]:
        """Speak for ``seconds``, then give the person time; return what they did."""
        before = len(self.actions)
        self.feel(CallerStarted(self.now))
        self.wait(seconds)
        self.feel(CallerStopped(self.now, self.now, words))
        self.wait(5.0)
        return self.actions[before:]


def only(actions: list[mind.Action]) -> Say:
    (say,) = actions
    assert isinstance(say, Say)
    return say


def test_books_a_day_and_leaves_after_the_goodbye() -> None:
    caller = Caller(Wish.BOOKS)
    assert only(caller.says(GREETING)).intent == Intent.YES
    assert only(caller.says(DAY)).intent == Intent.PICK_DAY
    assert only(caller.says(CONFIRM)).intent == Intent.YES
    goodbye, leaves = caller.says(GOODBYE)
    assert isinstance(goodbye, Say)
    assert goodbye.intent == Intent.GOODBYE
    assert isinstance(leaves, HangUp)


def test_without_words_the_order_of_turns_counts() -> None:
    caller = Caller(Wish.BOOKS)
    intents = [only(caller.says(None)).intent for _ in range(3)]
    assert intents == [Intent.YES, Intent.PICK_DAY, Intent.YES]
    assert isinstance(caller.says(None)[-1], HangUp)


def test_an_own_question_does_not_count_in_the_order_of_turns() -> None:
    caller = Caller(Wish.ASKS_PRICE)
    intents = [only(caller.says(None)).intent for _ in range(3)]
    assert intents == [Intent.ASK_PRICE, Intent.YES, Intent.PICK_DAY]


@pytest.mark.parametrize(
    ("wish", "first", "second"),
    [
        (Wish.ASKS_PRICE, Intent.ASK_PRICE, Intent.YES),
        (Wish.ASKS_WHO, Intent.ASK_WHO, Intent.YES),
        (Wish.ASKS_ROBOT, Intent.IS_ROBOT, Intent.YES),
        (Wish.HESITATES, Intent.HESITANT, Intent.YES),
        (Wish.CALL_LATER, Intent.CALL_LATER, Intent.CALL_LATER),
        (Wish.REFUSES, Intent.NO, Intent.NO),
        (Wish.WRONG_PERSON, Intent.WRONG_NUMBER, Intent.WRONG_NUMBER),
        (Wish.DO_NOT_CALL, Intent.DO_NOT_CALL, Intent.DO_NOT_CALL),
    ],
)
def test_what_is_on_their_mind_comes_first(wish: Wish, first: Intent, second: Intent) -> None:
    caller = Caller(wish)
    assert only(caller.says(GREETING)).intent == first
    assert only(caller.says(GREETING)).intent == second


def test_repeats_when_asked_to() -> None:
    caller = Caller(Wish.BOOKS)
    said = only(caller.says(DAY))
    assert only(caller.says("Sorry, I didn't catch that.")) == said


def test_words_that_make_no_sense_are_asked_for_again() -> None:
    assert only(Caller(Wish.BOOKS).says("")).intent == Intent.SAY_AGAIN


def test_short_tempered_people_leave_after_saying_no_often_enough() -> None:
    caller = Caller(Wish.REFUSES)
    turns = [caller.says(GREETING) for _ in range(4)]
    assert isinstance(turns[-1][-1], HangUp)


def test_hangs_up_in_the_middle_of_the_second_prompt() -> None:
    caller = Caller(Wish.HANGS_UP)
    caller.says(GREETING)
    before = len(caller.actions)
    caller.feel(CallerStarted(caller.now))
    caller.wait(3.0)
    assert [type(action) for action in caller.actions[before:]] == [HangUp]


def test_interrupts_the_second_prompt_and_listens_to_the_answer() -> None:
    caller = Caller(Wish.INTERRUPTS)
    assert only(caller.says(GREETING)).intent == Intent.YES
    caller.feel(CallerStarted(caller.now))
    assert only(caller.wait(2.0)).intent == Intent.ASK_PRICE
    caller.feel(CallerStopped(caller.now, caller.now, "Lovely. Which day suits"))
    assert caller.wait(4.0) == []
    assert only(caller.says("Nineteen dollars. Which day suits you?")).intent == Intent.PICK_DAY


def test_silent_people_never_speak_and_leave() -> None:
    caller = Caller(Wish.SILENT, says_hello=True)
    caller.says(GREETING)
    assert caller.actions == []
    assert caller.wait(20.0) == [HangUp("silence")]


def test_says_hello_unless_the_caller_speaks_first() -> None:
    assert only(Caller(Wish.BOOKS, says_hello=True).wait(2.0)).intent == Intent.HELLO
    caller = Caller(Wish.BOOKS, says_hello=True)
    assert only(caller.says(GREETING)).intent == Intent.YES


def test_asks_once_whether_anyone_is_there_and_then_leaves() -> None:
    caller = Caller(Wish.BOOKS)
    assert [type(action) for action in caller.wait(30.0)] == [Say, HangUp]


def test_strangers_do_not_use_the_name_they_are_called_by() -> None:
    for seed in range(8):
        caller = Caller(Wish.WRONG_PERSON, says_hello=True, seed=seed)
        assert "Rosa" not in only(caller.wait(2.0)).text


EVENTS = st.sampled_from(["start", "stop", "finish", "tick", "answer", "leave"])
WORDS = st.sampled_from([None, "", GREETING, DAY, CONFIRM, GOODBYE, "Okay."])


def events(kinds: list[tuple[str, float, str | None]]) -> Iterator[mind.Event]:
    now = 0.0
    for kind, passed, words in kinds:
        now += passed
        happened: dict[str, mind.Event] = {
            "start": CallerStarted(now),
            "stop": CallerStopped(now, max(0.0, now - 1.0), words),
            "finish": Finished(now),
            "tick": Tick(now),
            "answer": Answered(now),
            "leave": HungUp(now),
        }
        yield happened[kind]


@given(
    wish=st.sampled_from(Wish),
    seed=st.integers(0, 1000),
    kinds=st.lists(st.tuples(EVENTS, st.floats(0, 20), WORDS), max_size=40),
)
def test_nothing_is_done_after_the_end(wish: Wish, seed: int, kinds: list[tuple[str, float, str | None]]) -> None:
    state = mind.begin(Person(name="Rosa Palmer", wish=wish, seed=seed))
    over = False
    for event in events(kinds):
        state, actions = mind.step(state, event)
        assert not (over and actions)
        over = over or isinstance(event, HungUp) or any(isinstance(action, HangUp) for action in actions)


@given(wish=st.sampled_from(Wish), words=st.lists(WORDS, max_size=30), patience_s=st.floats(2, 60))
def test_every_call_ends(wish: Wish, words: list[str | None], patience_s: float) -> None:
    caller = Caller(wish, patience_s=patience_s)
    for sentence in words:
        caller.says(sentence)
    caller.wait(mind.LONGEST_CALL_S)
    assert caller.state.phase is mind.Phase.GONE
    assert sum(isinstance(action, HangUp) for action in caller.actions) == 1


def test_keys_that_are_asked_for_are_pressed_without_a_word() -> None:
    caller = Caller(Wish.BOOKS)
    (press,) = caller.says("Would you like to book? Press 1 for yes, or 2 for no.")
    assert press == Press("1")
    assert only(caller.says(DAY)).intent is Intent.PICK_DAY


def test_what_is_on_a_mind_is_said_before_a_key_is_pressed() -> None:
    caller = Caller(Wish.ASKS_PRICE)
    assert only(caller.says("Press 1 to book.")).intent is Intent.ASK_PRICE
    assert caller.says("Press 1 to book.") == [Press("1")]
