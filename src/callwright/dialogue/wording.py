"""Which of several wordings is said, and what a script says where it has none of its own."""

from collections.abc import Sequence

from callwright.dialogue.graph import Script
from callwright.dialogue.spoken.languages import spoken


def in_turn(wordings: Sequence[str], times: int) -> str:
    """Return the wording for the time after ``times``: each in its turn, then from the first."""
    return wordings[times % len(wordings)]


def silence_phrases(script: Script) -> tuple[str, ...]:
    """Return what is said to someone silent."""
    return script.phrases.silence or (spoken(script.language).silence,)


def not_understood_phrases(script: Script) -> tuple[str, ...]:
    """Return what is said to someone not understood."""
    return script.phrases.not_understood or (spoken(script.language).not_understood,)
