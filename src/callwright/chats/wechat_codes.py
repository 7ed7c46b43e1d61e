"""Codes by which people bind their WeChat: shown, scanned once, and what WeChat tells of whoever scanned them."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.chat_kinds import HINT, WECHAT
from callwright.channels.wechat.coding import GOOD_FOR
from callwright.channels.wechat.hearing import FRESH_FOR, NotWeChatError, Proof, WeChatEvent
from callwright.chats.errors import TooManyCodesError
from callwright.chats.service import MOST, check_room, lock_person
from callwright.db.tables.pushing import ChatRow
from callwright.db.tables.wechat import WeChatAccountRow, WeChatCodeRow, WeChatNonceRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.secrets import SecretBox

MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 5
"""Codes of one person: WeChat makes only so many for an account in a day."""
BOUND, TOO_MANY, WAITING, EXPIRED = "bound", "too_many", "waiting", "expired"


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows an account."""

    tenant_id: UUID
    app_id: str
    openid: str

    @property
    def peer(self) -> str:
        """By which their chats are found."""
        return digest_of(self.app_id, self.openid)


def new_scene() -> str:
    """Return what nobody guesses; WeChat takes 64 characters."""
    return secrets.token_urlsafe(32)


async def enter_code(
    session: AsyncSession, user_id: UUID, *, name: str, scene: str, now: datetime
) -> WeChatCodeRow:
    """Enter a code that somebody is about to show, in place of the one they showed before.

    Raises TooManyChatsError, TooManyCodesError.
    """
    check_room(await lock_person(session, user_id))
    before = await session.scalar(select(WeChatCodeRow).where(WeChatCodeRow.user_id == user_id))
    row = WeChatCodeRow(
        id=new_id(), user_id=user_id, name=name, scene=digest_of(scene), expires_at=now + GOOD_FOR, outcome=""
    )
    row.asked, row.counted_from = _counted(before, now)
    if before is not None:
        await session.delete(before)
        await session.flush()
    session.add(row)
    await session.flush()
    return row


def _counted(before: WeChatCodeRow | None, now: datetime) -> tuple[int, datetime]:
    """Return how many codes somebody asked for since when, with another one. Raises TooManyCodesError."""
    if before is None or before.counted_from <= now - MINUTE:
        return 1, now
    if before.asked >= MOST_A_MINUTE:
        wait = before.counted_from + MINUTE - now
        raise TooManyCodesError(most=MOST_A_MINUTE, wait_s=max(1, round(wait.total_seconds())))
    return before.asked + 1, before.counted_from


async def get_code(session: AsyncSession, user_id: UUID, code_id: UUID) -> WeChatCodeRow:
    """Return a code of a person's. Raises NotFoundError, also where it is somebody else's."""
    row = await session.scalar(
        select(WeChatCodeRow).where(WeChatCodeRow.id == code_id, WeChatCodeRow.user_id == user_id)
    )
    if row is None:
        raise NotFoundError(thing="code", key=code_id)
    return row


def state_of(row: WeChatCodeRow, now: datetime) -> str:
    """Return how far a code is."""
    return row.outcome or (WAITING if row.expires_at > now else EXPIRED)


async def use_up(session: AsyncSession, proof: Proof, *, now: datetime) -> None:
    """Use a nonce up. Raises NotWeChatError where it was used before."""
    row = WeChatNonceRow
    await session.execute(delete(row).where(row.heard_at < now - 3 * FRESH_FOR))
    used = insert(row).values(id=new_id(), digest=digest_of(proof.timestamp, proof.nonce), heard_at=now)
    if await session.scalar(used.on_conflict_do_nothing().returning(row.id)) is None:
        raise NotWeChatError


async def hear(
    session: AsyncSession, account: WeChatAccountRow, event: WeChatEvent, *, box: SecretBox, now: datetime
) -> list[UUID]:
    """Act upon what a follower did; return the chats that they left."""
    follower = Follower(account.tenant_id, account.app_id, event.openid)
    match event.kind:
        case "unsubscribe":
            return await _leave(session, follower, now)
        case "subscribe" | "scan":
            back = update(ChatRow).where(ChatRow.peer == follower.peer).values(left_at=None)
            await session.execute(back.execution_options(synchronize_session=False))
            if event.scene:
                await _bind(session, follower, event.scene, box=box, now=now)
    return []


def digest_of(*parts: str) -> str:
    """Return by what ``parts`` are known again, and nothing of them."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


async def _leave(session: AsyncSession, follower: Follower, now: datetime) -> list[UUID]:
    left = update(ChatRow).where(ChatRow.peer == follower.peer, ChatRow.left_at.is_(None)).values(left_at=now)
    found = await session.scalars(left.returning(ChatRow.id).execution_options(synchronize_session=False))
    return list(found)


async def _bind(session: AsyncSession, follower: Follower, scene: str, *, box: SecretBox, now: datetime) -> None:
    """Bind whoever scanned a code to whom shows it, once; a code that is unknown or over binds nobody."""
    row = WeChatCodeRow
    wanted = select(row).where(row.scene == digest_of(scene), row.outcome == "", row.expires_at > now)
    code = await session.scalar(wanted.with_for_update())
    if code is None:
        return
    bound = await lock_person(session, code.user_id)
    if any(one.peer == follower.peer for one in bound):
        code.outcome = BOUND
        return
    if len(bound) >= MOST:
        code.outcome = TOO_MANY
        return
    address = {"tenant_id": str(follower.tenant_id), "app_id": follower.app_id, "openid": follower.openid}
    session.add(
        ChatRow(
            id=new_id(),
            user_id=code.user_id,
            name=code.name,
            kind=WECHAT,
            address=box.seal(json.dumps(address)),
            hint="…" + follower.openid[-HINT:],
            peer=follower.peer,
        )
    )
    code.outcome = BOUND
    await session.flush()
