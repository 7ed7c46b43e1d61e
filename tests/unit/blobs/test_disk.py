import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from callwright.blobs.disk import CHUNK, DiskBlobs
from callwright.blobs.port import BlobKey, BlobKeyError, BlobNotFoundError
from callwright.kit.ids import new_id

TENANT = UUID("0190b5f0-0000-7000-8000-000000000001")


@pytest.fixture
def blobs(tmp_path: Path) -> DiskBlobs:
    return DiskBlobs(tmp_path / "blobs")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def _read(blobs: DiskBlobs, key: BlobKey, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([chunk async for chunk in blobs.read(key, start, length)])


async def test_what_was_put_is_read_in_ranges(blobs: DiskBlobs) -> None:
    key = BlobKey(TENANT, "recordings/2026/03/a.wav")
    content = bytes(range(256)) * (CHUNK // 128)
    await blobs.put(key, content)
    assert await blobs.size(key) == len(content)
    assert await _read(blobs, key) == content
    assert await _read(blobs, key, 100, 50) == content[100:150]
    assert await _read(blobs, key, len(content) - 3) == content[-3:]
    assert await _read(blobs, key, len(content) + 3) == b""
    assert await _read(blobs, key, 5, CHUNK + 7) == content[5 : 5 + CHUNK + 7]


async def test_a_file_is_taken_over(blobs: DiskBlobs, tmp_path: Path) -> None:
    source = tmp_path / "work.wav"
    source.write_bytes(b"sound")
    key = BlobKey(TENANT, "recordings/b.wav")
    await blobs.put_file(key, source)
    assert not source.exists()
    assert await _read(blobs, key) == b"sound"
    assert len(_files(tmp_path / "blobs")) == 1


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second filesystem here")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


async def test_a_file_of_another_filesystem_is_taken_over(
    blobs: DiskBlobs, tmp_path: Path, elsewhere: Path
) -> None:
    key = BlobKey(TENANT, "recordings/c.wav")
    source = elsewhere / "work.wav"
    source.write_bytes(b"sound")
    await blobs.put_file(key, source)
    assert not source.exists()
    assert await _read(blobs, key) == b"sound"
    assert len(_files(tmp_path / "blobs")) == 1


async def test_a_file_stays_where_it_is_until_its_blob_is_there(
    blobs: DiskBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(file: int) -> None:
        raise OSError("the end")

    source = tmp_path / "work.wav"
    source.write_bytes(b"sound")
    monkeypatch.setattr("os.fsync", dies)
    with pytest.raises(OSError, match="the end"):
        await blobs.put_file(BlobKey(TENANT, "recordings/d.wav"), source)
    assert source.read_bytes() == b"sound"


async def test_what_is_not_there_is_named(blobs: DiskBlobs) -> None:
    key = BlobKey(TENANT, "recordings/none.wav")
    with pytest.raises(BlobNotFoundError, match=r"none\.wav"):
        await blobs.size(key)
    with pytest.raises(BlobNotFoundError):
        await _read(blobs, key)
    await blobs.delete(key)


async def test_a_deleted_blob_is_gone(blobs: DiskBlobs, tmp_path: Path) -> None:
    key = BlobKey(TENANT, "imports/c.xlsx")
    await blobs.put(key, b"rows")
    await blobs.delete(key)
    assert _files(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        ".hidden",
        "a/.b",
        "a\\b",
        "a\nb",
        "a\n",
        "a/" * 9 + "a",
        "é",
        "a b",
    ],
)
def test_no_name_leaves_its_tenant(name: str) -> None:
    with pytest.raises(BlobKeyError):
        BlobKey(TENANT, name)


def test_a_key_reads_back_what_it_wrote() -> None:
    key = BlobKey(new_id(), "recordings/d.wav")
    assert BlobKey.parse(str(key)) == key
    for text in ("", "no-tenant/x", f"{TENANT}", f"{TENANT}/../x"):
        with pytest.raises(BlobKeyError):
            BlobKey.parse(text)
