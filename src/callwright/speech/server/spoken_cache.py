"""Speech that was expensive to make, kept on disk.

A file is named by a hash of what makes the speech what it is, and holds a hash of its content: one that a power cut
left half written is made again. Nothing in it says whose name was spoken; what nobody asks for is forgotten.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

import structlog

_DIGEST_BYTES = 32
_ROOM = 0.9
"""To how much of its size the folder is cleared once it is full, so that not every file clears one."""
_SWEEP_S = 3600.0
_PART = ".part"

log = structlog.get_logger(__name__)


def key_of(edition: str, speed: float, text: str) -> str:
    """Return the key of ``text`` spoken by an edition of a voice at ``speed``."""
    return hashlib.sha256("\0".join((edition, f"{speed:.4f}", text)).encode()).hexdigest()


class SpokenCache:
    """At most ``max_bytes`` in ``folder``, the longest unused forgotten first, and all unused for ``max_age_s``.

    Safe to use from several threads. A disk that fails costs the time to speak again, never the call.
    """

    def __init__(
        self, folder: Path, *, max_bytes: int, max_age_s: float, now: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._max_age_s = max_age_s
        self._now = now
        self._changing = Lock()
        self._bytes = 0
        self._swept = 0.0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            log.warning("speech can't be kept", folder=str(folder), why=error.strerror)
        self._sweep()

    def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            digest, spoken = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
            if hashlib.sha256(spoken).digest() != digest:
                path.unlink(missing_ok=True)
                return None
            now = self._now()
            os.utime(path, (now, now))
        except OSError:
            return None
        return spoken

    def keep(self, key: str, spoken: bytes) -> None:
        """Keep ``spoken`` under ``key``."""
        path = self._path(key)
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=_PART, delete=False) as file:
                file.write(hashlib.sha256(spoken).digest() + spoken)
            now = self._now()
            os.utime(file.name, (now, now))
            Path(file.name).replace(path)
        except OSError as error:
            log.warning("speech not kept", folder=str(self._folder), why=error.strerror)
            return
        with self._changing:
            self._bytes += _DIGEST_BYTES + len(spoken)
            full = self._bytes > self._max_bytes or now - self._swept > _SWEEP_S
        if full:
            self._sweep()

    def _sweep(self) -> None:
        """Forget what is too old, and the longest unused beyond the size."""
        with self._changing:
            now = self._now()
            found = sorted(self._files())
            held = sum(size for _, size, _ in found)
            wanted = self._max_bytes if held <= self._max_bytes else self._max_bytes * _ROOM
            for used, size, path in found:
                if now - used > self._max_age_s or held > wanted:
                    path.unlink(missing_ok=True)
                    held -= size
            self._bytes, self._swept = held, now

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield when each file was last used, its size and where it is."""
        try:
            entries = list(os.scandir(self._folder))
        except OSError:
            return
        for entry in entries:
            try:
                facts = entry.stat()
            except OSError:
                continue
            yield facts.st_mtime, facts.st_size, Path(entry.path)

    def _path(self, key: str) -> Path:
        return self._folder / key
