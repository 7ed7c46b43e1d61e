"""Drafts: uploaded as YAML, kept in place while they are drawn, brought back from earlier versions."""

import asyncio
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from callwright.db.conflicts import refusing
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.loading import check_length, load_any_script
from callwright.dialogue.writing import content_of, write_script
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name
from callwright.scripts import repository
from callwright.scripts.changing import hold, note
from callwright.scripts.errors import NoDraftError, OnlyVersionError, ScriptArchivedError, ScriptBeingMadeError
from callwright.scripts.schemas import ChangeKind, ScriptView
from callwright.scripts.service import get_script


async def create_version(
    session: AsyncSession, source: str, *, name: str | None = None, by: UUID | None = None, now: datetime
) -> ScriptView:
    """Keep ``source`` (YAML) as a draft: the next version of the script of that name, or a new script.

    A draft that it had stays among its versions. Faults that only hinder playing it are allowed in a draft. Raises
    ScriptInvalidError where it can't be read, InvalidNameError, ScriptArchivedError.
    """
    graph = await asyncio.to_thread(load_any_script, source)
    wanted = checked_name(name or graph.name, thing="script")
    graph = graph.model_copy(update={"name": wanted})
    script = await repository.lock_script_by_name(session, wanted)
    if script is None:
        return await create_script(session, wanted, graph, source, by=by, now=now)
    if script.archived_at is not None:
        raise ScriptArchivedError(name=wanted)
    await _add_draft(session, script, graph, source, ChangeKind.SAVED, by=by, now=now)
    return await get_script(session, script.id)


async def create_script(
    session: AsyncSession,
    name: str,
    graph: AnyScript,
    source: str,
    *,
    by: UUID | None,
    now: datetime,
    words: str = "",
) -> ScriptView:
    """Make a script of this name with a first draft. Raises ScriptBeingMadeError where the name has been taken."""
    script = ScriptRow(name=name, draft_number=1, revision=0, changed_at=now, changed_by=by)
    session.add(script)
    with refusing("uq_scripts_tenant_id_name", ScriptBeingMadeError(name=name)):
        await session.flush()
    await _add_draft(session, script, graph, source, ChangeKind.CREATED, by=by, now=now, words=words)
    return await get_script(session, script.id)


async def save_draft(
    session: AsyncSession, script_id: UUID, graph: AnyScript, *, revision: int, by: UUID, now: datetime
) -> ScriptView:
    """Let the draft say ``graph``; where there is none it becomes the next version.

    Raises NotFoundError, StaleRevisionError, ScriptArchivedError, ScriptInvalidError where it is too long to be
    read again.
    """
    script = await hold(session, script_id, revision=revision)
    graph = graph.model_copy(update={"name": script.name})
    source = readable(graph)
    draft = await _draft(session, script)
    if draft is None:
        await _add_draft(session, script, graph, source, ChangeKind.SAVED, by=by, now=now)
    else:
        draft.content, draft.source = content_of(graph), source
        flag_modified(draft, "content")  # another order of the same is another content
        draft.changed_at, draft.changed_by = now, by
        await note(session, script, ChangeKind.SAVED, by=by, now=now, number=draft.number)
    return await get_script(session, script_id)


async def restore(
    session: AsyncSession, script_id: UUID, number: int, *, revision: int, by: UUID, now: datetime
) -> ScriptView:
    """Let the draft be what version ``number`` says, as a next version; the draft so far stays among the versions.

    Raises NotFoundError, StaleRevisionError, ScriptArchivedError.
    """
    script = await hold(session, script_id, revision=revision)
    version = await repository.get_numbered(session, script_id, number)
    if version is None:
        raise NotFoundError(thing="script version", key=number)
    draft = await _new_version(session, script, version.content, version.source, by=by, now=now)
    words = f"version {number}"
    await note(session, script, ChangeKind.RESTORED, by=by, now=now, number=draft.number, words=words)
    return await get_script(session, script_id)


async def delete_draft(
    session: AsyncSession, script_id: UUID, *, revision: int, by: UUID, now: datetime
) -> ScriptView:
    """Throw the draft away; the published version is current again.

    Raises NotFoundError, NoDraftError, StaleRevisionError, OnlyVersionError, ScriptArchivedError.
    """
    script = await hold(session, script_id, revision=revision)
    draft = await _draft(session, script)
    if draft is None:
        raise NoDraftError(name=script.name)
    if script.published_number is None:
        raise OnlyVersionError(name=script.name)
    script.draft_number = None
    await session.delete(draft)
    await note(session, script, ChangeKind.DRAFT_DELETED, by=by, now=now, number=draft.number)
    return await get_script(session, script_id)


def readable(graph: AnyScript) -> str:
    """Return ``graph`` as YAML. Raises ScriptInvalidError where that is longer than what is read."""
    source = write_script(graph)
    check_length(source)
    return source


async def _draft(session: AsyncSession, script: ScriptRow) -> ScriptVersionRow | None:
    if script.draft_number is None:
        return None
    return await repository.get_numbered(session, script.id, script.draft_number)


async def _add_draft(
    session: AsyncSession,
    script: ScriptRow,
    graph: AnyScript,
    source: str,
    kind: ChangeKind,
    *,
    by: UUID | None,
    now: datetime,
    words: str = "",
) -> None:
    draft = await _new_version(session, script, content_of(graph), source, by=by, now=now)
    await note(session, script, kind, by=by, now=now, number=draft.number, words=words)


async def _new_version(
    session: AsyncSession,
    script: ScriptRow,
    content: dict[str, object],
    source: str,
    *,
    by: UUID | None,
    now: datetime,
) -> ScriptVersionRow:
    number = await repository.get_highest_number(session, script.id) + 1
    draft = ScriptVersionRow(
        script_id=script.id, number=number, source=source, content=content, changed_at=now, changed_by=by
    )
    session.add(draft)
    script.draft_number = number
    await session.flush()
    return draft
