"""The leader of ``bench.dialing``: the product's own, in the benchmark's working hours."""

import asyncio
import sys

from bench.working_hours import CAPACITY, WorkingHours, log_warnings

from callwright.db.session import Database
from callwright.dialer.planner import PlannerConfig
from callwright.dialer.run import DialerConfig, run_dialer


async def lead(url: str) -> None:
    """Plan until stopped."""
    config = DialerConfig(planner=PlannerConfig(at_most=CAPACITY))
    await run_dialer(Database(url), WorkingHours(), config)


if __name__ == "__main__":
    log_warnings()
    asyncio.run(lead(sys.argv[1]))
