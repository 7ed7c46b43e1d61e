"""Templates of short messages: written, counted, handed in to the operator; and what they can be sent over."""

from uuid import UUID

from fastapi import APIRouter

from callwright.billing.ledger import get_available
from callwright.messaging import schemas, templates
from callwright.messaging.channels import get_account
from callwright.texting.segments import segments
from callwright.texting.wording import check_length, checked_text, dressed, variables_of
from callwright.web.access import MessageChanger, MessageReader
from callwright.web.schemas.messages import (
    MessageAccount,
    MessagePreview,
    MessagePreviewAsked,
    MessageTemplate,
    MessageTemplateDraft,
)

router = APIRouter(prefix="/message-templates", tags=["messages"])


@router.get("")
async def list_message_templates(asking: MessageReader) -> list[MessageTemplate]:
    """Templates in use, by name."""
    async with asking.transaction() as session:
        return [MessageTemplate.model_validate(one) for one in await templates.list_templates(session)]


@router.post("", status_code=201)
async def make_message_template(body: MessageTemplateDraft, asking: MessageChanger) -> MessageTemplate:
    """Write a template: a draft, until it is handed in."""
    async with asking.transaction() as session:
        return MessageTemplate.model_validate(await templates.make_template(session, _draft(body)))


@router.get("/account")
async def get_message_account(asking: MessageReader) -> MessageAccount:
    """What messages are sent over, and how many the balance pays for."""
    async with asking.transaction() as session:
        account = await get_account(session, asking.now)
        available = await get_available(session, asking.who.tenant_id)
    return MessageAccount(
        sender=account.sender,
        signature=account.signature,
        price=account.price,
        trouble=account.trouble,
        sends_nothing=account.sends_nothing,
        pays_for=max(0, available) // account.price if account.price else None,
    )


@router.post("/preview")
async def preview_message(body: MessagePreviewAsked, asking: MessageChanger) -> MessagePreview:
    """Count a text as it would be sent."""
    async with asking.transaction() as session:
        signature = (await get_account(session, asking.now)).signature
    text = checked_text(body.text)
    whole = dressed(text, kind=body.kind, country=asking.who.region, signature=signature)
    cut = segments(whole)
    check_length(cut, where="text")
    return MessagePreview(
        text=whole, alphabet=cut.alphabet, units=cut.units, segments=cut.count, variables=list(variables_of(text))
    )


@router.get("/{template_id}")
async def get_message_template(template_id: UUID, asking: MessageReader) -> MessageTemplate:
    """A template with its versions."""
    async with asking.transaction() as session:
        return MessageTemplate.model_validate(await templates.get_template(session, template_id))


@router.put("/{template_id}")
async def change_message_template(
    template_id: UUID, body: MessageTemplateDraft, asking: MessageChanger
) -> MessageTemplate:
    """Change a template's draft, or begin another version beside what was decided upon."""
    async with asking.transaction() as session:
        return MessageTemplate.model_validate(await templates.change_template(session, template_id, _draft(body)))


@router.delete("/{template_id}", status_code=204)
async def retire_message_template(template_id: UUID, asking: MessageChanger) -> None:
    """Offer a template no longer; tasks that have it send it on."""
    async with asking.transaction() as session:
        await templates.retire_template(session, template_id, now=asking.now)


@router.post("/{template_id}/submission")
async def hand_in_message_template(template_id: UUID, asking: MessageChanger) -> MessageTemplate:
    """Hand the draft in to the operator."""
    async with asking.transaction() as session:
        return MessageTemplate.model_validate(await templates.hand_in(session, template_id, now=asking.now))


@router.delete("/{template_id}/submission")
async def take_back_message_template(template_id: UUID, asking: MessageChanger) -> MessageTemplate:
    """Make what was handed in a draft again."""
    async with asking.transaction() as session:
        return MessageTemplate.model_validate(await templates.take_back(session, template_id))


def _draft(body: MessageTemplateDraft) -> schemas.TemplateDraft:
    return schemas.TemplateDraft(body.name, body.kind, body.text)
