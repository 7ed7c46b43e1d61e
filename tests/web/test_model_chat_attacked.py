"""A brief tried in writing where server and customer mean harm: the stream is whole, and what it cost counts."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from callwright.db.session import Database
from callwright.db.tables.scripts import ModelCrowdRow
from tests.fakes.language_server import (
    Exchange,
    LanguageServer,
    Manner,
    calls,
    falls_silent,
    is_overloaded,
    never_answers,
    never_ends,
    says,
)
from tests.unit.dialogue.model.shop import BOB
from tests.web.conftest import Town
from tests.web.test_model_chat import Lines, _chat, _of, _said

QUICK = {"limits__first_s": 0.3, "limits__total_s": 1.0, "limits__turns": 3}
NOT_SAID = "I'd rather not say anything I can't confirm."


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        (says("Sure\ud800 I see."), [NOT_SAID]),
        (says("Sure \ud83d", "\ude00 I see."), ["Sure \U0001f600 I see."]),
        (says("Sure\x00 I see."), [NOT_SAID]),
        (says("It costs ４２ dollars."), [NOT_SAID]),
        (says("It costs ٤٢ dollars."), [NOT_SAID]),
        (
            calls("\ud800", '{"reason": "\ud800"}'),
            ["One moment, please.", "Sorry, something is wrong here. Goodbye."],
        ),
        (calls("collect", '{"name": "day", "value": "\ud800\x00"}'), None),
    ],
)
async def test_no_sign_of_the_models_breaks_the_stream(
    app: FastAPI, owner: httpx.AsyncClient, manner: Manner, said: list[str] | None
) -> None:
    async with _chat(app, owner, manner, limits__rounds=1) as chat:
        await chat.take()
        lines = await chat.take({"said": "how much is it"})
        assert said is None or _said(lines) == said
        assert lines[-1]["kind"] == "standing"


@pytest.mark.parametrize("name", ["Bob ４２", "Bob ٤٢"])
async def test_no_digits_of_the_customers_break_the_stream(
    app: FastAPI, owner: httpx.AsyncClient, name: str
) -> None:
    async with _chat(app, owner, says("Fine. Which day?")) as chat:
        known = {"variables": {"customer_name": name}}
        await chat.take(**known)
        assert _said(await chat.take({"said": "４２, ٤٢ and 4"}, **known)) == ["Fine. Which day?"]
        refused = await chat.client.post(
            "/api/v1/scripts/model-chat",
            content=json.dumps(
                {"brief": chat.brief, "variables": BOB, "event": {"said": "\ud800"}, "record": None}
            ),
            headers={"content-type": "application/json"},
        )
        assert refused.status_code == 422


@pytest.mark.parametrize("manner", [never_answers, falls_silent, never_ends])
async def test_a_server_that_is_slow_or_silent_or_endless_ends_the_chat_within_its_limits(
    app: FastAPI, owner: httpx.AsyncClient, manner: Manner
) -> None:
    async with _chat(app, owner, manner, **QUICK) as chat, asyncio.timeout(15):
        await chat.take()
        for _ in range(4):
            lines = await chat.take({"said": "maybe"})
            if lines[-1]["ended"]:
                break
        assert lines[-1]["ended"] in ("trouble", "too_long")
        assert _said(lines)[-1].endswith("oodbye.")
        await _is_asked_no_more(chat.server)


async def _is_asked_no_more(server: LanguageServer) -> None:
    while server.answering:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def _crowd(client: httpx.AsyncClient, brief: dict[str, Any], people: int = 5) -> httpx.Response:
    return await client.post("/api/v1/scripts/model-crowd", json={"brief": brief, "people": people, "seed": 4})


def _lines(answered: httpx.Response) -> Lines:
    return [json.loads(line) for line in answered.text.splitlines()]


@pytest.mark.parametrize("manner", [never_answers, falls_silent, says("It costs ４２ dollars.\ud800")])
async def test_a_crowd_reports_whatever_its_server_does(
    app: FastAPI, owner: httpx.AsyncClient, manner: Manner
) -> None:
    async with _chat(app, owner, manner, **QUICK) as chat, asyncio.timeout(30):
        *_, report = _lines(await _crowd(owner, chat.brief))
        assert (report["kind"], sum(report["endings"].values())) == ("report", 5)
        assert report["tokens"] > 0
        await _is_asked_no_more(chat.server)


async def test_what_is_held_back_costs_and_ends_the_chat(app: FastAPI, owner: httpx.AsyncClient) -> None:
    async with _chat(app, owner, says("It is booked. ", "Good."), limits__tokens=1000) as chat:
        await chat.take()
        costs = []
        for _ in range(10):
            lines = await chat.take({"said": "maybe"})
            costs.append(lines[-1]["tokens"])
            if lines[-1]["ended"]:
                break
            assert _of(lines, "held_back")
        assert costs[0] > 100
        assert lines[-1]["ended"] == "trouble"
        assert len(chat.server.asked) < 6


async def test_what_is_held_back_costs_in_a_crowd(
    app: FastAPI, owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    async with _chat(app, owner, says("It is booked. ", "Good.")) as chat:
        *talks, report = _lines(await _crowd(owner, chat.brief))[1:]
        assert report["tokens"] > 100 * len(chat.server.asked) > 0
        assert all(talk["tokens"] for talk in talks if any(line["kind"] == "held_back" for line in talk["lines"]))
        async with database.tenant(town.ours.tenant_id) as session:
            assert (await session.scalars(select(ModelCrowdRow.tokens))).one() == report["tokens"]


async def test_of_many_crowds_at_once_one_is_called(
    app: FastAPI, owner: httpx.AsyncClient, town: Town, database: Database
) -> None:
    refused = asyncio.Event()

    async def _waits(exchange: Exchange) -> None:
        await refused.wait()
        await is_overloaded(exchange)

    codes: list[str] = []

    async def one() -> None:
        answered = await _crowd(owner, chat.brief)
        if answered.status_code != 200:
            codes.append(answered.json()["code"])
        if len(codes) == 7:
            refused.set()

    async with _chat(app, owner, _waits) as chat, asyncio.timeout(30):
        await asyncio.gather(*(one() for _ in range(8)))
    assert codes == ["model-crowd-under-way"] * 7
    async with database.tenant(town.ours.tenant_id) as session:
        assert len((await session.scalars(select(ModelCrowdRow))).all()) == 1


async def test_of_many_chats_at_once_so_many_are_answered(app: FastAPI, owner: httpx.AsyncClient) -> None:
    most, places = 0, app.state.parts.answers.at_once
    refused = asyncio.Event()
    codes: list[str] = []

    async def _waits(exchange: Exchange) -> None:
        nonlocal most
        most = max(most, chat.server.answering)
        await refused.wait()
        await says("I see.")(exchange)

    async def one() -> None:
        answered = await chat.post({"said": "maybe"})
        if answered.status_code != 200:
            codes.append(answered.json()["code"])
        if len(codes) == 12 - places:
            refused.set()

    async with _chat(app, owner, _waits) as chat, asyncio.timeout(30):
        await chat.take()
        await asyncio.gather(*(one() for _ in range(12)))
    assert codes == ["answers-under-way"] * (12 - places)
    assert most == places
