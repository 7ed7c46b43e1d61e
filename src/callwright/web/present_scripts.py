"""Scripts, their versions and what was done to them, as the API shows them."""

from collections.abc import Iterable
from typing import Any

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Variable as GraphVariable
from callwright.dialogue.model.script import ModelScript
from callwright.scripts.schemas import Change, ScriptView, VersionView
from callwright.web.problems import fault_members
from callwright.web.schemas.base import ScriptFault
from callwright.web.schemas.scripts import (
    ScriptChange,
    ScriptDetail,
    ScriptOut,
    ScriptVariable,
    ScriptVersion,
    ScriptVersionDetail,
)


def script(view: ScriptView) -> ScriptOut:
    """Show a script in a list."""
    return ScriptOut.model_validate(_script(view))


def script_detail(view: ScriptView, found: Iterable[Fault]) -> ScriptDetail:
    """Show a script with what its current version says, and the faults found in that."""
    shown = {"source": view.source, **_says(view.graph), "faults": faults(found)}
    return ScriptDetail.model_validate({**_script(view), **shown})


def faults(found: Iterable[Fault]) -> list[ScriptFault]:
    """Show what is wrong with a script."""
    return [ScriptFault.model_validate(fault_members(fault)) for fault in found]


def variable(found: GraphVariable) -> ScriptVariable:
    """Show a variable of a script."""
    return ScriptVariable(name=found.name, label=found.label, required=found.required, example=found.example)


def version(view: VersionView) -> ScriptVersion:
    """Show a version in a list."""
    return ScriptVersion.model_validate(_version(view))


def version_detail(view: VersionView, found: Iterable[Fault]) -> ScriptVersionDetail:
    """Show a version with what it says, and the faults found in that."""
    shown = {"source": view.source, **_says(view.graph), "faults": faults(found)}
    return ScriptVersionDetail.model_validate({**_version(view), **shown})


def change(made: Change) -> ScriptChange:
    """Show something done to a script."""
    return ScriptChange.model_validate(made)


def _script(view: ScriptView) -> dict[str, Any]:
    graph = view.graph
    return {
        "id": view.id,
        "name": view.name,
        "engine": graph.engine,
        "language": graph.language,
        "versions": view.versions,
        "published": view.published,
        "draft": view.draft,
        "variables": [variable(one) for one in graph.variables],
        "grades": list(graph.grades.names),
        "revision": view.revision,
        "changed_at": view.script.changed_at,
        "changed_by": view.changed_by,
        "archived": view.archived,
    }


def _says(script: AnyScript) -> dict[str, Any]:
    by_model = isinstance(script, ModelScript)
    return {"content": None if by_model else script, "brief": script if by_model else None}


def _version(view: VersionView) -> dict[str, Any]:
    row = view.version
    return {
        "id": row.id,
        "number": row.number,
        "draft": view.is_draft,
        "current": view.is_published,
        "changed_at": row.changed_at,
        "changed_by": view.changed_by,
        "published_at": row.published_at,
        "published_by": view.published_by,
        "note": row.note,
    }
