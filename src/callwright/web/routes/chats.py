"""One's own chats: bound, named, tried, taken away."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.chat_kinds import KINDS
from callwright.chats import service
from callwright.chats.wechat_accounts import find_account
from callwright.db.tables.pushing import ChatRow
from callwright.pushing import service as pushing
from callwright.pushing.service import latest_tests, try_chat
from callwright.web.access import ChatKeeper
from callwright.web.present_pushes import shown_push
from callwright.web.schemas.pushing import BoundChat, ChatField, ChatKind, ChatName, NewChat, Push

router = APIRouter(prefix="/chats", tags=["chats"])


@router.get("")
async def list_chats(asking: ChatKeeper) -> list[BoundChat]:
    """One's own chats, the oldest first."""
    async with asking.transaction() as session:
        return await _shown(session, await service.list_chats(session, asking.who.user_id))


@router.get("/kinds")
async def list_chat_kinds(asking: ChatKeeper) -> list[ChatKind]:
    """The kinds of chats that there are, and what each asks for."""
    async with asking.transaction() as session:
        has_account = await find_account(session) is not None
    return [
        ChatKind(
            name=kind.name,
            fields=[ChatField.model_validate(one) for one in kind.fields],
            scanned=kind.scanned,
            ready=has_account or not kind.scanned,
        )
        for kind in KINDS.values()
    ]


@router.post("", status_code=201)
async def bind_chat(body: NewChat, asking: ChatKeeper) -> BoundChat:
    """Bind a chat. Nothing is sent there yet: try it."""
    async with asking.transaction() as session:
        row = await service.bind_chat(
            session,
            asking.who.user_id,
            name=body.name,
            kind=body.kind,
            typed=body.address,
            box=asking.parts.box,
        )
        (shown,) = await _shown(session, [row])
    return shown


@router.get("/{chat_id}")
async def get_chat(chat_id: UUID, asking: ChatKeeper) -> BoundChat:
    """One's own chat, with what came of trying it."""
    async with asking.transaction() as session:
        (shown,) = await _shown(session, [await service.get_chat(session, asking.who.user_id, chat_id)])
    return shown


@router.put("/{chat_id}")
async def rename_chat(chat_id: UUID, body: ChatName, asking: ChatKeeper) -> BoundChat:
    """Name a chat otherwise."""
    async with asking.transaction() as session:
        row = await service.rename_chat(session, asking.who.user_id, chat_id, body.name)
        (shown,) = await _shown(session, [row])
    return shown


@router.delete("/{chat_id}", status_code=204)
async def unbind_chat(chat_id: UUID, asking: ChatKeeper) -> None:
    """Take a chat away: nothing is sent there any more."""
    async with asking.transaction() as session:
        await pushing.unbind_chat(session, asking.who.user_id, chat_id)


@router.post("/{chat_id}/test", status_code=202)
async def test_chat(chat_id: UUID, asking: ChatKeeper) -> Push:
    """Send a test; the chat tells what came of it."""
    async with asking.transaction() as session:
        return shown_push(await try_chat(session, asking.who.user_id, chat_id, now=asking.now))


async def _shown(session: AsyncSession, rows: Iterable[ChatRow]) -> list[BoundChat]:
    chats = list(rows)
    tests = await latest_tests(session, [row.id for row in chats])
    return [
        BoundChat(
            id=row.id,
            name=row.name,
            kind=row.kind,
            hint=row.hint,
            created_at=row.created_at,
            left_at=row.left_at,
            test=shown_push(tests[row.id]) if row.id in tests else None,
        )
        for row in chats
    ]
