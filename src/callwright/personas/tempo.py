"""How long a call would have lasted: estimated from the words."""

from random import Random

WORDS_PER_S = 2.7
CHARACTERS_PER_S = 4.3
BREATH_S = 0.3


def speaking_s(text: str, language: str) -> float:
    """Return the seconds that saying ``text`` takes: words in English, characters in Chinese."""
    spoken = len(text) / CHARACTERS_PER_S if language == "zh" else len(text.split()) / WORDS_PER_S
    return BREATH_S + spoken


def reaction_s(dice: Random) -> float:
    """Return the seconds until a person answers, and we see that they have finished."""
    return dice.uniform(0.8, 1.8)
