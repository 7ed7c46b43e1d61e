"""Logging of every process: one line of text an event, on standard error, and nothing of anybody's in it."""

import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

import psycopg
import structlog
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
DATA_EXCEPTION = "22"  # class of SQLSTATE, PostgreSQL's appendix A


def configure(level: str) -> None:
    """Send structlog and the standard library's logging to standard error from ``level`` up."""
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(told),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def told(exc_info: ExcInfo) -> str:
    """Return an error, and those behind it, as a traceback tells them, but without what stood in the rows.

    PostgreSQL quotes the values of a row in its DETAIL, and pydantic what it was given: phone numbers among them.
    """
    return "\n".join(_told(exc_info[1], seen=set()))


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None and id(behind) not in seen:
        yield from _told(behind, seen)
        yield "which led to:"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_message(error)}"
    if isinstance(error, BaseExceptionGroup):
        for number, each in enumerate(error.exceptions, start=1):
            yield f"of which {number}:"
            yield from _told(each, seen)


def _message(error: BaseException) -> str:
    if isinstance(error, DBAPIError):
        return f"{_message(error.orig) if error.orig else ''} [SQL: {error.statement}]"
    if isinstance(error, psycopg.Error):
        if (error.sqlstate or "").startswith(DATA_EXCEPTION):
            return f"SQLSTATE {error.sqlstate}"  # its very first line quotes the value
        return error.diag.message_primary or str(error).split("\n", 1)[0]
    if isinstance(error, ValidationError):
        faults = error.errors(include_input=False, include_context=False, include_url=False)
        return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['type']}" for fault in faults)
    return str(error)


class _Formatter(logging.Formatter):
    """The standard library's, for what asyncio and uvicorn report."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        error = ei[1] if isinstance(ei, tuple) else None
        return told((type(error), error, error.__traceback__)) if isinstance(error, BaseException) else ""
