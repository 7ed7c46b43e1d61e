"""Exports between the API and the services."""

from callwright.calls.schemas import CallFilter
from callwright.exports.schemas import CallsShown, CustomersShown, ExportView, NewExport
from callwright.web.schemas import exports
from callwright.web.schemas.base import Named
from callwright.web.schemas.exports import CustomersFilter, Export

FILTERS = ("state", "text", "phone_state", "grade", "min_talk_ms", "max_talk_ms", "since", "before")


def wanted(body: exports.NewExport) -> NewExport:
    """Return what is asked for."""
    given = body.shown.model_dump(exclude={"what"})
    shown = CustomersShown(**given) if isinstance(body.shown, CustomersFilter) else CallsShown(CallFilter(**given))
    return NewExport(body.key, shown, body.file_kind, body.language, body.time_zone)


def an_export(view: ExportView) -> Export:
    """Show an export."""
    row = view.row
    shown = {name: getattr(row, name) for name in Export.model_fields.keys() & set(dir(row))}
    filters = {**row.shown, **row.shown.get("filter", {})}
    return Export.model_validate(
        shown
        | {
            "task": None if row.task_id is None else Named(id=row.task_id, name=view.task_name or ""),
            "filters": {name: filters[name] for name in FILTERS if filters.get(name) not in (None, "")},
            "file_kept": row.state == "done" and row.file_deleted_at is None,
            "asked_by": view.asked_by,
            "asked_at": row.created_at,
            "failure": row.failure or None,
            "downloaded_by": view.downloaded_by,
        }
    )
