"""Having a script's prompts spoken before anybody is called with it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.jobs import Queue, enqueue
from callwright.dialogue.playing import AnyDialogue
from callwright.scripts import repository
from callwright.speech.port import SPOKEN_AHEAD

JOB = "speak-ahead"
"""Its key is the script version's."""

_UNKNOWN = "\ue000"
"""Stands for a customer's value: a sign that nobody writes."""


async def have_spoken(session: AsyncSession, version_id: UUID) -> None:
    """Have a version's prompts spoken once this transaction commits, where its language's voice is slow."""
    version = await repository.get_version(session, version_id)
    # Not read as a script: whether it can be played is for its first call to say.
    if version is not None and version.content.get("language") in SPOKEN_AHEAD:
        await enqueue(session, JOB, version_id, Queue.SPEAKING)


def prompts_of_every_call(dialogue: AnyDialogue) -> list[str]:
    """Return what a voice may have to say in any call, the first first: texts without a customer's values."""
    values = {variable.name: _UNKNOWN for variable in dialogue.script.variables}
    return [said.text for said in dialogue.prompts(values) if not said.recording and _UNKNOWN not in said.text]
