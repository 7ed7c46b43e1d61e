"""Scripts: drafts, published versions, and what keeps a draft from being published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.dialogue.check import check
from callwright.dialogue.faults import Fault, ScriptInvalidError
from callwright.dialogue.graph import Script
from callwright.dialogue.loading import load_script, script_from
from callwright.kit.errors import ConflictError, NotFoundError
from callwright.kit.names import checked_name
from callwright.scripts import repository
from callwright.scripts.errors import NothingToPublishError


@dataclass(frozen=True, slots=True)
class ScriptView:
    """A script by its newest version; ``published`` is the newest published one."""

    script: ScriptRow
    newest: ScriptVersionRow
    published: ScriptVersionRow | None

    @property
    def id(self) -> UUID:
        """The script's identity."""
        return self.script.id

    @property
    def name(self) -> str:
        """The script's name."""
        return self.script.name

    @property
    def draft(self) -> ScriptVersionRow | None:
        """The newest version, where it isn't published."""
        return self.newest if self.newest.published_at is None else None

    @property
    def graph(self) -> Script:
        """What the newest version says."""
        return script_from(self.newest.content)

    def faults(self) -> tuple[Fault, ...]:
        """Return what keeps the newest version from being published."""
        return check(self.graph)


class ScriptBeingMadeError(ConflictError):
    """Someone else is making script {name} at this moment. Try again."""

    code = "script-being-made"


async def create_version(session: AsyncSession, source: str, *, name: str | None = None) -> ScriptView:
    """Keep ``source`` (YAML) as a draft: the next version of the script of that name, or a new script.

    Faults that only hinder playing it are allowed in a draft. Raises ScriptInvalidError where it can't be read,
    InvalidNameError.
    """
    graph = load_script(source)
    wanted = checked_name(name or graph.name, thing="script")
    script = await repository.get_script_row_by_name(session, wanted)
    if script is None:
        script = ScriptRow(name=wanted)
        session.add(script)
        with refusing("uq_scripts_tenant_id_name", ScriptBeingMadeError(name=wanted)):
            await session.flush()
    number = await repository.get_newest_number(session, script.id) + 1
    content = graph.model_dump(mode="json", by_alias=True, exclude_none=True)
    session.add(ScriptVersionRow(script_id=script.id, number=number, source=source, content=content))
    await session.flush()
    return await get_script(session, script.id)


async def publish(session: AsyncSession, script_id: UUID, *, now: datetime) -> ScriptView:
    """Publish the newest version. Raises ScriptInvalidError with its faults, NothingToPublishError."""
    view = await get_script(session, script_id)
    if view.draft is None:
        raise NothingToPublishError(name=view.name)
    faults = view.faults()
    if faults:
        raise ScriptInvalidError(faults)
    view.newest.published_at = now
    await session.flush()
    return await get_script(session, script_id)


async def get_script(session: AsyncSession, script_id: UUID) -> ScriptView:
    """Return a script. Raises NotFoundError."""
    found = await repository.get_script(session, script_id)
    if found is None:
        raise NotFoundError(thing="script", key=script_id)
    return ScriptView(*found)


async def find_script(session: AsyncSession, name: str) -> ScriptView | None:
    """Return the script of this name, if there is one."""
    found = await repository.get_script_by_name(session, name)
    return None if found is None else ScriptView(*found)


async def list_scripts(
    session: AsyncSession, *, name: str | None = None, after: UUID | None = None, limit: int = 50
) -> Sequence[ScriptView]:
    """Return scripts whose name contains ``name``, the newest first, from behind ``after``."""
    return [
        ScriptView(*found) for found in await repository.get_scripts(session, name=name, after=after, limit=limit)
    ]


async def get_graph(session: AsyncSession, version_id: UUID) -> Script:
    """Return what a version says. Raises NotFoundError."""
    version = await repository.get_version(session, version_id)
    if version is None:
        raise NotFoundError(thing="script version", key=version_id)
    return script_from(version.content)


def demo_source() -> str:
    """Return the YAML of the demo's script."""
    return (files("callwright.scripts") / "demo" / "appointment.yaml").read_text(encoding="utf-8")
