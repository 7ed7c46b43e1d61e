"""What a person means at one turn, and what it could be where the dialogue stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from callwright.dialogue.graph import Collect, Listening, Script
from callwright.dialogue.state import State


class Kind(StrEnum):
    """What kind of thing is meant."""

    INTENT = "intent"
    """One of the script's intents or questions, by name."""
    VALUE = "value"
    """A value that was asked for, by its variable."""
    CONFIRM = "confirm"
    """The value read back is right, or (``DENY``) wrong."""
    DENY = "deny"
    OFF_TOPIC = "off_topic"
    """Nothing that any script is about."""
    UNKNOWN_TO_SCRIPT = "unknown_to_script"
    """Something that people mean in any call and this script has no intent for, by its meaning."""
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Meant:
    """What is meant: ``name`` is an intent, a question, a variable or a common meaning."""

    kind: Kind
    name: str = ""


def node_at(script: Script, state: State) -> Listening:
    """Return the node at which the dialogue waits."""
    node = script.nodes[state.node]
    assert isinstance(node, Listening)
    return node


def answers_at(script: Script, state: State) -> Iterator[Meant]:
    """Yield what answers the node at which the dialogue waits: its branches, and the value that it asks for."""
    node = node_at(script, state)
    if isinstance(node, Collect):
        if state.unconfirmed:
            yield Meant(Kind.CONFIRM)
            yield Meant(Kind.DENY)
        else:
            yield Meant(Kind.VALUE, node.variable)
    yield from (Meant(Kind.INTENT, name) for name in node.branches)


def target_of(script: Script, state: State, meant: Meant) -> str | None:
    """Return the node that an intent leads to from here, if to any."""
    if meant.kind is not Kind.INTENT:
        return None
    return node_at(script, state).branches.get(meant.name) or script.anywhere.branches.get(meant.name)


def key_for(script: Script, state: State, meant: Meant) -> str | None:
    """Return the telephone key that leads where ``meant`` does, if there is one."""
    target = target_of(script, state, meant)
    keys = {**script.anywhere.keys, **node_at(script, state).keys}
    return next((key for key, leads in keys.items() if leads == target), None) if target else None
