"""A whole call in Chinese: its voice, its ears, what was collected and the grade, over real SIP and RTP."""

import asyncio
import wave
from pathlib import Path

import numpy as np
import pytest

from callwright.callroom.prompt_cache import Voice
from callwright.callroom.record import CallRecord, Speaker
from callwright.telephony.port import HangupSide, PhoneState
from tests.conversations.person import Person, spoken
from tests.conversations.stage import CHINESE_SURVEY, Stage, stage

CUSTOMER = {"customer_name": "王女士"}
MAN = "zm_yunyang"
SAYINGS = ("好的，可以。", "那就星期二上午吧。", "对，没错。")


async def talk(socket: Path, recordings: Path) -> tuple[CallRecord, str]:
    """Hold the call; return our record and what is heard of our side of its recording."""
    async with stage(socket, recordings, 42800) as here:
        lines = [await spoken(here.speech, text, voice=MAN, language="zh") for text in SAYINGS]
        await _speak_ahead(here)

        async def agree(person: Person) -> None:
            for line in lines:
                await person.hear_them_out()
                person.speak(line)

        record, _ = await here.call(agree, to="120", dialogue=CHINESE_SURVEY, variables=CUSTOMER)
        assert record.recording is not None
        with wave.open(str(record.recording)) as file:
            ours = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)[:, 1]
        heard = await here.speech.recognise(np.ascontiguousarray(ours), language="zh", deadline_s=60)
        return record, heard.text


async def _speak_ahead(here: Stage) -> None:
    """Have spoken what a call node has spoken before it dials."""
    texts = [said.text for said in CHINESE_SURVEY.prompts(CUSTOMER)][:4]
    await here.equipment.prompts.warm(texts, Voice(language="zh"), deadline_s=60)


@pytest.fixture(scope="module")
def held(speech_socket: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[CallRecord, str]:
    """The call, held."""
    return asyncio.run(talk(speech_socket, tmp_path_factory.mktemp("recordings")))


def test_a_customer_who_speaks_chinese_is_understood_collected_and_graded(held: tuple[CallRecord, str]) -> None:
    record, _ = held
    assert record.error is None
    assert [step.node for step in record.path] == ["greeting", "ask", "day", "booked"]
    first, second, _ = (turn.text for turn in record.turns if turn.who is Speaker.CUSTOMER)
    assert "可以" in first
    assert "星期二" in second
    assert "周二" in dict(record.collected)["appointment"]
    assert "上午" in dict(record.collected)["appointment"]
    assert (record.phone_state, record.hung_up_by) == (PhoneState.CONNECTED, HangupSide.US)
    assert record.hang_up_reason == "booked"
    assert record.grade is not None
    assert record.grade.name == "A"


def test_what_we_say_reaches_the_recording_in_chinese(held: tuple[CallRecord, str]) -> None:
    record, heard = held
    assert "录音" in heard
    assert "再见" in heard
    assert any("周二上午" in turn.text for turn in record.turns if turn.who is not Speaker.CUSTOMER)
