"""Scripts: made, written in place, checked, published, put away."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.calls import trials
from callwright.scripts import drafting, publishing, shelving
from callwright.scripts import service as scripts
from callwright.web import present_scripts as present
from callwright.web.access import ScriptChanger, ScriptReader
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page, Revision
from callwright.web.schemas.scripts import (
    CheckedScript,
    NewScript,
    ScriptChange,
    ScriptChanges,
    ScriptCopy,
    ScriptDetail,
    ScriptDraft,
    ScriptOut,
    ScriptPublication,
    ScriptToCheck,
)

router = APIRouter(prefix="/scripts", tags=["scripts"])
DRAFT = ScriptPublication.model_validate({})


@router.get("")
async def list_scripts(
    asking: ScriptReader,
    name: Annotated[str | None, Query(max_length=200, description="Part of the name.")] = None,
    archived: Annotated[bool, Query(description="Those put away, instead of the others.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> Page[ScriptOut]:
    """Scripts, the newest first."""
    async with asking.transaction() as session:
        found = await scripts.list_scripts(
            session, name=name, archived=archived, after=after_id(after), limit=limit + 1
        )
    shown, cursor = page(found, limit, lambda view: view.id)
    return Page(items=[present.script(view) for view in shown], next=cursor)


@router.post("", status_code=201)
async def create_script(body: NewScript, asking: ScriptChanger) -> ScriptOut:
    """Make a script, or the next version of the one of that name, as a draft."""
    async with asking.transaction() as session:
        made = await drafting.create_version(
            session, body.source, name=body.name, by=asking.who.user_id, now=asking.now
        )
    return present.script(made)


@router.post("/check")
async def check_script(body: ScriptToCheck, asking: ScriptReader) -> CheckedScript:
    """Tell what keeps a script from being published, without keeping anything of it."""
    async with asking.transaction() as session:
        return CheckedScript(faults=present.faults(await scripts.faults_of(session, body.script)))


@router.get("/{script_id}")
async def get_script(script_id: UUID, asking: ScriptReader) -> ScriptDetail:
    """A script with what its current version says and what keeps that from being published."""
    async with asking.transaction() as session:
        found = await scripts.get_script(session, script_id)
        return present.script_detail(found, await scripts.faults_of(session, found.graph))


@router.patch("/{script_id}")
async def change_script(script_id: UUID, body: ScriptChanges, asking: ScriptChanger) -> ScriptOut:
    """Rename a script, put it away, take it out again."""
    async with asking.transaction() as session:
        if body.name is not None:
            await shelving.rename(session, script_id, body.name, by=asking.who.user_id, now=asking.now)
        if body.archived is not None:
            await shelving.set_archived(session, script_id, body.archived, by=asking.who.user_id, now=asking.now)
        return present.script(await scripts.get_script(session, script_id))


@router.delete("/{script_id}", status_code=204)
async def delete_script(script_id: UUID, asking: ScriptChanger) -> None:
    """Forget a script that no task ever used, with the recordings of its trials; others can be archived."""
    async with asking.transaction() as session:
        recordings = await trials.let_go(session, script_id, now=asking.now)
        await shelving.delete(session, script_id, by=asking.who.user_id, now=asking.now)
        # At last, yet before the rows that name them are gone for good.
        for key in recordings:
            await asking.parts.blobs.delete(key)


@router.post("/{script_id}/copies", status_code=201)
async def copy_script(script_id: UUID, body: ScriptCopy, asking: ScriptChanger) -> ScriptOut:
    """Make another script of what this one's current version says, as a draft."""
    async with asking.transaction() as session:
        made = await shelving.copy(session, script_id, body.name, by=asking.who.user_id, now=asking.now)
    return present.script(made)


@router.put("/{script_id}/draft")
async def save_script_draft(script_id: UUID, body: ScriptDraft, asking: ScriptChanger) -> ScriptDetail:
    """Let the draft say this; where there is none it becomes the next version. Faults are told, not refused."""
    async with asking.transaction() as session:
        saved = await drafting.save_draft(
            session, script_id, body.script, revision=body.revision, by=asking.who.user_id, now=asking.now
        )
        return present.script_detail(saved, await scripts.faults_of(session, saved.graph))


@router.delete("/{script_id}/draft")
async def delete_script_draft(
    script_id: UUID,
    asking: ScriptChanger,
    revision: Annotated[Revision, Query(description="The one that was seen.")],
) -> ScriptDetail:
    """Throw the draft away; the published version is current again."""
    async with asking.transaction() as session:
        left = await drafting.delete_draft(
            session, script_id, revision=revision, by=asking.who.user_id, now=asking.now
        )
        return present.script_detail(left, await scripts.faults_of(session, left.graph))


@router.post("/{script_id}/publish")
async def publish_script(script_id: UUID, asking: ScriptChanger, body: ScriptPublication = DRAFT) -> ScriptOut:
    """Publish the draft, or an earlier version again: tasks made from now on play it, others keep theirs."""
    async with asking.transaction() as session:
        published = await publishing.publish(
            session,
            script_id,
            now=asking.now,
            by=asking.who.user_id,
            number=body.number,
            revision=body.revision,
            note=body.note,
        )
    return present.script(published)


@router.get("/{script_id}/changes")
async def list_script_changes(
    script_id: UUID, asking: ScriptReader, limit: Limit = 50, after: After = None
) -> Page[ScriptChange]:
    """Who did what to the script, the latest first."""
    async with asking.transaction() as session:
        found = await scripts.list_changes(session, script_id, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda one: one.id)
    return Page(items=[present.change(one) for one in shown], next=cursor)
