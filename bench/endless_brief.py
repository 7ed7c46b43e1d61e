"""The brief of ``bench.brief``: a call that a language model keeps up for as long as it lasts."""

from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.script import ModelScript

_WISHES = [
    "never call me again",
    "take me off your list",
    "stop calling me",
    "don't ring this number any more",
    "remove my number please",
]
_BRIEF = {
    "engine": "2.0",
    "name": "Small talk",
    "company": "Harbour Dental",
    "caller": "Emma",
    "opening": "Hello, this is {caller}, {company}'s AI assistant. This call is recorded. Do you have a moment?",
    "persona": "You listen, and you are brief.",
    "goal": "Keep the conversation up for as long as the customer likes.",
    "intents": {"stop": _WISHES},
    "goodbyes": {
        "finished": "Thank you, goodbye.",
        "do_not_call": "I am sorry. We will not call again.",
        "trouble": "I am sorry, something is wrong here. Goodbye.",
    },
    "anywhere": {"stop": "do_not_call"},
    "phrases": {
        "silence": "Are you still there?",
        "one_moment": "One moment, please.",
        "not_mine_to_say": "I would rather not say anything that I can't confirm.",
    },
    "limits": {"seconds": 1800, "turns": 100, "silences": 5, "tokens": 500_000},
    "grades": {"names": {"A": "Talked"}, "rules": [], "default": {"grade": "A", "because": "Was there"}},
}


def endless_brief() -> ModelDialogue:
    """Return it, ready to be played."""
    return ModelDialogue(ModelScript.model_validate(_BRIEF))
