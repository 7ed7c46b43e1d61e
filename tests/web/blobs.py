"""A store of blobs that breaks, and what is left in it."""

import dataclasses
from pathlib import Path

from fastapi import FastAPI

from callwright.blobs.disk import DiskBlobs
from callwright.blobs.port import BlobKey


class BreakingBlobs(DiskBlobs):
    """Keeps what is put, and breaks before it can say so: what comes after a blob was put fails."""

    async def put(self, key: BlobKey, content: bytes) -> None:
        """Keep ``content``, and raise OSError."""
        await super().put(key, content)
        raise OSError("the disk broke")

    async def put_file(self, key: BlobKey, source: Path) -> None:
        """Keep a file, and raise OSError."""
        await super().put_file(key, source)
        raise OSError("the disk broke")


def breaking(app: FastAPI, folder: Path) -> BreakingBlobs:
    """Let the application keep its blobs in ``folder``, where it breaks."""
    blobs = BreakingBlobs(folder)
    app.state.parts = dataclasses.replace(app.state.parts, blobs=blobs)
    return blobs


def files_in(folder: Path) -> list[Path]:
    """Return the files in a folder and those below it."""
    return [path for path in folder.rglob("*") if path.is_file()]
