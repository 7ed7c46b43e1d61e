"""Queries about customers moved at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, func, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.calls.customers import matching
from callwright.contacts.drafts import NAME_VARIABLES
from callwright.db.locks import Lock, take_of_company
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.moves import CustomerMoveRow
from callwright.db.tables.tasks import TaskCustomerRow, TaskRow
from callwright.dialing.outcome import STILL_TO_CALL
from callwright.moving.schemas import Chosen, Meant, MoveView
from callwright.tasks.calling_again import PUT_BACK

UNDER_WAY = ("waiting", "running", "undoing")

# One after the other, moves of a company are counted, and told from what was asked before.
OTHER = aliased(TaskRow)


async def wait_for_turn(session: AsyncSession) -> None:
    """Wait until no other move of the tenant's is being asked for, until the transaction ends."""
    await take_of_company(session, Lock.MOVES)


async def count_under_way(session: AsyncSession) -> int:
    """Return how many moves of the tenant are not over."""
    found = select(func.count()).select_from(CustomerMoveRow).where(CustomerMoveRow.state.in_(UNDER_WAY))
    return await session.scalar(found) or 0


async def get_by_key(session: AsyncSession, key: UUID) -> CustomerMoveRow | None:
    """Return what was asked for under a key."""
    return await session.scalar(select(CustomerMoveRow).where(CustomerMoveRow.key == key))


async def get_move(session: AsyncSession, task_id: UUID, move_id: UUID) -> MoveView | None:
    """Return a move of the task's customers."""
    query = _views().where(CustomerMoveRow.task_id == task_id, CustomerMoveRow.id == move_id)
    found = (await session.execute(query)).one_or_none()
    return None if found is None else MoveView(*found)


async def get_newest(session: AsyncSession, task_id: UUID, limit: int) -> list[MoveView]:
    """Return the latest moves of customers out of or within the task."""
    query = _views().where(CustomerMoveRow.task_id == task_id).order_by(CustomerMoveRow.id.desc()).limit(limit)
    return [MoveView(*found) for found in await session.execute(query)]


async def hold(session: AsyncSession, move_id: UUID) -> CustomerMoveRow | None:
    """Return a move, whose work nobody else does before the transaction ends."""
    return await session.get(CustomerMoveRow, move_id, with_for_update=True, populate_existing=True)


async def move_on(session: AsyncSession, move_id: UUID, states: Sequence[str], **values: object) -> bool:
    """Change a move that is in one of ``states``; return whether it was."""
    row = CustomerMoveRow
    changing = update(row).where(row.id == move_id, row.state.in_(states)).values(**values)
    found = await session.scalar(changing.returning(row.id).execution_options(synchronize_session=False))
    return found is not None


async def get_meant(session: AsyncSession, task_id: UUID, chosen: Chosen) -> Meant:
    """Return how many customers are meant."""
    state = TaskCustomerRow.state
    query = select(state, func.count()).where(*await _meant(session, task_id, chosen, whole=True)).group_by(state)
    counts: dict[str, int] = dict(iter(await session.execute(query)))
    return Meant(
        customers=sum(counts.values()),
        still_to_call=sum(counts.get(state, 0) for state in STILL_TO_CALL),
        callable_again=sum(counts.get(state, 0) for state in PUT_BACK),
    )


async def get_further(
    session: AsyncSession, move: CustomerMoveRow, chosen: Chosen, limit: int
) -> Sequence[tuple[UUID, int]]:
    """Return (entry, its place) of those meant who were in the task as it was asked, behind those looked at."""
    entry = TaskCustomerRow
    query = (
        select(entry.id, entry.position)
        .where(*await _meant(session, move.task_id, chosen), entry.created_at <= move.created_at)
        .order_by(entry.position, entry.id)
        .limit(limit)
    )
    if move.behind is not None:
        looked_at = tuple_(literal(move.behind), literal(move.behind_id))
        query = query.where(tuple_(entry.position, entry.id) > looked_at)
    return [(entry_id, position) for entry_id, position in await session.execute(query)]


async def count_lacking(
    session: AsyncSession, task_id: UUID, chosen: Chosen, names: Sequence[str]
) -> dict[str, int]:
    """Return of how many of those meant each variable of ``names`` is not known, and "" for one of them at all.

    As ``HeldEntry.missing`` finds it: from the task, else from the book.
    """
    if not names:
        return {"": 0}
    lacks = [_unknown(name) for name in names]
    query = (
        select(*(func.count().filter(one) for one in (*lacks, or_(*lacks))))
        .select_from(TaskCustomerRow)
        .join(CustomerRow, CustomerRow.id == TaskCustomerRow.customer_id)
        .where(*await _meant(session, task_id, chosen, whole=True))
    )
    return dict(zip((*names, ""), (await session.execute(query)).one(), strict=True))


def _unknown(name: str) -> ColumnElement[bool]:
    said: list[Any] = [TaskCustomerRow.variables[name].astext, CustomerRow.fields[name].astext]
    if name in NAME_VARIABLES:
        said.append(CustomerRow.name)
    # What Python takes for space, PostgreSQL's own trim does not.
    return func.concat(*said).op("!~")(r"\S")


async def _meant(
    session: AsyncSession, task_id: UUID, chosen: Chosen, *, whole: bool = False
) -> list[ColumnElement[bool]]:
    if chosen.ids is None:
        return await matching(session, task_id, chosen.filter, whole=whole)
    given = literal(list(chosen.ids), ARRAY(Uuid))  # one parameter, however many
    return [TaskCustomerRow.task_id == task_id, TaskCustomerRow.id == any_(given)]


def _views() -> Select[CustomerMoveRow, str, str | None, str | None]:
    return (
        select(CustomerMoveRow, TaskRow.name, OTHER.name, UserRow.name)
        .join(TaskRow, TaskRow.id == CustomerMoveRow.task_id)
        .outerjoin(OTHER, OTHER.id == CustomerMoveRow.to_task_id)
        .outerjoin(UserRow, UserRow.id == CustomerMoveRow.asked_by)
        .execution_options(populate_existing=True)
    )
