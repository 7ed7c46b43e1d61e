"""Texts of messages with their variables, as a template has them and as one person gets them."""

import re
from collections.abc import Mapping

from callwright.kit.errors import InvalidInputError
from callwright.texting.opt_out import with_way_out
from callwright.texting.segments import MOST_SEGMENTS, Segments, segments
from callwright.texting.windows import MessageKind

MOST_CHARACTERS = 1000
MOST_VALUE_CHARACTERS = 100
OWN_VARIABLES = ("company", "name")
"""Known of everybody who is written to; the rest are what the book and the task know of a customer."""

_SLOT = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[^\W\d]\w{0,39}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class EmptyTextError(InvalidInputError):
    """The message has no text. Write what people are to read, such as Dear {{name}}, ..."""

    code = "message-empty"


class TextVariableError(InvalidInputError):
    """{what} is no variable. Write {{name}} with letters, digits and _ between the brackets, the first a letter."""

    code = "message-variable"


class TextTooLongError(InvalidInputError):
    """The text needs {count} short messages, more than {most}. Shorten it."""

    code = "message-too-long"


class UnknownValueError(InvalidInputError):
    """{names} of this customer is not known. Fill it in, or leave it out of the template."""

    code = "message-value-missing"


def variables_of(text: str) -> tuple[str, ...]:
    """Return the names of the variables in ``text``, each once, in their order."""
    return tuple(dict.fromkeys(_SLOT.findall(text)))


def checked_text(text: str) -> str:
    """Return a template's text as it is kept. Raises EmptyTextError, TextVariableError, TextTooLongError."""
    clean = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if not clean:
        raise EmptyTextError(where="text")
    for name in variables_of(clean):
        if not _NAME.fullmatch(name):
            raise TextVariableError(what=f"{{{name}}}", where="text")
    rest = _SLOT.sub("", clean)
    if "{" in rest or "}" in rest:
        raise TextVariableError(what="A single bracket", where="text")
    check_length(segments(clean), where="text")
    return clean


def written(text: str, values: Mapping[str, str], *, kind: MessageKind, country: str, signature: str) -> Segments:
    """Return the text that one person gets, cut into short messages.

    The signature stands first, the way out last where the country asks for it. Raises UnknownValueError for a
    variable without value, TextTooLongError.
    """
    known = {name: _clean(value) for name, value in values.items()}
    missing = [name for name in variables_of(text) if not known.get(name)]
    if missing:
        raise UnknownValueError(names=", ".join(missing))
    filled = _SLOT.sub(lambda slot: known[slot.group(1)], text)
    cut = segments(dressed(filled, kind=kind, country=country, signature=signature))
    check_length(cut)
    return cut


def dressed(text: str, *, kind: MessageKind, country: str, signature: str) -> str:
    """Return ``text`` with the signature before it, and the way out behind it where the country asks for one."""
    bracketed = country == "CN" or _CHINESE.search(text + signature) is not None
    before = "" if not signature else f"【{signature}】" if bracketed else f"{signature}: "
    return with_way_out(before + text, kind, country)


def check_length(cut: Segments, **where: str) -> None:
    """Raise TextTooLongError where ``cut`` takes too many short messages."""
    if cut.count > MOST_SEGMENTS:
        raise TextTooLongError(count=cut.count, most=MOST_SEGMENTS, **where)


def _clean(value: str) -> str:
    return " ".join(_CONTROL.sub(" ", value).split())[:MOST_VALUE_CHARACTERS].strip()
