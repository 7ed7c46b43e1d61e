"""What a company tells others: a webhook, and a chat of one of its people."""

from typing import Any
from uuid import UUID

from callwright.channels.addresses import Reach
from callwright.channels.wechat.hearing import Proof
from callwright.chats.service import bind_chat
from callwright.chats.wechat_accounts import save_account
from callwright.chats.wechat_codes import enter_code, new_scene, use_up
from callwright.db.events import TaskStateChanged
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.pushing import PushRow
from callwright.kit.ids import new_id
from callwright.webhooks import service as webhooks
from callwright.webhooks.schemas import WebhookDraft
from tests.factories.calling import BOX, NOW, Caller
from tests.factories.wechat import DRAFT

FEISHU = {"webhook": "https://open.feishu.cn/open-apis/bot/v2/hook/0f2a1b3c4d5e"}


async def tell_outside(database: Database, caller: Caller) -> dict[str, UUID]:
    """Give the company a webhook that was sent a test, and let something happen; return webhook and test."""
    draft = WebhookDraft("CRM", "https://crm.example/calls", ("call.ended",))
    async with database.tenant(caller.tenant_id) as session:
        row, _ = await webhooks.make_webhook(session, draft, reach=Reach(), box=BOX)
        delivery = await webhooks.test_webhook(session, row.id, now=NOW)
        delivery.state = "delivered"
        paused = TaskStateChanged(task_id=new_id(), state="paused", reason="")
        await publish(session, [Event(caller.tenant_id, paused)])
    return {"webhook_id": row.id, "delivery_id": delivery.id}


async def tell_in_a_chat(database: Database, tenant_id: UUID, user_id: UUID, call_id: UUID) -> dict[str, Any]:
    """Bind a chat to somebody in which telling of a call failed, and let them show a code of WeChat's."""
    async with database.tenant(tenant_id) as session:
        chat = await bind_chat(session, user_id, name="Sales", kind="feishu", typed=FEISHU, box=BOX)
        push = PushRow(
            id=new_id(),
            purpose="call",
            call_id=call_id,
            user_id=user_id,
            chat_id=chat.id,
            state="failed",
            next_at=NOW,
            failure="refused",
        )
        session.add(push)
        account = await save_account(session, DRAFT, box=BOX, now=NOW)
        code = await enter_code(session, user_id, name="Mine", scene=new_scene(), now=NOW)
        await use_up(session, Proof("", "", "1"), now=NOW)
    return {"chat_id": chat.id, "push_id": push.id, "code_id": code.id, "account_key": account.callback_key}
