"""The day so far, for the page that one begins with."""

from fastapi import APIRouter

from callwright.accounts.roles import Act, may
from callwright.accounts.service import get_tenant
from callwright.calls.today import get_hours_of_today
from callwright.tasks.beginning import get_beginning
from callwright.tasks.counting import count_running
from callwright.web.access import TaskReader
from callwright.web.schemas.today import Beginning, HourOfDay, Today

router = APIRouter(prefix="/today", tags=["today"])


@router.get("")
async def get_today(asking: TaskReader) -> Today:
    """How the day goes, by the company's clock: calls by the hour, tasks that run.

    Whoever sees not everybody's customers is told of the calls with their own.
    """
    leads = may(asking.who.role, Act.CHANGE_TASKS)
    async with asking.transaction() as session:
        zone = (await get_tenant(session, asking.who.tenant_id)).time_zone
        hours = await get_hours_of_today(session, asking.now, zone=zone, whose=asking.scope)
        running = await count_running(session)
        beginning = await get_beginning(session, asking.now) if leads else None
    lost, answered = sum(one.lost for one in hours), sum(one.answered for one in hours)
    return Today(
        time_zone=zone,
        own=asking.scope is not None,
        hours=[HourOfDay.model_validate(one) for one in hours],
        calls=sum(one.calls for one in hours),
        connected=sum(one.connected for one in hours),
        lost=lost,
        lost_percent=100 * lost / answered if answered else None,
        talk_ms=sum(one.talk_ms for one in hours),
        running=running.running,
        waiting=running.waiting,
        beginning=Beginning.model_validate(beginning) if beginning else None,
    )
