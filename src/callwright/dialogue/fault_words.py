"""The words of every rule that a script can break: what is wrong, and the remedy.

``{fields}`` are a fault's values. The screens say the same in each of their languages, by the rule's name.
"""

from collections.abc import Mapping

from callwright.dialogue.faults import Fault

RULES: Mapping[str, tuple[str, str]] = {
    # Its form
    "unreadable": ("The file can't be read: {why}", ""),
    "form": ("{place}: {message}", ""),
    "form-missing": ("{place} is missing.", "Add it."),
    "form-unknown": ("{place} is not something it can have.", "Take it out."),
    "form-misspelt": ("{place} is not something it can have.", "Did you mean {known}?"),
    "form-kindless": ("it has no kind.", "Add `kind:` with one of {known}."),
    "form-kind": ("there is no kind of node called '{name}'.", "Use one of {known}."),
    "form-key": ("{place}: '{text}' can't be used there.", "A key is one of 0 to 9, *, #, A to D, in quotes."),
    "form-name": (
        "{place}: '{text}' can't be used there.",
        "Names are small letters, digits and _, and begin with a letter, such as offer_2.",
    ),
    "form-long": ("{place} is too long: it has {length} characters.", "Keep it to {most}."),
    "form-many": ("{place} has {length} entries.", "Keep it to {most}."),
    "too-long": (
        "the script is too long: as a file it has {length} thousand characters.",
        "Keep it under {most} thousand: shorten answers, take out what nobody asks, or make two scripts of it.",
    ),
    "missing-recording": (
        "the sound of the recording '{name}' isn't here.",
        "Upload it again, or leave its texts to the voice.",
    ),
    # Connections
    "dead-end": ("{way} leads nowhere yet.", "Connect it to a node."),
    "missing-target": ("{way} leads to '{target}', which isn't there.", "Connect it to a node of this script."),
    "give-up": (
        "limits, give_up leads to '{target}', which doesn't hang up.",
        "Connect it to a hang_up node.",
    ),
    "no-branch": ("no answer leads anywhere.", "Add a branch, or otherwise."),
    "no-case": ("it has no case.", "Add a condition and where it leads."),
    "missing-branch": (
        "there is a branch for '{there}' but none for '{missing}'.",
        "Add a branch for '{missing}', or otherwise.",
    ),
    "no-way-out": (
        "a person can't ask not to be called again.",
        "Under anywhere, branch an intent to a hang_up node with the reason do_not_call.",
    ),
    "missing-goodbye": ("there is no goodbye for '{name}'.", "Write what is said then, under goodbyes."),
    "unknown-goodbye": (
        "'{way}' leads to the goodbye '{name}', which isn't there.",
        "Write it under goodbyes, or name another.",
    ),
    "no-way-out-model": (
        "a person can't ask not to be called again.",
        "Under anywhere, lead an intent to the goodbye do_not_call.",
    ),
    # Names
    "unknown-intent": ("there is no intent '{name}'.", "Add it with example sentences, or use another."),
    "unknown-node": ("there is no node '{name}' to have reached.", "Name one of this script."),
    "unknown-reason": ("no call ends with the reason '{name}'.", "Use one of {known}."),
    "unknown-grade": (
        "the rule '{because}' gives grade '{grade}', which has no name.",
        "Add it under grades, names.",
    ),
    "unknown-flow": ("it is drawn in flow '{name}', which isn't there.", "Name a flow of this script, or none."),
    "unknown-recording": ("there is no recording '{name}'.", "Record it, or leave the text to the voice."),
    "unknown-variable": ("there is no variable '{name}'.", "Add it under variables, or collect it."),
    "no-template": ("it sends nothing yet.", "Choose the template of the message."),
    "unknown-template": (
        "there is no template of messages called '{name}'.",
        "Write it under Intention SMS, or choose another.",
    ),
    "template-not-approved": (
        "no version of the template '{name}' is approved.",
        "Hand it in, and wait for the operator, or choose another.",
    ),
    "no-message-channel": (
        "the company has no channel for messages.",
        "Ask the operator for one, or send nothing.",
    ),
    "no-variable": ("it collects nothing yet.", "Name the variable that takes the value."),
    "variable-twice": ("the variable '{name}' is there already.", "Give it another name."),
    "name-twice": (
        "'{name}' is both an intent and a question of the knowledge base.",
        "Give one of them another name.",
    ),
    "example-twice": (
        "the sentence '{sentence}' is an example of both '{one}' and '{other}'.",
        "Keep it in one of them.",
    ),
    "no-examples": ("'{name}' has no example sentences.", "Add sentences as people say them on the phone."),
    "too-many-examples": (
        "it is taught by {count} example sentences; {most} are as many as can be learned.",
        "Take some out, of what has most: forty of a kind are enough.",
    ),
    "not-available": ("{kind} can't be done yet on this installation.", "Take it out."),
    "talk-time": (
        "a condition can't ask how long the call has lasted.",
        "Use talk time in the rules of the grades only.",
    ),
    # Words
    "no-voice": (
        "no voice here speaks this language yet, so nobody can be called with it.",
        "Write it in English, or keep it as a draft to try in writing and on crowds.",
    ),
    "no-text": ("nothing is said yet.", "Write what is to be said."),
    "no-answer": ("the question '{name}' has no answer yet.", "Write what is to be answered."),
    "braces": ("the braces in '{text}' hold no variable's name.", "Write variables as {{customer_name}}."),
    "braces-in-value": ("the value of '{name}' has braces in it.", "Write the words to be spoken."),
    "unspeakable": (
        "the sign {sign} in '{text}' can't be spoken.",
        "Write it in words: nineteen dollars, not $19.",
    ),
    "long-prompt": (
        "'{text}' has {length} words; people stop listening after {longest}.",
        "Say less, or ask in between.",
    ),
    "long-prompt-characters": (
        "'{text}' has {length} characters; people stop listening after {longest}.",
        "Say less, or ask in between.",
    ),
    # Ways through the script
    "unreachable": ("no way leads here.", "Connect something to it, or delete it."),
    "no-goodbye": (
        "no answer leads from here to a goodbye.",
        "Connect a way that ends in a hang_up node.",
    ),
    "silent-loop": ("{loop} goes round without listening.", "Ask something on the way."),
    "who-is-calling": (
        "a call comes here without having said that {company} is calling.",
        "Say {{company}} before it.",
    ),
    "ai-not-said": (
        "a call comes here without having said that an AI speaks.",
        "Say so before the first question, such as: this is {{caller}}, an AI assistant.",
    ),
    "recording-not-said": (
        "a call comes here without having said that it is recorded.",
        "Say so before the first question, such as: this call is recorded.",
    ),
    "disclosure-interruptible": (
        "it says who or what speaks, or that the call is recorded, and whoever talks into it never hears that.",
        "Let it be spoken to its end: no barge-in.",
    ),
    "way-out-not-offered": (
        "a call comes here without having said how to end these calls.",
        "Say so before or with the first question, such as: you can say stop at any time.",
    ),
    "empty-variable": (
        "'{name}' may be empty when it is spoken.",
        "Give {name} a default, or make it required.",
    ),
    "unset-variable": (
        "'{name}' is spoken, but on some way here it hasn't been collected.",
        "Collect it on every way, or ask a condition first.",
    ),
}


def fault(rule: str, node: str = "", *, field: str = "", path: tuple[str, ...] = (), **values: str) -> Fault:
    """Return the fault of a rule at ``node``, in words that speak of ``values``."""
    message, remedy = RULES[rule]
    return Fault(node, rule, message.format(**values), remedy.format(**values), field, path, values)
