"""What sentences mean, kept in a file, so that a script's examples are embedded once and not at every start."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from callwright.kit.ids import new_id

log = structlog.get_logger(__name__)

Vectors = NDArray[np.float32]

MOST = 16384
"""Sentences kept, the latest used: 25 MB at 384 numbers each."""

_MAGIC = b"callwright vectors 1\n"
_DIGEST_BYTES = 32
_KEY_BYTES = 16


class KeptVectors:
    """Vectors by sentence, of which only a digest is kept. Safe to call from several threads at once.

    The file belongs to one model: with another ``identity``, or damaged, it counts as empty and is written anew. It
    is replaced as a whole, so that a reader and a crash meet the old one or the new. A folder that can't be written
    costs only the time saved.
    """

    def __init__(self, path: Path | None, identity: bytes, numbers: int) -> None:
        """Keep vectors of ``numbers`` numbers in the file ``path``, or in memory alone when that is ``None``."""
        self._path = path
        self._header = _MAGIC + hashlib.sha256(identity).digest()
        self._row_bytes = _KEY_BYTES + 4 * numbers
        self._lock = threading.Lock()
        self._rows = self._read()

    def missing(self, sentences: Sequence[str]) -> list[str]:
        """Return those of ``sentences`` that aren't kept, in their order, each once."""
        with self._lock:
            return [sentence for sentence in dict.fromkeys(sentences) if _key(sentence) not in self._rows]

    def of(self, sentences: Sequence[str], embed: Callable[[str], Vectors]) -> Vectors:
        """Return the vectors of ``sentences``, one a row, calling ``embed`` for those that aren't kept."""
        with self._lock:
            known = len(self._rows)
            rows = [self._row(sentence, embed) for sentence in sentences]
            if len(self._rows) > known:
                self._shorten()
                self._write()
            return np.stack([np.frombuffer(row, "<f4") for row in rows])

    def _row(self, sentence: str, embed: Callable[[str], Vectors]) -> bytes:
        key = _key(sentence)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = embed(sentence).astype("<f4").tobytes()
        self._rows.move_to_end(key)
        return row

    def _shorten(self) -> None:
        while len(self._rows) > MOST:
            self._rows.popitem(last=False)

    def _read(self) -> OrderedDict[bytes, bytes]:
        if self._path is None or not self._path.exists():
            return OrderedDict()
        try:
            content = self._path.read_bytes()
        except OSError as error:
            log.warning("kept vectors can't be read", path=str(self._path), why=str(error))
            return OrderedDict()
        return self._rows_in(content)

    def _rows_in(self, content: bytes) -> OrderedDict[bytes, bytes]:
        start = len(self._header) + _DIGEST_BYTES
        body = content[start:]
        if content[:start] != self._header + hashlib.sha256(body).digest() or len(body) % self._row_bytes:
            log.info("kept vectors are of another model or damaged, and made anew", path=str(self._path))
            return OrderedDict()
        rows = (body[at : at + self._row_bytes] for at in range(0, len(body), self._row_bytes))
        return OrderedDict((row[:_KEY_BYTES], row[_KEY_BYTES:]) for row in rows)

    def _write(self) -> None:
        if self._path is None:
            return
        body = b"".join(key + row for key, row in self._rows.items())
        temporary = self._path.with_name(f".{self._path.name}.{new_id()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(self._header + hashlib.sha256(body).digest() + body)
            temporary.replace(self._path)
        except OSError as error:
            log.warning("vectors can't be kept", path=str(self._path), why=str(error))
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _key(sentence: str) -> bytes:
    return hashlib.sha256(sentence.encode()).digest()[:_KEY_BYTES]
