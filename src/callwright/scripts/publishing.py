"""Which version new tasks play: published for the first time, or again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.loading import any_script_from
from callwright.kit.errors import NotFoundError
from callwright.scripts import repository
from callwright.scripts.changing import hold
from callwright.scripts.changing import note as write_down
from callwright.scripts.errors import AlreadyPublishedError, NothingToPublishError
from callwright.scripts.schemas import ChangeKind, ScriptView
from callwright.scripts.service import faults_of, get_script
from callwright.scripts.speaking import have_spoken


async def publish(
    session: AsyncSession,
    script_id: UUID,
    *,
    now: datetime,
    by: UUID | None = None,
    number: int | None = None,
    revision: int | None = None,
    note: str = "",
) -> ScriptView:
    """Publish the draft, or version ``number``: tasks made from now on play it, others keep theirs until moved.

    An earlier version leaves the draft as it is. Raises NotFoundError, ScriptInvalidError with its faults,
    NothingToPublishError, AlreadyPublishedError, StaleRevisionError, ScriptArchivedError.
    """
    script = await hold(session, script_id, revision=revision)
    version = await _wanted(session, script, number)
    faults = await faults_of(session, any_script_from(version.content))
    if faults:
        raise ScriptInvalidError(faults)
    kind = ChangeKind.PUBLISHED if version.published_at is None else ChangeKind.ROLLED_BACK
    if version.published_at is None:
        version.published_at, version.published_by, version.note = now, by, note
    script.published_number = version.number
    if script.draft_number == version.number:
        script.draft_number = None
    await write_down(session, script, kind, by=by, now=now, number=version.number, words=note)
    await have_spoken(session, version.id)
    return await get_script(session, script_id)


async def _wanted(session: AsyncSession, script: ScriptRow, number: int | None) -> ScriptVersionRow:
    wanted = script.draft_number if number is None else number
    if wanted is None:
        raise NothingToPublishError(name=script.name)
    if wanted == script.published_number:
        raise AlreadyPublishedError(number=wanted, name=script.name)
    version = await repository.get_numbered(session, script.id, wanted)
    if version is None:
        raise NotFoundError(thing="script version", key=wanted)
    return version
