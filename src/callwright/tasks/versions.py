"""Another version of its script for a task that there is."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.crowds.errors import CrowdNeededError
from callwright.crowds.service import has_passed
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskState
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.loading import any_script_from
from callwright.scripts.service import get_graph
from callwright.scripts.speaking import have_spoken
from callwright.tasks.arms import get_arms, get_numbered
from callwright.tasks.drafts import ArmDraft
from callwright.tasks.errors import TaskOverError, TaskSplitError, VersionVariablesError
from callwright.tasks.news import tell_browsers
from callwright.tasks.repository import get_task_for_change, get_task_view
from callwright.tasks.schemas import TaskView


async def play_version(session: AsyncSession, task_id: UUID, number: int) -> TaskView:
    """Let the task's calls play another published version of its script from the next attempt on.

    A call under way goes on by the version with which it began. Raises NotFoundError, TaskOverError,
    TaskSplitError, ScriptArchivedError, VersionNotPublishedError, VersionVariablesError, CrowdNeededError.
    """
    task = await get_task_for_change(session, task_id)
    if task.state == TaskState.FINISHED:
        raise TaskOverError(name=task.name)
    if await get_arms(session, task_id):
        raise TaskSplitError(name=task.name)
    script = (await get_task_view(session, task_id)).script
    version = await get_numbered(session, ArmDraft(script.id, number, 100))
    await _check_variables(session, task, version, script.name)
    # A draft is held to its crowd when it starts.
    if task.needs_crowd and task.state != TaskState.DRAFT and not await has_passed(session, version.id):
        raise CrowdNeededError(name=task.name, script=script.name, version=number, script_id=script.id)
    task.script_version_id = version.id
    await have_spoken(session, version.id)  # should it be forgotten since it was published
    await session.flush()
    await tell_browsers(session, task.tenant_id, task_id)
    return await get_task_view(session, task_id)


async def _check_variables(session: AsyncSession, task: TaskRow, version: ScriptVersionRow, name: str) -> None:
    """Make sure that what was imported is enough: customers were only asked for what the script needed then."""
    lacking = _required(any_script_from(version.content)) - _required(
        await get_graph(session, task.script_version_id)
    )
    if lacking:
        raise VersionVariablesError(
            name=name, number=version.number, variables=", ".join(sorted(lacking)), where="version"
        )


def _required(script: AnyScript) -> frozenset[str]:
    return frozenset(one.name for one in script.variables if one.required)
