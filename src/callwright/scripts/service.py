"""Scripts found and read."""

from collections.abc import Sequence
from importlib.resources import files
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.calling_settings import get_script_duties
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.check import check
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.parts import Language
from callwright.kit.errors import NotFoundError
from callwright.scripts import repository
from callwright.scripts.messages import unsendable
from callwright.scripts.recordings import missing
from callwright.scripts.schemas import Change, ScriptView, VersionView
from callwright.speech.port import VOICED_LANGUAGES


async def get_script(session: AsyncSession, script_id: UUID) -> ScriptView:
    """Return a script. Raises NotFoundError."""
    found = await repository.get_script(session, script_id)
    if found is None:
        raise NotFoundError(thing="script", key=script_id)
    return found


async def find_script(session: AsyncSession, name: str) -> ScriptView | None:
    """Return the script of this name, if there is one."""
    return await repository.get_script_by_name(session, name)


async def list_scripts(
    session: AsyncSession,
    *,
    name: str | None = None,
    archived: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[ScriptView]:
    """Return scripts whose name contains ``name``, the newest first, from behind ``after``."""
    return await repository.get_scripts(session, name=name, archived=archived, after=after, limit=limit)


async def list_versions(session: AsyncSession, script_id: UUID) -> list[VersionView]:
    """Return a script's versions, the newest first. Raises NotFoundError."""
    found = await repository.get_versions(session, script_id)
    if not found:
        raise NotFoundError(thing="script", key=script_id)
    return found


async def get_version(session: AsyncSession, script_id: UUID, number: int) -> VersionView:
    """Return one version of a script. Raises NotFoundError."""
    found = await repository.get_versions(session, script_id, number)
    if not found:
        raise NotFoundError(thing="script version", key=number)
    return found[0]


async def list_changes(
    session: AsyncSession, script_id: UUID, *, after: UUID | None = None, limit: int = 50
) -> Sequence[Change]:
    """Return what was done to a script, the latest first, from behind ``after``. Raises NotFoundError."""
    await get_script(session, script_id)
    return await repository.get_changes(session, script_id, after=after, limit=limit)


async def get_graph(session: AsyncSession, version_id: UUID) -> AnyScript:
    """Return what a version says. Raises NotFoundError."""
    version = await repository.get_version(session, version_id)
    if version is None:
        raise NotFoundError(thing="script version", key=version_id)
    return any_script_from(version.content)


async def faults_of(session: AsyncSession, script: AnyScript) -> tuple[Fault, ...]:
    """Return what keeps a script from being published by this company, here."""
    unvoiced = () if script.language in VOICED_LANGUAGES else (fault("no-voice", field="language"),)
    found = check(script, await get_script_duties(session))
    return (*found, *unvoiced, *await missing(session, script), *await unsendable(session, script))


def demo_source(language: Language = "en") -> str:
    """Return the YAML of the demo's script: the same call in each language."""
    name = "appointment.yaml" if language == "en" else f"appointment-{language}.yaml"
    return (files("callwright.scripts") / "demo" / name).read_text(encoding="utf-8")
