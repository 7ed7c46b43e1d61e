"""Over every operation that the API describes: nobody gets in, nobody gets at a neighbour's, few may change.

An operation that is missing from the table below fails the first test: describe here how to call it.
"""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from callwright.accounts.roles import Role
from callwright.web.app import create_app
from tests.factories.sounds import tone
from tests.unit.dialogue.model.shop import shop
from tests.unit.dialogue.small import small
from tests.web.conftest import A_RECORDING, Open, Town, client_of
from tests.web.outside_examples import OUTSIDE, OUTSIDE_READ, PROVEN_BY_KEY

A_FILE = {"files": {"file": ("a.csv", b"phone,customer_name,last_visit\n+12125550199,Ann,May\n", "text/csv")}}
SOME_ID = str(uuid4())
COLUMNS: dict[str, list[str]] = {"shown": [], "hidden": []}
EXAMPLES: dict[str, dict[str, Any]] = {
    **OUTSIDE,
    "POST /session": {"json": {"email": "owner@ours.example", "password": "wrong"}},
    "GET /session": {},
    "DELETE /session": {},
    "PATCH /session": {"json": {"language": "en"}},
    "GET /today": {},
    "GET /list-columns": {},
    "PUT /list-columns": {"json": {"list": "calls", "columns": COLUMNS}},
    "GET /saved-views": {"params": {"list": "customers"}},
    "POST /saved-views": {"json": {"list": "customers", "name": "VIPs", "search": "", "columns": COLUMNS}},
    "PUT /saved-views/{view_id}": {"json": {"name": "VIPs", "search": "", "columns": COLUMNS}},
    "DELETE /saved-views/{view_id}": {},
    "GET /scripts": {},
    "POST /scripts": {"json": {"source": "name: x"}},
    "GET /scripts/{script_id}": {},
    "POST /scripts/check": {"json": {"content": small()}},
    "PATCH /scripts/{script_id}": {"json": {"name": "Other"}},
    "DELETE /scripts/{script_id}": {},
    "POST /scripts/{script_id}/copies": {"json": {"name": "Copy"}},
    "PUT /scripts/{script_id}/draft": {"json": {"content": small(), "revision": 1}},
    "DELETE /scripts/{script_id}/draft": {"params": {"revision": 1}},
    "POST /scripts/{script_id}/publish": {},
    "GET /scripts/{script_id}/changes": {},
    "GET /scripts/{script_id}/versions": {},
    "GET /scripts/{script_id}/versions/{number}": {},
    "POST /scripts/{script_id}/versions/{number}/restore": {"json": {"revision": 1}},
    "GET /scripts/{script_id}/source": {},
    "POST /scripts/chat": {"json": {"content": small(), "variables": {"customer_name": "Bob"}}},
    "POST /scripts/model-chat": {"json": {"brief": shop().model_dump(mode="json", exclude_defaults=True)}},
    "POST /scripts/model-crowd": {
        "json": {"brief": shop().model_dump(mode="json", exclude_defaults=True), "people": 5, "begin": False}
    },
    "GET /scripts/{script_id}/knowledge/template": {},
    "POST /scripts/{script_id}/knowledge/import": {
        "files": {"file": ("k.csv", b"question,wordings,answer\nA,b,c\n")}
    },
    "POST /scripts/{script_id}/recordings": {"files": {"file": ("a.wav", tone())}},
    "GET /scripts/{script_id}/recordings/{sha256}": {},
    "GET /scripts/{script_id}/unanswered": {},
    "POST /scripts/{script_id}/unanswered/{unanswered_id}/add": {"json": {"to": "price", "revision": 1}},
    "DELETE /scripts/{script_id}/unanswered/{unanswered_id}": {},
    "POST /scripts/{script_id}/check-corrections": {"json": {}},
    "POST /scripts/{script_id}/ring": {
        "json": {"phone": "+12025550143", "own": True, "line_id": str(uuid4()), "variables": {"customer_name": "A"}}
    },
    "GET /scripts/{script_id}/ring": {},
    "GET /trials/{trial_id}": {},
    "GET /trials/{trial_id}/recording": {},
    "POST /calls/{call_id}/grade-correction": {"json": {"grade": "B", "why": "So it was"}},
    "DELETE /calls/{call_id}/grade-correction": {},
    "GET /voices": {},
    "GET /features": {},
    "POST /voices/speak": {"json": {"text": "Hello there."}},
    "POST /scripts/{script_id}/crowds": {"json": {"people": 20}},
    "GET /scripts/{script_id}/crowds": {},
    "GET /crowds": {},
    "GET /crowds/{crowd_id}": {},
    "POST /crowds/{crowd_id}/cancel": {},
    "GET /crowds/{crowd_id}/conversations": {},
    "GET /crowds/{crowd_id}/conversations/{number}": {},
    "GET /crowds/{crowd_id}/comparison/{earlier_id}": {},
    "POST /crowds/{crowd_id}/examples": {"json": {"meant": "yes", "text": "certainly do"}},
    "GET /settings/crowd": {},
    "PUT /settings/crowd": {"json": {}},
    "GET /lines": {},
    "POST /lines": {"json": {"name": "L", "carrier_host": "127.0.0.1", "caller_number": "+12125550100"}},
    "GET /lines/regions": {"params": {"country": "US"}},
    "GET /lines/{line_id}": {},
    "PUT /lines/{line_id}": {"json": {"name": "L", "carrier_host": "127.0.0.1", "caller_number": "+12125550100"}},
    "DELETE /lines/{line_id}": {},
    "POST /lines/{line_id}/retirement": {},
    "DELETE /lines/{line_id}/retirement": {},
    "GET /policy-groups": {},
    "GET /policy-groups/{group_id}": {},
    "PUT /policy-groups/{group_id}/lines": {"json": {"lines": []}},
    "GET /policy-groups/{group_id}/route": {"params": {"phone": "+12125550199"}},
    "GET /balance": {},
    "GET /ledger": {},
    "GET /ledger/export": {},
    "GET /spending": {},
    "POST /lines/{line_id}/test-call": {"json": {"to": "+12025550143"}},
    "GET /lines/{line_id}/test-call": {},
    "GET /ai-seats": {},
    "GET /tasks": {},
    "POST /tasks": {"json": {"name": "T", "script_id": str(uuid4()), "line_ids": [str(uuid4())], "seats": 1}},
    "GET /tasks/choices": {},
    "GET /tasks/{task_id}": {},
    "POST /tasks/{task_id}/start": {},
    "POST /tasks/{task_id}/pause": {},
    "POST /tasks/{task_id}/resume": {},
    "POST /tasks/{task_id}/finish": {},
    "PUT /tasks/{task_id}/script-version": {"json": {"version": 1}},
    "GET /tasks/{task_id}/progress": {},
    "GET /tasks/{task_id}/hours": {},
    "GET /tasks/{task_id}/comparison": {},
    "POST /tasks/{task_id}/arms/{arm_id}/rest": {},
    "POST /tasks/{task_id}/dry-run": {},
    "GET /tasks/{task_id}/dry-run": {},
    "DELETE /tasks/{task_id}/dry-run": {},
    "GET /tasks/{task_id}/template": {},
    "POST /tasks/{task_id}/imports": A_FILE,
    "GET /imports": {},
    "GET /imports/{import_id}": {},
    "GET /imports/{import_id}/preview": {},
    "POST /imports/{import_id}/start": {"json": {}},
    "POST /imports/{import_id}/cancel": {},
    "GET /imports/{import_id}/faults": {},
    "GET /imports/{import_id}/failed-rows": {},
    "GET /imports/{import_id}/file": {},
    "POST /exports": {
        "json": {"key": str(uuid4()), "shown": {"what": "calls"}, "language": "en", "time_zone": "Europe/London"}
    },
    "GET /exports": {},
    "GET /exports/{export_id}": {},
    "POST /exports/{export_id}/cancel": {},
    "GET /exports/{export_id}/file": {},
    "POST /tasks/{task_id}/customers": {
        "json": {"phone": "+12125550199", "variables": {"customer_name": "Ann", "last_visit": "May"}}
    },
    "GET /tasks/{task_id}/customers": {},
    "POST /tasks/{task_id}/customers/count": {"json": {}},
    "POST /tasks/{task_id}/destinations": {"json": {"chosen": {}}},
    "POST /tasks/{task_id}/moves": {"json": {"act": "out", "chosen": {}}},
    "GET /tasks/{task_id}/moves": {},
    "GET /tasks/{task_id}/moves/{move_id}": {},
    "POST /tasks/{task_id}/moves/{move_id}/cancel": {},
    "POST /tasks/{task_id}/moves/{move_id}/undo": {},
    "POST /tasks/{task_id}/customers/redial": {"json": {"phone_state": "lost"}},
    "GET /tasks/{task_id}/customers/{task_customer_id}/attempts": {},
    "POST /tasks/{task_id}/customers/{task_customer_id}/consent": {"json": {"given": True, "source": "A form"}},
    "GET /customers": {},
    "GET /customers/choices": {},
    "GET /customers/{customer_id}": {},
    "PATCH /customers/{customer_id}": {"json": {"revision": 0, "category": "Regular"}},
    "GET /customers/{customer_id}/timeline": {},
    "GET /customers/count": {},
    "GET /customers/duplicates": {},
    "POST /customers/{customer_id}/merge": {"json": {"revision": 0, "others": [{"id": SOME_ID, "revision": 0}]}},
    "GET /customers/bulk-changes": {},
    "POST /customers/bulk-changes": {"json": {"key": SOME_ID, "change": {"act": "release"}, "ids": [SOME_ID]}},
    "GET /customers/bulk-changes/{bulk_change_id}": {},
    "POST /customers/bulk-changes/{bulk_change_id}/undo": {},
    "GET /custom-fields": {},
    "POST /custom-fields": {"json": {"label": "Plan", "kind": "choice", "choices": ["Gold", "Basic"]}},
    "PUT /custom-fields/order": {"json": {"ids": []}},
    "PUT /custom-fields/{field_id}": {
        "json": {"label": "Town", "required": False, "choices": [], "retired": False}
    },
    "GET /tasks/{task_id}/calls": {},
    "GET /calls": {},
    "GET /calls/{call_id}": {},
    "GET /calls/{call_id}/recording": {},
    "GET /do-not-call": {},
    "POST /do-not-call": {"json": {"phones": ["+12125550199"]}},
    "POST /do-not-call/imports": A_FILE,
    "GET /do-not-call/{entry_id}": {},
    "POST /do-not-call/{entry_id}/removal": {"json": {"why": "They asked to be called."}},
    "GET /installation/do-not-call": {},
    "POST /installation/do-not-call": {"json": {"phones": ["+12125550199"]}},
    "POST /installation/do-not-call/imports": A_FILE,
    "GET /installation/do-not-call/{entry_id}": {},
    "POST /installation/do-not-call/{entry_id}/removal": {"json": {"why": "They asked to be called."}},
    "GET /installation/tenants": {},
    "GET /installation/tenants/{tenant_id}/policy-groups": {},
    "POST /installation/tenants/{tenant_id}/policy-groups": {"json": {"name": "Nationwide"}},
    "DELETE /installation/tenants/{tenant_id}/policy-groups/{group_id}": {},
    "GET /installation/tenants/{tenant_id}/ai-seats": {},
    "POST /installation/tenants/{tenant_id}/ai-seat-packs": {"json": {"seats": 5}},
    "GET /installation/tenants/{tenant_id}/ledger": {},
    "POST /installation/tenants/{tenant_id}/ledger": {
        "json": {"kind": "top_up", "amount": "100", "key": "0123456789"}
    },
    "GET /settings/calling": {},
    "PUT /settings/calling": {
        "json": {"time_zone": "UTC", "calling_hours": {}, "number_caps": {}, "consent_policy": "always"}
    },
    "GET /health": {},
}
# What is named within another thing, by a number or its contents.
NUMBERED = {"number": 1, "sha256": A_RECORDING, "unanswered_id": "0" * 32, "arm_id": uuid4()}
WITHOUT_SIGNING_IN = {"POST /session", "GET /health", *PROVEN_BY_KEY}
ONES_OWN = {"POST /session", "DELETE /session", "PATCH /session", *PROVEN_BY_KEY}
LEADERS_READ = {
    *OUTSIDE_READ,
    "GET /exports",
    "GET /exports/{export_id}",
    "GET /exports/{export_id}/file",
    "GET /imports/{import_id}/preview",
    "GET /imports/{import_id}/failed-rows",
    "GET /imports/{import_id}/file",
    "GET /scripts",
    "GET /scripts/{script_id}",
    "GET /scripts/{script_id}/changes",
    "GET /scripts/{script_id}/versions",
    "GET /scripts/{script_id}/versions/{number}",
    "GET /scripts/{script_id}/source",
    "GET /scripts/{script_id}/recordings/{sha256}",
    "GET /scripts/{script_id}/knowledge/template",
    "GET /scripts/{script_id}/unanswered",
    "GET /scripts/{script_id}/ring",
    "GET /trials/{trial_id}",
    "GET /trials/{trial_id}/recording",
    "GET /voices",
    "GET /scripts/{script_id}/crowds",
    "GET /crowds",
    "GET /crowds/{crowd_id}",
    "GET /crowds/{crowd_id}/conversations",
    "GET /crowds/{crowd_id}/conversations/{number}",
    "GET /crowds/{crowd_id}/comparison/{earlier_id}",
    "GET /settings/crowd",
    "GET /features",
    "GET /lines",
    "GET /lines/regions",
    "GET /lines/{line_id}",
    "GET /lines/{line_id}/test-call",
    "GET /policy-groups",
    "GET /policy-groups/{group_id}",
    "GET /policy-groups/{group_id}/route",
    "GET /balance",
    "GET /ledger",
    "GET /ledger/export",
    "GET /spending",
    "GET /ai-seats",
    "GET /customers/duplicates",
    "GET /tasks/choices",
    "GET /tasks/{task_id}/dry-run",
    "GET /tasks/{task_id}/moves",
    "GET /tasks/{task_id}/moves/{move_id}",
    "GET /settings/calling",
}
OPERATIONS = sorted(
    f"{method.upper()} {path.removeprefix('/api/v1')}"
    for path, methods in create_app(None).openapi()["paths"].items()
    for method in methods
)
OPERATORS = {one for one in OPERATIONS if " /installation/" in one}
# There is none until somebody asks for it, a worker has written it, or rows of a file failed.
MADE_FIRST = {
    "GET /tasks/{task_id}/dry-run",
    "GET /imports/{import_id}/failed-rows",
    "GET /exports/{export_id}/file",
}
AGENTS_DO = {"POST /do-not-call", "PATCH /customers/{customer_id}"}
AGENTS_DO |= {one for one in OPERATIONS if "/bulk-changes" in one}
INSPECTORS_DO = {one for one in OPERATIONS if "/grade-correction" in one} | {"POST /warnings/read"}
INSPECTORS_DO |= {one for one in OPERATIONS if "/chats" in one or "/push-links" in one}
ONES_OWN |= {one for one in OPERATIONS if "/list-col" in one or "/saved-v" in one}
GUARDED = [one for one in OPERATIONS if one not in WITHOUT_SIGNING_IN]
OF_ONE_THING = [one for one in OPERATIONS if "{" in one]
CHANGES = [one for one in OPERATIONS if not one.startswith("GET") and one not in ONES_OWN]


def test_every_operation_is_in_the_table() -> None:
    assert set(OPERATIONS) == set(EXAMPLES)


async def ask(client: httpx.AsyncClient, operation: str, ids: dict[str, Any]) -> httpx.Response:
    method, path = operation.split(" ")
    return await client.request(method, "/api/v1" + path.format(**{**NUMBERED, **ids}), **EXAMPLES[operation])


def told(response: httpx.Response, status: int, code: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"/errors/{code}")
    assert body["title"]
    assert body["detail"]


@pytest.mark.parametrize("operation", GUARDED)
async def test_nobody_gets_in_without_signing_in(operation: str, shared_town: Town, open_app: Open) -> None:
    async with client_of(open_app(shared_town)) as client:
        told(await ask(client, operation, shared_town.ours.ids), 401, "sign-in-required")
    async with client_of(open_app(shared_town), "not a token of anyone's") as client:
        told(await ask(client, operation, shared_town.ours.ids), 401, "sign-in-required")


@pytest.mark.parametrize("operation", [one for one in OF_ONE_THING if one not in OPERATORS])
async def test_a_neighbours_things_are_not_there(operation: str, shared_town: Town, open_app: Open) -> None:
    for role in (Role.OPERATOR, Role.OWNER):
        async with client_of(open_app(shared_town), shared_town.ours.tokens[role]) as client:
            told(await ask(client, operation, shared_town.theirs.ids), 404, "not-found")


@pytest.mark.parametrize("operation", OF_ONE_THING)
async def test_what_is_no_id_is_not_there_either(operation: str, shared_town: Town, open_app: Open) -> None:
    nonsense = dict.fromkeys(shared_town.ours.ids, "nonsense")
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.OPERATOR]) as client:
        told(await ask(client, operation, nonsense), 404, "not-found")


@pytest.mark.parametrize("role", [Role.AGENT, Role.INSPECTOR])
@pytest.mark.parametrize("operation", sorted({*CHANGES, *LEADERS_READ} - OPERATORS - AGENTS_DO - INSPECTORS_DO))
async def test_agents_and_inspectors_change_nothing(
    operation: str, role: Role, shared_town: Town, open_app: Open
) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[role]) as client:
        response = await ask(client, operation, shared_town.ours.ids)
    told(response, 403, "forbidden")
    assert "owner" in response.json()["who"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
@pytest.mark.parametrize("operation", sorted(OPERATORS))
async def test_what_holds_for_all_is_the_operators_alone(
    operation: str, role: Role, shared_town: Town, open_app: Open
) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[role]) as client:
        told(await ask(client, operation, shared_town.ours.ids), 403, "forbidden")


async def test_an_inspector_lists_no_numbers_and_changes_no_customers(shared_town: Town, open_app: Open) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.INSPECTOR]) as client:
        told(await ask(client, "POST /do-not-call", {}), 403, "forbidden")
        for operation in sorted(AGENTS_DO & set(CHANGES)):
            told(await ask(client, operation, shared_town.ours.ids), 403, "forbidden")


async def test_a_supervisor_changes_no_settings(shared_town: Town, open_app: Open) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.SUPERVISOR]) as client:
        for operation in ("PUT /settings/calling", "PUT /warnings/settings"):
            told(await ask(client, operation, {}), 403, "forbidden")


OWNERS_ALONE = [
    one
    for one in OPERATIONS
    if "/webhooks" in one
    or "/wechat-account" in one
    or ("/lines" in one and one in CHANGES and "test-call" not in one)
]


@pytest.mark.parametrize("operation", [*OWNERS_ALONE, "GET /ledger", "GET /ledger/export", "GET /spending"])
async def test_a_supervisor_changes_no_lines_and_no_webhooks_and_reads_no_ledger(
    operation: str, shared_town: Town, open_app: Open
) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.SUPERVISOR]) as client:
        told(await ask(client, operation, shared_town.ours.ids), 403, "forbidden")


@pytest.mark.parametrize("operation", CHANGES)
async def test_another_sites_page_changes_nothing(operation: str, shared_town: Town, open_app: Open) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.OWNER]) as client:
        client.headers["Origin"] = "https://elsewhere.example"
        told(await ask(client, operation, shared_town.ours.ids), 403, "cross-site")
        del client.headers["Origin"]
        client.headers["Sec-Fetch-Site"] = "cross-site"
        told(await ask(client, operation, shared_town.ours.ids), 403, "cross-site")


@pytest.mark.parametrize(
    "operation", [one for one in GUARDED if one.startswith("GET") and one not in OPERATORS | MADE_FIRST]
)
async def test_an_owner_reads_their_own(operation: str, shared_town: Town, open_app: Open) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.OWNER]) as client:
        response = await ask(client, operation, shared_town.ours.ids)
    assert response.status_code == 200, response.text
    assert str(shared_town.theirs.tenant_id) not in response.text
    for theirs in shared_town.theirs.ids.values():
        assert str(theirs) not in response.text


@pytest.mark.parametrize("key", ["script_id", "line_id"])
async def test_a_neighbours_things_cannot_be_named_in_a_body(key: str, shared_town: Town, open_app: Open) -> None:
    ids = {**shared_town.ours.ids, key: shared_town.theirs.ids[key]}
    body = {"name": "T", "seats": 1, "script_id": str(ids["script_id"]), "line_ids": [str(ids["line_id"])]}
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.OWNER]) as client:
        told(await client.post("/api/v1/tasks", json=body), 404, "not-found")
