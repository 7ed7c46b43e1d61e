"""What Callwright asks of a store of large things.

A blob's key begins with its tenant, so that no key a tenant can form reaches another tenant's blobs. A blob is
put whole or not at all, and never changed.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from callwright.kit.errors import InvalidInputError, NotFoundError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,7}")


class BlobKeyError(InvalidInputError):
    """{name!r} can't name a blob: up to 8 parts of letters, digits, dot, dash and underscore, with / between."""

    code = "blob-key"


class BlobNotFoundError(NotFoundError):
    """There is nothing kept under {key}."""

    code = "blob-not-found"


@dataclass(frozen=True, slots=True)
class BlobKey:
    """Where a blob is kept: its tenant, and a name such as ``recordings/2026/03/a.wav``. Raises BlobKeyError."""

    tenant_id: UUID
    name: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise BlobKeyError(name=self.name)

    @classmethod
    def parse(cls, text: str) -> "BlobKey":
        """Read back what ``str(key)`` wrote. Raises BlobKeyError."""
        tenant, _, name = text.partition("/")
        try:
            return cls(UUID(tenant), name)
        except ValueError:
            raise BlobKeyError(name=text) from None

    def __str__(self) -> str:
        return f"{self.tenant_id}/{self.name}"


class Blobs(Protocol):
    """A store of large things."""

    async def put(self, key: BlobKey, content: bytes) -> None:
        """Keep ``content``; it is there as a whole or not at all."""
        ...

    async def put_file(self, key: BlobKey, source: Path) -> None:
        """Keep a file's content and take the file away; it is there as a whole or not at all."""
        ...

    async def size(self, key: BlobKey) -> int:
        """Return the blob's length in bytes. Raises BlobNotFoundError."""
        ...

    def read(self, key: BlobKey, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield ``length`` bytes from ``start`` (all that follow by default). Raises BlobNotFoundError."""
        ...

    async def delete(self, key: BlobKey) -> None:
        """Forget the blob; nothing happens where there is none."""
        ...
