"""A prompt cut into sentences, so that the first can be heard while the next is still being made."""

import re
from collections.abc import Iterable
from functools import lru_cache

# A sentence ends at .!? followed by a space, or at the Chinese marks, which are followed by none; a quotation that
# ends with it belongs to it.
_END = re.compile(
    r"(?<=[.!?])\s+|(?<=[.!?][\"'”’])\s+|(?<=[。！？；…])(?![。！？；…”’」])\s*|(?<=[。！？…][”’」])\s*"
)
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|[A-Z])\.$")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_SHORT = 12
_LONG = 24
_SHORT_CLAUSE = 8
_CLAUSE_END = re.compile(r"(?<=[，、：])")
_CHARACTER = 3  # a Chinese character takes as long to say as so many letters


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of ``text``; one shorter than a dozen letters stays with what follows it.

    A Chinese one of more than two dozen characters is cut into its clauses: its voice takes seconds for it.
    """
    found: list[str] = []
    pending = ""
    for piece in _END.split(text.strip()):
        gap = "" if pending and _CHINESE.match(pending[-1]) else " "
        pending = f"{pending}{gap}{piece}".strip()
        if _length(pending) < _SHORT or _ABBREVIATION.search(pending):
            continue
        found += _clauses(pending)
        pending = ""
    if pending:
        found += _clauses(pending)
    return tuple(found)


def joined(parts: Iterable[str]) -> str:
    """Return sentences as one text: Chinese ones stand side by side."""
    text = ""
    for part in parts:
        gap = "" if not text or _CHINESE.match(text[-1]) else " "
        text = f"{text}{gap}{part}"
    return text


def _clauses(sentence: str) -> list[str]:
    if len(_CHINESE.findall(sentence)) <= _LONG:
        return [sentence]
    cut = [""]
    for clause in _CLAUSE_END.split(sentence):
        if len(cut[-1]) >= _SHORT_CLAUSE and len(clause) >= _SHORT_CLAUSE:
            cut.append("")
        cut[-1] += clause
    return [clause.strip() for clause in cut]


def _length(text: str) -> int:
    return len(text) + (_CHARACTER - 1) * len(_CHINESE.findall(text))
