"""Names that people give to things: what can be shown on one line, and found again."""

import re

from callwright.kit.errors import InvalidInputError

UNSHOWABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""Control characters, line ends, what turns the direction of the text after it, halves of characters."""

NAME_CHARACTERS = 200


class InvalidNameError(InvalidInputError):
    """The name of a {thing} can't be used: {why}. Write 1 to {most} characters, on one line."""

    code = "invalid-name"


def checked_name(name: str, *, thing: str) -> str:
    """Return ``name`` as it is kept: without the space around it. Raises InvalidNameError."""
    kept = name.strip()
    if not kept:
        why = "it is empty"
    elif len(kept) > NAME_CHARACTERS:
        why = f"it has {len(kept)} characters"
    elif UNSHOWABLE.search(kept):
        why = "it holds characters that can't be shown or spoken"
    else:
        return kept
    raise InvalidNameError(thing=thing, why=why, most=NAME_CHARACTERS, where="name")
