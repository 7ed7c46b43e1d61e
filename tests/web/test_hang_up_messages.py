"""Hang-up messages through the API: chosen for a task, listed, and what gateways tell by callback."""

import json
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from callwright.accounts.roles import Role
from callwright.channels.port import Fate, Submitted
from callwright.db.events import CallEnded
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.messaging import MessageChannelRow, MessageOptOutRow, MessageRow
from callwright.kit.ids import new_id
from callwright.messaging import queue, templates
from callwright.messaging.hanging_up import HANG_UP_MESSAGES, choose_message
from callwright.worker.relaying import relay_waiting
from tests.factories.finished_calls import DIALLED, ENDED
from tests.web.conftest import START, HandSetClock, Town, client_of, wanted

GATEWAY = {
    "name": "Gateway",
    "provider": "gateway",
    "config": {
        "url": "https://gateway.example/send",
        "body": '{"to": "{recipient}", "text": "{text}"}',
        "receipt": {"id_path": "id", "state_path": "state"},
        "reply": {"sender_path": "from", "recipient_path": "to", "text_path": "text"},
    },
}


@pytest.fixture
async def working(town: Town, database: Database) -> UUID:
    """Our company's template is approved and its channel works; return the template."""
    async with database.system() as session:
        await templates.decide(session, town.ours.ids["version_id"], rejected=None, now=START)
        await session.execute(update(MessageChannelRow).values(trouble="", seen_at=START))
    template_id: UUID = town.ours.ids["template_id"]
    return template_id


def _wish(town: Town, template_id: UUID, grades: list[str], name: str = "Evening") -> dict[str, Any]:
    message = {"template_id": str(template_id), "grades": grades}
    return {"name": name, "seats": 1, "hang_up_message": message, **wanted(town)}


async def test_a_task_is_made_with_an_approved_message_for_some_grades(
    owner: httpx.AsyncClient, town: Town, working: UUID
) -> None:
    key = {"Idempotency-Key": str(new_id())}
    made = await owner.post("/api/v1/tasks", json=_wish(town, working, ["B", "A"]), headers=key)
    assert made.status_code == 201, made.text
    chosen = made.json()["hang_up_message"]
    assert (chosen["template_name"], chosen["grades"]) == ("Thank you", ["A", "B"])
    again = await owner.post("/api/v1/tasks", json=_wish(town, working, ["A", "B"]), headers=key)
    assert again.json()["id"] == made.json()["id"]
    other = await owner.post("/api/v1/tasks", json=_wish(town, working, ["A"]), headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "message-other")
    wrong = await owner.post("/api/v1/tasks", json=_wish(town, working, ["Z"], "Other"))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "message-grade")
    assert (await owner.get("/api/v1/tasks", params={"name": "Other"})).json()["items"] == []


async def test_no_task_is_made_whose_message_could_not_be_sent(
    owner: httpx.AsyncClient, town: Town, working: UUID, clock: HandSetClock
) -> None:
    theirs = await owner.post("/api/v1/tasks", json=_wish(town, town.theirs.ids["template_id"], ["A"]))
    assert theirs.status_code == 404
    clock.pass_(minutes=5)  # nobody has told meanwhile that the channel is open
    refused = await owner.post("/api/v1/tasks", json=_wish(town, working, ["A"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "message-channel-trouble")


async def test_a_template_that_is_not_approved_can_not_be_chosen(owner: httpx.AsyncClient, town: Town) -> None:
    refused = await owner.post("/api/v1/tasks", json=_wish(town, town.ours.ids["template_id"], ["A"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "message-template-not-usable")


async def test_a_call_shows_its_message_and_what_the_gateway_tells_of_it(
    app: FastAPI, owner: httpx.AsyncClient, agent: httpx.AsyncClient, town: Town, working: UUID, database: Database
) -> None:
    operator = client_of(app, town.ours.tokens[Role.OPERATOR])
    gateway = (await operator.post("/api/v1/installation/message-channels", json=GATEWAY)).json()
    await _send(database, town, working, UUID(gateway["id"]))
    callback = urlsplit(gateway["callback"])
    address = f"{callback.path}?{callback.query}"
    nobody = client_of(app)
    forged = await nobody.post(f"{callback.path}?key=wrong", json={"id": "m1", "state": "DELIVRD"})
    assert forged.status_code == 404
    of_call = f"/api/v1/calls/{town.ours.ids['call_id']}/messages"
    assert (await owner.get(of_call)).json()[0]["state"] == "sent"

    assert (await nobody.post(address, json={"id": "m1", "state": "DELIVRD"})).status_code == 204
    (message,) = (await owner.get(of_call)).json()
    assert (message["state"], message["text"]) == ("delivered", "Us: Dear Person 0, thank you.")
    reply = {"from": message["recipient"].removeprefix("+"), "to": "10690001", "text": "Stop"}
    assert (await nobody.post(address, data=reply)).status_code == 204
    listed = (await owner.get("/api/v1/messages", params={"state": "delivered"})).json()["items"]
    assert [one["opted_out"] for one in listed[0]["replies"]] == [True]
    assert "***" in json.dumps((await agent.get(of_call)).json()[0]["recipient"])
    async with database.tenant(town.ours.tenant_id) as session:
        listed_now = await session.scalars(select(MessageOptOutRow.phone))
        assert message["recipient"] in listed_now.all()


async def _send(database: Database, town: Town, template_id: UUID, channel_id: UUID) -> None:
    """Have our finished call followed by a message that the network names ``m1``."""
    ids, tenant_id = town.ours.ids, town.ours.tenant_id
    async with database.tenant(tenant_id) as session:
        await choose_message(session, ids["task_id"], template_id=template_id, grades=["A"], now=START)
        ended = CallEnded(
            call_id=ids["call_id"],
            task_id=ids["task_id"],
            customer_id=ids["customer_id"],
            dialled_at=DIALLED,
            ended_at=ENDED,
            phone_state="connected",
            talk_ms=30_000,
            hung_up_by="us",
            interrupted=False,
            grade="A",
        )
        await publish(session, [Event(tenant_id, ended)])
    await relay_waiting(database, [HANG_UP_MESSAGES])
    async with database.system() as session:
        await session.execute(update(MessageRow).values(channel_id=channel_id))
        by = new_id()
        sent_at = await session.scalar(select(MessageRow.due_at))
        assert sent_at is not None
        claimed = await queue.claim(session, channel_id, by=by, most=1, now=sent_at)
        await queue.note(session, [(claimed[0], Submitted(Fate.ACCEPTED, ("m1",)))], by=by, now=sent_at)
