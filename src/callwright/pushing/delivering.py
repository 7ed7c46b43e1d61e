"""What a worker sends to one chat: claimed, sent, and what came of it noted.

A push is claimed in one transaction and sent after it. Whoever dies in between leaves it claimed: nobody knows
whether it arrived, so that it is told as unanswered and sent again only if somebody wants it.
"""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.chat_kinds import KINDS
from callwright.channels.chat_port import ChatAnswer, Delivered
from callwright.contacts.hiding import hidden
from callwright.db.tables.pushing import ChatRow, PushRow
from callwright.kit.secrets import SecretBox, UndecipherableError
from callwright.pushing.composing import told_of
from callwright.pushing.retrying import next_try
from callwright.pushing.schemas import Claimed, Purpose, PushFailure, PushState
from callwright.pushing.sharing import AT_ONE_SERVICE, Server

ANSWER_KEPT = 300
ANSWER_LOOKED_THROUGH = 4 * ANSWER_KEPT
LOST_AFTER = timedelta(minutes=5)
"""Far longer than sending one takes."""
MINUTE = timedelta(minutes=1)

Link = Callable[[UUID, UUID], str]
"""From a tenant and a call to the link to it."""


async def claim(
    session: AsyncSession, chat_id: UUID, *, box: SecretBox, link: Link, now: datetime
) -> Claimed | None:
    """Return what is due in a chat, the longest due first; nothing where nothing is, or it had enough for now."""
    chat = await session.scalar(select(ChatRow).where(ChatRow.id == chat_id))
    if chat is None:
        return None
    enough_until = await _enough_until(session, chat, now)
    if enough_until is not None:
        chat.full_until = enough_until
        return None
    due = select(PushRow).where(
        PushRow.chat_id == chat_id, PushRow.state == PushState.WAITING, PushRow.next_at <= now
    )
    first = due.order_by(PushRow.next_at, PushRow.id).limit(1).with_for_update(skip_locked=True)
    row = await session.scalar(first)
    if row is None:
        return None
    row.state, row.tried_at, row.tries = PushState.SENDING, now, row.tries + 1
    if chat.left_at is not None:
        row.state, row.failure = PushState.FAILED, PushFailure.LEFT
        return None
    try:
        address = json.loads(box.open(chat.address))
    except UndecipherableError:
        row.state, row.failure = PushState.FAILED, PushFailure.UNREADABLE
        return None
    told = await told_of(session, row, link(row.tenant_id, row.call_id) if row.call_id else "")
    if told is None:
        row.state, row.failure = PushState.FAILED, PushFailure.NOT_THEIRS
        return None
    return Claimed(row.id, chat_id, Purpose(row.purpose), chat.kind, address, told, row.tries, now)


async def server_of(session: AsyncSession, chat_id: UUID, *, box: SecretBox) -> Server:
    """Return by which server a chat is reached; of no name where there is none, or nobody can read its address."""
    chat = await session.scalar(select(ChatRow).where(ChatRow.id == chat_id))
    try:
        address = json.loads(box.open(chat.address)) if chat else {}
    except UndecipherableError:
        return Server("")
    if chat is None:
        return Server("")
    host = address.get("host")
    return Server(f"{chat.kind} {host}") if host else Server(chat.kind, AT_ONE_SERVICE)


async def pass_over(session: AsyncSession, chat_id: UUID, *, until: datetime | None) -> None:
    """Have :func:`find_due` pass over a chat until then, or no longer."""
    passed = update(ChatRow).where(ChatRow.id == chat_id).values(full_until=until)
    await session.execute(passed.execution_options(synchronize_session=False))


async def note(session: AsyncSession, claimed: Claimed, answer: ChatAnswer, *, now: datetime) -> None:
    """Note what came of a push, and when to try again."""
    if answer.gone:
        await _left(session, claimed.chat_id, now)
    row = PushRow
    # Sent again by somebody, it is another's: tries are counted anew then.
    still = (row.id == claimed.id, row.state == PushState.SENDING, row.tried_at == claimed.tried_at)
    came = update(row).where(*still).values(**_outcome(claimed, answer, now))
    await session.execute(came.execution_options(synchronize_session=False))


async def stop(session: AsyncSession, chat_ids: Collection[UUID], why: PushFailure) -> None:
    """Let what waits for chats have failed."""
    row = PushRow
    waiting = update(row).where(row.chat_id.in_(list(chat_ids)), row.state == PushState.WAITING)
    failed = waiting.values(state=PushState.FAILED, failure=why)
    await session.execute(failed.execution_options(synchronize_session=False))


async def _left(session: AsyncSession, chat_id: UUID, now: datetime) -> None:
    """Let nobody be told, nor given customers, by a chat in which they are not reached."""
    gone = update(ChatRow).where(ChatRow.id == chat_id, ChatRow.left_at.is_(None)).values(left_at=now)
    await session.execute(gone.execution_options(synchronize_session=False))
    await stop(session, [chat_id], PushFailure.LEFT)


async def find_due(session: AsyncSession, now: datetime) -> list[tuple[UUID, UUID]]:
    """Return (tenant, chat) of each chat in which something is due, and that may take it.

    In a transaction of the system.
    """
    row, chat = PushRow, ChatRow
    due = (
        select(chat.tenant_id, chat.id)
        .join(row, row.chat_id == chat.id)
        .where(row.state == PushState.WAITING, row.next_at <= now)
        .where(or_(chat.full_until.is_(None), chat.full_until <= now))
        .distinct()
    )
    return [(tenant_id, chat_id) for tenant_id, chat_id in await session.execute(due)]


async def give_up_lost(session: AsyncSession, now: datetime) -> int:
    """Let pushes have failed whose worker died while it sent them, or whose chat is gone; return how many."""
    row = PushRow
    gone = update(row).where(row.state == PushState.WAITING, row.chat_id.is_(None))
    await session.execute(gone.values(state=PushState.FAILED, failure=PushFailure.NO_CHAT))
    lost = update(row).where(row.state == PushState.SENDING, row.tried_at < now - LOST_AFTER)
    given_up = lost.values(state=PushState.FAILED, failure=PushFailure.UNANSWERED).returning(row.id)
    return len((await session.scalars(given_up)).all())


async def _enough_until(session: AsyncSession, chat: ChatRow, now: datetime) -> datetime | None:
    """Return until when a chat takes no more, as it got all that it takes in a minute; None where it didn't."""
    to_it = PushRow.chat_id == chat.id
    if chat.created_at > now - MINUTE:  # it may have been bound just now, and taken away and bound again
        to_it = or_(to_it, and_(PushRow.user_id == chat.user_id, PushRow.chat_id.is_(None)))
    lately = select(PushRow.tried_at).where(to_it, PushRow.tried_at > now - MINUTE)
    most = KINDS[chat.kind].per_minute
    first = await session.scalar(lately.order_by(PushRow.tried_at.desc()).offset(most - 1).limit(1))
    return None if first is None else first + MINUTE


def _outcome(claimed: Claimed, answer: ChatAnswer, now: datetime) -> dict[str, object]:
    said = {"answer": _kept(claimed, answer)}
    match answer.delivered:
        case Delivered.TAKEN:
            return {**said, "state": PushState.DELIVERED, "failure": ""}
        case Delivered.UNANSWERED:
            return {**said, "state": PushState.FAILED, "failure": PushFailure.UNANSWERED}
    failure = answer.failure or PushFailure.REFUSED
    again = None if answer.final else next_try(claimed.tries, now)
    if again is None:
        return {**said, "state": PushState.FAILED, "failure": failure}
    return {**said, "state": PushState.WAITING, "failure": failure, "next_at": again}


def _kept(claimed: Claimed, answer: ChatAnswer) -> str:
    """Return what is kept of an answer; some say the whole message again, which others may not read whole."""
    if answer.delivered is Delivered.TAKEN and claimed.purpose is not Purpose.TEST:
        return ""
    return hidden(answer.text[:ANSWER_LOOKED_THROUGH])[:ANSWER_KEPT]
