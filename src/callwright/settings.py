"""Every setting, read from the environment (``CALLWRIGHT_...``); docs/settings.md explains each.

Only ``wiring`` and ``cli`` read settings; everything else is handed values.
"""

import hashlib
import os
import re
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from callwright.channels.addresses import networks
from callwright.kit.errors import InvalidInputError

PREFIX = "CALLWRIGHT_"
PORT_RANGE = re.compile(r"^(\d{1,5})-(\d{1,5})$")
DATABASE = re.compile(r"^postgres(ql)?://[^/\s]*/[^/\s?]+")
HTTP = re.compile(r"^https?://[^/\s?#]+(/[^\s?#]*)?$")
UNIX_SOCKET_PATH_BYTES = 100
KOKORO_VOICES = "kokoro-js-1.2.1"


class InvalidSettingError(InvalidInputError):
    """The setting {name} can't be used: {why}."""

    code = "invalid-setting"


def _checked_range(value: str) -> str:
    match = PORT_RANGE.match(value)
    if not match or not 1024 <= int(match[1]) < int(match[2]) <= 65535:
        raise ValueError("write it as first-last, both from 1024 to 65535, such as 20000-29999")
    return value


def _checked_database(value: SecretStr) -> SecretStr:
    if not DATABASE.match(value.get_secret_value()):
        raise ValueError("write it as postgresql://user:password@host/name")
    return value


def _checked_networks(value: str) -> str:
    try:
        networks(value)
    except ValueError:
        raise ValueError("write networks with commas between them, such as 10.20.0.0/16,fd00::/8") from None
    return value


def _checked_url(value: str) -> str:
    if not HTTP.match(value):
        raise ValueError("write it as https://host/path")
    return value.rstrip("/")


class Settings(BaseSettings):
    """The installation's settings, with the defaults of a single machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    data: Path = Field(Path("var"), description="Folder of everything kept: database, recordings, keys, logs.")
    database_url: Annotated[SecretStr, AfterValidator(_checked_database)] | None = Field(
        None, description="A PostgreSQL of yours, as postgresql://user:password@host/name; else one is started."
    )
    secret_key: SecretStr | None = Field(
        None, description="Encrypts carrier passwords (a Fernet key); else made once in the data folder."
    )
    web_host: str = Field("127.0.0.1", description="Address the browser application and API listen on.")
    web_port: int = Field(8000, ge=0, le=65535, description="Its TCP port; 0 takes any free one.")
    sip_host: str = Field("127.0.0.1", description="Address that SIP and RTP use; carriers must reach it.")
    sip_port: int = Field(5062, ge=0, le=65535, description="UDP port of SIP; 0 takes any free one.")
    sip_ping_s: float = Field(
        30,
        ge=0,
        le=3600,
        description="Seconds between OPTIONS to each carrier; 0 never.",
    )
    rtp_ports: Annotated[str, AfterValidator(_checked_range)] = Field(
        "20000-29999", description="UDP ports for RTP and RTCP, first-last; two a call."
    )
    crowd_rtp_ports: Annotated[str, AfterValidator(_checked_range)] = Field(
        "30000-30399", description="UDP ports for crowds that speak, within the machine, first-last."
    )
    node: int = Field(
        1, ge=1, le=99, description="Which one of the call nodes that share the data folder: 1, 2, ..."
    )
    node_capacity: int = Field(50, ge=1, le=1000, description="Calls that one call node holds at once.")
    talks: int = Field(
        4, ge=0, le=50, description="Talks by microphone with scripts that one call node holds at once; 0 for none."
    )
    max_call_s: int = Field(600, ge=10, le=7200, description="Seconds after which any call is ended.")
    recogniser: str = Field("whisper", description="Which recogniser the speech server uses.")
    whisper_model: Path | None = Field(
        None, description="Folder of another CTranslate2 Whisper model than the packaged tiny.en."
    )
    synthesiser: str = Field("hibari", description="Which synthesiser speaks English.")
    chinese_synthesiser: str = Field("kokoro", description="Which synthesiser speaks Chinese.")
    kokoro_voices: Path | None = Field(
        None, description="Folder of Kokoro's voices; else where scripts/prepare puts them, in your cache folder."
    )
    spoken_mb: int = Field(
        512, ge=16, le=65536, description="Most megabytes of spoken prompts that the speech server keeps on disk."
    )
    intent_classifier: str = Field("e5_tfidf", description="Which intent classifier it uses.")
    voice_activity: str = Field("silero", description="What tells speech from silence in a call.")
    language_model_url: Annotated[str, AfterValidator(_checked_url)] | None = Field(
        None,
        description="OpenAI-compatible server that speaks scripts of engine 2.0, up to /v1; else they can't run.",
    )
    language_model: str = Field("", description="Which of its models speaks.")
    language_model_key: SecretStr | None = Field(None, description="The key it asks for, where it asks for one.")
    keep_files_days: int = Field(30, ge=1, le=3650, description="Days that imported and exported files are kept.")
    keep_events_days: int = Field(
        14, ge=2, le=365, description="Days that events are kept once everybody concerned has acted upon them."
    )
    outside_networks: Annotated[str, AfterValidator(_checked_networks)] = Field(
        "", description="Private networks that webhooks may reach."
    )
    public_url: Annotated[str, AfterValidator(_checked_url)] | None = Field(
        None, description="Where people open the browser application; without it chats are sent no links."
    )
    speech_socket: Path | None = Field(
        None, description="Unix socket of the speech server; else one in the run folder."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")

    @cached_property
    def data_folder(self) -> Path:
        """The data folder, absolute."""
        return self.data.expanduser().absolute()

    @cached_property
    def run_folder(self) -> Path:
        """A folder for sockets: short enough for a Unix socket's path, the same for every process of this house."""
        inside = self.data_folder / "run"
        if len(str(inside).encode()) < UNIX_SOCKET_PATH_BYTES - 40:
            return inside
        digest = hashlib.sha256(str(self.data_folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"callwright-{digest}"

    @property
    def speech_socket_path(self) -> Path:
        """Where the speech server listens."""
        return self.speech_socket or self.run_folder / "speech.sock"

    @property
    def talks_of_a_company(self) -> int:
        """How many talks by microphone one company may hold on this machine: half of what a node does."""
        return max(1, self.talks // 2)

    @property
    def kokoro_voices_folder(self) -> Path:
        """Where Kokoro's voices are: named, or where ``scripts/prepare`` puts them."""
        caches = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        return self.kokoro_voices or caches / "callwright" / KOKORO_VOICES

    @property
    def talk_socket_path(self) -> Path:
        """Where this call node takes talks by microphone."""
        return self.run_folder / f"talk-{self.node}.sock"

    @property
    def rtp_port_range(self) -> tuple[int, int]:
        """The first and last UDP port for media."""
        return _both(self.rtp_ports)

    @property
    def crowd_rtp_port_range(self) -> tuple[int, int]:
        """The first and last UDP port for crowds that speak."""
        return _both(self.crowd_rtp_ports)


def _both(ports: str) -> tuple[int, int]:
    first, last = ports.split("-")
    return int(first), int(last)


def load(**overrides: object) -> Settings:
    """Read the settings; raises InvalidSettingError naming the variable, the rule and what to write."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        name = PREFIX + "_".join(str(part) for part in fault["loc"]).upper()
        raise InvalidSettingError(name=name, why=fault["msg"]) from None
