"""Policy groups."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.kit.phone import to_callable
from callwright.kit.phone_region import region_of
from callwright.lines import groups
from callwright.tasks.news import wake_leader_for_all
from callwright.web.access import LineChanger, LineReader
from callwright.web.company import shown_groups
from callwright.web.route_question import find_route
from callwright.web.schemas.base import Line
from callwright.web.schemas.groups import GroupLines, PolicyGroup, Route

router = APIRouter(prefix="/policy-groups", tags=["lines"])
Phone = Annotated[Line, Query(min_length=1, max_length=32, examples=["+442079460123"])]


@router.get("")
async def list_policy_groups(asking: LineReader) -> list[PolicyGroup]:
    """The company's policy groups with their lines, by name."""
    async with asking.transaction() as session:
        return await shown_groups(session, await groups.list_groups(session))


@router.get("/{group_id}")
async def get_policy_group(group_id: UUID, asking: LineReader) -> PolicyGroup:
    """A policy group with its lines."""
    async with asking.transaction() as session:
        (shown,) = await shown_groups(session, [await groups.get_group(session, group_id)])
    return shown


@router.put("/{group_id}/lines")
async def bind_lines(group_id: UUID, body: GroupLines, asking: LineChanger) -> PolicyGroup:
    """Let exactly these lines be in the group, each with its priority; calls to come follow."""
    async with asking.transaction() as session:
        bound = await groups.bind_lines(session, group_id, [(one.line_id, one.priority) for one in body.lines])
        await wake_leader_for_all(session)
        (shown,) = await shown_groups(session, [bound])
    return shown


@router.get("/{group_id}/route")
async def get_route(group_id: UUID, phone: Phone, asking: LineReader) -> Route:
    """Which line would be taken for this number now, and why."""
    number = to_callable(phone, asking.who.region)
    at_home = await asyncio.to_thread(region_of, number)
    async with asking.transaction() as session:
        return await find_route(session, asking, await groups.get_group(session, group_id), number, at_home)
