"""When ``bench.dialing`` dials, and how much at once."""

import sys
import time
from datetime import UTC, datetime, timedelta

import structlog

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""A Monday, noon in New York."""
CAPACITY = 300


class WorkingHours:
    """Time that goes on from noon of a working day, whenever the benchmark runs."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the present moment of that day."""
        return NOON + timedelta(seconds=time.monotonic() - self._began)

    def monotonic(self) -> float:
        """Return the machine's own seconds."""
        return time.monotonic()


def log_warnings() -> None:
    """Let a process say only what is wrong."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(30),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
