"""The job that speaks a script's prompts before anybody is called with it: no call waits for a slow voice."""

from collections.abc import Iterator
from uuid import UUID

import structlog

from callwright.callroom.own_words import OWN_WORDS
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.playing import dialogue_of
from callwright.dialogue.spoken.sentences import sentences
from callwright.kit.errors import InvalidInputError, NotFoundError
from callwright.scripts.service import get_graph
from callwright.scripts.speaking import JOB, prompts_of_every_call
from callwright.speech.port import Synthesiser

_SENTENCE_S = 600.0
"""Calls under way and pages come first, as long as it takes."""

log = structlog.get_logger(__name__)


def speak_ahead_job(database: Database, ahead: Synthesiser) -> Job:
    """Return the job. ``ahead`` keeps what it says, and says what it kept at once."""

    async def run(tenant_id: UUID, key: UUID) -> None:
        try:
            async with database.tenant(tenant_id) as session:
                script = await get_graph(session, key)
        except NotFoundError:
            return  # deleted meanwhile
        for sentence in _sentences(script):
            try:
                await ahead.synthesise(
                    sentence,
                    voice=script.voice or "",
                    speed=script.speed,
                    language=script.language,
                    deadline_s=_SENTENCE_S,
                )
            except InvalidInputError as error:
                # The call that comes to it will say so where people look.
                log.warning("prompt can't be spoken", version=str(key), code=error.code)

    async def fail(_tenant_id: UUID, key: UUID, why: str) -> None:
        log.warning("prompts not spoken ahead", version=str(key), code=why)

    return Job(JOB, run, fail)


def _sentences(script: AnyScript) -> Iterator[str]:
    """Yield each sentence once: the script's, and what a call says of its own."""
    words = OWN_WORDS[script.language]
    texts = (*prompts_of_every_call(dialogue_of(script)), words.apology, words.promise, words.hold)
    yield from dict.fromkeys(sentence for text in texts for sentence in sentences(text))
