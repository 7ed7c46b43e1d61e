"""Speech that was expensive to make, kept on disk.

A file is named by a hash of what makes the speech what it is, and holds a hash of its content: one that a power cut
left half written is made again. Here belongs only what every customer may hear; what nobody asks for is forgotten.
"""

import contextlib
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

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
        self._changing = threading.Lock()
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
                _forget(path)
                return None
        except OSError:
            return None
        with contextlib.suppress(OSError):  # forgotten in between, or a disk that can only be read
            self._used(path)
        return spoken

    def keep(self, key: str, spoken: bytes) -> None:
        """Keep ``spoken`` under ``key``."""
        path = self._path(key)
        part = path.with_name(f"{key}-{threading.get_ident()}{_PART}")
        try:
            part.write_bytes(hashlib.sha256(spoken).digest() + spoken)
            self._used(part)
            part.replace(path)
        except OSError as error:
            log.warning("speech not kept", folder=str(self._folder), why=error.strerror)
            _forget(part)
            return
        with self._changing:
            self._bytes += _DIGEST_BYTES + len(spoken)
            full = self._bytes > self._max_bytes or self._now() - self._swept > _SWEEP_S
        if full:
            self._sweep()

    def _used(self, path: Path) -> None:
        now = self._now()
        os.utime(path, (now, now))

    def _sweep(self) -> None:
        """Forget what is too old, and the longest unused beyond the size."""
        with self._changing:
            now = self._now()
            found = sorted(self._files())
            held = sum(size for _, size, _ in found)
            wanted = self._max_bytes if held <= self._max_bytes else self._max_bytes * _ROOM
            for used, size, path in found:
                if now - used > self._max_age_s or held > wanted:
                    held -= size if _forget(path) else 0
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


def _forget(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("speech not forgotten", why=error.strerror)
        return False
    return True
