"""Pushes as they are shown, sent again, and tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, delete, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.chats import service as chats
from callwright.chats.service import chats_of, get_chat
from callwright.db.jobs import Queue, enqueue
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.pushing import ChatRow, PushRow
from callwright.db.tables.tasks import TaskRow
from callwright.db.tables.warnings import WarningRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.pushing.delivering import stop
from callwright.pushing.errors import DeliveredError, NoChatError, StillUnderWayError
from callwright.pushing.handing import JOB
from callwright.pushing.schemas import Purpose, PushFailure, PushState, PushView


@dataclass(frozen=True, slots=True)
class PushFilter:
    """Which pushes are wanted; what is ``None`` does not matter. Tests are only shown with their chat."""

    state: PushState | None = None
    call_id: UUID | None = None


async def list_pushes(
    session: AsyncSession, wanted: PushFilter, *, after: UUID | None = None, limit: int = 50
) -> Sequence[PushView]:
    """Return what people were told in chats or are to be, the newest first."""
    row = PushRow
    found = _views().where(row.purpose != Purpose.TEST).order_by(row.id.desc()).limit(limit)
    if wanted.state is not None:
        found = found.where(row.state == wanted.state)
    if wanted.call_id is not None:
        found = found.where(row.call_id == wanted.call_id)
    if after is not None:
        found = found.where(row.id < after)
    return [_view(one) for one in await session.execute(found)]


async def get_push(session: AsyncSession, push_id: UUID) -> PushView:
    """Return a push. Raises NotFoundError."""
    found = (await session.execute(_views().where(PushRow.id == push_id))).one_or_none()
    if found is None:
        raise NotFoundError(thing="push", key=push_id)
    return _view(found)


async def send_again(session: AsyncSession, push_id: UUID, *, now: datetime) -> PushView:
    """Send a push again, in whichever chat its reader has if the former is gone.

    Raises NotFoundError, StillUnderWayError, DeliveredError, NoChatError.
    """
    row = await session.scalar(select(PushRow).where(PushRow.id == push_id).with_for_update())
    if row is None:
        raise NotFoundError(thing="push", key=push_id)
    if row.state in (PushState.WAITING, PushState.SENDING):
        raise StillUnderWayError
    if row.state == PushState.DELIVERED:
        raise DeliveredError
    if row.chat_id is None:
        row.chat_id = await _free_chat(session, row)
    row.state, row.failure, row.answer, row.tries, row.next_at = PushState.WAITING, "", "", 0, now
    await session.flush()
    await enqueue(session, JOB, row.chat_id, Queue.WEBHOOKS)
    return await get_push(session, push_id)


async def try_chat(session: AsyncSession, user_id: UUID, chat_id: UUID, *, now: datetime) -> PushView:
    """Send a test to one's own chat. Raises NotFoundError, StillUnderWayError while one is on its way."""
    await get_chat(session, user_id, chat_id, lock=True)
    last = (await latest_tests(session, [chat_id])).get(chat_id)
    if last is not None and last.state is PushState.SENDING:
        raise StillUnderWayError
    # One that waits to be tried again is done with: its asker looks at this one.
    row = PushRow
    await session.execute(
        delete(row).where(row.chat_id == chat_id, row.purpose == Purpose.TEST, row.state == PushState.WAITING)
    )
    test = PushRow(
        id=new_id(), purpose=Purpose.TEST, user_id=user_id, chat_id=chat_id, state=PushState.WAITING, next_at=now
    )
    session.add(test)
    await session.flush()
    await enqueue(session, JOB, chat_id, Queue.WEBHOOKS)
    return await get_push(session, test.id)


async def unbind_chat(session: AsyncSession, user_id: UUID, chat_id: UUID) -> None:
    """Take one's own chat away: what waits for it is not sent. Raises NotFoundError."""
    await get_chat(session, user_id, chat_id, lock=True)
    await stop(session, [chat_id], PushFailure.NO_CHAT)
    await chats.unbind_chat(session, user_id, chat_id)


async def latest_tests(session: AsyncSession, chat_ids: Sequence[UUID]) -> dict[UUID, PushView]:
    """Return the latest test of each chat that was tried."""
    row = PushRow
    tests = _views().where(row.chat_id.in_(chat_ids), row.purpose == Purpose.TEST)
    latest = tests.ext(distinct_on(row.chat_id)).order_by(row.chat_id, row.id.desc())
    found = [_view(one) for one in await session.execute(latest)]
    return {view.chat_id: view for view in found if view.chat_id is not None}


async def forget_tests(session: AsyncSession, before: UUID) -> int:
    """Delete tests entered before the id ``before``; return how many."""
    row = PushRow
    gone = await session.scalars(delete(row).where(row.id < before, row.purpose == Purpose.TEST).returning(row.id))
    return len(gone.all())


async def _free_chat(session: AsyncSession, row: PushRow) -> UUID:
    """Return a chat of the push's reader that was not told of the same. Raises NoChatError."""
    # Two sent again at once must not take the same chat.
    await session.execute(select(UserRow.id).where(UserRow.id == row.user_id).with_for_update(key_share=True))
    same = (PushRow.call_id == row.call_id) if row.call_id else (PushRow.warning_id == row.warning_id)
    told = set(await session.scalars(select(PushRow.chat_id).where(same)))
    for chat_id in (await chats_of(session, [row.user_id])).get(row.user_id, ()):
        if chat_id not in told:
            return chat_id
    raise NoChatError


def _views() -> Select[PushRow, str, str, str, str, str, str]:
    return (
        select(PushRow, UserRow.name, ChatRow.name, ChatRow.kind, CustomerRow.name, TaskRow.name, WarningRow.kind)
        .join(UserRow, UserRow.id == PushRow.user_id)
        .outerjoin(ChatRow, ChatRow.id == PushRow.chat_id)
        .outerjoin(CallRow, CallRow.id == PushRow.call_id)
        .outerjoin(CustomerRow, CustomerRow.id == CallRow.customer_id)
        .outerjoin(TaskRow, TaskRow.id == CallRow.task_id)
        .outerjoin(WarningRow, WarningRow.id == PushRow.warning_id)
    )


def _view(found: Row[PushRow, str, str, str, str, str, str]) -> PushView:
    row, user_name, chat_name, chat_kind, customer_name, task_name, warning_kind = found
    return PushView(
        id=row.id,
        created_at=row.created_at,
        purpose=Purpose(row.purpose),
        call_id=row.call_id,
        warning_id=row.warning_id,
        user_id=row.user_id,
        user_name=user_name,
        chat_id=row.chat_id,
        chat_name=chat_name,
        chat_kind=chat_kind,
        state=PushState(row.state),
        tries=row.tries,
        next_at=row.next_at,
        tried_at=row.tried_at,
        failure=row.failure,
        answer=row.answer,
        customer_name=customer_name,
        task_name=task_name,
        warning_kind=warning_kind,
    )
