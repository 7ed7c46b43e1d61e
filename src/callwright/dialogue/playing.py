"""The engine that plays a script."""

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.script import ModelScript

AnyDialogue = GraphDialogue | ModelDialogue


def dialogue_of(script: AnyScript, *, sends: bool = False) -> AnyDialogue:
    """Return ``script`` ready to be played. Raises ScriptInvalidError where it could not be published.

    ``sends``: whoever plays it sends its messages, and tells of each; else they are supposed to be sent.
    """
    if isinstance(script, ModelScript):
        return ModelDialogue(script, sends=sends)
    return GraphDialogue(script, sends=sends)
