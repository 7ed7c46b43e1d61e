"""The company's official account of WeChat, codes that bind people to it, and what WeChat tells by itself."""

from typing import Annotated, Any
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse

from callwright.channels.wechat.coding import make_code
from callwright.channels.wechat.forms import Template
from callwright.channels.wechat.hearing import EncryptedError, NotWeChatError, Proof, prove, read_event
from callwright.chats import wechat_accounts as accounts
from callwright.chats import wechat_codes as codes
from callwright.chats.errors import NoWeChatAccountError
from callwright.db.tables.wechat import WeChatAccountRow, WeChatCodeRow
from callwright.kit.errors import NotFoundError
from callwright.kit.secrets import UndecipherableError
from callwright.pushing.delivering import stop
from callwright.pushing.schemas import PushFailure
from callwright.web.access import Asking, ChatKeeper, WeChatKeeper
from callwright.web.parts import WebParts, parts_of
from callwright.web.schemas.wechat import (
    MadeWeChatCode,
    NewWeChatCode,
    WeChatAccount,
    WeChatAccountDraft,
    WeChatCode,
    WeChatTemplate,
)

log = structlog.get_logger(__name__)
router = APIRouter(tags=["chats"])
CALLBACKS = "/api/v1/wechat-callbacks/"
TAKEN = "success"


@router.get("/wechat-account")
async def get_wechat_account(asking: WeChatKeeper) -> WeChatAccount | None:
    """The company's official account of WeChat; null where it has none."""
    async with asking.transaction() as session:
        row = await accounts.find_account(session)
    return None if row is None else _shown(row, asking.parts)


@router.put("/wechat-account")
async def save_wechat_account(body: WeChatAccountDraft, asking: WeChatKeeper) -> WeChatAccount:
    """Register the company's official account of WeChat, or change it."""
    draft = accounts.AccountDraft(
        app_id=body.app_id,
        customers=_template(body.customers),
        notices=_template(body.notices),
        encrypts=body.encrypts,
        app_secret=body.app_secret,
        callback_token=body.callback_token,
        aes_key=body.aes_key,
    )
    async with asking.transaction() as session:
        row = await accounts.save_account(session, draft, box=asking.parts.box, now=asking.now)
    return _shown(row, asking.parts)


@router.delete("/wechat-account", status_code=204)
async def remove_wechat_account(asking: WeChatKeeper) -> None:
    """Take the company's official account away: nobody is told anything in WeChat any more."""
    async with asking.transaction() as session:
        await accounts.remove_account(session, now=asking.now)


@router.post("/chats/wechat-codes", status_code=201)
async def make_wechat_code(body: NewWeChatCode, asking: ChatKeeper) -> MadeWeChatCode:
    """Make a code; whoever scans it with WeChat within ten minutes is told what one is to know."""
    user_id, scene = asking.who.user_id, codes.new_scene()
    wechat = asking.parts.wechat
    account = await wechat.accounts.account(asking.who.tenant_id) if wechat else None
    if wechat is None or account is None:
        raise NoWeChatAccountError
    async with asking.transaction() as session:
        code = await codes.enter_code(session, user_id, name=body.name, scene=scene, now=asking.now)
    made = await make_code(wechat, account, scene)
    return MadeWeChatCode(**_code(code, asking).model_dump(), url=made.url)


@router.get("/chats/wechat-codes/{code_id}")
async def get_wechat_code(code_id: UUID, asking: ChatKeeper) -> WeChatCode:
    """How far one's own code is."""
    async with asking.transaction() as session:
        return _code(await codes.get_code(session, asking.who.user_id, code_id), asking)


def proof(
    signature: Annotated[str, Query(max_length=200)] = "",
    timestamp: Annotated[str, Query(max_length=200)] = "",
    nonce: Annotated[str, Query(max_length=200)] = "",
    msg_signature: Annotated[str, Query(max_length=200)] = "",
) -> Proof:
    """Return what proves that it is WeChat who asks."""
    return Proof(signature, timestamp, nonce, msg_signature)


Proven = Annotated[Proof, Depends(proof)]


@router.get("/wechat-callbacks/{account_key}", response_class=PlainTextResponse)
async def verify_wechat_callback(
    account_key: str, request: Request, proof: Proven, echostr: Annotated[str, Query(max_length=200)] = ""
) -> str:
    """Answer WeChat when it verifies the address. Nobody signs in: the signature proves it."""
    parts = parts_of(request)
    row = await _account(parts, account_key, proof)
    try:
        async with parts.database.tenant(row.tenant_id) as session:
            # The same proof would open what tells of followers.
            await codes.use_up(session, proof, now=parts.clock.now())
            found = await accounts.find_account(session, lock=True)
            if found is not None:
                found.verified_at = parts.clock.now()
    except NotWeChatError:
        raise NotFoundError(thing="official account", key=account_key) from None
    return echostr


@router.post("/wechat-callbacks/{account_key}", response_class=PlainTextResponse)
async def take_wechat_callback(account_key: str, request: Request, proof: Proven) -> str:
    """Take what WeChat tells of followers, in XML. Nobody signs in: the signature proves it."""
    parts = parts_of(request)
    row = await _account(parts, account_key, proof)
    try:
        event = read_event(await request.body(), proof, accounts.keys_of(row, parts.box))
        async with parts.database.tenant(row.tenant_id) as session:
            await codes.use_up(session, proof, now=parts.clock.now())
            if event is not None:
                left = await codes.hear(session, row, event, box=parts.box, now=parts.clock.now())
                await stop(session, left, PushFailure.LEFT)
    except NotWeChatError as why:
        if isinstance(why, EncryptedError):
            log.warning("WeChat encrypts what it tells, and the account is registered without", account=str(row.id))
        raise NotFoundError(thing="official account", key=account_key) from None
    return TAKEN


async def _account(parts: WebParts, account_key: str, proof: Proof) -> WeChatAccountRow:
    """Return whose address was asked, by WeChat. Raises NotFoundError, whatever is wrong."""
    async with parts.database.system() as session:
        row = await accounts.account_at(session, account_key)
    try:
        prove(proof, accounts.keys_of(row, parts.box), parts.clock.now())
    except (NotWeChatError, UndecipherableError):
        raise NotFoundError(thing="official account", key=account_key) from None
    return row


def _template(given: WeChatTemplate) -> Template:
    return Template(given.id, given.places)


def _kept(template: dict[str, Any]) -> WeChatTemplate:
    kept = accounts.template_of(template)
    return WeChatTemplate(id=kept.id, places=dict(kept.places))


def _shown(row: WeChatAccountRow, parts: WebParts) -> WeChatAccount:
    return WeChatAccount(
        app_id=row.app_id,
        callback=parts.address(CALLBACKS + row.callback_key),
        encrypts=row.aes_key is not None,
        verified_at=row.verified_at,
        customers=_kept(row.customers),
        notices=_kept(row.notices),
    )


def _code(row: WeChatCodeRow, asking: Asking) -> WeChatCode:
    return WeChatCode.model_validate(
        {"id": row.id, "state": codes.state_of(row, asking.now), "expires_at": row.expires_at}
    )
