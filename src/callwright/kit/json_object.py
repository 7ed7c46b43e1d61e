"""JSON that somebody else wrote, read however odd it is."""

import json
from typing import Any


def read_object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that ``text`` is, nothing where it is anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # nested without end
        return None
    return found if isinstance(found, dict) else None
