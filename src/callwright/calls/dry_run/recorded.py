"""How calls like a task's went: its own, else those of the same script, else those over the same lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import cycle
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.tasks import TaskLineRow, TaskRow
from callwright.dialing.rehearsal.assumed import MEAN_TALK_S, assumed_draws
from callwright.dialing.rehearsal.facts import CONNECTED, LOST, PICKED_UP, TECHNICAL_FAULT, Draw

ENOUGH = 100
LATEST = 2_000
LOOKED_BACK = timedelta(days=30)
TASKS = 200
UNHEARD = (LOST, TECHNICAL_FAULT)
"""Phone states of people who picked up and met no conversation."""
_EVER = datetime.min.replace(tzinfo=UTC)

CALLS = text("""
    SELECT call.phone_state,
           CAST(extract(epoch FROM coalesce(call.answered_at, call.ended_at) - call.dialled_at) AS float8),
           CAST(call.talk_ms AS float8) / 1000
    FROM unnest(CAST(:tasks AS uuid[])) AS asked (task_id)
    CROSS JOIN LATERAL (
        SELECT * FROM calls
        WHERE task_id = asked.task_id AND ended_at IS NOT NULL AND phone_state IS NOT NULL AND NOT interrupted
          AND dialled_at > :since
        ORDER BY id DESC LIMIT :most
    ) AS call
    ORDER BY call.id DESC LIMIT :most
""")


class Basis(StrEnum):
    """Which calls a dry run rests on."""

    TASK = "task"
    SCRIPT = "script"
    LINES = "lines"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Calls to draw from; ``calls`` is how many were really made."""

    basis: Basis
    calls: int
    draws: Sequence[Draw]


async def get_recorded(session: AsyncSession, task: TaskRow, line_ids: Collection[UUID], now: datetime) -> Recorded:
    """Return the latest calls that tell most about the task's next ones (in the tenant's transaction)."""
    since = now - LOOKED_BACK
    for basis, tasks, after in (
        (Basis.TASK, [task.id], _EVER),
        (Basis.SCRIPT, await _same_script(session, task), since),
        (Basis.LINES, await _same_lines(session, task, line_ids), since),
    ):
        found = await session.execute(CALLS, {"tasks": tasks, "since": after, "most": LATEST})
        draws = [Draw(state, max(0.0, ring_s), talk_s) for state, ring_s, talk_s in found]
        if len(draws) >= ENOUGH:
            return Recorded(basis, len(draws), as_tried(draws))
    return Recorded(Basis.ASSUMED, 0, assumed_draws())


def as_tried(draws: Sequence[Draw]) -> list[Draw]:
    """Return recorded calls for a dry run: who was lost or not heard would have talked like others."""
    talks = cycle([one.talk_s for one in draws if one.phone_state == CONNECTED] or [MEAN_TALK_S])
    return [_as_tried(one, next(talks) if one.phone_state in UNHEARD else one.talk_s) for one in draws]


def _as_tried(one: Draw, talk_s: float) -> Draw:
    state = CONNECTED if one.phone_state in UNHEARD else one.phone_state
    return Draw(state, one.ring_s, talk_s if state in PICKED_UP else 0.0)


async def _same_script(session: AsyncSession, task: TaskRow) -> list[UUID]:
    script = (
        select(ScriptVersionRow.script_id).where(ScriptVersionRow.id == task.script_version_id).scalar_subquery()
    )
    versions = select(ScriptVersionRow.id).where(ScriptVersionRow.script_id == script)
    query = select(TaskRow.id).where(TaskRow.script_version_id.in_(versions))
    return list(await session.scalars(query.order_by(TaskRow.id.desc()).limit(TASKS)))


async def _same_lines(session: AsyncSession, task: TaskRow, line_ids: Collection[UUID]) -> list[UUID]:
    over = select(TaskLineRow.task_id).where(TaskLineRow.line_id.in_(line_ids))
    alike: ColumnElement[bool] = TaskRow.id.in_(over)
    if task.policy_group_id is not None:
        alike = or_(alike, TaskRow.policy_group_id == task.policy_group_id)
    query = select(TaskRow.id).where(alike)
    return list(await session.scalars(query.order_by(TaskRow.id.desc()).limit(TASKS)))
