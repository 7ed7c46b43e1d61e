"""When a task will be done."""

from datetime import datetime, timedelta


def finishing_about(
    now: datetime,
    *,
    remaining: int,
    concurrency: int,
    seconds_per_attempt: float | None,
    last_due: datetime | None = None,
) -> datetime | None:
    """Return about when ``remaining`` customers will have been called, or ``None`` while nothing is known.

    ``seconds_per_attempt`` is the mean of the latest ones, from planning to end; ``last_due`` is when the last of
    those who wait is to be called, at the soonest.
    """
    if seconds_per_attempt is None or concurrency < 1:
        return None
    rounds = remaining / concurrency
    at_this_pace = now + timedelta(seconds=rounds * seconds_per_attempt)
    if last_due is None:
        return at_this_pace
    return max(at_this_pace, last_due + timedelta(seconds=seconds_per_attempt))
