"""The engine that plays a script."""

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.script import ModelScript

AnyDialogue = GraphDialogue | ModelDialogue


def dialogue_of(script: AnyScript) -> AnyDialogue:
    """Return ``script`` ready to be played. Raises ScriptInvalidError where it could not be published."""
    return ModelDialogue(script) if isinstance(script, ModelScript) else GraphDialogue(script)
