"""The knowledge base of a script as a spreadsheet, both ways."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from callwright.kit.script_size import MOST_CHARACTERS, MOST_EXAMPLES
from callwright.scripts import knowledge
from callwright.scripts import service as scripts
from callwright.scripts.knowledge_sheet import MOST_ROWS, read_knowledge, write_knowledge
from callwright.web import present_scripts as present
from callwright.web.access import ScriptChanger, ScriptReader
from callwright.web.schemas.base import Revision, RowFault
from callwright.web.schemas.script_knowledge import KnowledgeChange, KnowledgeImport
from callwright.web.uploads import A_WORKBOOK, XLSX, file_form, take_upload

router = APIRouter(prefix="/scripts/{script_id}/knowledge", tags=["scripts"])
ERRORS_TOLD = 200
KNOWLEDGE_FORM = file_form(
    f"A .xlsx or .csv of at most 50 MB and {MOST_ROWS:,} rows. A script has at most {MOST_CHARACTERS:,} characters "
    f"as a file, some 3,500 questions, and {MOST_EXAMPLES:,} sentences."
)
Seen = Annotated[
    Revision | None, Query(description="The revision that was seen; without it nothing is kept: a preview.")
]


@router.get("/template", response_class=Response, responses=A_WORKBOOK)
async def get_knowledge_template(script_id: UUID, asking: ScriptReader) -> Response:
    """The XLSX to fill in, with what the script knows already."""
    async with asking.transaction() as session:
        script = (await scripts.get_script(session, script_id)).graph
    content = await asyncio.to_thread(write_knowledge, script)
    return Response(
        content, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="knowledge.xlsx"'}
    )


@router.post("/import", openapi_extra=KNOWLEDGE_FORM)
async def import_knowledge(
    script_id: UUID, asking: ScriptChanger, request: Request, revision: Seen = None
) -> KnowledgeImport:
    """Add a file's questions to the draft: known ones get its wordings and answers, others are new.

    Faulty rows are told and left out. Without `revision` it tells what would change.
    """
    async with asking.transaction() as session:
        await scripts.get_script(session, script_id)  # an unknown script is told before a large file is read
    upload = await take_upload(request)
    sheet = await asyncio.to_thread(read_knowledge, upload.content, file_name=upload.file_name)
    detail = None
    async with asking.transaction() as session:
        if revision is None:
            merged = await knowledge.preview_import(session, script_id, sheet)
        else:
            merged, view = await knowledge.import_knowledge(
                session, script_id, sheet, revision=revision, by=asking.who.user_id, now=asking.now
            )
            detail = present.script_detail(view, await scripts.faults_of(session, view.graph))
    return KnowledgeImport(
        rows=sheet.rows,
        changes=[KnowledgeChange.model_validate(change) for change in merged.changes],
        failed=len(merged.faults),
        failed_rows=len({fault.row for fault in merged.faults}),
        errors=[RowFault.model_validate(fault) for fault in merged.faults[:ERRORS_TOLD]],
        script=detail,
    )
