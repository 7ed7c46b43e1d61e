"""Letters as they are read aloud, whatever signs they are written with: the guard's rules know plain ones only.

A reader sees through look-alikes, signs that show nothing and digits of other scripts; a pattern doesn't.
"""

import re
import unicodedata

_KEPT = re.compile(r"[^，。！？；：、]+")
"""Chinese punctuation, which compatibility forms would turn into that of English."""

_SIGNS = str.maketrans("‘’ʼʹ′`´＇\u2010\u2011\u2212萬億兩", "'" * 8 + "---万亿两")
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")
_FORMAL_RUN = re.compile(
    r"[零一壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万亿]*[壹贰貳叁參肆伍陆陸柒捌玖][拾佰仟万亿][零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万亿]*|"
    r"[壹贰貳叁參肆伍陆陸柒捌玖拾](?=[元块圆折])"
)
"""How sums are written on cheques; alone, most of these signs are ordinary ones (大陆, 收拾)."""

_SHOWS_NOTHING = {"Cf", "Mn", "Me"}
_UNREADABLE = {"Cc", "Cs", "Co", "Cn"}
_ENCLOSED = range(0x1F100, 0x1F200)
"""Letters in circles and squares that have no plain form."""

_SPELT = re.compile(r"(?<![^\W\d_])[A-Za-z](?:[ ._*-]+[A-Za-z](?![^\W\d_])){3,}")
_BROKEN = re.compile(
    r"[A-Za-z](?:[*_~|\\^<>{}#=+]|[^\w\s\x00-\x7f\u2010-\u2027\u2030-\u205e\u3000-\u303f，！？；：（）])+[a-z]"
)
_WORD = re.compile(r"[^\W_]+")
_FIRST_HAN = "啊".encode("gb2312")


def plain(text: str) -> str:
    """Return ``text`` in plain signs: compatibility forms and accents undone, what shows nothing left out.

    Digits of every script become 0 to 9. Capitals stay.
    """
    text = _KEPT.sub(lambda run: unicodedata.normalize("NFKD", run[0].translate(_SIGNS)), text)
    shown = "".join(_digit(sign) for sign in text if unicodedata.category(sign) not in _SHOWS_NOTHING)
    return _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), unicodedata.normalize("NFC", shown))


def is_odd(text: str, known: str) -> bool:
    """Say whether ``text``, made plain, is written so that no rule can tell what it says.

    Letters other than those of English and simplified Chinese are odd, words spelt or broken by signs, and what is
    no character at all. What stands in ``known``, plain and in small letters, isn't.
    """
    if _BROKEN.search(text) or any(_is_no_text(sign) for sign in text):
        return True
    odd = (run[0] for run in _SPELT.finditer(text))
    foreign = (word for word in _WORD.findall(text) if any(map(_is_foreign, word)))
    return any(run.lower() not in known for run in (*odd, *foreign))


def _is_no_text(sign: str) -> bool:
    return unicodedata.category(sign) in _UNREADABLE or ord(sign) in _ENCLOSED or sign == "\ufffd"


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign


def _is_foreign(sign: str) -> bool:
    """Say whether ``sign`` is neither plain Latin nor of the common set of simplified Chinese, GB 2312."""
    if sign.isascii() or sign == "〇":
        return False
    try:
        return not sign.encode("gb2312") >= _FIRST_HAN
    except UnicodeEncodeError:
        return True
