"""What people say on the telephone: by their mood and by what they were asked, in several wordings.

Every wording carries the intent that a listener should find in it.
"""

from enum import StrEnum
from typing import NamedTuple

from callwright.simulator.asks import Ask
from callwright.simulator.people import Wish


class Intent(StrEnum):
    """What a person means by an utterance: the truth that a recogniser and a classifier are held against."""

    HELLO = "hello"
    YES = "yes"
    NO = "no"
    PICK_DAY = "pick_day"
    CALL_LATER = "call_later"
    WRONG_NUMBER = "wrong_number"
    DO_NOT_CALL = "do_not_call"
    ASK_PRICE = "ask_price"
    ASK_WHO = "ask_who"
    IS_ROBOT = "is_robot"
    SAY_AGAIN = "say_again"
    GOODBYE = "goodbye"
    HESITANT = "hesitant"
    NUMBER = "number"
    NAME = "name"
    NOTHING_ELSE = "nothing_else"
    UNCLEAR = "unclear"
    GREETING = "greeting"


class Mood(StrEnum):
    """How a person answers once what was on their mind is said."""

    WILLING = "willing"
    LATER = "later"
    UNWILLING = "unwilling"
    STRANGER = "stranger"
    ANGRY = "angry"


class Words(NamedTuple):
    """An utterance and what is meant by it; ``{name}`` stands for the person's own name."""

    text: str
    intent: Intent


Wordings = tuple[Words, ...]


def _as(intent: Intent, *texts: str) -> Wordings:
    return tuple(Words(text, intent) for text in texts)


MOODS: dict[Wish, Mood] = {
    Wish.BOOKS: Mood.WILLING,
    Wish.ASKS_PRICE: Mood.WILLING,
    Wish.CALL_LATER: Mood.LATER,
    Wish.REFUSES: Mood.UNWILLING,
    Wish.WRONG_PERSON: Mood.STRANGER,
    Wish.DO_NOT_CALL: Mood.ANGRY,
    Wish.ASKS_WHO: Mood.WILLING,
    Wish.ASKS_ROBOT: Mood.WILLING,
    Wish.HESITATES: Mood.WILLING,
    Wish.SILENT: Mood.UNWILLING,
    Wish.HANGS_UP: Mood.UNWILLING,
    Wish.INTERRUPTS: Mood.WILLING,
}

HELLO = _as(Intent.HELLO, "Hello?", "Hello, {name} here.", "Yes, hello?", "Good day, this is {name}.")
STILL_THERE = _as(Intent.HELLO, "Hello? Is anyone there?", "Hello, can you hear me?")
WHAT = _as(Intent.SAY_AGAIN, "Sorry, I missed that just now.", "I couldn't make that out, once more please?")

PRICE = _as(
    Intent.ASK_PRICE,
    "Before I say anything, what's the price?",
    "And what would I have to pay for that?",
    "Okay, but what is this going to cost me?",
    "What will that come to in the end?",
)

AGENDAS: dict[Wish, tuple[Wordings, ...]] = {
    Wish.ASKS_PRICE: (PRICE,),
    Wish.ASKS_WHO: (
        _as(
            Intent.ASK_WHO,
            "Hang on, who am I talking to?",
            "Sorry, which company did you say you were from?",
            "Who did you say you are?",
        ),
    ),
    Wish.ASKS_ROBOT: (
        _as(
            Intent.IS_ROBOT,
            "Wait a second, is that a machine speaking?",
            "You sound strange. Are you a computer program?",
            "Is this one of those robot calls?",
        ),
    ),
    Wish.HESITATES: (
        _as(
            Intent.HESITANT,
            "Hmm, I don't know, I would have to think about it.",
            "Well, I'm not really sure about that.",
            "Maybe. I can't decide that right away.",
        ),
    ),
}

_WILLING: dict[Ask, Wordings] = {
    Ask.PRESENCE: _as(Intent.HELLO, "Yes, I'm here.", "Yes, I can hear you."),
    Ask.IDENTITY: _as(Intent.YES, "Yes, that's me.", "Yes, speaking.", "Yes, this is {name}."),
    Ask.PERMISSION: _as(Intent.YES, "Sure, I have a minute.", "Yes, go on.", "Yes, that's fine."),
    Ask.OFFER: _as(
        Intent.YES,
        "Yes, I would like that.",
        "Sure, I could do that.",
        "Yes please, let's do it.",
        "Okay, I'm happy to do that.",
    ),
    Ask.DAY: _as(
        Intent.PICK_DAY,
        "Thursday morning would be best for me.",
        "I think Tuesday afternoon works.",
        "Could we do Friday in the morning?",
        "Wednesday is fine, in the afternoon.",
        "Next Monday in the morning, please.",
    ),
    Ask.NUMBER: _as(Intent.NUMBER, "Two, I think.", "Just one.", "About three."),
    Ask.NAME: _as(Intent.NAME, "My name is {name}.", "It's {name}."),
    Ask.CONFIRM: _as(Intent.YES, "Yes, exactly.", "Yes, perfect.", "Yes, that is correct."),
    Ask.ANYTHING_ELSE: _as(Intent.NOTHING_ELSE, "No, that's everything.", "No, I have no more questions."),
    Ask.GOODBYE: _as(Intent.GOODBYE, "Thank you, goodbye.", "Great, bye bye.", "Thanks, you too, bye."),
    Ask.OPEN: _as(Intent.UNCLEAR, "Whatever you think is best.", "I really couldn't say."),
    Ask.STATEMENT: _as(Intent.YES, "Okay, that's fine with me.", "All right, yes.", "Okay, good."),
}

_LATER_WORDS = _as(
    Intent.CALL_LATER,
    "I'm in the middle of something, can you ring me another time?",
    "I'm on the road just now, please try again later.",
    "You caught me at a bad moment, could you phone back tomorrow?",
)
_LATER: dict[Ask, Wordings] = {
    **_WILLING,
    Ask.IDENTITY: _as(Intent.CALL_LATER, "Yes, but I'm busy just now. Please ring me later."),
    Ask.PERMISSION: _LATER_WORDS,
    Ask.OFFER: _LATER_WORDS,
    Ask.STATEMENT: _LATER_WORDS,
    Ask.OPEN: _LATER_WORDS,
    Ask.DAY: _as(Intent.PICK_DAY, "Tomorrow afternoon would be better.", "Try me on Friday, please."),
}

_NO_WORDS = _as(
    Intent.NO,
    "No, that's not for me.",
    "No thanks, I don't need anything like that.",
    "I have no interest in this, sorry.",
)
_UNWILLING: dict[Ask, Wordings] = {
    **dict.fromkeys(Ask, _NO_WORDS),
    Ask.PRESENCE: _WILLING[Ask.PRESENCE],
    Ask.IDENTITY: _as(Intent.YES, "Yes, what is it about?", "Yes, that's me."),
    Ask.CONFIRM: _as(Intent.NO, "No, I said no.", "No, it isn't."),
    Ask.ANYTHING_ELSE: _as(Intent.NOTHING_ELSE, "No, nothing else."),
    Ask.GOODBYE: _as(Intent.GOODBYE, "Goodbye.", "Bye."),
}

_STRANGER_WORDS = _as(
    Intent.WRONG_NUMBER,
    "I think you've dialled the wrong number.",
    "Nobody called that lives here.",
    "No, that's somebody else. You want another number.",
)
_STRANGER: dict[Ask, Wordings] = {
    **dict.fromkeys(Ask, _STRANGER_WORDS),
    Ask.GOODBYE: _as(Intent.GOODBYE, "No problem, bye.", "That's all right, goodbye."),
}

_ANGRY_WORDS = _as(
    Intent.DO_NOT_CALL,
    "Take my number off your list, and never ring me again.",
    "I want you to stop these calls.",
    "Please remove me from your list and don't phone here any more.",
)
_ANGRY: dict[Ask, Wordings] = {
    **dict.fromkeys(Ask, _ANGRY_WORDS),
    Ask.GOODBYE: _as(Intent.GOODBYE, "Yes, goodbye.", "I hope so. Bye."),
}

REPLIES: dict[Mood, dict[Ask, Wordings]] = {
    Mood.WILLING: _WILLING,
    Mood.LATER: _LATER,
    Mood.UNWILLING: _UNWILLING,
    Mood.STRANGER: _STRANGER,
    Mood.ANGRY: _ANGRY,
}
