"""The first command of the README, and what it leaves."""

from pathlib import Path

import pytest

from callwright.simulator.truth import read_truth
from tests.journeys.conftest import CALLS
from tests.journeys.demo_house import DemoHouse

pytestmark = pytest.mark.timeout(600)


def test_every_call_is_accounted_for_as_the_telephone_world_saw_it(house: DemoHouse) -> None:
    result = house.result()
    truth = result["truth"]
    assert result["calls"] == result["attempts"] == CALLS
    assert sum(result["by_phone_state"].values()) == CALLS
    assert truth["unmatched"] == 0
    assert truth["phone_states_right"] == CALLS - truth["voicemail_as_connected"]
    assert result["connected"] == result["recordings"] == result["transcripts"] == sum(result["by_grade"].values())
    heard = truth["intents"] - truth["intents_unheard"]  # a busy machine may miss some
    assert truth["intents"] / 2 <= heard <= truth["intents_right"] / 0.75
    assert {"p50", "p95"} == set(result["reply_ms"]) == set(result["answer_to_audio_ms"])


def test_nobody_else_on_the_machine_reads_whom_it_called(house: DemoHouse, data: Path) -> None:
    house.result()
    kept = [path for folder in ("demo", "logs", "blobs") for path in (data / folder, *(data / folder).rglob("*"))]
    assert len(kept) > CALLS
    assert [path for path in kept if path.stat().st_mode & 0o077] == []


def test_the_world_met_every_kind_of_handset(house: DemoHouse, data: Path) -> None:
    house.result()
    kinds = {call.kind for call in read_truth(data / "demo" / "truth.jsonl")}
    assert kinds >= {"person", "busy", "refuses", "no_answer", "wrong_number", "unreachable", "voicemail"}
