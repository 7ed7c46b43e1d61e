"""The versions of a script, and a script as a file."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Response

from callwright.scripts import drafting
from callwright.scripts import service as scripts
from callwright.web import present_scripts as present
from callwright.web.access import ScriptChanger, ScriptReader
from callwright.web.schemas.base import Number
from callwright.web.schemas.scripts import ScriptDetail, ScriptRestoring, ScriptVersion, ScriptVersionDetail

router = APIRouter(prefix="/scripts/{script_id}", tags=["scripts"])
YAML = "application/yaml"
SOURCE_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {YAML: {"schema": {"type": "string"}}}}}


@router.get("/versions")
async def list_script_versions(script_id: UUID, asking: ScriptReader) -> list[ScriptVersion]:
    """Every version, the newest first."""
    async with asking.transaction() as session:
        return [present.version(view) for view in await scripts.list_versions(session, script_id)]


@router.get("/versions/{number}")
async def get_script_version(script_id: UUID, number: Number, asking: ScriptReader) -> ScriptVersionDetail:
    """A version with what it says."""
    async with asking.transaction() as session:
        found = await scripts.get_version(session, script_id, number)
        return present.version_detail(found, await scripts.faults_of(session, found.graph))


@router.post("/versions/{number}/restore")
async def restore_script_version(
    script_id: UUID, number: Number, body: ScriptRestoring, asking: ScriptChanger
) -> ScriptDetail:
    """Let the draft be what this version says; the draft so far stays among the versions."""
    async with asking.transaction() as session:
        restored = await drafting.restore(
            session, script_id, number, revision=body.revision, by=asking.who.user_id, now=asking.now
        )
        return present.script_detail(restored, await scripts.faults_of(session, restored.graph))


@router.get("/source", response_class=Response, responses=SOURCE_FILE)
async def get_script_source(
    script_id: UUID,
    asking: ScriptReader,
    version: Annotated[Number | None, Query(description="Its number; else the current one.")] = None,
) -> Response:
    """A version as YAML, to be read, reviewed and kept; POST /scripts takes it back.

    One that was uploaded is as it was written; what is drawn afterwards has no comments.
    """
    async with asking.transaction() as session:
        found = await scripts.get_script(session, script_id)
        source = (
            found.source if version is None else (await scripts.get_version(session, script_id, version)).source
        )
    name = quote(f"{found.name}.yaml", safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"script.yaml\"; filename*=UTF-8''{name}"}
    return Response(source, media_type=YAML, headers=headers)
