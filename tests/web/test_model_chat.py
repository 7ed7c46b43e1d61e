"""A brief tried in writing against a language server over real HTTP: asked once a turn, its part unforgeable."""

import dataclasses
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.db.tables.scripts import ModelCrowdRow
from callwright.dialogue.writing import content_of, write_script
from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.scripts import model_crowd_limits as limits
from callwright.scripts.model_chat_limits import LONGEST_ANSWER, Allowance, AnswersUnderWayError, end
from callwright.scripts.model_crowd import MOST_TOKENS
from callwright.web.access import COOKIE
from tests.factories.calling import BOX
from tests.fakes.language_server import (
    Exchange,
    LanguageServer,
    Manner,
    calls,
    is_overloaded,
    language_server,
    says,
)
from tests.unit.dialogue.model.shop import BOB, shop
from tests.web.conftest import HandSetClock, Town

ADDRESS = "/api/v1/scripts/model-chat"
Lines = list[dict[str, Any]]


@dataclass
class Chat:
    """A conversation that remembers its last record."""

    client: httpx.AsyncClient
    server: LanguageServer
    brief: dict[str, Any]
    record: str | None = None

    async def post(self, event: dict[str, Any] | None = None, **other: Any) -> httpx.Response:
        """Send the next event, or what ``other`` says instead."""
        body = {"brief": self.brief, "variables": BOB, "record": self.record, "event": event, **other}
        return await self.client.post(ADDRESS, json=body)

    async def take(self, event: dict[str, Any] | None = None, **other: Any) -> Lines:
        """Return the lines that follow from the next event."""
        response = await self.post(event, **other)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith("application/x-ndjson")
        lines: Lines = [json.loads(line) for line in response.text.splitlines()]
        self.record = lines[-1]["record"]
        return lines


@asynccontextmanager
async def _chat(app: FastAPI, client: httpx.AsyncClient, *manners: Manner, **changes: Any) -> AsyncGenerator[Chat]:
    async with language_server(*manners) as server:
        model = OpenAiCompatible(server.address, "small")
        app.state.parts = dataclasses.replace(app.state.parts, language_model=model)
        try:
            yield Chat(client, server, content_of(shop(**changes)))
        finally:
            await model.close()


def _of(lines: Lines, kind: str) -> Lines:
    return [line for line in lines if line["kind"] == kind]


def _said(lines: Lines) -> list[str]:
    return [line["text"] for line in _of(lines, "said")]


async def test_a_conversation_asks_the_model_once_a_turn(app: FastAPI, owner: httpx.AsyncClient) -> None:
    manners = [
        says("A service costs 40 ", "dollars. Which day?"),
        calls("collect", '{"name": "day", "value": "Monday"}'),
        says("Good, I have put you down for Monday."),
        calls("hang_up", '{"reason": "finished"}'),
    ]
    async with _chat(app, owner, *manners) as chat:
        begun = await chat.take()
        assert [line["kind"] for line in begun] == ["said", "standing"]
        assert begun[0]["text"].startswith("Hello Bob, this is Ann")
        assert not begun[0]["by_model"]
        told = await chat.take({"said": "how much is it"})
        assert _said(told) == ["A service costs 40 dollars.", "Which day?"]
        assert all(line["by_model"] for line in _of(told, "said"))
        booked = await chat.take({"said": "Monday please"})
        (used,) = _of(booked, "tool")
        assert (used["name"], used["result"][:8], used["refused"]) == ("collect", "kept day", False)
        assert _said(booked) == ["Good, I have put you down for Monday."]
        over = (await chat.take({"said": "that is all"}))[-1]
        assert (over["ended"], over["grade"]["name"]) == ("finished", "A")
        assert over["collected"]["day"]
        assert (over["turns"], over["tokens"]) == (3, 300)
        assert len(chat.server.asked) == len(manners)
        words = [message["content"] for message in chat.server.asked[-1]["messages"]]
        assert words[1].startswith("Hello Bob")
        assert words[-1] == "that is all"
        again = await chat.take({"said": "are you there"})
        assert [line["kind"] for line in again] == ["standing"]
        assert len(chat.server.asked) == len(manners)


async def test_what_is_not_said_stands_beside_with_its_reason(app: FastAPI, owner: httpx.AsyncClient) -> None:
    async with _chat(app, owner, says("It costs 35 dollars.")) as chat:
        await chat.take()
        lines = await chat.take({"said": "how much is it"})
    (held,) = _of(lines, "held_back")
    assert (held["text"], held["why"]) == ("It costs 35 dollars.", "figure")
    assert [(line["text"], line["by_model"]) for line in _of(lines, "said")] == [
        ("I'd rather not say anything I can't confirm.", False)
    ]


async def test_a_conversation_can_be_taken_back_to_an_earlier_turn(app: FastAPI, owner: httpx.AsyncClient) -> None:
    async with _chat(app, owner, says("Which day?"), says("Good."), says("No problem.")) as chat:
        await chat.take()
        first = (await chat.take({"said": "maybe"}))[-1]["record"]
        await chat.take({"said": "yes"})
        other = await chat.take({"said": "no"}, record=first)
        assert _said(other) == ["No problem."]
        said = [message["content"] for message in chat.server.asked[-1]["messages"] if message["role"] == "user"]
    assert said == ["maybe", "no"]


async def test_nobody_writes_the_models_part_themselves(app: FastAPI, owner: httpx.AsyncClient, town: Town) -> None:
    async with _chat(app, owner, says("Which day?")) as chat:
        await chat.take()
        record = chat.record
        assert record is not None
        mark = json.loads(BOX.open(record.encode()))[0]
        earlier = ({"version": 1}, [mark], [mark, [["Mumbled", {}]]], [mark, [["Heard", {"words": "yes"}]]])
        sealed = [BOX.seal(json.dumps(kept)).decode() for kept in (["another", []], *earlier)]
        for forged in (record[:-8] + "AAAAAAA=", "gAAAA", *sealed):
            refused = await chat.post({"said": "yes"}, record=forged)
            assert (refused.status_code, refused.json()["code"]) == (409, "foreign-chat-record")
        for other in ({"brief": chat.brief | {"facts": ["All is free."]}}, {"variables": {"customer_name": "Eve"}}):
            refused = await chat.post({"said": "yes"}, **other)
            assert refused.json()["code"] == "foreign-chat-record"
        chat.client.cookies.set(COOKIE, town.theirs.tokens[Role.OWNER])
        assert (await chat.post({"said": "yes"})).json()["code"] == "foreign-chat-record"
        assert not chat.server.asked


async def test_limits_end_it_as_they_end_a_call(app: FastAPI, owner: httpx.AsyncClient) -> None:
    async with _chat(app, owner, says("Well then.", tokens=1200), limits__tokens=1000) as chat:
        await chat.take()
        await chat.take({"said": "hello"})
        assert (await chat.take({"said": "hello"}))[-1]["ended"] == "trouble"
    async with _chat(app, owner, says("Well then. " * 3), limits__seconds=20) as chat:
        await chat.take()
        ended = [(await chat.take({"said": "hello " * 30}))[-1]["ended"] for _ in range(3)]
        assert ended[-1] == "too_long"
    async with _chat(app, owner, is_overloaded) as chat:
        await chat.take()
        lines = await chat.take({"said": "hello"})
        assert [line["why"] for line in _of(lines, "trouble")] == ["refused", "refused"]
        assert lines[-1]["ended"] == "trouble"


async def test_a_company_asks_only_so_often(app: FastAPI, owner: httpx.AsyncClient, clock: HandSetClock) -> None:
    async with _chat(app, owner, says("Well then.")) as chat:
        app.state.parts = dataclasses.replace(app.state.parts, answers=Allowance(a_minute=2))
        await chat.take()
        await chat.take({"said": "hello"})
        await chat.take({"said": "hello"})
        refused = await chat.post({"said": "hello"})
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-answers")
        assert int(refused.headers["retry-after"]) == 60
        clock.pass_(seconds=61)
        await chat.take({"said": "hello"})


async def test_whichever_process_a_company_comes_to_so_many_are_answered_at_once(
    town: Town, database: Database, clock: HandSetClock
) -> None:
    now = clock.now()

    async def begin(tenant_id: UUID, *, at: datetime) -> UUID:
        async with database.tenant(tenant_id) as session:
            return await Allowance(at_once=1).begin(session, tenant_id, now=at)  # each time another process's

    ours = town.ours.tenant_id
    answer = await begin(ours, at=now)
    with pytest.raises(AnswersUnderWayError):
        await begin(ours, at=now)
    await begin(town.theirs.tenant_id, at=now)
    async with database.tenant(ours) as session:
        await end(session, answer, now=now)
    await begin(ours, at=now)
    await begin(ours, at=now + LONGEST_ANSWER)  # nobody came for the one before


async def test_a_kept_brief_is_tried_and_a_drawn_script_refused(
    app: FastAPI, owner: httpx.AsyncClient, town: Town
) -> None:
    made = await owner.post("/api/v1/scripts", json={"source": write_script(shop())})
    async with _chat(app, owner, says("Good.")) as chat:
        kept = {"script_id": made.json()["id"], "variables": BOB}
        begun = await owner.post(ADDRESS, json=kept)
        assert json.loads(begun.text.splitlines()[0])["text"].startswith("Hello Bob")
        drawn = await owner.post(ADDRESS, json={"script_id": str(town.ours.ids["script_id"])})
        assert (drawn.status_code, drawn.json()["code"]) == (409, "drawn")
        faulty = await chat.post(brief=chat.brief | {"anywhere": {}})
        assert (faulty.status_code, faulty.json()["faults"][0]["rule"]) == (422, "no-way-out-model")
        for body in ({}, {"record": "x"}, {"event": {"said": "hello"}}):
            assert (await owner.post(ADDRESS, json=kept | body)).status_code == (422 if body else 200)


async def _answers(exchange: Exchange) -> None:
    """Invent a price for who asks for one, keep a day, hang up on who says goodbye; else ask for a day."""
    messages = exchange.body["messages"]
    words = messages[-1]["content"]
    if messages[-1]["role"] == "tool":
        await says("Thank you.")(exchange)
    elif "?" in words or re.match(r"how|is |when|where|what|since|do |can ", words):
        await says("It is 35 dollars.")(exchange)
    elif re.search("day|tomorrow|March|May", words):
        await calls("collect", json.dumps({"name": "day", "value": words}))(exchange)
    else:
        await says("Which day?")(exchange)


async def test_a_crowd_is_called_and_its_report_adds_up(
    app: FastAPI, owner: httpx.AsyncClient, town: Town, database: Database, clock: HandSetClock
) -> None:
    async with _chat(app, owner, _answers) as chat:
        body = {"brief": chat.brief, "people": 20, "seed": 4}
        address = "/api/v1/scripts/model-crowd"
        (estimate,) = (await owner.post(address, json=body | {"begin": False})).text.splitlines()
        assert json.loads(estimate)["tokens"] > 1000
        assert not chat.server.asked
        answered = await owner.post(address, json=body)
        _, *talks, report = [json.loads(line) for line in answered.text.splitlines()]
        assert sorted(talk["number"] for talk in talks) == list(range(20))
        assert (report["people"], sum(report["endings"].values()), sum(report["grades"].values())) == (20, 20, 20)
        assert report["tokens"] == sum(talk["tokens"] for talk in talks) > 0
        assert report["failed"] == 0
        said = {line["text"] for talk in talks for line in talk["lines"] if line["kind"] == "said"}
        assert "It is 35 dollars." not in said
        assert {one["text"] for one in report["held_back"]} == {"It is 35 dollars."}
        assert {one["why"] for one in report["held_back"]} == {"figure"}
        assert sum(one["times"] for one in report["lacking"]) == len(report["held_back"])
        assert any(one["name"] == "collect" and not one["refused"] for one in report["tools"])
        async with database.tenant(town.ours.tenant_id) as session:
            spent = (await session.scalars(select(ModelCrowdRow))).one()
            assert (spent.tokens, spent.ended_at is not None) == (report["tokens"], True)
            await limits.begin(session, town.ours.tenant_id, by=None, now=clock.now())
        refused = await owner.post(address, json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "model-crowd-under-way")
        clock.moment += limits.LONGEST  # its process died: what it held stays held
        async with database.tenant(town.ours.tenant_id) as session:
            nearly = limits.TOKENS_A_DAY - 2 * MOST_TOKENS  # beside what is held, and what was spent
            session.add(ModelCrowdRow(began_at=clock.now(), ended_at=clock.now(), tokens=nearly))
        refused = await owner.post(address, json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "model-crowd-allowance")
        assert (await owner.post(address, json=body | {"people": 500})).status_code == 422


async def test_without_a_language_model_it_is_refused_in_words(owner: httpx.AsyncClient) -> None:
    refused = await owner.post(ADDRESS, json={"brief": content_of(shop()), "variables": BOB})
    assert (refused.status_code, refused.json()["code"]) == (422, "no-language-model")
    assert "CALLWRIGHT_LANGUAGE_MODEL_URL" in refused.json()["detail"]
