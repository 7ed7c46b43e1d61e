"""A sentence that a script misunderstood, added to what it was meant as."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.crowds.errors import CrowdEngineError, NoSuchMeaningError, SentenceKnownError
from callwright.dialogue.graph import Script
from callwright.scripts.drafting import save_draft
from callwright.scripts.schemas import ScriptView
from callwright.scripts.service import get_script


async def teach(
    session: AsyncSession, script_id: UUID, *, meant: str, text: str, by: UUID, now: datetime
) -> ScriptView:
    """Add ``text`` to the examples of the intent or question ``meant``, in the script's draft.

    Raises NotFoundError, NoSuchMeaningError, SentenceKnownError, and what saving a draft raises.
    """
    view = await get_script(session, script_id)
    graph = view.graph
    if not isinstance(graph, Script):
        raise CrowdEngineError(name=view.name)
    taught = with_example(graph, meant, " ".join(text.split()))
    return await save_draft(session, script_id, taught, revision=view.revision, by=by, now=now)


def with_example(script: Script, meant: str, text: str) -> Script:
    """Return ``script`` with one more example. Raises NoSuchMeaningError, SentenceKnownError."""
    if meant in script.intents:
        intent = script.intents[meant]
        more = intent.model_copy(update={"examples": _with(intent.examples, text, meant)})
        return script.model_copy(update={"intents": {**script.intents, meant: more}})
    if meant in script.knowledge:
        question = script.knowledge[meant]
        asked = question.model_copy(update={"wordings": _with(question.wordings, text, meant)})
        return script.model_copy(update={"knowledge": {**script.knowledge, meant: asked}})
    raise NoSuchMeaningError(name=meant, where="meant")


def _with(known: tuple[str, ...], text: str, name: str) -> tuple[str, ...]:
    if text.casefold() in {one.casefold() for one in known}:
        raise SentenceKnownError(text=text, name=name)
    return (*known, text)
