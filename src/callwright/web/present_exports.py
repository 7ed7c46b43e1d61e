"""Exports between the API and the services."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.schemas import CallFilter
from callwright.contacts.schemas import BookOrder
from callwright.exports.schemas import BookShown, CallsShown, CustomersShown, ExportView, NewExport, Shown
from callwright.web.access import Asking
from callwright.web.book_asked import filter_of
from callwright.web.masking import hides_of_book
from callwright.web.schemas import exports
from callwright.web.schemas.base import Named
from callwright.web.schemas.exports import BookFilter, CallsFilter, CustomersFilter, Export

ONLY_SOME = (BookOrder.CALLED, BookOrder.FOLLOW_UP)

FILTERS = (
    *("state", "text", "phone_state", "grade", "min_talk_ms", "max_talk_ms", "since", "before"),
    *("category", "tag", "due_since", "due_before"),
)


async def wanted(session: AsyncSession, asking: Asking, body: exports.NewExport) -> NewExport:
    """Return what is asked for, of those whom they reach."""
    shown = replace(await _shown(session, asking, body.shown), columns=body.columns)
    return NewExport(body.key, shown, body.file_kind, body.language, body.time_zone)


async def _shown(session: AsyncSession, asking: Asking, asked: CustomersFilter | CallsFilter | BookFilter) -> Shown:
    if isinstance(asked, BookFilter):
        return await _book(session, asking, asked)
    given = asked.model_dump(exclude={"what"})
    return CustomersShown(**given) if isinstance(asked, CustomersFilter) else CallsShown(CallFilter(**given))


async def _book(session: AsyncSession, asking: Asking, asked: BookFilter) -> BookShown:
    ids = None if asked.ids is None else sorted(set(asked.ids))
    found = filter_of(asking, asked)
    found = replace(found, ids=[] if await hides_of_book(session, asking, found) else ids)
    # Whoever was ticked is exported, also who was never called and has no follow-up.
    order = BookOrder.NEWEST if ids is not None and asked.order in ONLY_SOME else asked.order
    return BookShown(found, order, asking.masks)


def an_export(view: ExportView) -> Export:
    """Show an export."""
    row = view.row
    shown = {name: getattr(row, name) for name in Export.model_fields.keys() & set(dir(row))}
    filters = {**row.shown, **row.shown.get("filter", {})}
    return Export.model_validate(
        shown
        | {
            "task": None if row.task_id is None else Named(id=row.task_id, name=view.task_name or ""),
            "filters": _filters(filters, row.asked_by),
            "file_kept": row.state == "done" and row.file_deleted_at is None,
            "asked_by": view.asked_by,
            "asked_at": row.created_at,
            "failure": row.failure or None,
            "downloaded_by": view.downloaded_by,
        }
    )


def _filters(shown: dict[str, Any], asked_by: UUID | None) -> dict[str, str | int]:
    told = {name: shown[name] for name in FILTERS if shown.get(name) not in (None, "")}
    if shown.get("field") is not None:
        told["field"] = ":".join(shown["field"])
    if shown.get("due") is not None:
        told["due"] = "any" if shown["due"] else "none"
    if shown.get("in_pool"):
        told["owner"] = "nobody"
    elif shown.get("owner_id") is not None:
        told["owner"] = "asker" if shown["owner_id"] == str(asked_by) else "one"
    if shown.get("ids") is not None:
        told["ids"] = len(shown["ids"])
    return told
