"""Companies that can send messages."""

from uuid import UUID

from callwright.channels.addresses import Reach
from callwright.db.session import Database
from callwright.messaging import templates
from callwright.messaging.channels import make_channel, set_account
from callwright.messaging.schemas import AccountDraft, ChannelDraft, Provider, TemplateDraft
from callwright.texting.windows import MessageKind
from tests.factories.calling import BOX, NOW, Caller


async def equip_with_messages(database: Database, caller: Caller) -> dict[str, UUID]:
    """Give the company a template of messages that waits for approval, and a channel; return their ids."""
    async with database.system() as session:
        config = {"host": "smsc.example", "system_id": "us"}
        draft = ChannelDraft(f"SMSC {caller.tenant_id}", Provider.SMPP, config, 10, True, "secret")
        channel = await make_channel(session, draft, reach=Reach(), box=BOX)
    async with database.tenant(caller.tenant_id) as session:
        await set_account(session, AccountDraft(channel.id, "10690001", "Us", 50_000))
        draft_of_text = TemplateDraft("Thank you", MessageKind.SERVICE, "Dear {name}, thank you.")
        template = await templates.make_template(session, draft_of_text)
        await templates.hand_in(session, template.id, now=NOW)
    return {"channel_id": channel.id, "template_id": template.id, "version_id": template.versions[0].id}
