"""Each setting is documented, and a wrong one is refused by name."""

import re
from pathlib import Path

import pytest

from callwright import settings
from callwright.wiring import folders

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_stands_in_the_documentation_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `CALLWRIGHT_([A-Z_]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert documented == {name.upper() for name in settings.Settings.model_fields}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("rtp_ports", "29999-20000", "CALLWRIGHT_RTP_PORTS"),
        ("rtp_ports", "many", "first-last"),
        ("database_url", "garbage", "CALLWRIGHT_DATABASE_URL"),
        ("database_url", "mysql://me@host/name", "postgresql://user"),
        ("web_port", "70000", "CALLWRIGHT_WEB_PORT"),
        ("log_level", "loud", "CALLWRIGHT_LOG_LEVEL"),
        ("max_call_s", "0", "CALLWRIGHT_MAX_CALL_S"),
    ],
)
def test_a_wrong_setting_is_named_with_its_rule(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"CALLWRIGHT_{name.upper()}", value)
    with pytest.raises(settings.InvalidSettingError, match=said):
        settings.load()


def test_a_long_data_folder_gets_a_short_run_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)
    loaded = settings.load(data=deep)
    assert len(str(loaded.speech_socket_path)) < 100
    assert settings.load(data=deep).speech_socket_path == loaded.speech_socket_path


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLWRIGHT_DATABASE_URL", "postgresql://me:hush@host/name")
    assert "hush" not in repr(settings.load())


def test_a_data_folder_that_can_not_be_one_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(settings.InvalidSettingError, match="CALLWRIGHT_DATA"):
        folders.prepare(settings.load(data=file))
