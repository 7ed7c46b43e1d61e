"""What every change of a script has in common: one at a time, upon what was seen, and written down."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.scripts import ScriptChangeRow, ScriptRow
from callwright.kit.errors import NotFoundError
from callwright.scripts import repository
from callwright.scripts.errors import ScriptArchivedError, StaleRevisionError
from callwright.scripts.schemas import ChangeKind

SOMEBODY = "Somebody"


async def hold(
    session: AsyncSession, script_id: UUID, *, revision: int | None = None, archived_too: bool = False
) -> ScriptRow:
    """Lock a script for a change of what stood at ``revision`` (whatever stands, where that is ``None``).

    Raises NotFoundError, StaleRevisionError, ScriptArchivedError.
    """
    script = await repository.lock_script(session, script_id)
    if script is None:
        raise NotFoundError(thing="script", key=script_id)
    if revision is not None and revision != script.revision:
        who = await repository.get_user_name(session, script.changed_by) or SOMEBODY
        at = script.changed_at.isoformat()
        raise StaleRevisionError(who=who, name=script.name, revision=script.revision, changed_at=at)
    if script.archived_at is not None and not archived_too:
        raise ScriptArchivedError(name=script.name)
    return script


async def note(
    session: AsyncSession,
    script: ScriptRow,
    kind: ChangeKind,
    *,
    by: UUID | None,
    now: datetime,
    number: int | None = None,
    words: str = "",
) -> None:
    """Count and write down a change. Of one person's savings of one draft in a row the first is written."""
    script.revision += 1
    script.changed_at, script.changed_by = now, by
    last = await repository.get_last_change(session, script.id) if kind is ChangeKind.SAVED else None
    again = last is not None and (last.kind, last.number, last.made_by) == (kind, number, by)
    if not again:
        session.add(
            ScriptChangeRow(
                script_id=script.id, script_name=script.name, kind=kind, number=number, made_by=by, note=words
            )
        )
    await session.flush()
