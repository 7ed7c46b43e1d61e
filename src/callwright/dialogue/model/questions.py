"""Whether a sentence asks. To ask what one heard states nothing; "…, right?" makes no statement a question."""

import re

_CLAUSE = re.compile(r"[,;:.!()–—]+| - ")
_OPENING = re.compile(
    r"^(?:(?:and|so|but|or|well|okay|sorry|then|now|great|good|sure|yes|no|oh|perfect|thanks|hello) )*"
    r"(?:(?:on|at|in|for|from|to|with|by) )?"
    r"(?:what|which|when|who|whom|whose|where|why|how|am|is|are|was|were|do|does|did|have|has|had|can|could|will|"
    r"would|shall|should|may|might|must)\b"
)
_PRESUMES = re.compile(
    r"\b(?:know|knew|known|aware|reali[sz]e\w*|heard|notice\w*|believe|remember|forg[eo]t\w*|told|tell|glad|great|"
    r"nice|happy|surpris\w+|amaz\w+|lucky|"
    r"isn't|aren't|wasn't|don't|doesn't|didn't|won't|wouldn't|can't|hasn't|haven't)\b"
)
_TAG = re.compile(
    r"(?:^|[,;:.!–—-] *|(?<=\w) )(?:right|okay|ok|yes|yeah|correct|true|"
    r"eh|huh|hm+|you know|you see|agreed|"
    r"understood|deal|remember|"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|wo|ca|ai)n't \w+)\?*$"
)
_ECHO = re.compile(
    r"\b(?:do|did) you (?:just )?(?:say|mean|ask)\b|"
    r"^(?:(?:so|sorry|okay|and) )*you (?:said|say|mean|meant|mentioned)\b|"
    r"\b(?:did|do) i (?:hear|get|understand)\b|\bhave i (?:understood|got|heard)\b|"
    r"您(?:刚才|刚刚)?是?(?:说|指|问)|您的意思"
)
_ZH_ASKS = re.compile(
    "[吗呢]|哪|什么|几|谁|怎么|多少|多久|多长|多大|是否|还是|有没有|要不要|能不能|可不可以|好不好|行不行|方不方便|愿不愿意"
)
_ZH_PRESUMES = re.compile("知道|听说|听过|了解到|告诉|难道|不是|没想到|原来")
_ZH_TAG = re.compile("(?:对吧|对吗|对不对|是吧|是吗|是不是|没错吧|没错吗|对么|是么|吧)$")
_HAN = re.compile("[\u4e00-\u9fff]")
_END = re.compile(r"[?？。.!！\s]+$")


def asks(sentence: str) -> bool:
    """Say whether ``sentence``, in plain signs, asks and takes nothing for granted."""
    sentence = sentence.strip()
    if _HAN.search(sentence):
        return _asks_in_chinese(sentence)
    lowered = " ".join(sentence.lower().split())
    if not lowered.endswith("?") or _TAG.search(lowered.rstrip("? ")) or _PRESUMES.search(lowered):
        return False
    return echoes(sentence) or any(opens_a_question(clause.strip()) for clause in _CLAUSE.split(lowered))


def echoes(sentence: str) -> bool:
    """Say whether ``sentence`` is about what the person said; that alone doesn't make it a question."""
    return _ECHO.search(" ".join(sentence.lower().split())) is not None


def opens_a_question(clause: str) -> bool:
    """Say whether ``clause``, in small letters, begins as questions do, and takes nothing for granted."""
    return _OPENING.search(clause) is not None and not _PRESUMES.search(clause)


def _asks_in_chinese(sentence: str) -> bool:
    bare = _END.sub("", sentence)
    if not sentence.endswith(("?", "？")) and not bare.endswith("吗"):
        return False
    if _ZH_TAG.search(bare) or _ZH_PRESUMES.search(bare):
        return False
    return echoes(sentence) or _ZH_ASKS.search(bare) is not None
