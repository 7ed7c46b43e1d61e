"""What a sound over our own prompt was, by its words: somebody who listens, or somebody who wants the floor.

"Mm-hm" and "mm, hold on" begin alike, so we fall silent for both; the words then say whether to go on. The same
"yes" that only listens in the middle of a sentence answers a question when that is nearly over.
"""

from dataclasses import dataclass

from callwright.turns.lexicon import Lexicon, consists_of, normalised
from callwright.turns.patience import Expects


@dataclass(frozen=True, slots=True)
class Interjections:
    """The rule's settings, in ms: how long an interjection lasts at most, and how near the end of our prompt one is
    an answer: to a question of yes or no (``answer_ms``), and to any other (``open_answer_ms``). Recognisers make
    words of a hum, of which they are not ``sure``: such words of at most ``hum_ms`` are none.
    """

    longest_ms: int = 1200
    hum_ms: int = 800
    sure: float = 0.4
    answer_ms: int = 1000
    open_answer_ms: int = 400


@dataclass(frozen=True, slots=True)
class SaidOver:
    """What was heard over our prompt: the words, the recogniser's ``confidence`` in them (0 to 1), for how long."""

    text: str
    confidence: float
    speech_ms: int


def is_interjection(rule: Interjections, words: Lexicon, expects: Expects, heard: SaidOver, left_ms: int) -> bool:
    """Return whether what was ``heard`` over a prompt with ``left_ms`` to go leaves us the floor.

    Sound without a word does.
    """
    if heard.speech_ms > rule.longest_ms:
        return False
    said = normalised(words, heard.text)
    if not said or (heard.confidence < rule.sure and heard.speech_ms <= rule.hum_ms):
        return True
    return consists_of(words, said, words.listening) and left_ms > _answered_before_ms(rule, expects)


def _answered_before_ms(rule: Interjections, expects: Expects) -> int:
    if expects == "yes_or_no":
        return rule.answer_ms
    return rule.open_answer_ms if expects == "anything" else 0
