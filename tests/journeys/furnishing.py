"""What a demo doesn't have by itself, so that every page of the console has something to show; and a bare company.

Everything comes in through the API and the command line, as it does for anybody.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.journeys.demo_house import environment

COMPANY, BARE = "Harbour Dental", "Fresh Start"
OPERATOR, BARE_OWNER = "olga@harbour-dental.example", "finn@fresh-start.example"
AGENT = "ada@harbour-dental.example"
FEW, SEED = 40, 7
NEXT_TASK = "Spring whitening"
PEOPLE = """Phone,Name,Last visit,Plan
+12125550171,Maria Lindqvist,last May,family
+12125550172,Omar Haddad,in spring,
+12125550173,Yuki Tanaka,last winter,family
555 12,Peter Vogel,last April,
+12125550174,Grace Adeyemi,last April,family
,Nina Rossi,in spring,
+12125550175,Tom Keller,last May,
+12125550176,Grace Adeyemi,in spring,family
"""
TWICE = "Grace Adeyemi"
# Nobody is behind these: calls over the telephone world's line end as wrong numbers.
LISTED = ("+12125550188", "+12125550189", "+12125550190")
NOBODYS = "+12125550199"
PATIENCE_S = 600.0  # a crowd waits long on a machine that has much else to do
Ids = Mapping[str, str]
Item = dict[str, Any]


@contextmanager
def signed_in(url: str, email: str, password: str) -> Iterator[httpx.Client]:
    """Open a client of the API with a session of its own."""
    with httpx.Client(base_url=f"{url}/api/v1", timeout=PATIENCE_S) as client:
        _sent(client.post("/session", json={"email": email, "password": password}))
        yield client


def admit(data: Path, password: str) -> None:
    """Let an operator sign in, and make a company that has nothing yet; the command line does both."""
    secret = ("--password", password)
    _callwright(data, "user", COMPANY, OPERATOR, "--role", "operator", "--name", "Olga Brandt", *secret)
    _callwright(data, "add", BARE, "--owner", BARE_OWNER, "--owner-name", "Finn Moore", *secret)


def admit_agent(data: Path, password: str) -> str:
    """Let an agent sign in who has no customers yet; return their address."""
    about = ("--role", "agent", "--name", "Ada Stone", "--password", password)
    _callwright(data, "user", COMPANY, AGENT, *about)
    return AGENT


def _callwright(data: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "callwright", "tenant", *arguments]
    subprocess.run(command, env={**os.environ, **environment(data)}, check=True, capture_output=True)


def furnish(client: httpx.Client, *, tried: str | None = None, people: int = FEW) -> Ids:
    """Fill the demo's company and return the ids that addresses of pages hold, by the router's names for them.

    Crowds of so many ``people`` try the script of the demo, which takes a while to learn, or the one whose YAML is
    ``tried``.
    """
    task, line = _called(client), _one(client, "/lines")
    ids = {"taskId": task["id"], "scriptId": task["script"]["id"], "lineId": line["id"]}
    ids["callId"] = _one(client, f"/tasks/{task['id']}/calls?phone_state=connected&order=longest")["id"]
    ids["taskCustomerId"] = _one(client, f"/tasks/{task['id']}/customers")["id"]
    field = {"label": "Insurance", "kind": "choice", "choices": ["Public", "Private", "None"]}
    ids["fieldId"] = _sent(client.post("/custom-fields", json=field))["id"]
    ids["customerId"] = _customer(client)
    ids |= _group(client, ids["lineId"])
    ids |= _prepared(client, ids)
    ids["ids"] = ",".join(one["id"] for one in _all(client, f"/customers?text={TWICE}"))
    _change_many(client, {"act": "add_tag", "tag": "try mornings"}, phone_state="no_answer")
    _change_many(client, {"act": "set_category", "category": "Prospect"}, grade="A", owner="nobody")
    script_id = _sent(client.post("/scripts", json={"source": tried}))["id"] if tried else ids["scriptId"]
    ids |= _crowds(client, script_id, people)
    _sent(client.post("/do-not-call", json={"phones": LISTED, "note": "Wrote to us"}))
    ids["entryId"] = _one(client, "/do-not-call")["id"]
    ids["trialId"] = _trial(client, ids)
    _export(client, ids["taskId"])
    ids |= _webhook(client)
    ids |= _chats(client)
    ids |= _messages(client, ids["companyId"])
    return ids


def _called(client: httpx.Client) -> Item:
    """Return the demo's own task, which is the oldest."""
    return _all(client, "/tasks")[-1]


def _customer(client: httpx.Client) -> str:
    """Return a customer who was talked with, and is now somebody's."""
    choices = client.get("/customers/choices").json()
    known = next(one for one in _all(client, "/customers?limit=100") if (one["last_call"] or {}).get("grade"))
    card = client.get(f"/customers/{known['id']}").json()
    change = {
        "revision": card["revision"],
        "owner_id": choices["me"],
        "category": "Regular",
        "tags": ["check-up", "family plan"],
        "notes": "Prefers mornings. Brings two children along.",
        "follow_up_at": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
    }
    _sent(client.patch(f"/customers/{known['id']}", json=change))
    return str(known["id"])


def _group(client: httpx.Client, line_id: str) -> Ids:
    company = next(one for one in client.get("/installation/tenants").json() if one["name"] == COMPANY)
    where = f"/installation/tenants/{company['id']}"
    group = _sent(client.post(f"{where}/policy-groups", json={"name": "Nationwide"}))
    bound = [{"line_id": line_id, "priority": 1}]
    _sent(client.put(f"/policy-groups/{group['id']}/lines", json={"lines": bound}))
    top_up = {"kind": "top_up", "amount": "250", "note": "By bank transfer", "key": str(uuid4())}
    _sent(client.post(f"{where}/ledger", json=top_up))
    return {"companyId": company["id"], "groupId": group["id"]}


def _prepared(client: httpx.Client, ids: Ids) -> Ids:
    """A task that was not started: its file imported but for two rows, its end foreseen."""
    wanted = {"name": NEXT_TASK, "script_id": ids["scriptId"], "line_ids": [ids["lineId"]], "seats": 5}
    task = _sent(client.post("/tasks", json=wanted))
    where = f"/tasks/{task['id']}"
    file = {"file": ("spring.csv", PEOPLE.encode())}
    taken = _sent(client.post(f"{where}/imports?start=true", files=file))["import"]
    until(client, f"/imports/{taken['id']}", lambda found: found["state"] == "done")
    _sent(client.post(f"{where}/dry-run"))
    until(client, f"{where}/dry-run", lambda found: found["state"] == "done")
    return {"preparedId": task["id"], "importId": taken["id"]}


def _change_many(client: httpx.Client, change: Item, **matching: str) -> None:
    asked = _sent(
        client.post("/customers/bulk-changes", json={"key": str(uuid4()), "change": change, "matching": matching})
    )
    until(client, f"/customers/bulk-changes/{asked['id']}", lambda found: found["state"] == "done")


def _crowds(client: httpx.Client, script_id: str, people: int) -> Ids:
    """The same people twice, so that one can be held against the other."""
    done = [_crowd(client, script_id, people) for _ in range(2)]
    return {"earlierId": done[0], "crowdId": done[1], "number": "1"}


def _crowd(client: httpx.Client, script_id: str, people: int) -> str:
    crowd = _sent(client.post(f"/scripts/{script_id}/crowds", json={"people": people, "seed": SEED}))
    until(client, f"/crowds/{crowd['id']}", lambda found: found["state"] == "done")
    return str(crowd["id"])


def _trial(client: httpx.Client, ids: Ids) -> str:
    """Ring a number of one's own, at which the telephone world has nobody."""
    ring = {"phone": NOBODYS, "own": True, "line_id": ids["lineId"]}
    trial = _sent(client.post(f"/scripts/{ids['scriptId']}/ring", json=ring))
    until(client, f"/trials/{trial['id']}", lambda found: bool(found["ended_at"]))
    return str(trial["id"])


def _export(client: httpx.Client, task_id: str) -> None:
    shown = {"what": "customers", "task_id": task_id}
    wanted = {"key": str(uuid4()), "shown": shown, "language": "en", "time_zone": "Europe/London"}
    export = _sent(client.post("/exports", json=wanted))
    until(client, f"/exports/{export['id']}", lambda found: found["state"] == "done")


def _messages(client: httpx.Client, company_id: str) -> Ids:
    """A way to a network that isn't there, and two templates: one approved, one that waits to be."""
    config = {"host": "smsc.example", "port": 2775, "system_id": "harbour"}
    wanted = {"name": "Main network", "provider": "smpp", "config": config, "secret": "harbour"}
    channel = _sent(client.post("/installation/message-channels", json=wanted))
    account = {"channel_id": channel["id"], "sender": "Harbour", "signature": "Harbour Dental", "price": 50_000}
    _sent(client.put(f"/installation/tenants/{company_id}/message-account", json=account))
    for name, kind, text in (
        ("Thank you", "service", "Dear {name}, thank you for your time. You will hear from us soon."),
        (
            "Spring offer",
            "marketing",
            "Dear {name}, whitening is half price in May. Reply STOP to end.",
        ),
    ):
        template = _sent(client.post("/message-templates", json={"name": name, "kind": kind, "text": text}))
        _sent(client.post(f"/message-templates/{template['id']}/submission"))
    waiting = client.get("/installation/message-templates").raise_for_status().json()
    first = next(one for one in waiting if one["template_name"] == "Thank you")
    client.post(f"/installation/message-templates/{first['id']}/approval").raise_for_status()
    return {"channelId": channel["id"], "templateId": template["id"]}


def _webhook(client: httpx.Client) -> Ids:
    """A webhook whose address nobody knows, and a test that it was sent in vain."""
    draft = {"name": "CRM", "url": "https://crm.example/calls", "kinds": ["call.ended", "customer.graded"]}
    where = f"/webhooks/{_sent(client.post('/webhooks', json=draft))['id']}"
    delivery = _sent(client.post(f"{where}/test"))
    until(client, f"{where}/deliveries/{delivery['id']}", lambda found: found["tries"] > 0)
    return {"webhookId": where.rpartition("/")[2], "deliveryId": delivery["id"]}


def _chats(client: httpx.Client) -> Ids:
    """Chats that nobody tries, as their operators are real; and a link as somebody shortened it."""
    hook = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-0000-4bc4-97a0-000000000000"
    bot = {"bot_token": f"123456789:{'A' * 35}", "chat": "-1001234567890"}
    for name, kind, address in (("Sales group", "wecom_bot", {"webhook": hook}), ("Front desk", "telegram", bot)):
        _sent(client.post("/chats", json={"name": name, "kind": kind, "address": address}))
    account = {
        "app_id": "wx0123456789abcdef",
        "app_secret": "0" * 32,
        "callback_token": "aTokenOfSixteen16",
        "customers": {
            "id": "TM00015_aBcDeFgHiJkLmNoPqRsTuVwXyZ012345678",
            "places": {"thing1": "title", "thing2": "name", "phone_number3": "phone", "time4": "time"},
        },
        "notices": {
            "id": "TM00016_aBcDeFgHiJkLmNoPqRsTuVwXyZ012345678",
            "places": {"thing1": "title", "thing2": "details"},
        },
    }
    _sent(client.put("/wechat-account", json=account))
    return {"token": "cut-off"}


def _all(client: httpx.Client, path: str) -> list[Item]:
    found: list[Item] = client.get(path).raise_for_status().json()["items"]
    return found


def _one(client: httpx.Client, path: str) -> Item:
    return _all(client, path)[0]


def _sent(answer: httpx.Response) -> Item:
    assert answer.is_success, answer.text
    made: Item = answer.json()
    return made


def until(client: httpx.Client, path: str, is_done: Callable[[Item], bool]) -> None:
    """Look until it is done; fails after a time that only something broken takes."""
    over = time.monotonic() + PATIENCE_S
    while not is_done(found := client.get(path).raise_for_status().json()):
        assert time.monotonic() < over, (path, found)
        time.sleep(0.1)
