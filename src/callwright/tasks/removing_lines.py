"""Taking a line away: never from under a task or a group that calls over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.lines import LineRow, PolicyGroupLineRow, PolicyGroupRow
from callwright.db.tables.tasks import TaskLineRow, TaskRow
from callwright.dialing.lifecycle import TaskState
from callwright.lines.errors import LineHasHistoryError, LineInUseError
from callwright.lines.service import get_line
from callwright.lines.status import tell_browsers

NAMES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Another thing, by its name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class LineUsers:
    """What calls over a line: unfinished tasks of its own, and policy groups."""

    tasks: Sequence[Named]
    groups: Sequence[Named]


async def users_of(session: AsyncSession, line_id: UUID) -> LineUsers:
    """Return what calls over a line."""
    tasks = await session.execute(
        select(TaskRow.id, TaskRow.name)
        .join(TaskLineRow, TaskLineRow.task_id == TaskRow.id)
        .where(TaskLineRow.line_id == line_id, TaskRow.state != TaskState.FINISHED)
        .order_by(TaskRow.name)
    )
    groups = await session.execute(
        select(PolicyGroupRow.id, PolicyGroupRow.name)
        .join(PolicyGroupLineRow, PolicyGroupLineRow.group_id == PolicyGroupRow.id)
        .where(PolicyGroupLineRow.line_id == line_id)
        .order_by(PolicyGroupRow.name)
    )
    return LineUsers([Named(*one) for one in tasks], [Named(*one) for one in groups])


async def remove_line(session: AsyncSession, line_id: UUID) -> None:
    """Remove a line that never carried a call. Raises NotFoundError, LineInUseError, LineHasHistoryError."""
    line = await _get_unused(session, line_id)
    history = LineHasHistoryError(name=line.name)
    with (
        refusing("fk_task_lines_line_id", history),
        refusing("fk_attempts_line_id", history),
        refusing("fk_calls_line_id", history),
    ):
        await session.delete(line)
        await session.flush()
    await tell_browsers(session, line.tenant_id, line.id)


async def retire(session: AsyncSession, line_id: UUID, now: datetime) -> LineRow:
    """Keep a line for its history alone, until it is taken back. Raises NotFoundError, LineInUseError."""
    # Whoever chooses the line for a task or group at this moment is waited for, and seen below.
    await session.execute(select(LineRow.id).where(LineRow.id == line_id).with_for_update(key_share=True))
    line = await _get_unused(session, line_id)
    if line.retired_at is None:
        line.retired_at = now
        await session.flush()
        await tell_browsers(session, line.tenant_id, line.id)
    return line


async def _get_unused(session: AsyncSession, line_id: UUID) -> LineRow:
    line = await get_line(session, line_id)
    users = await users_of(session, line_id)
    names = [*_told("task", users.tasks), *_told("policy group", users.groups)]
    if names:
        raise LineInUseError(
            name=line.name,
            what=", ".join(names),
            tasks=[one.name for one in users.tasks],
            groups=[one.name for one in users.groups],
        )
    return line


def _told(thing: str, users: Sequence[Named]) -> list[str]:
    told = [f"{thing} {one.name}" for one in users[:NAMES_TOLD]]
    more = len(users) - NAMES_TOLD
    return [*told, f"{more} more"] if more > 0 else told
