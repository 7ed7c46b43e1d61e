"""When the end of a pack of seats is worth a warning: pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

AHEAD, SOON, AFTER = 30, 7, 7
"""Days: SPEC TASK-15 warns 30 and 7 days before, on the day itself, and 7 days after."""
FORGOTTEN = 30
"""So many days after its end nobody is warned of it for the first time."""
INSTANT = timedelta(microseconds=1)


def stage_of(expires_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return how far the end of a pack is: ``30``, ``7``, ``0`` or ``-7``; empty while nobody is to be warned.

    Days are the company's own, and the day of the end is the last on which the seats can be used.
    """
    days = ((expires_at - INSTANT).astimezone(zone).date() - now.astimezone(zone).date()).days
    if not -FORGOTTEN <= days <= AHEAD:
        return ""
    if days > SOON:
        return str(AHEAD)
    if days > 0:
        return str(SOON)
    return "0" if days > -AFTER else str(-AFTER)
