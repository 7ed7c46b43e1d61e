"""Fixtures, one module a matter; logs in one plain line an event (structlog alone would draw every value)."""

import structlog

pytest_plugins = ["tests.fixtures_db", "tests.fixtures_speech"]

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
    ]
)
