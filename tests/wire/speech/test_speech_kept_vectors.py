"""Vectors kept in a file: found again, bounded, and never believed when damaged."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from callwright.speech.providers import kept_vectors
from callwright.speech.providers.kept_vectors import KeptVectors, Vectors

MODEL = b"a model"
NUMBERS = 4


class Embedding:
    """Turns a sentence into its length and letters, and remembers which it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, sentence: str) -> Vectors:
        self.asked.append(sentence)
        return np.array([len(sentence), *map(ord, sentence[:3])], np.float32)


def asked_for(path: Path | None, sentences: Sequence[str], identity: bytes = MODEL) -> list[str]:
    """Return which of ``sentences`` a newly opened file made the model embed; all vectors must be right."""
    embedding = Embedding()
    vectors = KeptVectors(path, identity, NUMBERS).of(sentences, embedding)
    assert vectors.tolist() == [Embedding()(sentence).tolist() for sentence in sentences]
    return embedding.asked


def test_what_was_embedded_once_is_found_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "vectors"
    assert asked_for(path, ["yes", "nope", "yes"]) == ["yes", "nope"]
    assert asked_for(path, ["nope", "maybe", "yes"]) == ["maybe"]
    assert KeptVectors(path, MODEL, NUMBERS).missing(["later", "yes", "why", "later"]) == ["later", "why"]
    assert list(path.parent.iterdir()) == [path]


def test_no_sentence_can_be_read_in_the_file(tmp_path: Path) -> None:
    asked_for(tmp_path / "vectors", ["my name is Maria"])
    assert b"Maria" not in (tmp_path / "vectors").read_bytes()


def test_another_models_vectors_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    asked_for(path, ["yes"])
    assert asked_for(path, ["yes"], b"another model") == ["yes"]
    assert asked_for(path, ["yes"]) == ["yes"]


@pytest.mark.parametrize("at", [0, 30, 60, 90, -1])
def test_a_changed_byte_anywhere_makes_the_file_anew(tmp_path: Path, at: int) -> None:
    path = tmp_path / "vectors"
    asked_for(path, ["yes", "nope"])
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert asked_for(path, ["yes", "nope"]) == ["yes", "nope"]
    assert asked_for(path, ["yes", "nope"]) == []


@pytest.mark.parametrize("left", [0, 10, 53, 85, 100])
def test_a_file_cut_short_is_made_anew(tmp_path: Path, left: int) -> None:
    path = tmp_path / "vectors"
    asked_for(path, ["yes", "nope"])
    path.write_bytes(path.read_bytes()[:left])
    assert asked_for(path, ["yes"]) == ["yes"]


def test_those_used_longest_ago_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_vectors, "MOST", 3)
    path = tmp_path / "vectors"
    asked_for(path, ["one", "two", "three"])
    assert asked_for(path, ["one", "four"]) == ["four"]
    assert KeptVectors(path, MODEL, NUMBERS).missing(["one", "two", "three", "four"]) == ["two"]


def test_where_nothing_can_be_written_everything_is_embedded_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert asked_for(tmp_path / "file" / "vectors", ["yes"]) == ["yes"]
    (tmp_path / "folder").mkdir()
    assert asked_for(tmp_path / "folder", ["yes"]) == ["yes"]
    assert asked_for(None, ["yes"]) == ["yes"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]
