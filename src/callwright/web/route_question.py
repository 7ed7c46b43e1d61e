"""Which line of a policy group would be taken for a number at this moment, and why: asked, not acted upon."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import get_balance
from callwright.dialing import routing
from callwright.kit.phone_place import Region
from callwright.lines.groups import GroupView
from callwright.lines.standing import LineFacts, get_line_facts
from callwright.rating.tariff import hold
from callwright.tasks.running import count_under_way_by_line
from callwright.web import present_lines
from callwright.web.access import Asking
from callwright.web.schemas.base import Named
from callwright.web.schemas.groups import Route, RouteLine


async def find_route(session: AsyncSession, asking: Asking, group: GroupView, phone: str, at_home: Region) -> Route:
    """Answer as the leader would decide now, but for how many calls a second each line may begin."""
    facts = await get_line_facts(session, [one.line.id for one in group.lines])
    routes = await _routes(session, asking, group, facts)
    choice = routing.choose(list(routes.values()), at_home, asking.now)
    names = {one.line.id: one.line.name for one in group.lines}
    return Route(
        phone=phone,
        region=present_lines.region(at_home),
        line=Named(id=choice.line, name=names[choice.line]) if choice.line is not None else None,
        why=choice.why,
        standing=choice.standing,
        lines=[
            _line(present_lines.bound_line(one).model_dump(), routes[one.line.id], facts[one.line.id], asking.now)
            for one in group.lines
        ],
    )


async def _routes(
    session: AsyncSession, asking: Asking, group: GroupView, facts: Mapping[UUID, LineFacts]
) -> dict[UUID, routing.RouteLine[UUID]]:
    under_way = await count_under_way_by_line(session)
    available = (await get_balance(session, asking.who.tenant_id)).available
    return {
        one.line.id: facts[one.line.id].route(
            asking.now,
            priority=one.priority,
            free=max(0, one.line.channels - under_way.get(one.line.id, 0)),
            paid=available >= hold(facts[one.line.id].tariff, asking.parts.max_call_s),
        )
        for one in group.lines
    }


def _line(
    bound: Mapping[str, object], route: routing.RouteLine[UUID], facts: LineFacts, now: datetime
) -> RouteLine:
    return RouteLine.model_validate(
        {
            **bound,
            "standing": routing.standing(route, now),
            "channels": route.channels,
            "free": route.free,
            "expires_at": route.expires_at,
            "next_probe_at": facts.health.next_probe_at,
        }
    )
