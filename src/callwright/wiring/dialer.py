"""The dialer process."""

from callwright.db.session import Database
from callwright.dialer.planner import PlannerConfig
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.kit.clock import SystemClock
from callwright.settings import Settings
from callwright.wiring import Ready, database


async def dial(settings: Settings, ready: Ready) -> None:
    """Run a dialer until cancelled."""
    opened = Database(database.url(settings))
    try:
        await opened.check()
        ready(None)
        await run_dialer(opened, SystemClock(), DialerConfig(PlannerConfig(max_call_s=int(settings.max_call_s))))
    finally:
        await opened.close()
