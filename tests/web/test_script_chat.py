"""A script tried in writing: what was understood, said and made of it, step by step, and nothing kept."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from callwright.web.app import WebParts
from tests.fakes.try_speech import FakeTrySpeech
from tests.unit.dialogue.small import small
from tests.web.conftest import Town

BOB = {"customer_name": "Bob"}


async def chat(owner: httpx.AsyncClient, *events: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Play a conversation with the small script."""
    sent = {"content": small(), "variables": BOB, "events": events, **body}
    response = await owner.post("/api/v1/scripts/chat", json=sent)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def said(step: dict[str, Any]) -> str:
    """Return what we said in a step."""
    return " ".join(one["text"] for one in step["said"])


async def test_a_conversation_is_told_step_by_step(owner: httpx.AsyncClient) -> None:
    begun = await chat(owner)
    assert said(begun["steps"][0]) == "Hello Bob, this is Acme. Ready?"
    assert (begun["node"], begun["ended"], begun["grade"]["name"]) == ("hello", None, "B")
    played = await chat(owner, {"said": "how much"}, {"said": "Yes"}, {"silence": True}, {"said": "forty two"})
    asked, agreed, silent, told = played["steps"][1:]
    assert said(asked) == "Nothing at all. Are you ready?"
    assert asked["heard"]["meant"] == {"intent": "price", "score": 0.9}
    assert asked["heard"]["likely"][0]["intent"] == "price"
    assert len(asked["heard"]["likely"]) == 3
    assert (agreed["entered"], agreed["node"]) == (["size"], "size")
    assert said(silent).startswith("Are you still there?")
    assert told["heard"]["meant"] is None
    assert (told["collected"], played["collected"]) == ({"size": "42"}, {"size": "42"})
    assert (played["ended"], played["node"]) == ("finished", "thanks")
    assert (played["grade"]["name"], played["grade"]["label"]) == ("A", "Good")
    assert played["grade"]["reasons"][0]["rule"] == "Told the size"
    assert played["talk_s"] > begun["talk_s"]


async def test_what_comes_after_the_end_is_not_played(owner: httpx.AsyncClient) -> None:
    played = await chat(owner, {"key": "9"}, {"said": "yes"})
    assert (len(played["steps"]), played["ended"]) == (2, "do_not_call")
    left = await chat(owner, {"hang_up": True}, {"said": "yes"})
    assert (len(left["steps"]), left["ended"], left["steps"][1]["hung_up"]) == (2, "hung_up", True)


async def test_a_kept_script_is_tried_with_its_own_examples(owner: httpx.AsyncClient, town: Town) -> None:
    body = {"script_id": str(town.ours.ids["script_id"])}
    played = (await owner.post("/api/v1/scripts/chat", json=body)).json()
    assert said(played["steps"][0]).startswith("Hello Maria.")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"content": small(nodes__hello__branches={"yes": "nowhere"})}, "script-invalid"),
        ({"content": small(limits__turns=0)}, "script-invalid"),
        ({}, "invalid"),
        ({"content": small(), "events": [{"said": "x" * 501}]}, "invalid"),
        ({"content": small(), "events": [{"key": "x"}]}, "invalid"),
        ({"content": small(), "events": [{"silence": True}] * 201}, "invalid"),
        ({"content": small()}, "missing-variable"),
    ],
)
async def test_what_can_not_be_tried_is_told(owner: httpx.AsyncClient, body: dict[str, Any], code: str) -> None:
    response = await owner.post("/api/v1/scripts/chat", json=body)
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    if code == "script-invalid":
        assert response.json()["faults"]


async def test_without_a_speech_server_that_is_said(app: FastAPI, owner: httpx.AsyncClient) -> None:
    parts: WebParts = app.state.parts
    assert isinstance(parts.speech, FakeTrySpeech)
    parts.speech.away = True
    body = {"content": small(), "variables": BOB, "events": [{"said": "yes"}, {"said": "no"}]}
    response = await owner.post("/api/v1/scripts/chat", json=body)
    assert (response.status_code, response.json()["code"]) == (503, "speech-unavailable")
