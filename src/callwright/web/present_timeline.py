"""A customer's time line between the API and its sources."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from callwright.calls.schemas import CallSummary
from callwright.kit.phone import masked
from callwright.timeline.schemas import Entry, IntoTask
from callwright.web import present
from callwright.web.schemas.timeline import Timeline


def timeline(entries: Sequence[Entry], following: str | None, *, masks: bool) -> Timeline:
    """Show a page of a time line."""
    return Timeline.model_validate({"items": [_shown(entry, masks) for entry in entries], "next": following})


def _shown(entry: Entry, masks: bool) -> dict[str, Any]:
    here = {"id": entry.id, "at": entry.at, "who": entry.who, "kind": entry.kind.value}
    if isinstance(entry.what, CallSummary):
        return here | {"call": present.call_summary(entry.what, masks=masks)}
    shown = asdict(entry.what)
    if isinstance(entry.what, IntoTask):
        shown["task"] = {"id": entry.what.task_id, "name": entry.what.task_name}
    if masks and "phone" in shown:
        shown["phone"] = masked(shown["phone"])
    return here | shown
