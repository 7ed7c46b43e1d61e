"""Taking a value out of recognised words: how it is kept, and how it is said back."""

from callwright.dialogue.parts import Language, ValueKind
from callwright.dialogue.spoken.language import Found, Spoken
from callwright.dialogue.spoken.languages import spoken

# Of these one part may be corrected while another stands: the hour while the day stands.
_IN_PARTS = "moment"
# Too long for what lies on both sides of a correction to be told from one value said with a pause.
_WHOLE = ("text", "phone")


def take(what: ValueKind, text: str, *, language: Language = "en", before: str = "") -> Found | None:
    """Return the value of kind ``what`` in ``text`` as (kept, spoken), or ``None`` when there is none.

    Of several with a correction between them ("Monday, no, Tuesday") the last one counts. ``before`` is the value
    told earlier, as it is said: of a moment, what ``text`` doesn't name anew stays.
    """
    words = spoken(language)
    taker = words.takers[what]
    if what in _WHOLE:
        return _last_whole(words, what, text)
    parts = words.correction.split(text)
    if what == _IN_PARTS:
        return _moment(words, [before, *parts]) if any(taker(part) for part in parts) else None
    return next((found for part in reversed(parts) if (found := taker(part))), None)


def digits_value(digits: str, language: Language) -> Found:
    """Return digits that were keyed in, as (kept, spoken)."""
    return digits, spoken(language).say_digits(digits)


def _last_whole(words: Spoken, what: ValueKind, text: str) -> Found | None:
    taker = words.takers[what]
    *_, last = words.correction.split(text)
    return (taker(last) if what == "phone" else None) or taker(text)


def _moment(words: Spoken, parts: list[str]) -> Found | None:
    """Return the last moment of ``parts``; a time alone belongs to the day named before it, and the reverse."""
    found = [moment for part in reversed(parts) if (moment := words.takers["moment"](part))]
    (newest, *earlier) = found
    day = words.takers["date"](newest[1])
    time = words.takers["time"](newest[1])
    if not earlier or bool(day) is bool(time):
        return newest
    older = earlier[0][1]
    if day:
        kept = words.takers["time"](older)
        return words.join(day, kept) if kept else day
    kept = words.takers["date"](older)
    return words.join(kept, time) if kept and time else newest
