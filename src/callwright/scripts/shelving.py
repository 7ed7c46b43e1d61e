"""A script as a thing: renamed, copied, put away, thrown away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.kit.names import checked_name
from callwright.scripts.changing import hold, note
from callwright.scripts.drafting import create_script, readable
from callwright.scripts.errors import ScriptInUseError, ScriptNameTakenError
from callwright.scripts.schemas import ChangeKind, ScriptView
from callwright.scripts.service import find_script, get_script


async def rename(session: AsyncSession, script_id: UUID, name: str, *, by: UUID, now: datetime) -> ScriptView:
    """Call a script something else. Raises NotFoundError, InvalidNameError, ScriptNameTakenError."""
    wanted = checked_name(name, thing="script")
    script = await hold(session, script_id, archived_too=True)
    if wanted == script.name:
        return await get_script(session, script_id)
    before, script.name = script.name, wanted
    with refusing("uq_scripts_tenant_id_name", ScriptNameTakenError(name=wanted)):
        await session.flush()
    await note(session, script, ChangeKind.RENAMED, by=by, now=now, words=before)
    return await get_script(session, script_id)


async def copy(session: AsyncSession, script_id: UUID, name: str, *, by: UUID, now: datetime) -> ScriptView:
    """Make a script of another name that says what this one's current version says, as a draft.

    Raises NotFoundError, InvalidNameError, ScriptNameTakenError.
    """
    wanted = checked_name(name, thing="script")
    original = await get_script(session, script_id)
    if await find_script(session, wanted) is not None:
        raise ScriptNameTakenError(name=wanted)
    graph = original.graph.model_copy(update={"name": wanted})
    words = original.name
    return await create_script(session, wanted, graph, readable(graph), by=by, now=now, words=words)


async def set_archived(
    session: AsyncSession, script_id: UUID, archived: bool, *, by: UUID, now: datetime
) -> ScriptView:
    """Put a script away, or take it out again: no task is made of one that is put away. Raises NotFoundError."""
    script = await hold(session, script_id, archived_too=True)
    if archived is (script.archived_at is not None):
        return await get_script(session, script_id)
    script.archived_at = now if archived else None
    await note(session, script, ChangeKind.ARCHIVED if archived else ChangeKind.UNARCHIVED, by=by, now=now)
    return await get_script(session, script_id)


async def delete(session: AsyncSession, script_id: UUID, *, by: UUID, now: datetime) -> None:
    """Forget a script that was never used. Raises NotFoundError, ScriptInUseError."""
    script = await hold(session, script_id, archived_too=True)
    await note(session, script, ChangeKind.DELETED, by=by, now=now)
    used = ScriptInUseError(name=script.name)
    with refusing("fk_tasks_script_version_id", used), refusing("fk_task_arms_script_version_id", used):
        await session.delete(script)
        await session.flush()
