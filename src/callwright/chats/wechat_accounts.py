"""A company's official account of WeChat: registered, changed, taken away, and opened for whoever asks WeChat."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.chat_kinds import WECHAT
from callwright.channels.wechat.forms import Part, Template, checked, number_of
from callwright.channels.wechat.hearing import Keys
from callwright.channels.wechat.port import Account, Token
from callwright.chats.errors import WeChatSecretError
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.pushing import ChatRow
from callwright.db.tables.wechat import WeChatAccountRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.kit.secrets import SecretBox, UndecipherableError


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An official account as somebody types it; a secret that is not typed stays as it is."""

    app_id: str
    customers: Template
    notices: Template
    encrypts: bool
    app_secret: str = ""
    callback_token: str = ""
    aes_key: str = ""


async def find_account(session: AsyncSession, *, lock: bool = False) -> WeChatAccountRow | None:
    """Return the company's; nothing where it has none."""
    wanted = select(WeChatAccountRow)
    return await session.scalar(wanted.with_for_update() if lock else wanted)


async def save_account(
    session: AsyncSession, draft: AccountDraft, *, box: SecretBox, now: datetime
) -> WeChatAccountRow:
    """Register the company's account, or change it; whoever was bound with another one is told nothing any more.

    Raises TemplatePlaceError, TemplateTitleError, WeChatSecretError.
    """
    checked(draft.customers, "customers.places", of_notices=False)
    checked(draft.notices, "notices.places", of_notices=True)
    # There is nothing to lock yet where a company has none, and two may register it at once.
    await session.execute(select(TenantRow.id).with_for_update(key_share=True))
    row = await find_account(session, lock=True)
    known = row is not None and row.app_id == draft.app_id
    for name in ("app_secret", "callback_token"):
        if not known and not getattr(draft, name):
            raise WeChatSecretError(where=name)
    if draft.encrypts and not draft.aes_key and not (known and row is not None and row.aes_key):
        raise WeChatSecretError(where="aes_key")
    if row is None:
        row = WeChatAccountRow(id=new_id(), callback_key=secrets.token_urlsafe(24))
        session.add(row)
    elif not known:
        await _part(session, now)
    _enter(row, draft, box)
    await session.flush()
    return row


async def remove_account(session: AsyncSession, *, now: datetime) -> None:
    """Take the company's account away; chats bound with it stay, and nobody is told there. Raises NotFoundError."""
    row = await find_account(session, lock=True)
    if row is None:
        raise NotFoundError(thing="official account", key="")
    await _part(session, now)
    await session.delete(row)
    await session.flush()


async def account_at(session: AsyncSession, callback_key: str) -> WeChatAccountRow:
    """Return whose address ends so, in a transaction of the system. Raises NotFoundError."""
    wanted = select(WeChatAccountRow).where(WeChatAccountRow.callback_key == callback_key)
    # PostgreSQL takes no NUL.
    row = None if "\0" in callback_key else await session.scalar(wanted)
    if row is None:
        raise NotFoundError(thing="official account", key=callback_key)
    return row


def keys_of(row: WeChatAccountRow, box: SecretBox) -> Keys:
    """Return what an account and WeChat share. Raises UndecipherableError."""
    return Keys(row.app_id, box.open(row.callback_token), box.open(row.aes_key) if row.aes_key else "")


def opened(row: WeChatAccountRow, box: SecretBox) -> Account:
    """Return an account as WeChat is asked for it. Raises UndecipherableError."""
    return Account(
        row.id,
        row.tenant_id,
        row.app_id,
        box.open(row.app_secret),
        customers=template_of(row.customers),
        notices=template_of(row.notices),
    )


def template_of(kept: Mapping[str, Any]) -> Template:
    """Return a template as it was kept."""
    # PostgreSQL keeps the keys of JSON in an order of its own.
    places = sorted(kept["places"].items(), key=lambda one: number_of(one[0]))
    return Template(kept["id"], {place: Part(part) for place, part in places})


class KeptAccounts:
    """Accounts in the database, with tokens that all processes share: the port of ``channels.wechat``."""

    def __init__(self, database: Database, box: SecretBox) -> None:
        self._database = database
        self._box = box

    async def account(self, tenant_id: UUID) -> Account | None:
        """Return a company's; nothing where it has none, or none that can be read."""
        async with self._database.tenant(tenant_id) as session:
            row = await find_account(session)
        try:
            return None if row is None else opened(row, self._box)
        except UndecipherableError:
            return None

    async def token(self, account: Account) -> Token | None:
        """Return the token that was kept last."""
        async with self._database.tenant(account.tenant_id) as session:
            row = await find_account(session)
        if row is None or row.access_token is None or row.token_until is None or row.app_id != account.app_id:
            return None
        try:
            return Token(self._box.open(row.access_token), row.token_until)
        except UndecipherableError:
            return None

    async def keep(self, account: Account, token: Token) -> None:
        """Keep a token, unless the account is another by now."""
        row = WeChatAccountRow
        kept = update(row).where(row.id == account.id, row.app_id == account.app_id)
        async with self._database.tenant(account.tenant_id) as session:
            await session.execute(kept.values(access_token=self._box.seal(token.text), token_until=token.until))


async def _part(session: AsyncSession, now: datetime) -> None:
    """Let nobody be reached in WeChat until they follow the account that comes, or scan a code of its."""
    bound = update(ChatRow).where(ChatRow.kind == WECHAT, ChatRow.left_at.is_(None))
    await session.execute(bound.values(left_at=now).execution_options(synchronize_session=False))


def _proves_otherwise(row: WeChatAccountRow, draft: AccountDraft, box: SecretBox) -> bool:
    """Tell whether WeChat has to verify the address anew: it proves itself with another token, or is another's."""
    if row.app_id != draft.app_id:
        return True
    try:
        return bool(draft.callback_token) and box.open(row.callback_token) != draft.callback_token
    except UndecipherableError:
        return True


def _enter(row: WeChatAccountRow, draft: AccountDraft, box: SecretBox) -> None:
    if _proves_otherwise(row, draft, box):
        row.verified_at = None
    if draft.app_secret:
        row.app_secret = box.seal(draft.app_secret)
    if draft.callback_token:
        row.callback_token = box.seal(draft.callback_token)
    if draft.aes_key:
        row.aes_key = box.seal(draft.aes_key)
    if not draft.encrypts:
        row.aes_key = None
    if draft.app_secret or row.app_id != draft.app_id:
        row.access_token = row.token_until = None
    row.app_id = draft.app_id
    row.customers, row.notices = _kept(draft.customers), _kept(draft.notices)


def _kept(template: Template) -> dict[str, Any]:
    return {"id": template.id, "places": dict(template.places)}
