"""What of the model's words may be said: nothing that the script, the customer's row or a receipt doesn't bear out.

A rule that can't tell holds the sentence back. It judges wording, not truth: figures with what they count, names,
words that offer an advantage, claims, promises, and plain statements about the company and what one may do have to
stand in the script. A false statement only of the author's own words passes, which is why facts should be whole
sentences, and what must never be said be named.
"""

import re
from collections.abc import Iterable, Set
from functools import cached_property
from typing import Literal

from callwright.dialogue.model.claims import claims_to_be_human, promises, says_done
from callwright.dialogue.model.figures import DAYS_AND_MONTHS, measures_in
from callwright.dialogue.model.letters import is_odd, plain
from callwright.dialogue.model.names import names_in
from callwright.dialogue.model.offers import offers_in
from callwright.dialogue.model.questions import asks, echoes
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.model.statements import Support
from callwright.dialogue.model.texting import done_by, promised_by
from callwright.dialogue.state import State
from callwright.dialogue.variables import kept_values, spoken_values

Breach = Literal[
    "unspeakable", "human", "leak", "never_say", "claim", "promise", "figure", "offer", "name", "statement"
]
"""Why a sentence is not said."""

LONGEST_SENTENCE = 300
_LEAKED_WORDS = 7
_LEAKED_SIGNS = 14

_OF_A_TIME = ("", "o'clock", "people")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\.com\b")
_WORDS = re.compile(r"[a-z0-9']+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ALWAYS_NAMES = DAYS_AND_MONTHS | {"may", "english", "chinese"}
_MOOT = re.compile(r"system prompt|language model|my instructions|系统提示|语言模型|提示词")


class Guard:
    """The rules of one script."""

    def __init__(self, script: ModelScript, instructions: str) -> None:
        self._script = script
        self._instructions = plain(instructions)

    def breach(self, sentence: str, state: State) -> Breach | None:
        """Return why ``sentence`` may not be said in a call that stands at ``state``; ``None`` if it may."""
        try:
            return self.judge(plain(sentence), state)
        except Exception:
            # A rule that breaks can't tell either, and whoever is on the phone is owed a whole call.
            return "unspeakable"

    def judge(self, sentence: str, state: State) -> Breach | None:
        """Return what ``breach`` does, of a sentence in plain signs."""
        if len(sentence) > LONGEST_SENTENCE or _ADDRESS.search(sentence.lower()):
            return "unspeakable"
        if is_odd(sentence, f"{self._authored} {self._of_the_call(state)}"):
            return "unspeakable"
        if claims_to_be_human(sentence):
            return "human"
        if _MOOT.search(sentence.lower()) or self._leaks(sentence):
            return "leak"
        if any(_contains(sentence, plain(words)) for words in self._script.never_say):
            return "never_say"
        done = (*self._receipts(state), *done_by(state.messages, sentence))
        if says_done(sentence, done, self._facts):
            return "claim"
        if promises(sentence, f"{self._facts} {promised_by(state.messages, sentence)}"):
            return "promise"
        return self._unknown(sentence, state) or ("statement" if self._states(sentence, state) else None)

    def _unknown(self, sentence: str, state: State) -> Breach | None:
        of_the_call = self._of_the_call(state)
        # To ask whether one heard right is no statement.
        heard = plain(" ".join(turn.text for turn in state.turns)).lower() if asks(sentence) else ""
        if self._miscounts(sentence, of_the_call, heard):
            return "figure"
        if any(not _stands_in(word, self._authored) for word in offers_in(sentence)):
            return "offer"
        known = f"{self._authored} {of_the_call} {heard}"
        names = {*names_in(sentence)} - _ALWAYS_NAMES
        return "name" if any(not _stands_in(name, known) for name in names) else None

    def _states(self, sentence: str, state: State) -> bool:
        return Support(f"{self._of_the_matter} {self._of_the_call(state)}").lacks(sentence)

    def _miscounts(self, sentence: str, of_the_call: str, heard: str) -> bool:
        """Say whether a figure is unknown, or counts what nobody said that it counts: two mechanics, two hours.

        What was ``heard`` may be asked back: a price only as what they said, as "for five dollars?" offers it.
        """
        known, asked = self._figures | measures_in(of_the_call), measures_in(heard)
        echo = echoes(sentence)
        return any(
            not _counts(figure, unit, known | asked if echo or unit in _OF_A_TIME else known)
            for figure, unit in measures_in(sentence)
        )

    def _receipts(self, state: State) -> tuple[str, ...]:
        given = {value.name for value in state.given}
        return tuple(
            plain(claim)
            for name, wanted in self._script.collect.items()
            if name in given
            for claim in wanted.claims
        )

    def _of_the_call(self, state: State) -> str:
        return plain(" ".join((*kept_values(state).values(), *spoken_values(state).values()))).lower()

    @cached_property
    def _authored(self) -> str:
        return plain(" ".join(spoken_texts(self._script))).lower()

    @cached_property
    def _facts(self) -> str:
        answers = (question.answer for question in self._script.knowledge.values())
        return plain(" ".join((*self._script.facts, *answers))).lower()

    @cached_property
    def _of_the_matter(self) -> str:
        wordings = (wording for question in self._script.knowledge.values() for wording in question.wordings)
        return plain(" ".join((self._authored, self._script.goal, *wordings))).lower()

    @cached_property
    def _figures(self) -> frozenset[tuple[str, str]]:
        return measures_in(self._authored)

    def _leaks(self, sentence: str) -> bool:
        signs = "".join(_HAN.findall(sentence))
        private = "".join(_HAN.findall(self._instructions))
        if any(run in private and run not in self._authored for run in _runs(signs, _LEAKED_SIGNS)):
            return True
        words = _WORDS.findall(sentence.lower())
        runs = {" ".join(words[start : start + _LEAKED_WORDS]) for start in range(len(words) - _LEAKED_WORDS + 1)}
        return any(run in self._private and run not in self._public for run in runs)

    @cached_property
    def _private(self) -> str:
        return " ".join(_WORDS.findall(self._instructions.lower()))

    @cached_property
    def _public(self) -> str:
        return " ".join(_WORDS.findall(self._authored))


def spoken_texts(script: ModelScript) -> Iterable[str]:
    """Yield everything of the script that may be said aloud."""
    yield from (script.company, script.caller, script.opening, *script.facts)
    yield from (question.answer for question in script.knowledge.values())
    yield from script.goodbyes.values()
    yield from (script.phrases.silence, script.phrases.one_moment, script.phrases.not_mine_to_say)
    yield from (wanted.label for wanted in script.collect.values())
    yield from (message.label for message in script.messages.values())


def _counts(figure: str, unit: str, known: Set[tuple[str, str]]) -> bool:
    if not unit:
        return any(figure == one for one, _ in known)
    return (figure, unit) in known or (figure, "") in known


def _stands_in(word: str, text: str) -> bool:
    return (re.search(rf"\b{re.escape(word)}", text) if word.isascii() else word in text) not in (None, False)


def _contains(sentence: str, words: str) -> bool:
    pattern = rf"\b{re.escape(words.lower())}\b" if words.isascii() else re.escape(words)
    return re.search(pattern, sentence.lower()) is not None


def _runs(signs: str, length: int) -> set[str]:
    return {signs[start : start + length] for start in range(len(signs) - length + 1)}
