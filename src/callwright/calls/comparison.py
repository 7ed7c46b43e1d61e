"""The versions that a task is split over, compared by what came of their calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Float, and_, case, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.errors import UnknownGradeError
from callwright.comparing.comparison import Difference, Tally, compare
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import DoNotCallRow
from callwright.db.tables.tasks import TaskArmRow, TaskCustomerRow
from callwright.dialing.lifecycle import TaskReason
from callwright.scripts.service import get_graph
from callwright.tasks.arms import get_arms
from callwright.tasks.repository import IN_TASK
from callwright.tasks.schemas import ArmRef
from callwright.tasks.service import get_task


@dataclass(frozen=True, slots=True)
class ArmView:
    """An arm with what came of it. ``customers`` are all who hear it, ``good`` the grades that count as good."""

    arm: ArmRef
    grades: Sequence[str]
    good: Sequence[str]
    customers: int
    by_grade: dict[str, int]
    tally: Tally


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A task's versions beside one another; each difference is from the first.

    ``complete`` where everybody was called, and ``settled_at`` where one version was chosen for the rest.
    """

    arms: list[ArmView]
    differences: list[Difference]
    complete: bool
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Row:
    arm_id: UUID
    grade: str | None
    called: int
    connected: int
    opted_out: int
    lost: int
    talk_s: float
    talk_squares: float


async def get_comparison(session: AsyncSession, task_id: UUID, good: Sequence[str] = ()) -> ComparisonView:
    """Return how the task's versions compare, ``good`` being the grades that count, or each script's first two.

    A task of one version has nothing to compare: no arms. Raises NotFoundError, UnknownGradeError.
    """
    task = await get_task(session, task_id)
    arms = await get_arms(session, task_id)
    settled_at = next((arm.settled_at for arm in arms if arm.settled_at is not None), None)
    grades = [tuple((await get_graph(session, arm.script_version_id)).grades.names) for arm in arms]
    _check_grades(good, grades)
    rows = await _get_rows(session, task_id, settled_at)
    customers = await _count_customers(session, task_id)
    views = [
        _view(
            arm,
            names,
            good or _best(names),
            customers.get(arm.id, 0),
            [row for row in rows if row.arm_id == arm.id],
        )
        for arm, names in zip(arms, grades, strict=True)
    ]
    # Who ends a task by hand, or settles it, has seen the figures first.
    complete = task.state_reason == TaskReason.ALL_CALLED and settled_at is None
    differences = compare([view.tally for view in views], complete=complete) if views else []
    return ComparisonView(views, differences, complete, settled_at)


def _best(grades: Sequence[str]) -> Sequence[str]:
    """Return the grades that count as good unless others are chosen: the best two, but never all."""
    return grades[: min(2, len(grades) - 1)]


def _check_grades(good: Sequence[str], grades: Sequence[Sequence[str]]) -> None:
    known = {name for names in grades for name in names}
    if unknown := sorted(set(good) - known):
        raise UnknownGradeError(grade=", ".join(unknown), known=", ".join(sorted(known)), where="good")


def _view(arm: ArmRef, grades: Sequence[str], good: Sequence[str], customers: int, rows: list[_Row]) -> ArmView:
    tally = Tally(
        called=sum(row.called for row in rows),
        connected=sum(row.connected for row in rows),
        good=sum(row.connected for row in rows if row.grade in good),
        opted_out=sum(row.opted_out for row in rows),
        lost=sum(row.lost for row in rows),
        talk_total_s=sum(row.talk_s for row in rows),
        talk_squares=sum(row.talk_squares for row in rows),
    )
    by_grade = {row.grade: row.connected for row in rows if row.grade is not None}
    return ArmView(arm, grades, [name for name in grades if name in good], customers, by_grade, tally)


async def _count_customers(session: AsyncSession, task_id: UUID) -> dict[UUID, int]:
    query = (
        select(TaskCustomerRow.arm_id, func.count())
        .where(TaskCustomerRow.task_id == task_id, IN_TASK)
        .group_by(TaskCustomerRow.arm_id)
    )
    return {arm_id: count for arm_id, count in await session.execute(query) if arm_id is not None}


async def _get_rows(session: AsyncSession, task_id: UUID, settled_at: datetime | None) -> list[_Row]:
    """Return what came of the arms' customers, each once however often they were called, by their latest grade."""
    connected = CallRow.phone_state == "connected"
    opted_out = select(DoNotCallRow.id).where(DoNotCallRow.call_id == CallRow.id).exists()
    grades = func.array_agg(aggregate_order_by(CallRow.grade, CallRow.id.desc())).filter(
        and_(connected, CallRow.grade.is_not(None))
    )
    people = (
        select(
            TaskCustomerRow.arm_id,
            func.bool_or(CallRow.phone_state != "lost").label("called"),
            func.bool_or(connected).label("connected"),
            func.bool_or(and_(connected, opted_out)).label("opted_out"),
            grades[1].label("grade"),
            (cast(func.sum(case((connected, CallRow.talk_ms), else_=0)), Float) / 1000).label("talk_s"),
        )
        .join(TaskArmRow, TaskArmRow.id == TaskCustomerRow.arm_id)
        .join(
            CallRow,
            and_(
                CallRow.task_id == TaskCustomerRow.task_id,
                CallRow.customer_id == TaskCustomerRow.customer_id,
                CallRow.script_version_id == TaskArmRow.script_version_id,
            ),
        )
        .where(TaskCustomerRow.task_id == task_id, *_telling(settled_at))
        .group_by(TaskCustomerRow.id, TaskCustomerRow.arm_id)
        .subquery()
    )
    seen = people.c
    query = select(
        seen.arm_id,
        seen.grade,
        func.count().filter(seen.called),
        func.count().filter(seen.connected),
        func.count().filter(seen.opted_out),
        func.count().filter(~seen.called),
        func.coalesce(func.sum(seen.talk_s).filter(seen.connected), 0.0),
        func.coalesce(func.sum(seen.talk_s * seen.talk_s).filter(seen.connected), 0.0),
    ).group_by(seen.arm_id, seen.grade)
    return [_Row(*row) for row in await session.execute(query)]


def _telling(settled_at: datetime | None) -> list[ColumnElement[bool]]:
    """Return the conditions that a call tells of its version: it is over, and was compared.

    Calls that broke off on our side or in which our speech failed say nothing of a version, nor do those made since
    the task was settled.
    """
    heard = CallRow.phone_state.is_distinct_from("technical_fault")
    over = [CallRow.ended_at.is_not(None), CallRow.interrupted.is_(False), heard]
    return over if settled_at is None else [*over, CallRow.dialled_at < settled_at]
