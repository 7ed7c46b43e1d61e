"""Lists as people like to see them: chosen columns, saved views. Everybody's own."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts import lists, saved_views
from callwright.accounts.lists import SEEN_BY, ListName
from callwright.accounts.roles import require
from callwright.accounts.saved_views import Viewer
from callwright.web.access import Anyone, Asking
from callwright.web.masking import kinds_of_fields, without_people
from callwright.web.schemas.lists import ListColumnChoice, ListColumns, NewView, SavedView, ViewDraft

router = APIRouter(tags=["lists"])


@router.get("/list-columns")
async def list_columns(asking: Anyone) -> dict[ListName, ListColumnChoice]:
    """Which columns one chose to see, for each list where one did."""
    async with asking.transaction() as session:
        found = await lists.list_columns(session, asking.who.user_id)
    return {name: ListColumnChoice.model_validate(choice) for name, choice in found.items()}


@router.put("/list-columns", status_code=204)
async def choose_columns(body: ListColumns, asking: Anyone) -> None:
    """Choose which columns of a list one sees, in every browser."""
    require(asking.who.role, SEEN_BY[body.list])
    async with asking.transaction() as session:
        await lists.choose_columns(session, asking.who.user_id, body.list, _choice(body.columns))


@router.get("/saved-views")
async def list_views(asking: Anyone, which: Annotated[ListName, Query(alias="list")]) -> list[SavedView]:
    """Views of a list: one's own, then those that others share, by name."""
    who = _viewer(asking)
    async with asking.transaction() as session:
        found = await saved_views.list_views(session, who, which)
        kinds = await kinds_of_fields(session)
    # A field may have become one whose values are hidden.
    return [_shown(replace(view, search=without_people(view.search, kinds)), who) for view in found]


@router.post("/saved-views", status_code=201)
async def save_view(body: NewView, asking: Anyone) -> SavedView:
    """Save a view; shared with the team by those who lead it.

    Whom one searched for is left out: names, numbers, values of fields that are hidden from some roles.
    """
    who = _viewer(asking)
    async with asking.transaction() as session:
        draft = await _draft(session, body)
        return _shown(await saved_views.save_view(session, who, body.list, draft), who)


@router.put("/saved-views/{view_id}")
async def change_view(view_id: UUID, body: ViewDraft, asking: Anyone) -> SavedView:
    """Rename one's view, replace what it shows, share it."""
    who = _viewer(asking)
    async with asking.transaction() as session:
        draft = await _draft(session, body)
        return _shown(await saved_views.change_view(session, who, view_id, draft), who)


@router.delete("/saved-views/{view_id}", status_code=204)
async def remove_view(view_id: UUID, asking: Anyone) -> None:
    """Remove one's view."""
    async with asking.transaction() as session:
        await saved_views.remove_view(session, _viewer(asking), view_id)


def _viewer(asking: Asking) -> Viewer:
    return Viewer(asking.who.user_id, asking.who.role)


def _choice(columns: ListColumnChoice) -> lists.ListColumnChoice:
    return lists.ListColumnChoice(tuple(dict.fromkeys(columns.shown)), tuple(dict.fromkeys(columns.hidden)))


async def _draft(session: AsyncSession, body: ViewDraft) -> saved_views.ViewDraft:
    # A view outlives the person it was about, whose name and number are to be nowhere once they are erased.
    search = without_people(body.search, await kinds_of_fields(session))
    return saved_views.ViewDraft(body.name, search, _choice(body.columns), body.shared)


def _shown(view: saved_views.SavedView, who: Viewer) -> SavedView:
    shown: dict[str, Any] = {
        **{name: getattr(view, name) for name in ("id", "list", "name", "search", "shared")},
        "columns": ListColumnChoice.model_validate(view.columns),
        "owner": {"id": view.owner_id, "name": view.owner_name},
        "mine": view.owner_id == who.user_id,
    }
    return SavedView.model_validate(shown)
