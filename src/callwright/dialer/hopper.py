"""Filling the hopper: the attempts that nodes may claim."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.dialing.pacing import plan
from callwright.tasks.attempts import plan_attempts
from callwright.tasks.planning import get_facts
from callwright.tasks.schemas import PlannedStart


async def fill(session: AsyncSession, now: datetime, *, stale_s: float, at_most: int) -> int:
    """Plan what may start now, ``at_most`` calls in all; return how many.

    A node that has not been heard of for ``stale_s`` takes no calls.
    """
    tasks, supply = await get_facts(session, now, stale_s=stale_s, look_ahead=at_most)
    counts = plan(tasks, supply, at_most=at_most)
    starts = [
        PlannedStart(facts.task, facts.tenant, facts.line, counts[facts.task])
        for facts in tasks
        if facts.task in counts
    ]
    return await plan_attempts(session, starts, now)
