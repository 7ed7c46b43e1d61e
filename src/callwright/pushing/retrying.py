"""When a push that failed is tried again."""

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(seconds=pause) for pause in (5, 30, 120, 300, 900, 1800, 3600, 7200))
"""They come to four hours: what is told of a customer tomorrow is told too late."""


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many tries, all in vain; nothing where that was the last."""
    return None if tries > len(PAUSES) else now + PAUSES[tries - 1]
