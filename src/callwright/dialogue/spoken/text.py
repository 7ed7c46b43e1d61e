"""Words taken as they were said, whatever the language."""

import re

from callwright.dialogue.spoken.language import Found

_MAX_TEXT = 200


def find_text(text: str) -> Found | None:
    """Return ``text`` without what would disturb a prompt."""
    said = " ".join(re.sub(r"[{}]", " ", text).split())[:_MAX_TEXT].strip()
    return (said, said) if said else None
