"""Which of a script's intents is what people mean in any call: told from where it leads, else from its name."""

from collections.abc import Iterator, Mapping

from callwright.dialogue.graph import Goodbye, Listening, Say, Script
from callwright.personas.bank import Meaning

_BY_ENDING = {
    "do_not_call": Meaning.NEVER,
    "wrong_number": Meaning.WRONG,
    "wrong_person": Meaning.WRONG,
    "call_later": Meaning.LATER,
    "goodbye": Meaning.GOODBYE,
}
_BY_NAME = {
    Meaning.AGREE: "yes agree agreed accept interested positive affirm ok shi hao keyi yuanyi",
    Meaning.DECLINE: "no decline refuse reject deny negative not_interested uninterested bu buyao",
    Meaning.NEVER: "do_not_call stop opt_out never never_again unsubscribe dnc",
    Meaning.WRONG: "wrong_number wrong_person wrong not_me",
    Meaning.LATER: "call_later later busy callback call_back not_now bad_time",
    Meaning.GOODBYE: "goodbye bye farewell",
    Meaning.REPEAT: "say_again repeat pardon again",
    Meaning.HESITATE: "hesitant maybe think unsure think_about_it undecided",
}
_NAMES = {name: meaning for meaning, names in _BY_NAME.items() for name in names.split()}


def meanings_of(script: Script) -> dict[str, Meaning]:
    """Return what each of the script's intents means in any call; its own ones are left out."""
    found = {name: _NAMES[name] for name in script.intents if name in _NAMES}
    found |= dict.fromkeys((name for name in script.anywhere.repeat if name in script.intents), Meaning.REPEAT)
    for name, target in _ways(script):
        ending = _ending(script, target)
        if name in script.intents and ending in _BY_ENDING:
            found.setdefault(name, _BY_ENDING[ending])
    return found


def intents_for(meanings: Mapping[str, Meaning], meaning: Meaning) -> list[str]:
    """Return the script's intents of a meaning."""
    return [name for name, of_it in meanings.items() if of_it is meaning]


def _ways(script: Script) -> Iterator[tuple[str, str]]:
    yield from script.anywhere.branches.items()
    for node in script.nodes.values():
        if isinstance(node, Listening):
            yield from node.branches.items()


def _ending(script: Script, target: str) -> str:
    """Return the reason of the goodbye that ``target`` leads straight to, if it does."""
    seen: set[str] = set()
    while target in script.nodes and target not in seen:
        seen.add(target)
        node = script.nodes[target]
        if isinstance(node, Goodbye):
            return node.reason
        if not isinstance(node, Say):
            return ""
        target = node.next
    return ""
