"""The languages that scripts can be in."""

from collections.abc import Mapping

from callwright.dialogue.parts import Language
from callwright.dialogue.spoken.en.english import ENGLISH
from callwright.dialogue.spoken.language import Spoken
from callwright.dialogue.spoken.zh.chinese import CHINESE

_LANGUAGES: Mapping[Language, Spoken] = {"en": ENGLISH, "zh": CHINESE}


def spoken(language: Language) -> Spoken:
    """Return what people say in ``language``."""
    return _LANGUAGES[language]
