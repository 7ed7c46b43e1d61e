"""How to call the operations of what leads outside: webhooks and messages."""

from typing import Any
from uuid import uuid4

A_WEBHOOK = {"name": "CRM", "url": "https://crm.example/calls", "kinds": ["call.ended"]}
A_CHAT = {
    "name": "Sales",
    "kind": "feishu",
    "address": {"webhook": "https://open.feishu.cn/open-apis/bot/v2/hook/0f2a1b3c4d5e"},
}
A_TEMPLATE = {"name": "Thanks", "kind": "service", "text": "Dear {name}, thank you."}
A_CHANNEL = {"name": "SMSC", "provider": "smpp", "config": {"host": "smsc.example", "system_id": "us"}}
A_WECHAT_TEMPLATE = {"id": "TM00015_aBcDeFgHiJkLmNoP", "places": {"thing1": "title"}}
A_WECHAT_ACCOUNT = {
    "app_id": "wx0123456789abcdef",
    "app_secret": "0123456789abcdef0123456789abcdef",
    "callback_token": "aTokenOfSixteen16",
    "customers": A_WECHAT_TEMPLATE,
    "notices": A_WECHAT_TEMPLATE,
}
PROVEN_BY_KEY = {
    "POST /message-callbacks/{channel_id}",
    "GET /wechat-callbacks/{account_key}",
    "POST /wechat-callbacks/{account_key}",
}
OUTSIDE: dict[str, dict[str, Any]] = {
    "GET /message-templates": {},
    "POST /message-templates": {"json": A_TEMPLATE},
    "GET /message-templates/account": {},
    "POST /message-templates/preview": {"json": {"kind": "service", "text": "Hello"}},
    "GET /message-templates/{template_id}": {},
    "PUT /message-templates/{template_id}": {"json": A_TEMPLATE},
    "DELETE /message-templates/{template_id}": {},
    "POST /message-templates/{template_id}/submission": {},
    "DELETE /message-templates/{template_id}/submission": {},
    "GET /message-hours": {},
    "PUT /message-hours": {"json": {kind: {} for kind in ("marketing", "financial", "service")}},
    "GET /message-opt-outs": {},
    "POST /message-opt-outs/{opt_out_id}/removal": {"json": {"at": "2026-05-03T09:00:00Z", "why": "Asked for it"}},
    "GET /messages": {},
    "GET /calls/{call_id}/messages": {},
    "POST /message-callbacks/{channel_id}": {"params": {"key": "wrong"}},
    "GET /installation/message-channels": {},
    "POST /installation/message-channels": {"json": A_CHANNEL},
    "PUT /installation/message-channels/{channel_id}": {"json": A_CHANNEL},
    "DELETE /installation/message-channels/{channel_id}": {},
    "GET /installation/tenants/{tenant_id}/message-account": {},
    "PUT /installation/tenants/{tenant_id}/message-account": {
        "json": {"channel_id": str(uuid4()), "sender": "10690001", "price": 0}
    },
    "GET /installation/message-templates": {},
    "POST /installation/message-templates/{version_id}/approval": {},
    "POST /installation/message-templates/{version_id}/rejection": {"json": {"reason": "Who are you?"}},
    "GET /warnings": {},
    "GET /warnings/unread": {},
    "POST /warnings/read": {"json": {}},
    "GET /warnings/settings": {},
    "PUT /warnings/settings": {"json": {"low_balance": 0, "everyday": [], "people": {}}},
    "GET /chats": {},
    "GET /chats/kinds": {},
    "POST /chats": {"json": A_CHAT},
    "GET /chats/{chat_id}": {},
    "PUT /chats/{chat_id}": {"json": {"name": "Sales"}},
    "DELETE /chats/{chat_id}": {},
    "POST /chats/{chat_id}/test": {},
    "POST /chats/wechat-codes": {"json": {"name": "Sales"}},
    "GET /chats/wechat-codes/{code_id}": {},
    "GET /wechat-account": {},
    "PUT /wechat-account": {"json": A_WECHAT_ACCOUNT},
    "DELETE /wechat-account": {},
    "GET /wechat-callbacks/{account_key}": {"params": {"signature": "wrong"}},
    "POST /wechat-callbacks/{account_key}": {"params": {"signature": "wrong"}, "content": "<xml/>"},
    "GET /pushers": {},
    "GET /pushes": {},
    "POST /pushes/{push_id}/again": {},
    "GET /calls/{call_id}/pushes": {},
    "POST /push-links": {"json": {"token": "nonsense"}},
    "GET /webhooks": {},
    "POST /webhooks": {"json": A_WEBHOOK},
    "GET /webhooks/kinds": {},
    "GET /webhooks/{webhook_id}": {},
    "PUT /webhooks/{webhook_id}": {"json": A_WEBHOOK},
    "DELETE /webhooks/{webhook_id}": {},
    "POST /webhooks/{webhook_id}/secret": {},
    "POST /webhooks/{webhook_id}/test": {},
    "GET /webhooks/{webhook_id}/deliveries": {},
    "GET /webhooks/{webhook_id}/deliveries/{delivery_id}": {},
    "POST /webhooks/{webhook_id}/deliveries/{delivery_id}/replay": {},
}
OUTSIDE_READ = {
    "GET /message-hours",
    "GET /message-opt-outs",
    "GET /messages",
    "GET /message-templates",
    "GET /message-templates/account",
    "GET /message-templates/{template_id}",
    "GET /pushers",
    "GET /pushes",
    "GET /warnings/settings",
    "GET /wechat-account",
    "GET /webhooks",
    "GET /webhooks/kinds",
    "GET /webhooks/{webhook_id}",
    "GET /webhooks/{webhook_id}/deliveries",
    "GET /webhooks/{webhook_id}/deliveries/{delivery_id}",
}
"""What leaders read, and nobody below them."""
