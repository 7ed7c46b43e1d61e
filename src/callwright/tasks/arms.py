"""The versions that a task's customers are split over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.comparing.splitting import arm_of
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.db.tables.tasks import AttemptRow, TaskArmRow, TaskCustomerRow
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import STILL_TO_CALL
from callwright.dialogue.loading import any_script_from
from callwright.kit.errors import NotFoundError
from callwright.scripts.errors import ScriptArchivedError
from callwright.scripts.service import get_script, get_version
from callwright.tasks.drafts import ArmDraft, TaskDraft
from callwright.tasks.errors import (
    ArmVariablesError,
    NothingToSettleError,
    ScriptNotPublishedError,
    VersionNotPublishedError,
)
from callwright.tasks.news import tell_browsers
from callwright.tasks.repository import get_task_for_change
from callwright.tasks.schemas import ArmRef, ScriptRef


@dataclass(frozen=True, slots=True)
class Split:
    """How a task's customers are drawn; no arms where all hear one version."""

    task_id: UUID
    arms: Sequence[ArmRef]

    def of(self, customer_id: UUID) -> UUID | None:
        """Return the arm of a customer who comes into the task now."""
        if not self.arms:
            return None
        settled = next((arm for arm in self.arms if arm.settled_at is not None), None)
        if settled is not None:
            return settled.id
        return self.arms[arm_of(self.task_id, customer_id, [arm.share for arm in self.arms])].id


async def get_versions_of(session: AsyncSession, draft: TaskDraft) -> list[ScriptVersionRow]:
    """Return the versions that a new task plays: those of its arms, or the published one of its script.

    Raises ScriptNotPublishedError, ScriptArchivedError, VersionNotPublishedError, ArmVariablesError, NotFoundError.
    """
    if not draft.arms:
        return [await _get_published(session, draft.script_id)]
    versions = [await get_numbered(session, arm) for arm in draft.arms]
    needed = _needed(versions[0])
    for arm, version in zip(draft.arms, versions, strict=True):
        if odd := needed ^ _needed(version):
            name = (await get_script(session, arm.script_id)).name
            raise ArmVariablesError(
                name=name, number=version.number, variables=", ".join(sorted(odd)), where="arms"
            )
    return versions


async def add_arms(
    session: AsyncSession, task_id: UUID, arms: Sequence[ArmDraft], versions: Sequence[ScriptVersionRow]
) -> None:
    """Split a new task over the versions; a single one is simply what it plays."""
    if len(arms) > 1:
        session.add_all(
            TaskArmRow(task_id=task_id, place=place, script_version_id=version.id, share=arm.share)
            for place, (arm, version) in enumerate(zip(arms, versions, strict=True))
        )


async def get_arms(session: AsyncSession, task_id: UUID) -> list[ArmRef]:
    """Return the task's arms in their order."""
    return (await get_arms_of(session, [task_id]))[task_id]


async def get_arms_of(session: AsyncSession, task_ids: Collection[UUID]) -> dict[UUID, list[ArmRef]]:
    """Return the arms of each of the tasks, in their order."""
    query = (
        select(TaskArmRow, ScriptRow.id, ScriptRow.name, ScriptVersionRow.number)
        .join(ScriptVersionRow, ScriptVersionRow.id == TaskArmRow.script_version_id)
        .join(ScriptRow, ScriptRow.id == ScriptVersionRow.script_id)
        .where(TaskArmRow.task_id.in_(task_ids))
        .order_by(TaskArmRow.place)
    )
    arms: dict[UUID, list[ArmRef]] = {task_id: [] for task_id in task_ids}
    for arm, script_id, name, number in await session.execute(query):
        script = ScriptRef(script_id, name, number)
        arms[arm.task_id].append(ArmRef(arm.id, script, arm.script_version_id, arm.share, arm.settled_at))
    return arms


async def get_split(session: AsyncSession, task_id: UUID) -> Split:
    """Return how customers who come into the task are drawn."""
    return Split(task_id, await get_arms(session, task_id))


async def settle(session: AsyncSession, task_id: UUID, arm_id: UUID, now: datetime) -> int:
    """Let all who have not been dialled, and all who come later, hear one arm's version; return how many moved.

    Whoever was dialled keeps the version they were to hear. Raises NotFoundError, NothingToSettleError.
    """
    task = await get_task_for_change(session, task_id)
    if task.state == TaskState.FINISHED:
        raise NothingToSettleError(name=task.name)
    arms = {arm.id: arm for arm in await session.scalars(select(TaskArmRow).where(TaskArmRow.task_id == task_id))}
    if arm_id not in arms:
        raise NotFoundError(thing="arm", key=arm_id)
    # The first moment counts: what came after it was not drawn by the shares.
    since = min((arm.settled_at for arm in arms.values() if arm.settled_at is not None), default=now)
    for arm in arms.values():
        arm.settled_at = since if arm.id == arm_id else None
    dialled = exists().where(AttemptRow.task_customer_id == TaskCustomerRow.id, AttemptRow.dialled_at.is_not(None))
    moved = await session.scalars(
        update(TaskCustomerRow)
        .where(TaskCustomerRow.task_id == task_id, TaskCustomerRow.state.in_(STILL_TO_CALL), ~dialled)
        .where(TaskCustomerRow.arm_id != arm_id)
        .values(arm_id=arm_id)
        .returning(TaskCustomerRow.id)
        .execution_options(synchronize_session=False)
    )
    count = len(moved.all())
    await tell_browsers(session, task.tenant_id, task_id)
    return count


async def get_numbered(session: AsyncSession, arm: ArmDraft) -> ScriptVersionRow:
    """Return the version that an arm names. Raises NotFoundError, ScriptArchivedError, VersionNotPublishedError."""
    found = await get_version(session, arm.script_id, arm.version)
    if found.script.archived_at is not None:
        raise ScriptArchivedError(name=found.script.name)
    if found.version.published_at is None:
        raise VersionNotPublishedError(name=found.script.name, number=arm.version)
    return found.version


async def _get_published(session: AsyncSession, script_id: UUID) -> ScriptVersionRow:
    script = await get_script(session, script_id)
    if script.archived:
        raise ScriptArchivedError(name=script.name)
    if script.published is None:
        raise ScriptNotPublishedError(name=script.name)
    return script.published


def _needed(version: ScriptVersionRow) -> frozenset[str]:
    return frozenset(one.name for one in any_script_from(version.content).variables)
