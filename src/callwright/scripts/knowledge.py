"""The knowledge base of a draft filled from a spreadsheet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.scripts.drafting import readable, save_draft
from callwright.scripts.knowledge_merge import Merged, merge
from callwright.scripts.knowledge_sheet import KnowledgeSheet
from callwright.scripts.schemas import ScriptView
from callwright.scripts.service import get_script


async def preview_import(session: AsyncSession, script_id: UUID, sheet: KnowledgeSheet) -> Merged:
    """Return what a sheet would change. Raises NotFoundError, ScriptInvalidError if too long."""
    view = await get_script(session, script_id)
    merged = merge(view.graph, sheet)
    readable(merged.script)
    return merged


async def import_knowledge(
    session: AsyncSession, script_id: UUID, sheet: KnowledgeSheet, *, revision: int, by: UUID, now: datetime
) -> tuple[Merged, ScriptView]:
    """Let the draft know what a sheet says, except its faulty rows.

    Raises what ``preview_import`` and ``drafting.save_draft`` raise.
    """
    merged = await preview_import(session, script_id, sheet)
    return merged, await save_draft(session, script_id, merged.script, revision=revision, by=by, now=now)
