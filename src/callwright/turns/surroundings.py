"""What stands out of a line's background and is not our own voice coming back.

Fed every 20 ms frame that is heard, with what a voice detector makes of it. The background follows the level: fast
when that falls, slowly when it rises, so that a word hardly lifts it. Lines send our own voice back, ``-echo_db``
lower or more and up to ``echo_ms`` later, and a detector rightly takes it for speech: what is no louder than that
may be us, and counts for nothing.
"""

from dataclasses import dataclass

from callwright.turns.frames import frames


@dataclass(frozen=True, slots=True)
class Acoustics:
    """The rule's settings: dBov, dB, ms; ``falls`` is a share of the way, ``rises_db`` the most, in every frame."""

    echo_db: float = -24.0
    echo_ms: int = 300
    quietest_db: float = -65.0
    falls: float = 0.2
    rises_db: float = 0.1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The level of the background, none before the first frame, and the levels we sent lately; dBov."""

    background_db: float | None = None
    sent_db: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sound:
    """A frame: how probably it is speech, and by how many dB it stands out of the background."""

    probability: float
    above_db: float


SPEECH = 0.5
"""The probability from which a frame is speech."""

NOTHING = Sound(0.0, 0.0)
UNKNOWN = Surroundings()


def sent(rule: Acoustics, around: Surroundings, level_db: float) -> Surroundings:
    """Return the surroundings after one more frame of ours at ``level_db``."""
    return Surroundings(around.background_db, (*around.sent_db, level_db)[-frames(rule.echo_ms) :])


def heard(rule: Acoustics, around: Surroundings, level_db: float) -> tuple[Surroundings, float | None]:
    """Return the surroundings after a frame heard at ``level_db``, and by how much it stands out.

    ``None`` where it may be our echo.
    """
    level = max(level_db, rule.quietest_db)
    background = level if around.background_db is None else around.background_db
    above = level - background
    may_be_echo = bool(around.sent_db) and level_db < max(around.sent_db) + rule.echo_db
    if above < 0:
        background += above * rule.falls
    elif not may_be_echo:
        background += min(above, rule.rises_db)
    return Surroundings(background, around.sent_db), None if may_be_echo else above
