"""Lists of calls, however many there are: a walk along the index that fits what is asked for."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.schemas import CallFilter, CallOrder, CallPlace
from callwright.contacts.found import Found, Within, first_of
from callwright.contacts.reaching import reach_of, seen_by
from callwright.contacts.searching import same_person
from callwright.contacts.tagging import find_among
from callwright.db.tables.calls import CallRow, TranscriptTurnRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.db.tables.tasks import TaskArmRow, TaskRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import first_id_at

CallListRow = tuple[CallRow, str, str, UUID | None, int, UUID, str, int, int | None]
"""The call, its task's name, its customer's name and owner, how many turns were spoken; its script's id, name and
version, and that version's place among the task's arms."""
CLOCKS_APART = timedelta(minutes=10)
"""A call's id, by which lists are ordered, tells when it was made: about when it was dialled, by another clock."""


async def get_list_row(session: AsyncSession, call_id: UUID, *, scope: UUID | None) -> CallListRow:
    """Return a call as a list shows it. Raises NotFoundError, also where it is beyond ``scope``."""
    query = _list_rows().where(CallRow.id == call_id)
    if scope is not None:
        query = query.where(seen_by(scope))
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFoundError(thing="call", key=call_id)
    return row


async def get_list_rows(session: AsyncSession, ids: Collection[UUID]) -> Sequence[CallListRow]:
    """Return calls as a list shows them, in no order."""
    return (await session.execute(_list_rows().where(CallRow.id.in_(ids)))).all()


async def get_reached(session: AsyncSession, ids: Collection[UUID], *, scope: UUID | None) -> set[UUID]:
    """Return those of these calls that are not beyond ``scope``."""
    query = select(CallRow.id).join(CustomerRow, CustomerRow.id == CallRow.customer_id).where(CallRow.id.in_(ids))
    return set(await session.scalars(query if scope is None else query.where(seen_by(scope))))


async def list_ended(
    session: AsyncSession,
    wanted: CallFilter,
    order: CallOrder,
    *,
    scope: UUID | None,
    after: CallPlace | None,
    limit: int,
) -> Sequence[CallListRow]:
    """Return calls that are over, in their order, those behind ``after``."""
    ordering, rows = _ordering(order), _narrowed(wanted)
    if after is not None:
        rows = rows.where(_behind(order, after))
    reach = await reach_of(session, scope)
    if reach is not None:
        rows = rows.where(reach.among(CallRow.customer_id))
    found = await _found(session, wanted)
    ids = await first_of(session, rows, ordering, customer_id=CallRow.customer_id, found=found, limit=limit)
    page = _list_rows().where(CallRow.id == any_(literal(list(ids), ARRAY(Uuid)))).order_by(*ordering)
    return (await session.execute(page)).all()


async def count_ended(session: AsyncSession, wanted: CallFilter) -> int:
    """Return how many calls that are over are wanted."""
    met = [one.among(CallRow.customer_id) for one in await _found(session, wanted)]
    return await session.scalar(select(func.count()).select_from(_narrowed(wanted).where(*met).subquery())) or 0


async def _found(session: AsyncSession, wanted: CallFilter) -> list[Found]:
    within = Within.CALLED if wanted.task_id is None else wanted.task_id
    return await find_among(session, text=wanted.text, tag=wanted.tag, within=within)


def _narrowed(wanted: CallFilter) -> Select[UUID]:
    """Return the ids of the calls that are over, narrowed by what their rows say."""
    return select(CallRow.id).where(CallRow.ended_at.is_not(None), *_conditions(wanted))


def _ordering(order: CallOrder) -> tuple[ColumnElement[Any], ...]:
    if order is CallOrder.OLDEST:
        return (CallRow.id.asc(),)
    if order is CallOrder.LONGEST:
        return CallRow.talk_ms.desc(), CallRow.id.desc()
    return (CallRow.id.desc(),)


def _behind(order: CallOrder, place: CallPlace) -> ColumnElement[bool]:
    if order is CallOrder.OLDEST:
        return CallRow.id > place.id
    if order is CallOrder.LONGEST:
        return tuple_(CallRow.talk_ms, CallRow.id) < tuple_(place.talk_ms, place.id)
    return CallRow.id < place.id


def _list_rows() -> Select[CallRow, str, str, UUID | None, int, UUID, str, int, int | None]:
    turns = (
        select(func.count())
        .select_from(TranscriptTurnRow)
        .where(TranscriptTurnRow.call_id == CallRow.id)
        .scalar_subquery()
    )
    return (
        select(
            CallRow,
            TaskRow.name,
            CustomerRow.name,
            CustomerRow.owner_id,
            turns,
            ScriptRow.id,
            ScriptRow.name,
            ScriptVersionRow.number,
            TaskArmRow.place,
        )
        .select_from(CallRow)
        .join(TaskRow, TaskRow.id == CallRow.task_id)
        .join(CustomerRow, CustomerRow.id == CallRow.customer_id)
        .join(ScriptVersionRow, ScriptVersionRow.id == CallRow.script_version_id)
        .join(ScriptRow, ScriptRow.id == ScriptVersionRow.script_id)
        .outerjoin(
            TaskArmRow,
            (TaskArmRow.task_id == CallRow.task_id) & (TaskArmRow.script_version_id == CallRow.script_version_id),
        )
    )


def _conditions(wanted: CallFilter) -> list[ColumnElement[bool]]:
    conditions = [
        column == value
        for column, value in (
            (CallRow.task_id, wanted.task_id),
            (CallRow.phone_state, wanted.phone_state),
            (CallRow.grade, wanted.grade),
        )
        if value is not None
    ]
    if wanted.customer_id is not None:
        conditions.append(CallRow.customer_id.in_(same_person(wanted.customer_id)))
    if wanted.min_talk_ms is not None:
        conditions.append(CallRow.talk_ms >= wanted.min_talk_ms)
    if wanted.max_talk_ms is not None:
        conditions.append(CallRow.talk_ms <= wanted.max_talk_ms)
    return conditions + _within(wanted.since, wanted.before)


def _within(since: datetime | None, before: datetime | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if since is not None:
        conditions += [CallRow.dialled_at >= since, CallRow.id >= first_id_at(since - CLOCKS_APART)]
    if before is not None:
        conditions += [CallRow.dialled_at < before, CallRow.id < first_id_at(before + CLOCKS_APART)]
    return conditions
