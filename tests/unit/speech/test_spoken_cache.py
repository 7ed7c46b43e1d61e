"""Speech kept on disk: what it is found by, what it survives, and what is forgotten."""

import os
from pathlib import Path

import pytest

from callwright.speech.server.spoken_cache import SpokenCache, key_of

DAY = 86400.0
SPEECH = b"\x01\x02" * 500


class Days:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


def opened(folder: Path, days: Days, max_bytes: int = 1 << 20) -> SpokenCache:
    return SpokenCache(folder / "spoken", max_bytes=max_bytes, max_age_s=30 * DAY, now=days)


def test_what_was_said_is_there_after_a_restart_for_this_owner_alone(tmp_path: Path, days: Days) -> None:
    key = key_of("edition", 1.0, "您好。")
    opened(tmp_path, days).keep(key, SPEECH)
    assert opened(tmp_path, days).get(key) == SPEECH
    assert (tmp_path / "spoken").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "spoken").iterdir()] == [key]


def test_another_voice_speed_or_text_is_another_speech() -> None:
    keys = [key_of("a", 1.0, "x"), key_of("b", 1.0, "x"), key_of("a", 1.1, "x"), key_of("a", 1.0, "y")]
    assert len(set(keys)) == 4


def test_half_a_file_is_made_again(tmp_path: Path, days: Days) -> None:
    cache, key = opened(tmp_path, days), key_of("a", 1.0, "x")
    cache.keep(key, SPEECH)
    file = tmp_path / "spoken" / key
    file.write_bytes(file.read_bytes()[:-7])
    assert cache.get(key) is None
    assert not file.exists()


def test_the_longest_unused_are_forgotten_when_it_is_full(tmp_path: Path, days: Days) -> None:
    cache = opened(tmp_path, days, max_bytes=5 * (len(SPEECH) + 32))
    keys = [key_of("a", 1.0, str(number)) for number in range(6)]
    for key in keys[:5]:
        cache.keep(key, SPEECH)
        days.now += 60
    assert cache.get(keys[0]) == SPEECH
    days.now += 60
    cache.keep(keys[5], SPEECH)
    assert [key in {path.name for path in (tmp_path / "spoken").iterdir()} for key in keys] == [
        True, False, False, True, True, True,
    ]  # fmt: skip


def test_what_nobody_asks_for_in_a_month_is_forgotten(tmp_path: Path, days: Days) -> None:
    cache = opened(tmp_path, days)
    old, used, fresh = (key_of("a", 1.0, text) for text in ("old", "used", "fresh"))
    cache.keep(old, SPEECH)
    cache.keep(used, SPEECH)
    days.now += 29 * DAY
    cache.get(used)
    days.now += 2 * DAY
    cache.keep(fresh, SPEECH)
    assert (cache.get(old), cache.get(used), cache.get(fresh)) == (None, SPEECH, SPEECH)


def test_a_file_forgotten_while_it_is_read_is_heard(
    tmp_path: Path, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, key = opened(tmp_path, days), key_of("a", 1.0, "x")
    cache.keep(key, SPEECH)

    def gone(*_: object) -> None:
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr(os, "utime", gone)
    assert cache.get(key) == SPEECH


def test_what_can_not_be_forgotten_stops_nobody(tmp_path: Path, days: Days) -> None:
    cache = opened(tmp_path, days)
    (tmp_path / "spoken" / "a folder").mkdir()
    days.now += 31 * DAY
    key = key_of("a", 1.0, "x")
    cache.keep(key, SPEECH)
    (tmp_path / "spoken" / key_of("a", 1.0, "y")).mkdir()
    assert cache.get(key_of("a", 1.0, "y")) is None
    cache.keep(key_of("a", 1.0, "y"), SPEECH)
    assert cache.get(key) == SPEECH
    assert not [path for path in (tmp_path / "spoken").iterdir() if path.suffix == ".part"]


def test_a_folder_that_can_not_be_written_costs_nothing_but_time(tmp_path: Path, days: Days) -> None:
    (tmp_path / "spoken").write_text("a file")
    cache, key = opened(tmp_path, days), key_of("a", 1.0, "x")
    cache.keep(key, SPEECH)
    assert cache.get(key) is None
    assert [path.name for path in tmp_path.iterdir()] == ["spoken"]
