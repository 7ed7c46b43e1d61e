"""A small script that a test changes in one place."""

import copy
from typing import Any

from callwright.dialogue.graph import Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import script_from

_SMALL: dict[str, Any] = {
    "name": "Small",
    "company": "Acme",
    "caller": "Ann",
    "entry": "hello",
    "variables": [{"name": "customer_name", "label": "Name"}],
    "intents": {"yes": ["yes"], "no": ["no"], "stop": ["stop calling"], "what": ["pardon"], "other": ["maybe"]},
    "knowledge": {"price": {"wordings": ["how much"], "answer": "Nothing at all."}},
    "nodes": {
        "hello": {
            "kind": "ask",
            "text": "Hello {customer_name}, this is {company}. Ready?",
            "again": "Are you ready?",
            "branches": {"yes": "size", "no": "bye"},
        },
        "size": {"kind": "collect", "text": "Which size?", "variable": "size", "what": "number", "next": "thanks"},
        "thanks": {"kind": "hang_up", "text": "Size {size}, thanks."},
        "bye": {"kind": "hang_up", "text": "Goodbye."},
        "removed": {"kind": "hang_up", "text": "Sorry. We won't call again.", "reason": "do_not_call"},
    },
    "anywhere": {"branches": {"stop": "removed"}, "keys": {"9": "removed"}, "repeat": ["what"]},
    "limits": {"give_up": "bye", "silences": 1, "not_understood": 1, "turns": 6},
    "grades": {
        "names": {"A": "Good", "B": "Bad"},
        "rules": [{"grade": "A", "because": "Told the size", "when": {"collected": "size"}}],
        "default": {"grade": "B", "because": "Told nothing"},
    },
}

ANN = {"customer_name": "Bob"}


def small(**changes: Any) -> dict[str, Any]:
    """Return the small script with ``changes``: ``nodes__hello__text="..."`` sets one, ``None`` removes it."""
    data = copy.deepcopy(_SMALL)
    for path, value in changes.items():
        *way, last = path.split("__")
        place = data
        for step in way:
            place = place.setdefault(step, {})
        if value is None:
            place.pop(last)
        else:
            place[last] = value
    return data


def small_script(**changes: Any) -> Script:
    """Return the small script, changed, as a script."""
    return script_from(small(**changes))


def small_dialogue(**changes: Any) -> GraphDialogue:
    """Return the small script, changed, ready to be played."""
    return GraphDialogue(small_script(**changes))
