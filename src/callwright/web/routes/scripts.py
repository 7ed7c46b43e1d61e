"""Scripts and their versions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.scripts import service as scripts
from callwright.web import present
from callwright.web.access import ScriptChanger, ScriptReader
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.scripts import NewScript, ScriptDetail, ScriptOut

router = APIRouter(prefix="/scripts", tags=["scripts"])


@router.get("")
async def list_scripts(
    asking: ScriptReader,
    name: Annotated[str | None, Query(max_length=200, description="Part of the name.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[ScriptOut]:
    """Scripts, the newest first."""
    async with asking.transaction() as session:
        found = await scripts.list_scripts(session, name=name, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda view: view.id)
    return Page(items=[present.script(view) for view in shown], next=cursor)


@router.post("", status_code=201)
async def create_script(body: NewScript, asking: ScriptChanger) -> ScriptOut:
    """Make a script, or the next version of the one of that name, as a draft."""
    async with asking.transaction() as session:
        return present.script(await scripts.create_version(session, body.source, name=body.name))


@router.get("/{script_id}")
async def get_script(script_id: UUID, asking: ScriptReader) -> ScriptDetail:
    """A script with the source of its newest version and what keeps that from being published."""
    async with asking.transaction() as session:
        return present.script_detail(await scripts.get_script(session, script_id))


@router.post("/{script_id}/publish")
async def publish_script(script_id: UUID, asking: ScriptChanger) -> ScriptOut:
    """Publish the newest version: new tasks play it from now on."""
    async with asking.transaction() as session:
        return present.script(await scripts.publish(session, script_id, now=asking.now))
