"""Views of a list that people save under a name, for themselves or for everybody in the company who sees it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.errors import OthersViewError, TooManyViewsError, ViewNameTakenError
from callwright.accounts.lists import SEEN_BY, ListColumnChoice, ListName, column_choice
from callwright.accounts.roles import WHO_MAY, Act, Role, may, require
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.lists import SavedViewRow
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name

MOST_VIEWS = 50
"""Of one person and list."""
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at lists."""

    user_id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view as it shall be; ``search`` is the part of the page's address behind the question mark."""

    name: str
    search: str
    columns: ListColumnChoice
    shared: bool


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view, and whose it is."""

    id: UUID
    list: ListName
    name: str
    search: str
    columns: ListColumnChoice
    shared: bool
    owner_id: UUID
    owner_name: str


async def list_views(session: AsyncSession, who: Viewer, which: ListName) -> list[SavedView]:
    """Return somebody's own views of a list, then those shared by others, by name. Raises ForbiddenError."""
    require(who.role, SEEN_BY[which])
    wanted = _reached(who).where(SavedViewRow.list == which.value)
    theirs = SavedViewRow.user_id != who.user_id
    rows = await session.execute(wanted.order_by(theirs, SavedViewRow.name, SavedViewRow.id).limit(MOST_LISTED))
    return [_view(row, owner) for row, owner in rows]


async def save_view(session: AsyncSession, who: Viewer, which: ListName, draft: ViewDraft) -> SavedView:
    """Save a view. Raises ForbiddenError, InvalidNameError, ViewNameTakenError, TooManyViewsError."""
    require(who.role, SEEN_BY[which])
    if draft.shared:
        require(who.role, Act.SHARE_VIEWS)
    owner, others = await _own_views(session, who.user_id, which)
    if len(others) >= MOST_VIEWS:
        raise TooManyViewsError(most=MOST_VIEWS)
    row = SavedViewRow(user_id=who.user_id, list=which.value)
    _set(row, draft, others)
    session.add(row)
    await session.flush()
    return _view(row, owner)


async def change_view(session: AsyncSession, who: Viewer, view_id: UUID, draft: ViewDraft) -> SavedView:
    """Make a view of one's own what it shall be.

    Raises NotFoundError, OthersViewError, ForbiddenError, InvalidNameError, ViewNameTakenError.
    """
    row = await _own(session, who, view_id)
    if draft.shared:
        require(who.role, Act.SHARE_VIEWS)
    owner, views = await _own_views(session, who.user_id, ListName(row.list))
    _set(row, draft, [view for view in views if view.id != view_id])
    await session.flush()
    return _view(row, owner)


async def remove_view(session: AsyncSession, who: Viewer, view_id: UUID) -> None:
    """Remove a view of one's own. Raises NotFoundError, OthersViewError."""
    await session.delete(await _own(session, who, view_id))


def _reached(who: Viewer) -> Select[SavedViewRow, UserRow]:
    # What somebody shared who may no longer do so is theirs alone again.
    sharing = UserRow.role.in_([role.value for role in WHO_MAY[Act.SHARE_VIEWS]])
    lists = [name.value for name in ListName if may(who.role, SEEN_BY[name])]
    return (
        select(SavedViewRow, UserRow)
        .join(UserRow, UserRow.id == SavedViewRow.user_id)
        .where(SavedViewRow.list.in_(lists))
        .where(or_(SavedViewRow.user_id == who.user_id, and_(SavedViewRow.shared, sharing)))
    )


async def _own(session: AsyncSession, who: Viewer, view_id: UUID) -> SavedViewRow:
    # Locked: what is removed while it is changed is not found, or is removed once changed.
    wanted = _reached(who).where(SavedViewRow.id == view_id).with_for_update(of=SavedViewRow)
    found = (await session.execute(wanted)).one_or_none()
    if found is None:
        raise NotFoundError(thing="view", key=view_id)
    row, owner = found
    if row.user_id != who.user_id:
        raise OthersViewError(name=row.name, owner=owner.name)
    return row


async def _own_views(
    session: AsyncSession, user_id: UUID, which: ListName
) -> tuple[UserRow, Sequence[SavedViewRow]]:
    # Locked: two of their browsers save one after the other, so that both see every name and the number.
    person = select(UserRow).where(UserRow.id == user_id).with_for_update(key_share=True)
    owner = (await session.scalars(person)).one()
    views = select(SavedViewRow).where(SavedViewRow.user_id == user_id, SavedViewRow.list == which.value)
    return owner, (await session.scalars(views)).all()


def _set(row: SavedViewRow, draft: ViewDraft, others: Sequence[SavedViewRow]) -> None:
    name = checked_name(draft.name, thing="view")
    if any(other.name.casefold() == name.casefold() for other in others):
        raise ViewNameTakenError(name=name, where="name")
    row.name, row.search, row.shared = name, draft.search, draft.shared
    row.columns = asdict(draft.columns)


def _view(row: SavedViewRow, owner: UserRow) -> SavedView:
    return SavedView(
        id=row.id,
        list=ListName(row.list),
        name=row.name,
        search=row.search,
        columns=column_choice(row.columns),
        shared=row.shared,
        owner_id=owner.id,
        owner_name=owner.name,
    )
