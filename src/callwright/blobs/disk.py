"""Blobs as files under one folder: ``<root>/<tenant>/<name>``."""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from callwright.blobs.port import BlobKey, BlobNotFoundError
from callwright.kit.ids import new_id

CHUNK = 256 * 1024
"""Bytes read at a time."""


class DiskBlobs:
    """Keeps blobs under ``root``, which is made when first needed."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()

    async def put(self, key: BlobKey, content: bytes) -> None:
        """Keep ``content``, synced to disk before its name appears."""
        await asyncio.to_thread(self._put, key, content)

    async def put_file(self, key: BlobKey, source: Path) -> None:
        """Keep a file's content and take the file away; a copy only where ``source`` is on another filesystem."""
        await asyncio.to_thread(self._put_file, key, source)

    async def size(self, key: BlobKey) -> int:
        """Return the blob's length in bytes. Raises BlobNotFoundError."""
        try:
            return (await asyncio.to_thread(self._path(key).stat)).st_size
        except FileNotFoundError:
            raise BlobNotFoundError(key=key) from None

    async def read(self, key: BlobKey, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield ``length`` bytes from ``start`` (all that follow by default). Raises BlobNotFoundError."""
        try:
            file = await asyncio.to_thread(self._path(key).open, "rb")
        except FileNotFoundError:
            raise BlobNotFoundError(key=key) from None
        with file:
            await asyncio.to_thread(file.seek, start)
            left = length
            while left is None or left > 0:
                chunk = await asyncio.to_thread(file.read, CHUNK if left is None else min(CHUNK, left))
                if not chunk:
                    return
                left = None if left is None else left - len(chunk)
                yield chunk

    async def delete(self, key: BlobKey) -> None:
        """Forget the blob; nothing happens where there is none."""
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: BlobKey) -> Path:
        return self._root / str(key)

    def _put(self, key: BlobKey, content: bytes) -> None:
        temporary = self._temporary(key)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path(key))

    def _put_file(self, key: BlobKey, source: Path) -> None:
        # The source keeps its name until the blob has its own: whoever is killed in between has lost nothing.
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        _sync(source)
        try:
            source.replace(path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            temporary = self._temporary(key)
            shutil.copyfile(source, temporary)
            _sync(temporary)
            temporary.replace(path)
            source.unlink()

    def _temporary(self, key: BlobKey) -> Path:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Beside the blob, so that the rename stays within one filesystem; no key can begin with a dot.
        return path.parent / f".{new_id()}"


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
