"""A script for a language model that a test changes in one place."""

import copy
from typing import Any

from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.script import ModelScript

_SHOP: dict[str, Any] = {
    "engine": "2.0",
    "name": "Bicycle service",
    "company": "Velo",
    "caller": "Ann",
    "variables": [{"name": "customer_name", "label": "Name"}],
    "opening": "Hello {customer_name}, this is {caller}, the AI assistant of {company}. It is recorded. May I?",
    "persona": "You are patient and cheerful and you love bicycles above everything else.",
    "goal": "Find out whether the customer wants a service and on which day they can bring the bicycle in.",
    "facts": [
        "A service costs forty dollars.",
        "The shop in Mill Street is open from nine to five on Monday to Friday.",
        "Every service was checked by two mechanics in 2025.",
    ],
    "guard_rails": ["Never talk about other shops."],
    "never_say": ["cheapest"],
    "intents": {"stop": ["never call me again", "take me off your list"]},
    "knowledge": {"duration": {"wordings": ["how long does it take"], "answer": "It takes three hours."}},
    "collect": {"day": {"label": "the day of the service", "what": "date", "claims": ["booked", "put you down"]}},
    "goodbyes": {
        "finished": "Thank you, goodbye.",
        "not_interested": "No problem, goodbye.",
        "do_not_call": "Sorry, we won't call again.",
        "trouble": "Sorry, something is wrong here. Goodbye.",
    },
    "anywhere": {"stop": "do_not_call"},
    "keys": {"9": "do_not_call"},
    "phrases": {
        "silence": "Are you still there?",
        "one_moment": "One moment, please.",
        "not_mine_to_say": "I'd rather not say anything I can't confirm.",
    },
    "grades": {
        "names": {"A": "Comes", "B": "Perhaps", "C": "No"},
        "rules": [{"grade": "A", "because": "Named a day", "when": {"collected": "day"}}],
        "default": {"grade": "C", "because": "Said nothing of it"},
    },
}

BOB = {"customer_name": "Bob"}


def shop(**changes: Any) -> ModelScript:
    """Return the script with ``changes``: ``limits__turns=2`` sets one, ``None`` removes it."""
    data = copy.deepcopy(_SHOP)
    for path, value in changes.items():
        *way, last = path.split("__")
        place = data
        for step in way:
            place = place.setdefault(step, {})
        if value is None:
            place.pop(last)
        else:
            place[last] = value
    return ModelScript.model_validate(data)


def shop_dialogue(**changes: Any) -> ModelDialogue:
    """Return the script, changed, ready to be played."""
    return ModelDialogue(shop(**changes))
