"""When a task will be done."""

from datetime import datetime, timedelta


def finishing_about(
    now: datetime, *, remaining: int, concurrency: int, seconds_per_attempt: float | None
) -> datetime | None:
    """Return about when ``remaining`` customers will have been called, or ``None`` while nothing is known.

    ``seconds_per_attempt`` is the mean of the latest ones, from planning to end.
    """
    if seconds_per_attempt is None or concurrency < 1:
        return None
    rounds = remaining / concurrency
    return now + timedelta(seconds=rounds * seconds_per_attempt)
