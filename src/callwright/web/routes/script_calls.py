"""What a script didn't understand in calls, and what people corrected."""

import asyncio
from uuid import UUID

from fastapi import APIRouter

from callwright.calls import corrections, unanswered
from callwright.calls.corrections import Verdict
from callwright.calls.wordings import AskedGroup
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.scripts import service as scripts
from callwright.scripts.teaching import NewQuestion
from callwright.web import present_scripts as present
from callwright.web.access import ScriptChanger, ScriptReader
from callwright.web.schemas.scripts import ScriptDetail
from callwright.web.schemas.unanswered import (
    CorrectedCall,
    CorrectionsCheck,
    CorrectionsChecked,
    Unanswered,
    UnansweredAdding,
)

router = APIRouter(prefix="/scripts/{script_id}", tags=["scripts"])
CLASSIFY_S = 60.0


@router.get("/unanswered")
async def list_unanswered(script_id: UUID, asking: ScriptReader) -> list[Unanswered]:
    """What people said and the script didn't understand, the most frequent first, without what was settled."""
    async with asking.transaction() as session:
        return [_unanswered(group) for group in await unanswered.list_unanswered(session, script_id)]


@router.post("/unanswered/{unanswered_id}/add")
async def add_unanswered(
    script_id: UUID, unanswered_id: str, body: UnansweredAdding, asking: ScriptChanger
) -> ScriptDetail:
    """Teach it to the draft: as wordings of an intent or question that is there, or of a new question."""
    to = NewQuestion(body.question.label, body.question.answer) if body.question else body.to
    assert to is not None
    async with asking.transaction() as session:
        saved = await unanswered.add_unanswered(
            session,
            script_id,
            unanswered_id,
            to=to,
            wordings=body.wordings,
            revision=body.revision,
            by=asking.who.user_id,
            now=asking.now,
        )
        return present.script_detail(saved, await scripts.faults_of(session, saved.graph))


@router.delete("/unanswered/{unanswered_id}", status_code=204)
async def dismiss_unanswered(script_id: UUID, unanswered_id: str, asking: ScriptChanger) -> None:
    """Put it aside for good."""
    async with asking.transaction() as session:
        await unanswered.dismiss_unanswered(session, script_id, unanswered_id, by=asking.who.user_id)


@router.post("/check-corrections")
async def check_corrections(script_id: UUID, body: CorrectionsCheck, asking: ScriptReader) -> CorrectionsChecked:
    """Play the calls whose grade was corrected, and tell which of them the script grades as people did."""
    async with asking.transaction() as session:
        current = await scripts.get_script(session, script_id)
        cases = await corrections.list_cases(session, script_id)
    dialogue = GraphDialogue(body.content or current.drawn)
    sentences = corrections.sentences_in(cases)
    meanings = await asking.parts.meanings.of(sentences, dialogue.examples, deadline_s=CLASSIFY_S)
    verdicts = await asyncio.to_thread(corrections.judge, dialogue, cases, meanings)
    agreeing = [_corrected(verdict) for verdict in verdicts if verdict.agrees]
    differing = [_corrected(verdict) for verdict in verdicts if not verdict.agrees]
    return CorrectionsChecked(checked=len(cases), agreeing=agreeing, differing=differing)


def _unanswered(group: AskedGroup) -> Unanswered:
    return Unanswered.model_validate(
        {
            "id": group.id,
            "text": group.asked[0].text,
            "times": group.times,
            "wordings": group.asked,
            "nodes": sorted({node for one in group.asked for node in one.nodes}),
            "nearest": sorted({name for one in group.asked for name in one.nearest}),
            "last_at": group.latest.last_at,
            "last_call_id": group.latest.last_call_id,
        }
    )


def _corrected(verdict: Verdict) -> CorrectedCall:
    case, grade = verdict.case, verdict.grade
    return CorrectedCall.model_validate(
        {
            "call_id": case.call_id,
            "dialled_at": case.dialled_at,
            "grade_before": case.grade_before,
            "corrected": case.grade,
            "why": case.why,
            "now": grade.name if grade else None,
            "reasons": grade.reasons if grade else (),
            "trouble": verdict.trouble,
            "missing": verdict.missing,
        }
    )
