"""Fixtures, one module a matter; logs in one plain line an event (structlog alone would draw every value)."""

import structlog
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.fixtures_db", "tests.fixtures_speech", "tests.workers"]

# A rule holds on a busy machine too: what an example takes there says nothing about it.
settings.register_profile("callwright", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("callwright")

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
    ]
)
