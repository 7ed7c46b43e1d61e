"""When a delivery that failed is tried again, and when a webhook is given up."""

from datetime import datetime, timedelta
from uuid import UUID

PAUSES = tuple(timedelta(seconds=pause) for pause in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800))
"""They come to a day."""
SPREAD = 0.1
"""So much shorter or longer a pause is, delivery by delivery, that what failed together does not come back so."""
GIVEN_UP_AFTER = timedelta(days=3)
"""A webhook that took nothing for so long is switched off."""
GONE = 410
"""HTTP's word for: never again (RFC 9110 clause 15.5.11)."""


def next_try(delivery_id: UUID, tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many tries, all in vain; nothing where that was the last."""
    if tries > len(PAUSES):
        return None
    chance = (delivery_id.int >> 8) % 1001 / 1000
    return now + PAUSES[tries - 1] * (1 + SPREAD * (2 * chance - 1))


def is_given_up(failing_since: datetime | None, status: int | None, now: datetime) -> bool:
    """Return whether a webhook is given up that took nothing since ``failing_since`` and said ``status`` last."""
    return status == GONE or (failing_since is not None and now - failing_since >= GIVEN_UP_AFTER)
