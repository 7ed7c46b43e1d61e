"""What fails for a while and comes back: told once when it begins, and once when it is over."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from callwright.kit.errors import CallwrightError

log = structlog.get_logger(__name__)

PASSING = (CallwrightError, SQLAlchemyError, OSError)
"""What is waited out: the world's trouble. Anything else is a fault of ours, which must not go on quietly."""


class Outage:
    """Whether ``what`` works at present."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._error: type[BaseException] | None = None

    def began(self, error: BaseException) -> None:
        """``what`` failed; only the first failure of its kind is told."""
        if self._error is not type(error):
            log.warning("outage began", what=self._what, error=type(error).__name__, why=_first_line(error))
        self._error = type(error)

    def over(self) -> None:
        """``what`` worked."""
        if self._error is not None:
            log.info("outage over", what=self._what)
        self._error = None


async def repeat(what: str, act: Callable[[], Awaitable[None]], *, every_s: float) -> None:
    """Do ``act`` every ``every_s``, for ever; what is PASSING is waited out."""
    outage = Outage(what)
    while True:
        try:
            await act()
            outage.over()
        except PASSING as error:
            outage.began(error)
        await asyncio.sleep(every_s)


def _first_line(error: BaseException) -> str:
    # A driver's further lines show the statement.
    return str(error).partition("\n")[0]
