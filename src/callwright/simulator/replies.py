"""Which words a person chooses: what is on their mind first, then an answer to what was asked, in their mood."""

from dataclasses import dataclass, replace

from callwright.simulator.asks import Ask
from callwright.simulator.people import Person, Wish
from callwright.simulator.words import (
    AGENDAS,
    HELLO,
    MOODS,
    PRICE,
    REPLIES,
    STILL_THERE,
    WHAT,
    Mood,
    Wordings,
    Words,
)

_OPENINGS = frozenset({Ask.OFFER, Ask.PERMISSION, Ask.STATEMENT, Ask.OPEN, Ask.ANYTHING_ELSE})
"""What a person takes as a moment to bring up what is on their mind."""

_MOST_REFUSALS = 3
_SHORT_TEMPERED = frozenset({Mood.UNWILLING, Mood.STRANGER, Mood.ANGRY})


@dataclass(frozen=True, slots=True)
class Talk:
    """What one person has said so far.

    ``agenda`` is what they still want to bring up, ``answers`` how many questions they have answered.
    """

    person: Person
    agenda: tuple[Wordings, ...]
    said: tuple[Words, ...] = ()
    answers: int = 0


def begin_talk(person: Person) -> Talk:
    """Return the talk of a person who has said nothing yet."""
    return Talk(person, AGENDAS.get(person.wish, ()))


def answered(talk: Talk) -> Talk:
    """Return the talk once a question was answered without a word."""
    return replace(talk, answers=talk.answers + 1)


def hello(person: Person) -> Words:
    """Return how the person answers the telephone."""
    return _worded(person, HELLO)


def nudge(person: Person) -> Words:
    """Return what the person says when nobody speaks."""
    return _worded(person, STILL_THERE)


def interruption(talk: Talk) -> tuple[Talk, Words]:
    """Return what the person says into the caller's words."""
    words = _worded(talk.person, PRICE)
    return replace(talk, said=(*talk.said, words)), words


def reply(talk: Talk, ask: Ask | None, turn: int) -> tuple[Talk, Words, bool]:
    """Answer ``ask``, as the person's ``turn``-th answer: the talk after it, the words, whether they leave.

    ``ask`` is ``None`` when they did not understand a word.
    """
    if ask is None:
        choice = WHAT
    elif ask is Ask.REPEAT and talk.said:
        return replace(talk, said=(*talk.said, talk.said[-1])), talk.said[-1], False
    elif ask in _OPENINGS and talk.agenda:
        choice, talk = talk.agenda[0], replace(talk, agenda=talk.agenda[1:])
    else:
        choice = _replies(talk.person)[Ask.OFFER if ask is Ask.REPEAT else ask]
        talk = replace(talk, answers=talk.answers + 1)
    words = _worded(talk.person, choice, sum(words in talk.said for words in _spoken(talk.person, choice)))
    leaving = ask is Ask.GOODBYE or (_is_short_tempered(talk.person) and turn + 1 > _MOST_REFUSALS)
    return replace(talk, said=(*talk.said, words)), words, leaving


def repertoire(person: Person) -> list[Words]:
    """Return what the person is likely to say, the likeliest first, so that it can be rendered ahead."""
    rude = (PRICE,) if person.wish is Wish.INTERRUPTS else ()
    choices = [HELLO, *AGENDAS.get(person.wish, ()), *rude, *_replies(person).values(), STILL_THERE, WHAT]
    return list(dict.fromkeys(_worded(person, choice) for choice in choices))


def _replies(person: Person) -> dict[Ask, Wordings]:
    return REPLIES[MOODS[person.wish]]


def _is_short_tempered(person: Person) -> bool:
    return MOODS[person.wish] in _SHORT_TEMPERED


def _spoken(person: Person, wordings: Wordings) -> list[Words]:
    """Fill in the person's name; a stranger has another than the one the caller expects, and does not tell it."""
    is_stranger = MOODS[person.wish] is Mood.STRANGER
    usable = [words for words in wordings if not (is_stranger and "{name}" in words.text)]
    return [words._replace(text=words.text.format(name=person.name)) for words in usable]


def _worded(person: Person, wordings: Wordings, after: int = 0) -> Words:
    """Choose by the person's seed; the next wording each time the same has to be said again."""
    usable = _spoken(person, wordings)
    return usable[(person.seed + after) % len(usable)]
