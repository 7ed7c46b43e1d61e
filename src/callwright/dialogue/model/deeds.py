"""Plain ways to say that something was done ("your slot is locked in", "it's in our calendar", 给您约上了)."""

import re
from collections.abc import Iterator

_VISIT = (
    "appointments?|bookings?|reservations?|slots?|places?|spots?|seats?|visits?|meetings?|registrations?|"
    "calendar|diary|books|schedule|agenda|planner"
)
_MATTER = f"{_VISIT}|orders?|payments?|refunds?|requests?|deliver(?:y|ies)|dates?|times?|names?|system|list"
_BOOKS = "calendar|diary|books|schedule|agenda|planner|system|list|roster"
_NOW = r"(?: (?:now|all|already|just|also|both|\w+ly))*"
_BE = r"(?:'s|'re| is| are| was| were| has been| have been| gets?| got)"
_STATE = (
    "set|made|fixed|firm|final|finali[sz]ed|secured?|saved|sorted|held|kept|locked|blocked|done|completed?|guaranteed|"
    "processed|settled|arranged|taken|yours|logged|entered|filed|submitted|approved|accepted|official|good to go|"
    "in place|through|ours|(?:in|on)(?= *(?:$|[.,!;?]))"
)
_OWN = (
    r"(?<!shall )(?<!should )(?<!could )(?<!can )(?<!may )(?<!would )(?<!if )(?<!once )(?<!when )(?<!until )"
    rf"\b(?:i|we)(?:'ve| have|'d| had)?{_NOW}(?: (?:gone|went) ahead and)? (?:made|set(?: up)?|fixed|put|entered|"
    r"added|locked|secured|saved|held|kept|blocked|filed|processed|completed|finali[sz]ed|submitted|issued|logged|"
    rf"noted|wrote|written|sorted|placed|handled|taken|took)\b(?: \w+){{0,4}}? (?:{_MATTER})\b"
)
_HANDLED = (
    r"\b(?:i|we)(?:'ve| have)?(?: just| already| now)? (?:took care of|sorted|handled|fixed|done) "
    r"(?:it|that|this|everything)\b"
)
_OF_ALL = (
    rf"\b(?:it|that|this|everything|all)(?:'s| is| has been){_NOW} (?:done|sorted|fixed|arranged|official|locked|"
    r"in place|secured|completed?|finali[sz]ed|processed|set)\b"
)
_THEIRS = (
    r"(?<!do )(?<!if )(?<!when )(?<!once )(?<!did )\byou(?:'ve got| have| now have| got)(?: \w+){0,2}? "
    r"(?:an|your|the) (?:appointment|booking|reservation|slot|spot|seat)\b"
)
_DEEDS = [
    _OWN,
    r"\b(?:i|we)(?:'ve| have)?(?: got)? you (?:down|in|on|off|signed|set)\b",
    _HANDLED,
    rf"\b(?:{_MATTER}){_BE}{_NOW} (?:{_STATE})\b",
    rf"\b(?:{_MATTER}) (?:stands?|went through|goes through|holds)\b",
    rf"\b(?:it|that|this|everything|you|all)(?:'s|'re| is| are){_NOW} (?:in|on) (?:our|the|my) (?:{_BOOKS})\b",
    _OF_ALL,
    r"\bconsider (?:it|that|yourself|everything) \w+",
    _THEIRS,
    r"\bwe(?:'re| are) expecting you\b|\bi(?:'m| am) expecting you\b",
]
_DEED = re.compile("|".join(f"(?:{deed})" for deed in _DEEDS))
_DENIED = re.compile(r"(?:\bnot|n't|\bnothing|\bnever|\bno)(?: \w+){0,3} ?$")
_WITHIN_DENIED = re.compile(r"\bnot\b|n't\b|\bnever\b|\bno\b")
_BOOKING = re.compile(r"book|schedul|reserv|arrang|appoint|regist|enrol|\bput\b.*\bdown\b|slot|seat")
_OF_A_VISIT = re.compile(rf"\b(?:{_VISIT}|dates?|times?|names?|list|you|it|that|this|everything|all)\b")

_ZH_MATTER = "预约|预订|登记|报名|付款|退款|订单|名额|位子|位置|座位|时间|日子"
_ZH_DEED = re.compile(
    f"(?:{_ZH_MATTER})[^，。！？,.!?]{{0,4}}?(?:完成|成功|生效|锁定|保留|留好|留着|定下|定好|约好|排好|排上)|"
    "(?:约|订|排|挂|记|留|报|登)上了?(?=$|[号，。！？,.!?])|搞定|办妥|办好了|弄好了|"
    "(?:记|写|录|排|放|登)(?:到|进|入|在)[^，。！？,.!?]{0,6}(?:日历|系统|名单|日程|本子|表)"
)


def deeds_in(sentence: str) -> Iterator[str]:
    """Yield the parts of ``sentence``, in plain small letters, that say in English that something was done."""
    for found in _DEED.finditer(sentence):
        if not _DENIED.search(sentence[: found.start()]) and not _WITHIN_DENIED.search(found[0]):
            yield found[0]


def tells_a_deed(clause: str) -> bool:
    """Say whether a Chinese ``clause`` says that something was done."""
    return _ZH_DEED.search(clause) is not None


def bears_out(receipts: tuple[str, ...], deed: str) -> bool:
    """Say whether one of ``receipts``, what may be said to be done now, says as much as ``deed``.

    What the author calls booked may be called set, made or in the calendar; it is not paid or ordered with that.
    """
    if any(receipt in deed for receipt in receipts):
        return True
    return _OF_A_VISIT.search(deed) is not None and any(_BOOKING.search(receipt) for receipt in receipts)
