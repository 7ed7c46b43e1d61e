"""A script taught more examples of something it knows, or a question that is new to it. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.writing import content_of
from callwright.kit.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question that a script doesn't know yet."""

    label: str
    answer: str


def teach(script: AnyScript, to: str | NewQuestion, sentences: Sequence[str]) -> AnyScript:
    """Return ``script`` with ``sentences`` as examples of the intent or question ``to``, each once.

    Raises NotFoundError where it has none of that name, ScriptInvalidError where a sentence can't be an example.
    """
    content = content_of(script)
    if isinstance(to, NewQuestion):
        name = free_name(to.label, {*script.intents, *script.knowledge})
        question = {"wordings": [], "answer": to.answer, "label": to.label}
        content.setdefault("knowledge", {})[name] = question
        examples: list[str] = question["wordings"]  # type: ignore[assignment]
    elif to in script.intents:
        examples = content["intents"][to]["examples"]
    elif to in script.knowledge:
        examples = content["knowledge"][to]["wordings"]
    else:
        raise NotFoundError(thing="intent or question", key=to)
    for sentence in sentences:
        if sentence.casefold() not in map(str.casefold, examples):
            examples.append(sentence)
    return any_script_from(content)


def free_name(label: str, taken: Collection[str]) -> str:
    """Return a name that nothing has, made of the label's Latin letters where it has any."""
    stem = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:32].rstrip("_")
    stem = stem if stem[:1].isalpha() else "question"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
