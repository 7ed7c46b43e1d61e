"""What a caller seems to ask: enough understanding to answer any script's questions sensibly."""

import re
from enum import StrEnum


class Ask(StrEnum):
    """What a person takes the caller's words for."""

    PRESENCE = "presence"
    IDENTITY = "identity"
    PERMISSION = "permission"
    OFFER = "offer"
    DAY = "day"
    NUMBER = "number"
    NAME = "name"
    CONFIRM = "confirm"
    ANYTHING_ELSE = "anything_else"
    REPEAT = "repeat"
    GOODBYE = "goodbye"
    OPEN = "open"
    STATEMENT = "statement"


_SIGNS: dict[Ask, tuple[str, ...]] = {
    Ask.ANYTHING_ELSE: (r"anything else|(any )?(other|more|further) questions|any questions|else i can",),
    Ask.CONFIRM: (
        r"(is|was) that (right|correct|okay|ok)|correct\?|right\?|(does|would|will) that (work|suit|be)",
        r"shall i (book|put|note|confirm|go ahead)|to confirm|confirm (that|this)|did i get that|go ahead and",
    ),
    Ask.DAY: (
        r"(which|what) (day|date|time)|what'?s a good (day|time)|day or time|better time|a good time for",
        r"when (would|can|could|should|shall|is|are|do|suits)|morning or|(day|time) (suits|works|would)",
    ),
    Ask.NUMBER: (r"how (many|old|big|large|often|long)|what number",),
    Ask.NAME: (r"(your|whose) (full |first |last )?name|who am i (speaking|talking)|spell",),
    Ask.PERMISSION: (
        r"(have|got|spare) (you )?(a|one|two|a couple of|a few)? ?(quick )?(minute|moment|second)",
        r"good (time|moment)|is (this|now) (a )?(good|bad|okay|convenient)|can you talk|a word with you",
    ),
    Ask.IDENTITY: (
        r"(speaking|talking) (to|with)|is (this|that) [a-z' ]+\?|(may|can) i speak|are you (mr|mrs|ms|the)\b",
    ),
    Ask.OFFER: (
        r"interest(s|ed)?|would you (like|be|want|consider)|do you want|do you (have|need|use|think)",
        r"can i (send|book|offer|tell|arrange|interest)|(could|shall|should|may) (we|i)|mind if|how about",
        r"what do you think|does that sound|sound good|like to (hear|know|try|book)|want (me|us) to",
    ),
    Ask.REPEAT: (
        r"didn'?t (quite )?(catch|hear|get|understand)",
        r"say (that|it) again|repeat (that|it)|come again|pardon|rephrase",
    ),
    Ask.PRESENCE: (r"(still|are you) there|can you hear|hello\?\s*$|still on the line",),
    Ask.OPEN: (r"\b(what|which|who|where|when|why|how|tell me)\b",),
}
"""What a question of each kind contains; of several kinds the first counts, so that
"didn't catch that, which day?" asks for a day."""

_PATTERNS = {ask: re.compile("|".join(signs)) for ask, signs in _SIGNS.items()}
_GOODBYE = re.compile(
    r"\b(good ?bye|bye|(have|enjoy) (a|your|the) [a-z ]*(day|evening|weekend|one)|take care"
    r"|thanks? (you )?for your time|(won'?t|will not) (call|bother|disturb|contact) you|all the best)\b"
)
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")


def understand(words: str) -> Ask:
    """Return what the caller asked: the last question counts, a goodbye goes before all.

    What has no sign of any kind of question is a statement.
    """
    heard = words.lower().replace("’", "'")
    if _GOODBYE.search(heard) and "?" not in heard:
        return Ask.GOODBYE
    sentences = [part.strip() for part in _SENTENCE.findall(heard) if part.strip(" .?!")]
    questions = [part for part in sentences if part.endswith("?")]
    for part in reversed(questions):
        ask = _sign_of(part)
        if ask is not None:
            return ask
    if questions:
        return Ask.OPEN
    return (_sign_of(sentences[-1]) if sentences else None) or Ask.STATEMENT


def _sign_of(sentence: str) -> Ask | None:
    return next((ask for ask, pattern in _PATTERNS.items() if pattern.search(sentence)), None)
