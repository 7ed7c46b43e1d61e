"""When a job that failed is tried again: a decision on its error and how often it was tried."""

from datetime import UTC, datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job as QueuedJob

from callwright.kit.errors import UnavailableError

TRIES_AT_MOST = 40
"""With the pauses below, over half an hour of a database or a speech server being away."""
LONGEST_PAUSE_S = 60


class WorkerStoppingError(UnavailableError):
    """The worker is being stopped; another goes on with its job."""

    code = "worker-stopping"


def pause_after(tries: int) -> int:
    """Return the seconds to wait after so many tries: 1, 2, 4 ... up to a minute."""
    return min(LONGEST_PAUSE_S, 1 << min(tries, 10))


def is_passing(error: BaseException, tries: int) -> bool:
    """Say whether a job is to be tried again after ``error``, having been tried ``tries`` times before."""
    return isinstance(error, UnavailableError) and tries < TRIES_AT_MOST


class Retries(BaseRetryStrategy):
    """Tries again what failed for something that may come back; at once where only the worker stops."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """Return when to try again, ``None`` for never."""
        if isinstance(exception, WorkerStoppingError):
            return RetryDecision(retry_at=datetime.now(UTC))
        if not is_passing(exception, job.attempts):
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause_after(job.attempts)))
