"""What the operator keeps of short messages: channels, which company sends over which, and templates' approval."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from callwright.db.tables.messaging import MessageChannelRow
from callwright.messaging import channels, schemas, templates
from callwright.messaging.schemas import Provider
from callwright.web.access import InstallationKeeper
from callwright.web.parts import WebParts
from callwright.web.schemas.messages import (
    CompanyMessageAccount,
    CompanyMessageAccountDraft,
    MessageChannel,
    MessageChannelDraft,
    MessageRejection,
    MessageSubmission,
)

router = APIRouter(prefix="/installation", tags=["installation"])
CALLBACK = "/api/v1/message-callbacks/{channel_id}?key={key}"


@router.get("/message-channels")
async def list_message_channels(asking: InstallationKeeper) -> list[MessageChannel]:
    """Channels, by name."""
    async with asking.system_transaction() as session:
        found = await channels.list_channels(session)
    return [_shown(row, asking.parts, asking.now) for row in found]


@router.post("/message-channels", status_code=201)
async def make_message_channel(body: MessageChannelDraft, asking: InstallationKeeper) -> MessageChannel:
    """Set a channel up."""
    async with asking.system_transaction() as session:
        row = await channels.make_channel(session, _draft(body), reach=asking.parts.reach, box=asking.parts.box)
    return _shown(row, asking.parts, asking.now)


@router.put("/message-channels/{channel_id}")
async def change_message_channel(
    channel_id: UUID, body: MessageChannelDraft, asking: InstallationKeeper
) -> MessageChannel:
    """Change a channel, switch it off or on."""
    async with asking.system_transaction() as session:
        row = await channels.change_channel(
            session, channel_id, _draft(body), reach=asking.parts.reach, box=asking.parts.box
        )
    return _shown(row, asking.parts, asking.now)


@router.delete("/message-channels/{channel_id}", status_code=204)
async def delete_message_channel(channel_id: UUID, asking: InstallationKeeper) -> None:
    """Remove a channel that no company has and no message waits for, switched off or not."""
    async with asking.system_transaction() as session:
        await channels.delete_channel(session, channel_id)


@router.get("/tenants/{tenant_id}/message-account")
async def get_company_message_account(tenant_id: UUID, asking: InstallationKeeper) -> CompanyMessageAccount:
    """What the company may send over."""
    async with asking.company_transaction(tenant_id) as session:
        return CompanyMessageAccount.model_validate(await channels.get_account(session, asking.now))


@router.put("/tenants/{tenant_id}/message-account")
async def set_company_message_account(
    tenant_id: UUID, body: CompanyMessageAccountDraft, asking: InstallationKeeper
) -> CompanyMessageAccount:
    """Let the company send over a channel, from a sender and at a price."""
    draft = schemas.AccountDraft(body.channel_id, body.sender, body.signature, body.price)
    async with asking.company_transaction(tenant_id) as session:
        await channels.set_account(session, draft)
        return CompanyMessageAccount.model_validate(await channels.get_account(session, asking.now))


@router.get("/message-templates")
async def list_message_submissions(asking: InstallationKeeper) -> list[MessageSubmission]:
    """Templates that wait for approval, the longest first."""
    async with asking.system_transaction() as session:
        return [MessageSubmission.model_validate(one) for one in await templates.list_submissions(session)]


@router.post("/message-templates/{version_id}/approval", status_code=204)
async def approve_message_template(version_id: UUID, asking: InstallationKeeper) -> None:
    """Let the company's tasks send a template."""
    async with asking.system_transaction() as session:
        await templates.decide(session, version_id, rejected=None, now=asking.now)


@router.post("/message-templates/{version_id}/rejection", status_code=204)
async def reject_message_template(version_id: UUID, body: MessageRejection, asking: InstallationKeeper) -> None:
    """Reject a template, saying why."""
    async with asking.system_transaction() as session:
        await templates.decide(session, version_id, rejected=body.reason, now=asking.now)


def _draft(body: MessageChannelDraft) -> schemas.ChannelDraft:
    return schemas.ChannelDraft(body.name, body.provider, body.config, body.per_second, body.active, body.secret)


def _shown(row: MessageChannelRow, parts: WebParts, now: datetime) -> MessageChannel:
    called_back = row.provider == Provider.GATEWAY
    key = parts.box.open(row.callback_key) if called_back else ""
    return MessageChannel(
        id=row.id,
        name=row.name,
        provider=Provider(row.provider),
        config=row.config,
        per_second=row.per_second,
        active=row.active,
        trouble=channels.trouble_of(active=row.active, trouble=row.trouble, seen_at=row.seen_at, now=now),
        seen_at=row.seen_at,
        callback=parts.address(CALLBACK.format(channel_id=row.id, key=key)) if called_back else None,
        created_at=row.created_at,
    )
