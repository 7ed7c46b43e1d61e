"""The few words of a language by which one hears that somebody only listens, agrees, or has not finished."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Regular expressions over normalised text; ``joint`` stands between its words.

    ``listening`` is said to show that one listens, ``hums`` those of it that are no word at all. ``agreeing`` and
    ``refusing`` answer a question by themselves, ``polite`` goes with them. ``phantoms`` are what
    recognisers make of a hum or of noise, and nobody says by telephone. ``hesitating`` and ``leading_on`` are
    never the end of a turn, and what begins with ``opening`` has another part. ``digit`` is one digit said or
    written, ``repeats`` makes the next one count so often.
    """

    joint: str
    hums: str
    listening: str
    agreeing: str
    refusing: str
    polite: str
    phantoms: str
    hesitating: str
    leading_on: str
    opening: str
    digit: str
    repeats: Mapping[str, int]
    phone_digits: int


_EN_HUMS = r"m+ ?h+m+|mhm+|m+|h+m+|uh huh|ah ha|aha"

LEXICONS: Mapping[str, Lexicon] = {
    "en": Lexicon(
        joint=" ",
        hums=_EN_HUMS,
        listening=rf"{_EN_HUMS}|yeah|yea|yep|yup|yes|right|all right|alright|ok|okay|sure|oh|ah|i see|got it|good|"
        r"great|fine|lovely|of course|exactly|true|really|cool|nice|i know|i understand",
        agreeing=rf"{_EN_HUMS}|yes|yeah|yea|yep|yup|yah|sure|right|correct|exactly|absolutely|definitely|certainly|"
        r"of course|okay|ok|alright|all right|fine|perfect|that's right|that is right|that's correct|it is|i am|"
        r"i do|this is he|this is she|speaking|go ahead|go on",
        refusing=r"no|nope|nah|not really|no way|never|wrong|not at all|i don't|i'm not|it isn't|that's wrong",
        polite=r"please|thanks|thank you|thank you very much|sir|madam|ma'am|oh|well",
        phantoms=r"you|thanks for watching|thank you for watching|thank you so much for watching|"
        r"thanks for listening|please subscribe|subtitles by the amara org community",
        hesitating=r"um+|u+h+|er+m*|hmm+|like|you know|let me see|let's see|let me think|hang on|hold on|"
        r"one second|one moment|just a second|just a moment",
        leading_on=r"and|but|or|because|cause|if|when|while|than|the|a|an|my|your|our|his|her|their|of|to|with|"
        r"from|between|about|at|it's|that's|there's|i'm|i'd|i've|i'll|we|we're|we'd|i|he|she|they|would|could|"
        r"should|can|is|are|was|were|will|either|also|plus|who|which|"
        r"whether|wondering|think|mean|depends on|next|every|very|let me look|let me check|um+|u+h+|er+m*",
        opening=r"if|because|since|although|whenever|as long as|before i|after i|when i|once i",
        digit=r"\d+|zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine",
        repeats={"double": 2, "triple": 3},
        phone_digits=10,
    ),
    "zh": Lexicon(
        joint="",
        hums=r"嗯+|恩+|唔+|呣+|哼+",
        listening=r"嗯+|恩+|唔+|呣+|哼+|对+|对啊|对呀|是+的?|是啊|好+的?|好吧|好啊|行|哦+|噢+|喔+|啊+|哎|诶|可以|明白|"
        r"知道了?|了解|没错|这样啊?|有道理",
        agreeing=r"嗯+|恩+|唔+|是+的?|是啊|对+|对的|对啊|好+的?|好啊|好吧|行|行啊|可以的?|可以啊|没错|没问题|当然|当然可以|要|"
        r"需要|愿意|有|我是|我就是|方便",
        refusing=r"不|不是|不对|不要|不用|不用了|不行|不需要|不了|不可以|不想|没有|没|别|算了|不方便|没兴趣|不感兴趣",
        polite=r"请|谢谢你?|谢谢您|你好|您好|啊+|的|呢|吧|呀|哈",
        phantoms=r"谢谢观看|谢谢大家|感谢观看|感谢收看|谢谢收看|谢谢收听|字幕由amaraorg社[群区]提供|字幕志愿者(?:李宗盛|杨栋梁)|字幕|"
        r"请不吝点赞订阅转发打赏支持明镜与点点栏目|明镜需要您的支持欢迎订阅明镜|请订阅",
        hesitating=r"嗯+|呃+|额+|唔+|那个|这个|让我想想|我想想|我想一下|我看看|等一下|稍等|等等",
        leading_on=r"那个|这个|就是|就是说|然后|但是|可是|不过|因为|所以|如果|要是|还有|而且|和|跟|或者|还是|我想|我要|我觉得|比如|"
        r"我的|在|呃+|额+|嗯+",
        opening=r"如果|要是|因为|虽然|只要|既然|除非",
        digit=r"\d|零|〇|一|幺|二|两|三|四|五|六|七|八|九",
        repeats={},
        phone_digits=11,
    ),
}

_NOT_ENGLISH = re.compile(r"[^a-z0-9' ]+")
_NOT_CHINESE = re.compile(r"[^\w]+|_")
_UNFINISHED = re.compile(r"(?:\.\.\.|…|[,，、:：;；–—-])\s*$")
_SETTING_OFF = re.compile(r"[,，、;；.。?？!！]\s*\S")
_ASKING = re.compile(r"[?？]\s*$")


def lexicon(language: str) -> Lexicon:
    """Return the words of ``language``; those of English where there are none."""
    return LEXICONS.get(language, LEXICONS["en"])


def normalised(words: Lexicon, text: str) -> str:
    """Return ``text`` without case and punctuation; in a language without spaces between words, without any."""
    if words.joint:
        return " ".join(_NOT_ENGLISH.sub(" ", text.lower().replace("’", "'")).split())
    return _NOT_CHINESE.sub("", text.lower())


def consists_of(words: Lexicon, text: str, *kinds: str) -> bool:
    """Return whether normalised ``text`` is nothing but expressions of ``kinds``, of which it has one at least."""
    return _only(words.joint, kinds).fullmatch(text) is not None


def only_listens(words: Lexicon, text: str) -> bool:
    """Return whether ``text``, as a recogniser wrote it, is nothing but listening, courtesy and phantoms."""
    return consists_of(words, normalised(words, text), words.listening, words.polite, words.phantoms)


def ends_with(words: Lexicon, text: str, kind: str) -> bool:
    """Return whether normalised ``text`` ends with an expression of ``kind``."""
    return _ending(words.joint, kind).search(text) is not None


def begins_with(words: Lexicon, text: str, kind: str) -> bool:
    """Return whether normalised ``text`` begins with an expression of ``kind``."""
    return re.match(rf"(?:{kind})(?:{words.joint}|$)", text) is not None


def breaks_off(text: str) -> bool:
    """Return whether a recogniser wrote ``text`` as something that goes on."""
    return _UNFINISHED.search(text) is not None


def is_one_part(text: str) -> bool:
    """Return whether a recogniser wrote ``text`` without anything that sets one part of it off from another."""
    return _SETTING_OFF.search(text) is None


def asks(text: str) -> bool:
    """Return whether a recogniser wrote ``text`` as a question."""
    return _ASKING.search(text) is not None


def digits(words: Lexicon, text: str) -> int:
    """Return how many digits were said in normalised ``text``, one by one."""
    if not words.joint:
        return len(re.findall(words.digit, text))
    count, times = 0, 1
    for word in text.split():
        if word in words.repeats:
            times = words.repeats[word]
            continue
        count += len(word) if word.isdecimal() else times * bool(re.fullmatch(words.digit, word))
        times = 1
    return count


@lru_cache(maxsize=64)
def _only(joint: str, kinds: tuple[str, ...]) -> re.Pattern[str]:
    one = "(?:" + "|".join(kinds) + ")"
    return re.compile(f"{one}(?:{joint}{one})*")


@lru_cache(maxsize=64)
def _ending(joint: str, kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|{joint})(?:{kind})$" if joint else rf"(?:{kind})$")
