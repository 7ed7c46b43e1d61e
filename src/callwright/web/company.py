"""What a company has, as it is shown to itself and to the operator; each in the company's transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing import ledger
from callwright.lines.groups import GroupView
from callwright.seats import service as seats
from callwright.seats.counting import SeatCount
from callwright.tasks import reserving
from callwright.tasks.naming import task_names, tasks_of_groups
from callwright.web import present_lines
from callwright.web.schemas.base import Named
from callwright.web.schemas.groups import PolicyGroup
from callwright.web.schemas.money import Balance
from callwright.web.schemas.seats import AiSeats, SeatPack, TaskSeats


async def shown_seats(session: AsyncSession, now: datetime) -> AiSeats:
    """Show the AI seats."""
    packs = await seats.list_packs(session)
    held = await reserving.get_held(session)
    names = await task_names(session, held)
    count = SeatCount(
        await seats.total_seats(session, now),
        sum(one.reserved + one.leaving for one in held.values()),
        sum(one.busy for one in held.values()),
    )
    by_task = [
        TaskSeats(task=Named(id=task_id, name=names[task_id]), reserved=one.reserved + one.leaving, busy=one.busy)
        for task_id, one in held.items()
    ]
    return AiSeats(
        total=count.total,
        reserved=count.reserved,
        in_use=count.busy,
        free=count.free,
        tasks=sorted(by_task, key=lambda one: (-one.reserved, one.task.name)),
        packs=[SeatPack.of(pack, now) for pack in packs],
    )


async def shown_groups(session: AsyncSession, groups: Sequence[GroupView]) -> list[PolicyGroup]:
    """Show policy groups with what calls over them."""
    tasks = await tasks_of_groups(session, [group.id for group in groups])
    return [
        PolicyGroup(
            id=group.id,
            name=group.name,
            lines=[present_lines.bound_line(one) for one in group.lines],
            tasks=[Named(id=task_id, name=name) for task_id, name in tasks.get(group.id, [])],
        )
        for group in groups
    ]


async def shown_balance(session: AsyncSession, tenant_id: UUID, currency: str) -> Balance:
    """Show the balance."""
    found = await ledger.get_balance(session, tenant_id)
    return Balance(available=found.available, held=found.held, currency=currency)
