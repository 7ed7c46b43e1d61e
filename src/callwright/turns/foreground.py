"""Whose voice it is: the person's at the telephone, or somebody's behind them, or a television's.

A telephone is at one person's mouth: whoever else is heard is much quieter. Fed the level of every frame; the
person's own level follows the loudest speech of late, up within a word, so that a bang hardly moves it, and down
slowly, so that who holds the telephone further away is heard again after a while. Until somebody was heard,
everybody counts.
"""

from dataclasses import dataclass

from callwright.turns.frames import frames


@dataclass(frozen=True, slots=True)
class Foreground:
    """The rule's settings: a voice ``behind_db`` under the person's is not theirs, whose level rises by at most
    ``rises_db`` in every frame and sinks by ``sinks_db`` in every second of speech below it. One loud moment speaks
    for the ``syllable_ms`` after it.
    """

    behind_db: float = 16.0
    rises_db: float = 0.3
    sinks_db: float = 0.7
    syllable_ms: int = 300


@dataclass(frozen=True, slots=True)
class Voices:
    """The level at which the person speaks, none before they did, and the levels of late; dBov."""

    person_db: float | None = None
    lately_db: tuple[float, ...] = ()


NOBODY = Voices()


def heard(rule: Foreground, voices: Voices, level_db: float, *, speech: bool) -> tuple[Voices, bool]:
    """Return the voices after one more frame, and whether ``speech`` in it is the person's."""
    lately = (*voices.lately_db, level_db)[-frames(rule.syllable_ms) :]
    if not speech:
        return Voices(voices.person_db, lately), False
    loudest = max(lately)
    person = loudest if voices.person_db is None else voices.person_db
    if loudest >= person:
        return Voices(person + min(loudest - person, rule.rises_db), lately), True
    return Voices(person - rule.sinks_db / frames(1000), lately), loudest > person - rule.behind_db
