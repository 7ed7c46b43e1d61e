"""The versions that a task is split over: compared, and one of them chosen."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.calls.comparison import ArmView, get_comparison
from callwright.tasks.arms import settle
from callwright.web.access import TaskChanger, TaskReader
from callwright.web.schemas.comparison import Settled, TaskComparison

router = APIRouter(prefix="/tasks/{task_id}", tags=["tasks"])


@router.get("/comparison")
async def compare_task_versions(
    task_id: UUID,
    asking: TaskReader,
    good: Annotated[
        list[str] | None,
        Query(
            max_length=26, description="The grades that count as good; each script's first two if none is named."
        ),
    ] = None,
) -> TaskComparison:
    """How the versions of a task compare by grade, connection, opt-out and length, and what may be chance."""
    async with asking.transaction() as session:
        found = await get_comparison(session, task_id, good or ())
    return TaskComparison.model_validate(
        {
            "arms": [_arm(view) for view in found.arms],
            "differences": [asdict(one) for one in found.differences],
            "complete": found.complete,
            "settled_at": found.settled_at,
        }
    )


@router.post("/arms/{arm_id}/rest")
async def give_rest_to_version(task_id: UUID, arm_id: UUID, asking: TaskChanger) -> Settled:
    """Let all customers who have not been called yet, and all who come later, hear this version."""
    async with asking.transaction() as session:
        return Settled(moved=await settle(session, task_id, arm_id, asking.now))


def _arm(view: ArmView) -> dict[str, Any]:
    measures = {
        measure: {
            "value": estimate.value,
            "interval": None if estimate.interval is None else asdict(estimate.interval),
            "of": estimate.of,
        }
        for measure, estimate in view.tally.measures().items()
    }
    shown = {"customers": view.customers, "grades": view.grades, "good": view.good, "by_grade": view.by_grade}
    return shown | {
        "arm": asdict(view.arm),
        "called": view.tally.called,
        "lost": view.tally.lost,
        "measures": measures,
    }
