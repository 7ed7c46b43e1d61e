"""A brake on guessing passwords, in the memory of the web process: failures of one email from one address.

Bounded: the least recently tried pair is forgotten first. With several web processes each counts for itself.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from callwright.accounts.errors import TooManySignInsError

FAILURES = 10
WITHIN = timedelta(minutes=15)
PAIRS = 10_000


class SignInThrottle:
    """Counts attempts; one that succeeds is taken back with ``forget``."""

    def __init__(self, *, failures: int = FAILURES, within: timedelta = WITHIN, pairs: int = PAIRS) -> None:
        self._failures = failures
        self._within = within
        self._pairs = pairs
        self._attempts: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()

    def begin(self, email: str, address: str, now: datetime) -> None:
        """Count an attempt beforehand, so that many at once can't slip through. Raises TooManySignInsError."""
        key = (email, address)
        attempts = self._attempts.setdefault(key, deque())
        self._attempts.move_to_end(key)
        while attempts and now - attempts[0] >= self._within:
            attempts.popleft()
        if len(attempts) >= self._failures:
            wait = attempts[0] + self._within - now
            minutes = int(self._within.total_seconds() // 60)
            raise TooManySignInsError(
                failures=self._failures, minutes=minutes, wait_s=max(1, round(wait.total_seconds()))
            )
        attempts.append(now)
        if len(self._attempts) > self._pairs:
            self._attempts.popitem(last=False)

    def forget(self, email: str, address: str) -> None:
        """Forget the failures of a pair that has signed in."""
        self._attempts.pop((email, address), None)
