"""Chats of a person: bound, named, taken away; and who in the company has any."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.chat_kinds import hint_of, read_address
from callwright.chats.errors import ChatBoundError, TooManyChatsError
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.pushing import ChatRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.secrets import SecretBox, UndecipherableError

MOST = 10
"""Chats of one person."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who can be told in a chat."""

    id: UUID
    name: str
    kinds: Sequence[str]


async def list_chats(session: AsyncSession, user_id: UUID) -> Sequence[ChatRow]:
    """Return a person's chats, the oldest first."""
    return (await session.scalars(select(ChatRow).where(ChatRow.user_id == user_id).order_by(ChatRow.id))).all()


async def get_chat(session: AsyncSession, user_id: UUID, chat_id: UUID, *, lock: bool = False) -> ChatRow:
    """Return a chat of a person's. Raises NotFoundError, also where it is somebody else's."""
    wanted = select(ChatRow).where(ChatRow.id == chat_id, ChatRow.user_id == user_id)
    row = await session.scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise NotFoundError(thing="chat", key=chat_id)
    return row


async def bind_chat(
    session: AsyncSession, user_id: UUID, *, name: str, kind: str, typed: Mapping[str, str], box: SecretBox
) -> ChatRow:
    """Bind a chat to a person by what they typed of its address.

    Raises ChatAddressError, ChatBoundError where it is bound already, TooManyChatsError.
    """
    address = read_address(kind, typed)
    bound = await lock_person(session, user_id)
    check_room(bound)
    for one in bound:
        if one.kind == kind and _address(one, box) == address:
            raise ChatBoundError(name=one.name)
    row = ChatRow(
        id=new_id(),
        user_id=user_id,
        name=name,
        kind=kind,
        address=box.seal(json.dumps(address)),
        hint=hint_of(kind, typed),
    )
    session.add(row)
    await session.flush()
    return row


async def lock_person(session: AsyncSession, user_id: UUID) -> Sequence[ChatRow]:
    """Return a person's chats, to which nobody adds one until the transaction ends."""
    # Two who bind at once must not both see the last free place.
    await session.execute(select(UserRow.id).where(UserRow.id == user_id).with_for_update(key_share=True))
    return await list_chats(session, user_id)


def check_room(bound: Sequence[ChatRow]) -> None:
    """Raise TooManyChatsError where a person may bind no more."""
    if len(bound) >= MOST:
        raise TooManyChatsError(most=MOST)


async def rename_chat(session: AsyncSession, user_id: UUID, chat_id: UUID, name: str) -> ChatRow:
    """Name a chat otherwise. Raises NotFoundError."""
    row = await get_chat(session, user_id, chat_id, lock=True)
    row.name = name
    await session.flush()
    return row


async def unbind_chat(session: AsyncSession, user_id: UUID, chat_id: UUID) -> None:
    """Take a chat away. Raises NotFoundError."""
    await session.delete(await get_chat(session, user_id, chat_id, lock=True))
    await session.flush()


async def list_reachable(session: AsyncSession) -> Sequence[Reachable]:
    """Return who has a chat in which they are reached, by name."""
    kinds = func.array_agg(ChatRow.kind.distinct())
    found = await session.execute(
        select(UserRow.id, UserRow.name, kinds)
        .join(ChatRow, (ChatRow.user_id == UserRow.id) & ChatRow.left_at.is_(None))
        .group_by(UserRow.id, UserRow.name)
        .order_by(UserRow.name, UserRow.id)
    )
    return [Reachable(user_id, name, sorted(of)) for user_id, name, of in found]


async def chats_of(session: AsyncSession, user_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the chats of people who have any, but for those that they left."""
    found: dict[UUID, list[UUID]] = {}
    theirs = ChatRow.user_id.in_(list(user_ids)), ChatRow.left_at.is_(None)
    wanted = select(ChatRow.user_id, ChatRow.id).where(*theirs).order_by(ChatRow.id)
    for user_id, chat_id in await session.execute(wanted):
        found.setdefault(user_id, []).append(chat_id)
    return found


def _address(chat: ChatRow, box: SecretBox) -> dict[str, str] | None:
    """Return what leads to a chat; ``None`` where it was sealed with another key."""
    try:
        address: dict[str, str] = json.loads(box.open(chat.address))
    except UndecipherableError:
        return None
    return address
