"""Chats and pushes over the API: what is told of them, what is not, and whom links let in."""

from datetime import timedelta
from uuid import UUID

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.pushing.jobs import Pusher
from callwright.pushing.links import GOOD_FOR, link_to
from tests.factories.calling import BOX
from tests.factories.pushing import Messenger
from tests.factories.telling import FEISHU
from tests.fakes.clock import ManualClock
from tests.web.conftest import START, Open, Town, client_of

CHAT = {"name": "Sales", "kind": "feishu", "address": FEISHU}


async def test_a_chat_is_bound_tried_and_never_shown_whole(town: Town, open_app: Open, database: Database) -> None:
    async with client_of(open_app(town), town.ours.tokens[Role.AGENT]) as client:
        long = await client.post("/api/v1/chats", json={**CHAT, "name": "x" * 81})
        assert "at most 80 characters" in long.json()["detail"]
        bound = await client.post("/api/v1/chats", json=CHAT)
        chat = bound.json()
        assert (bound.status_code, chat["hint"], chat["test"]) == (201, "…4d5e", None)
        again = await client.post(
            "/api/v1/chats", json={**CHAT, "address": {k: f"{v}\n" for k, v in FEISHU.items()}}
        )
        assert (again.status_code, again.json()["code"], again.json()["name"]) == (409, "chat-bound", "Sales")
        tried = await client.post(f"/api/v1/chats/{chat['id']}/test")
        assert (tried.status_code, tried.json()["state"]) == (202, "waiting")
        pusher = Pusher(database, Messenger(), BOX, ManualClock(START + timedelta(minutes=1)))
        await pusher.run(town.ours.tenant_id, UUID(chat["id"]))
        shown = await client.get(f"/api/v1/chats/{chat['id']}")
        assert (shown.json()["test"]["state"], shown.json()["test"]["answer"]) == ("delivered", '{"code":0}')
        for told in (bound.text, shown.text, (await client.get("/api/v1/chats")).text):
            assert "0f2a1b3c4d5e" not in told
        renamed = await client.put(f"/api/v1/chats/{chat['id']}", json={"name": "Team"})
        assert renamed.json()["name"] == "Team"
        assert (await client.delete(f"/api/v1/chats/{chat['id']}")).status_code == 204
        assert (await client.get("/api/v1/chats")).json() == []


async def test_somebody_elses_chat_is_not_there(town: Town, open_app: Open) -> None:
    chat_id = town.ours.ids["chat_id"]
    async with client_of(open_app(town), town.ours.tokens[Role.OPERATOR]) as client:
        for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/test")):
            asked = await client.request(method, f"/api/v1/chats/{chat_id}{path}")
            assert (asked.status_code, asked.json()["code"]) == (404, "not-found")


async def test_an_address_that_is_none_is_refused_with_what_one_looks_like(town: Town, open_app: Open) -> None:
    async with client_of(open_app(town), town.ours.tokens[Role.OWNER]) as client:
        body = {
            **CHAT,
            "address": {"webhook": "https://open.feishu.cn.evil.example/open-apis/bot/v2/hook/0f2a1b3c"},
        }
        refused = await client.post("/api/v1/chats", json=body)
    assert refused.status_code == 422
    assert (refused.json()["code"], refused.json()["errors"][0]["where"]) == ("chat-address", "address.webhook")
    assert "open-apis/bot" in refused.json()["detail"]


async def test_a_task_is_made_with_whom_it_tells(town: Town, open_app: Open) -> None:
    ids = town.ours.ids
    async with client_of(open_app(town), town.ours.tokens[Role.OWNER]) as client:
        (pusher,) = (await client.get("/api/v1/pushers")).json()
        assert pusher["kinds"] == ["feishu"]
        wanted = {"how": "in_turn", "assigns": True, "pushers": {"A": [pusher["id"]]}}
        body = {"name": "T", "seats": 1, "script_id": str(ids["script_id"]), "line_ids": [str(ids["line_id"])]}
        made = await client.post("/api/v1/tasks", json={**body, "push": wanted})
        assert (made.status_code, made.json()["push"]) == (201, wanted)
        nobody = await client.post(
            "/api/v1/tasks", json={**body, "name": "U", "push": {**wanted, "pushers": {"A": [str(ids["line_id"])]}}}
        )
        assert (nobody.status_code, nobody.json()["code"]) == (422, "pusher")
        both = await client.post("/api/v1/tasks", json={**body, "name": "V", "push": {**wanted, "how": "all"}})
        assert (both.status_code, both.json()["code"]) == (422, "assigns-all")


async def test_a_link_lets_in_whoever_may_see_the_call_and_not_for_ever(town: Town, open_app: Open) -> None:
    ids, ours, theirs = town.ours.ids, town.ours, town.theirs

    def token(tenant_id: UUID, *, earlier: timedelta = timedelta()) -> dict[str, str]:
        link = link_to("https://calls.example", tenant_id, ids["call_id"], box=BOX, now=START - earlier)
        return {"token": link.rpartition("/")[2]}

    async with client_of(open_app(town), ours.tokens[Role.OWNER]) as client:
        found = await client.post("/api/v1/push-links", json=token(ours.tenant_id))
        assert found.json() == {"call_id": str(ids["call_id"])}
        stale = await client.post(
            "/api/v1/push-links", json=token(ours.tenant_id, earlier=GOOD_FOR + timedelta(minutes=1))
        )
        assert (stale.status_code, stale.json()["code"]) == (422, "stale-push-link")
        for other in (token(theirs.tenant_id), {"token": BOX.seal("password").decode()}, {"token": "é"}):
            none = await client.post("/api/v1/push-links", json=other)
            assert (none.status_code, none.json()["detail"]) == (404, "There is no call behind this link.")
    async with client_of(open_app(town), theirs.tokens[Role.OWNER]) as client:
        assert (await client.post("/api/v1/push-links", json=token(ours.tenant_id))).status_code == 404


async def test_what_failed_is_listed_and_sent_again(town: Town, open_app: Open) -> None:
    ids = town.ours.ids
    async with client_of(open_app(town), town.ours.tokens[Role.SUPERVISOR]) as client:
        (failed,) = (await client.get("/api/v1/pushes", params={"state": "failed"})).json()["items"]
        assert (failed["id"], failed["failure"], failed["chat_name"]) == (str(ids["push_id"]), "refused", "Sales")
        (of_call,) = (await client.get(f"/api/v1/calls/{ids['call_id']}/pushes")).json()
        assert of_call["id"] == failed["id"]
        again = await client.post(f"/api/v1/pushes/{failed['id']}/again")
        assert (again.status_code, again.json()["state"]) == (202, "waiting")
        twice = await client.post(f"/api/v1/pushes/{failed['id']}/again")
        assert (twice.status_code, twice.json()["code"]) == (409, "push-under-way")
