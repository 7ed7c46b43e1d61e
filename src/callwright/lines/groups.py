"""Policy groups: lines that a task may call over together (TASK-9 to TASK-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.lines import LineRow, PolicyGroupLineRow, PolicyGroupRow
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name
from callwright.lines.errors import GroupInUseError, GroupNameTakenError, PriorityError
from callwright.lines.service import get_line_to_choose

LOWEST_PRIORITY = 100


@dataclass(frozen=True, slots=True)
class BoundLine:
    """A line in a group; the smaller ``priority`` goes first."""

    line: LineRow
    priority: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """A policy group with its lines, in the order of their priority."""

    id: UUID
    name: str
    lines: Sequence[BoundLine]


async def create_group(session: AsyncSession, tenant_id: UUID, name: str) -> UUID:
    """Make a group for a tenant: the operator's part. Raises InvalidNameError, GroupNameTakenError."""
    name = checked_name(name, thing="policy group")
    group = PolicyGroupRow(tenant_id=tenant_id, name=name)
    session.add(group)
    with refusing("uq_policy_groups_tenant_id_name", GroupNameTakenError(name=name)):
        await session.flush()
    return group.id


async def delete_group(session: AsyncSession, group_id: UUID) -> None:
    """Remove a group that no task has. Raises NotFoundError, GroupInUseError."""
    group = await _get(session, group_id)
    with refusing("fk_tasks_policy_group_id", GroupInUseError(name=group.name)):
        await session.delete(group)
        await session.flush()


async def list_groups(session: AsyncSession) -> list[GroupView]:
    """Return the groups with their lines, by name."""
    groups = (await session.scalars(select(PolicyGroupRow).order_by(PolicyGroupRow.name))).all()
    return [await _view(session, group) for group in groups]


async def get_group(session: AsyncSession, group_id: UUID) -> GroupView:
    """Return a group. Raises NotFoundError."""
    return await _view(session, await _get(session, group_id))


async def bind_lines(session: AsyncSession, group_id: UUID, lines: Sequence[tuple[UUID, int]]) -> GroupView:
    """Let exactly ``lines`` (each with its priority) be in the group: the tenant's part.

    Raises NotFoundError for the group or a line, LineRetiredError, PriorityError.
    """
    group = await _get(session, group_id, to_change=True)
    for line_id, priority in lines:
        await get_line_to_choose(session, line_id, where="lines")
        if not 1 <= priority <= LOWEST_PRIORITY:
            raise PriorityError(asked=priority, lowest=LOWEST_PRIORITY, where="priority")
    await session.execute(delete(PolicyGroupLineRow).where(PolicyGroupLineRow.group_id == group_id))
    session.add_all(
        PolicyGroupLineRow(group_id=group_id, line_id=line_id, priority=priority)
        for line_id, priority in dict(lines).items()
    )
    await session.flush()
    return await _view(session, group)


async def lines_of_group(session: AsyncSession, group_id: UUID) -> list[LineRow]:
    """Return the lines of a group, by priority. Raises NotFoundError."""
    return [bound.line for bound in (await get_group(session, group_id)).lines]


async def _get(session: AsyncSession, group_id: UUID, *, to_change: bool = False) -> PolicyGroupRow:
    query = select(PolicyGroupRow).where(PolicyGroupRow.id == group_id)
    # Of two people who choose its lines at once, the second waits for the first, and theirs holds.
    group = await session.scalar(query.with_for_update(key_share=True) if to_change else query)
    if group is None:
        raise NotFoundError(thing="policy group", key=group_id)
    return group


async def _view(session: AsyncSession, group: PolicyGroupRow) -> GroupView:
    rows = await session.execute(
        select(LineRow, PolicyGroupLineRow.priority)
        .join(PolicyGroupLineRow, PolicyGroupLineRow.line_id == LineRow.id)
        .where(PolicyGroupLineRow.group_id == group.id)
        .order_by(PolicyGroupLineRow.priority, LineRow.name)
    )
    return GroupView(group.id, group.name, [BoundLine(line, priority) for line, priority in rows])
