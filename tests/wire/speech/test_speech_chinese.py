"""The Chinese voice, asked through the server: what Whisper hears of it, and that nobody waits for it."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import jiwer
import numpy as np
import pytest
from tests.fixtures_speech import start_speech_server, stop_speech_server

from callwright.speech.client import SpeechClient
from callwright.speech.errors import LanguageNotSpokenError, UnknownVoiceError, UnsayableTextError
from callwright.speech.port import SAMPLE_RATE
from callwright.speech.protocol import Priority

SENTENCES = (
    "您好，我是海港口腔的智能助手安娜，本次通话会录音。",
    "您上次检查是去年春天，要不要约下一次？",
    "好的，给您记下下周二上午，前台会发消息跟您确认。再见。",
)
MOST_CER = 0.15


def characters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


async def test_what_is_spoken_in_chinese_is_recognised(speech: SpeechClient) -> None:
    heard = []
    for sentence in SENTENCES:
        spoken = await speech.synthesise(sentence, language="zh", deadline_s=60)
        heard.append((await speech.recognise(spoken, language="zh", deadline_s=60)).text)
    rate = jiwer.cer([characters(text) for text in SENTENCES], [characters(text) for text in heard])
    assert rate <= MOST_CER, heard


async def test_figures_and_english_words_are_said(speech: SpeechClient) -> None:
    with_word, without = [
        await speech.synthesise(text, language="zh", voice="zm_yunyang", deadline_s=60)
        for text in ("时间是14:30，Harbour Dental免费。", "时间是14:30，免费。")
    ]
    heard = (await speech.recognise(with_word, language="zh", deadline_s=60)).text
    assert "30" in heard or "三十" in heard
    assert len(with_word) > len(without) + 0.4 * SAMPLE_RATE


async def test_its_voices_are_told_beside_the_english_one(speech: SpeechClient) -> None:
    voices = await speech.voices()
    assert voices[0].language == "en"
    chinese = [voice for voice in voices if voice.language == "zh"]
    assert (len(chinese), chinese[0].name) == (8, "zf_xiaoxiao")
    assert "晓晓" in chinese[0].label


async def test_what_can_not_be_said_says_so(speech: SpeechClient) -> None:
    with pytest.raises(UnsayableTextError, match="こ"):
        await speech.synthesise("こんにちは", language="zh", deadline_s=60)
    with pytest.raises(UnknownVoiceError, match="zf_xiaoxiao"):
        await speech.synthesise("您好", language="zh", voice="heart")
    with pytest.raises(UnknownVoiceError, match="heart"):
        await speech.synthesise("Hello", voice="zf_xiaoxiao")
    with pytest.raises(LanguageNotSpokenError, match="en, zh"):
        await speech.synthesise("Bonjour", language="fr")
    assert len(await speech.synthesise("……", language="zh", deadline_s=60)) == 0


async def test_an_english_sentence_overtakes_the_chinese_ones(speech: SpeechClient) -> None:
    slow = [
        asyncio.create_task(speech.synthesise(f"{SENTENCES[0]}第{number}次。", language="zh", deadline_s=120))
        for number in range(2)
    ]
    await asyncio.sleep(0)
    assert len(await speech.synthesise("Good morning, this will not take long.", deadline_s=60))
    assert not slow[1].done()
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="speech-") as name:  # a path short enough for a socket
        yield Path(name)


@pytest.fixture
async def keeping(folder: Path) -> AsyncIterator[SpeechClient]:
    """A client of a server that keeps what it spoke in ``folder / spoken``."""
    server = start_speech_server(folder / "own.sock", "--spoken", str(folder / "spoken"))
    client = await SpeechClient.connect(folder / "own.sock", wait_s=60, priority=Priority.AHEAD, keeps=True)
    yield client
    await client.close()
    stop_speech_server(server)


async def test_what_every_call_says_is_kept_and_no_customers_name(keeping: SpeechClient, folder: Path) -> None:
    first = await keeping.synthesise("好的。", language="zh", deadline_s=60)
    made = (await keeping.stats())["synthesiser (zh)"]["done"]
    again = await keeping.synthesise("好的。", language="zh", deadline_s=60)
    assert np.array_equal(first, again)
    assert (await keeping.stats())["synthesiser (zh)"]["done"] == made
    assert len(list((folder / "spoken").iterdir())) == 1
    await keeping.synthesise("Fine.")
    for_a_call = await SpeechClient.connect(folder / "own.sock", priority=Priority.AHEAD)
    named = await for_a_call.synthesise("王女士。", language="zh", deadline_s=60)
    assert np.array_equal(first, await for_a_call.synthesise("好的。", language="zh", deadline_s=60))
    await for_a_call.close()
    assert len(named)
    assert len(list((folder / "spoken").iterdir())) == 1
