"""What a company demands of its scripts beyond what every script must do."""

from dataclasses import dataclass

from callwright.dialogue.graph import Node, Script, Speaking
from callwright.dialogue.parts import Disclosure
from callwright.dialogue.spoken.languages import spoken


@dataclass(frozen=True, slots=True)
class Duties:
    """What a call must have made known by its first question, beside who is calling.

    ``say_ai``: that an AI speaks (Regulation (EU) 2024/1689, Art. 50 (1)). ``say_recorded``: that the call is
    recorded. ``offer_way_out``: how to end such calls.
    """

    say_ai: bool = False
    say_recorded: bool = False
    offer_way_out: bool = False


def discloses(script: Script, node: Node, what: Disclosure) -> bool:
    """Say whether ``node`` makes something known: by the words of its text, or because its author says so."""
    if not isinstance(node, Speaking):
        return False
    return what in node.discloses or bool(spoken(script.language).disclosures[what].search(node.text))
