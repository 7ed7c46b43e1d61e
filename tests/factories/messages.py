"""Companies that can send messages."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from callwright.channels.addresses import Reach
from callwright.db.session import Database
from callwright.db.tables.base import Base
from callwright.db.tables.messaging import (
    MessageHoursRow,
    MessageOptOutRow,
    MessagePartRow,
    MessageReplyRow,
    MessageRow,
    TaskMessageRow,
)
from callwright.kit.ids import new_id
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


async def opt_out(database: Database, caller: Caller) -> UUID:
    """Have somebody opted out of the company's messages; return the opt-out's id."""
    async with database.tenant(caller.tenant_id) as session:
        row = MessageOptOutRow(phone="+12125550198", said="STOP")
        session.add(row)
        await session.flush()
        return row.id


def rows_of_messages(ids: dict[str, Any]) -> list[Base]:
    """Return a row of each kind that only sending makes, for one company's things."""
    message = MessageRow(
        id=new_id(),
        purpose="hang_up",
        call_id=ids["call_id"],
        task_id=ids["task_id"],
        customer_id=ids["customer_id"],
        template_version_id=ids["version_id"],
        channel_id=ids["channel_id"],
        sender="10690001",
        recipient="+12125550199",
        kind="service",
        text="Thank you.",
        segments=1,
        price=50_000,
        state="sent",
        due_at=NOW,
    )
    return [
        MessageHoursRow(kind="marketing", hours={"opens": "09:00", "closes": "18:00"}),
        TaskMessageRow(task_id=ids["task_id"], template_version_id=ids["version_id"], grades=["A"]),
        message,
        MessagePartRow(message_id=message.id, number=1, channel_id=ids["channel_id"], network_id="m1"),
        MessageReplyRow(message_id=message.id, text="Stop", opted_out=True),
        MessageOptOutRow(phone="+12125550199"),
    ]


def waiting_message(ids: dict[str, UUID], customer_id: UUID | None, text: str) -> MessageRow:
    """Return a message of the company's channel and template that may leave at once; ``ids`` name call and task."""
    return MessageRow(
        purpose="hang_up",
        call_id=ids["call_id"],
        task_id=ids["task_id"],
        customer_id=customer_id,
        template_version_id=ids["version_id"],
        channel_id=ids["channel_id"],
        sender="10690001",
        recipient="+12125550199",
        kind="service",
        text=text,
        segments=1,
        price=50_000,
        state="queued",
        due_at=datetime.now(UTC),
    )
