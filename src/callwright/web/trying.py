"""A version of a script that somebody wants to hear: found, free of faults, with what is known of the customer."""

from dataclasses import dataclass
from uuid import UUID

from callwright.db.tables.scripts import ScriptVersionRow
from callwright.dialogue.faults import ScriptInvalidError
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.variables import bind
from callwright.kit.errors import NotFoundError
from callwright.language.thinking import NoLanguageModelError
from callwright.scripts import service as scripts
from callwright.web.access import Asking
from callwright.web.schemas.trials import Tried


@dataclass(frozen=True, slots=True)
class Playable:
    """A version that can be played, and the values that it is played with."""

    version: ScriptVersionRow
    draft: bool
    variables: dict[str, str]
    by_model: bool
    """Whether a language model speaks it, which costs whoever runs this installation."""


async def playable(asking: Asking, script_id: UUID, wanted: Tried) -> Playable:
    """Return what is to be played.

    Raises NotFoundError, ScriptInvalidError with the faults, MissingVariableError, NoLanguageModelError.
    """
    async with asking.transaction() as session:
        found = await scripts.get_script(session, script_id)
        version = found.published if wanted.published else found.current
        if version is None:
            raise NotFoundError(thing="published version of script", key=found.name)
        script = any_script_from(version.content)
        faults = await scripts.faults_of(session, script)
    if faults:
        raise ScriptInvalidError(faults)
    by_model = isinstance(script, ModelScript)
    if by_model and asking.parts.language_model is None:
        raise NoLanguageModelError
    examples = {variable.name: variable.example for variable in script.variables if variable.example}
    variables = examples | wanted.variables
    bind(script, variables)
    return Playable(version, version.number == found.script.draft_number, variables, by_model)
