"""Crowds: scripts tried on simulated people."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.crowds import service as crowds
from callwright.crowds import teaching
from callwright.crowds.schemas import CrowdConversation, CrowdView, CrowdWanted
from callwright.personas.marks import Marks
from callwright.web.access import ScriptChanger, ScriptReader, SettingsChanger, SettingsReader
from callwright.web.paging import After, Limit, after_id, after_position, page
from callwright.web.schemas.base import Number, Page
from callwright.web.schemas.crowds import (
    CrowdComparison,
    CrowdDetail,
    CrowdMarks,
    CrowdOut,
    CrowdWish,
    NewCrowd,
    Taught,
    TaughtSentence,
)

router = APIRouter(tags=["crowds"])


@router.post("/scripts/{script_id}/crowds", status_code=202)
async def create_crowd(script_id: UUID, body: NewCrowd, asking: ScriptChanger) -> CrowdOut:
    """Try a script on a crowd. A job worker does it: look until `state` is neither `waiting` nor `running`."""
    async with asking.transaction() as session:
        made = await crowds.ask(
            session,
            asking.who.tenant_id,
            script_id,
            CrowdWanted(body.people, body.seed, body.mode),
            version=body.version,
            by=asking.who.user_id,
            now=asking.now,
        )
    return CrowdOut.model_validate(_shown(made))


@router.get("/scripts/{script_id}/crowds")
async def list_script_crowds(
    script_id: UUID, asking: ScriptReader, limit: Limit = 50, after: After = None
) -> Page[CrowdOut]:
    """The crowds that a script was tried on, the newest first."""
    async with asking.transaction() as session:
        found = await crowds.list_crowds(session, script_id=script_id, after=after_id(after), limit=limit + 1)
    return _page(found, limit)


@router.get("/crowds")
async def list_crowds(asking: ScriptReader, limit: Limit = 50, after: After = None) -> Page[CrowdOut]:
    """Crowds of all scripts, the newest first."""
    async with asking.transaction() as session:
        found = await crowds.list_crowds(session, after=after_id(after), limit=limit + 1)
    return _page(found, limit)


@router.get("/crowds/{crowd_id}")
async def get_crowd(crowd_id: UUID, asking: ScriptReader) -> CrowdDetail:
    """A crowd: how it gets on or, once it is done, what it showed."""
    async with asking.transaction() as session:
        view = await crowds.get(session, crowd_id)
        report = await crowds.get_report(session, crowd_id)
    return CrowdDetail.model_validate({**_shown(view), "report": report})


@router.post("/crowds/{crowd_id}/cancel")
async def cancel_crowd(crowd_id: UUID, asking: ScriptChanger) -> CrowdOut:
    """Let a crowd that is under way go home."""
    async with asking.transaction() as session:
        return CrowdOut.model_validate(_shown(await crowds.call_off(session, crowd_id, now=asking.now)))


@router.get("/crowds/{crowd_id}/conversations")
async def list_crowd_conversations(
    crowd_id: UUID,
    asking: ScriptReader,
    wish: CrowdWish | None = None,
    went_wrong: Annotated[bool | None, Query(description="Only those that did, or didn't.")] = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[CrowdConversation]:
    """The conversations that were kept to be read: what went wrong, and some of every wish."""
    begins = after_position(after)
    async with asking.transaction() as session:
        found = await crowds.list_conversations(
            session,
            crowd_id,
            wish=wish,
            went_wrong=went_wrong,
            after=-1 if begins is None else begins,
            limit=limit + 1,
        )
    shown, cursor = page(found, limit, lambda one: one.number)
    return Page(items=list(shown), next=cursor)


@router.get("/crowds/{crowd_id}/conversations/{number}")
async def get_crowd_conversation(crowd_id: UUID, number: Number, asking: ScriptReader) -> CrowdConversation:
    """One person's conversation in full."""
    async with asking.transaction() as session:
        return await crowds.get_conversation(session, crowd_id, number)


@router.get("/crowds/{crowd_id}/comparison/{earlier_id}")
async def compare_crowds(crowd_id: UUID, earlier_id: UUID, asking: ScriptReader) -> CrowdComparison:
    """What changed since an earlier crowd of the same people, and whether it is more than chance."""
    async with asking.transaction() as session:
        changes = await crowds.compare_crowds(session, earlier_id, crowd_id)
        before, after = await crowds.get(session, earlier_id), await crowds.get(session, crowd_id)
    return CrowdComparison.model_validate({"before": _shown(before), "after": _shown(after), "changes": changes})


@router.post("/crowds/{crowd_id}/examples")
async def teach_sentence(crowd_id: UUID, body: TaughtSentence, asking: ScriptChanger) -> Taught:
    """Add a sentence that was misunderstood to what it was meant as, in the script's draft."""
    async with asking.transaction() as session:
        view = await crowds.get(session, crowd_id)
        taught = await teaching.teach(
            session,
            view.row.script_id,
            meant=body.meant,
            text=body.text,
            by=asking.who.user_id,
            now=asking.now,
        )
    return Taught(script_id=taught.id, draft=taught.current.number, revision=taught.revision)


@router.get("/settings/crowd")
async def get_crowd_marks(asking: SettingsReader) -> CrowdMarks:
    """What the company's scripts have to reach before a crowd."""
    async with asking.transaction() as session:
        marks = await crowds.get_marks(session, asking.who.tenant_id)
    return CrowdMarks.model_validate(marks, from_attributes=True)


@router.put("/settings/crowd")
async def change_crowd_marks(body: CrowdMarks, asking: SettingsChanger) -> CrowdMarks:
    """Set what scripts have to reach in crowds from now on."""
    async with asking.transaction() as session:
        await crowds.change_marks(session, asking.who.tenant_id, Marks(**body.model_dump()))
    return body


def _page(found: list[CrowdView], limit: int) -> Page[CrowdOut]:
    shown, cursor = page(found, limit, lambda view: view.row.id)
    return Page(items=[CrowdOut.model_validate(_shown(view)) for view in shown], next=cursor)


def _shown(view: CrowdView) -> dict[str, object]:
    row = view.row
    return {
        "id": row.id,
        "script": {"id": row.script_id, "name": view.script, "version": view.version},
        "mode": row.mode,
        "people": row.people,
        "seed": row.seed,
        "marks": row.marks,
        "state": row.state,
        "progress": row.progress,
        "failure": row.failure or None,
        "passed": row.passed,
        "asked_at": row.asked_at,
        "asked_by": view.asked_by,
        "ended_at": row.ended_at,
        "changed_since": view.changed_since,
    }
