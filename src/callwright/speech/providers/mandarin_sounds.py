"""Mandarin as Kokoro's phonemes: words by jieba, their sounds by pypinyin, written as the model learned them.

Words in Latin letters get the sounds of American English from hibari's dictionary; the same model speaks both.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import rjieba
from pinyin_to_ipa import pinyin_to_ipa
from pypinyin import Style, lazy_pinyin

from callwright.dialogue.spoken.zh.reading import read_aloud
from callwright.speech.errors import UnsayableTextError

English = Callable[[str], str]
"""Returns the phonemes of words in Latin letters."""

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_PARTS = re.compile(rf"([\u3400-\u4dbf\u4e00-\u9fff\u3007]+)|([{_LETTER}][{_LETTER}'’.\- ]*)|(.)", re.DOTALL)
_NO_PINYIN = re.compile(r"[^a-zü0-9]")
_INITIALS = re.compile(r"\b[A-Z]{2,5}\b")

# A pause of Kokoro's for every mark.
_PAUSES = {
    **dict.fromkeys(",，、·｡", ", "),
    **dict.fromkeys("。．.", ". "),
    **dict.fromkeys(";；", "; "),
    **dict.fromkeys(":：", ": "),
    **dict.fromkeys("!！", "! "),
    **dict.fromkeys("?？", "? "),
    **dict.fromkeys("—–-", "— "),
    **dict.fromkeys("…", "… "),
    **dict.fromkeys("\"'“”‘’«»《》〈〉「」『』【】()（）[]〔〕", " "),
    **dict.fromkeys(" \t\r\n\u3000", " "),
}
_AS_LEARNED = (
    ("tɕ", "ʨ"), ("ts", "ʦ"), ("ʈʂ", "ꭧ"), ("ɻ\u0329", "ɨ"), ("ɹ\u0329", "ɨ"), ("\u032f", ""),
    ("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"),
)  # fmt: skip


def mandarin_sounds(text: str, english: English) -> str:
    """Return the phonemes of ``text``. Raises UnsayableTextError where a sign of it has no sound."""
    parts = [_sounds(found[1], found[2], found[3], english) for found in _PARTS.finditer(read_aloud(text))]
    if unsayable := [sign for sign, sounds in parts if sounds is None]:
        raise UnsayableTextError(signs="".join(dict.fromkeys(unsayable)), language="zh")
    return re.sub(r"\s+", " ", "".join(sounds or "" for _, sounds in parts)).strip()


def _sounds(chinese: str, latin: str, sign: str, english: English) -> tuple[str, str | None]:
    """Return a part, or the sign of it that has no sound, and the phonemes, ``None`` for such."""
    if latin:
        return latin, f" {english(_INITIALS.sub(_spelt, latin).strip())} "
    if sign:
        return sign, _PAUSES.get(sign)
    said = []
    for word in rjieba.cut(chinese):
        syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
        if silent := next((one for one in syllables if _NO_PINYIN.search(one)), None):
            return silent, None
        said.append("".join(map(_syllable, syllables)))
    return chinese, " ".join(said)


def _spelt(found: re.Match[str]) -> str:
    return " ".join(found[0])


@lru_cache(maxsize=2048)
def _syllable(pinyin: str) -> str:
    sounds = "".join(pinyin_to_ipa(pinyin)[0])
    for ipa, learned in _AS_LEARNED:
        sounds = sounds.replace(ipa, learned)
    return sounds
