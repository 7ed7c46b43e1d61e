"""A prompt cut into sentences, so that the first can be heard while the next is still being made."""

import re
from functools import lru_cache

# A sentence ends at .!? followed by a space, or at the Chinese marks, which are followed by none.
_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|[A-Z])\.$")
_SHORT = 12


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of ``text``; one shorter than a dozen characters stays with what follows it."""
    found: list[str] = []
    pending = ""
    for piece in _END.split(text.strip()):
        pending = f"{pending} {piece}".strip()
        if len(pending) < _SHORT or _ABBREVIATION.search(pending):
            continue
        found.append(pending)
        pending = ""
    if pending:
        found.append(pending)
    return tuple(found)
