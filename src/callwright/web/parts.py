"""What the web process is made of; wiring makes them."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from starlette.requests import HTTPConnection

from callwright.accounts.throttle import SignInThrottle
from callwright.blobs.port import Blobs
from callwright.callroom.prompt_cache import PromptCache
from callwright.channels.addresses import Reach
from callwright.channels.wechat.asking import WeChat
from callwright.db.session import Database
from callwright.kit.clock import Clock
from callwright.kit.secrets import SecretBox
from callwright.language.port import LanguageModel
from callwright.scripts.meanings import Meanings
from callwright.scripts.model_chat_limits import Allowance
from callwright.speech.port import IntentClassifier, Synthesiser, VoiceBook
from callwright.web.talking import TalkDesk


class Speech(Synthesiser, VoiceBook, IntentClassifier, Protocol):
    """What trying a script asks of a speech server, which may be away."""


@dataclass(frozen=True, slots=True)
class WebParts:
    """What routes use. ``browser_application`` is the folder of the built one, which may be missing.

    ``prompts`` keeps what was spoken, sentence by sentence, as it sounds in a call; ``meanings`` what sentences
    meant. A call lasts ``max_call_s`` at the most, which is what it holds of the balance. ``language_model`` speaks
    briefs that are tried, where one is set up, and ``answers`` counts how often a company asks it. ``talks`` leads
    browsers to a call node. Webhooks lead as far as ``reach`` says, and ``wechat`` makes codes for whoever binds
    theirs. Others find this installation at ``public_url``, where it is known. So many requests as
    ``reading_files`` lets hold a file of customers in memory; others wait.
    """

    database: Database
    blobs: Blobs
    box: SecretBox
    clock: Clock
    browser_application: Path
    speech: Speech
    prompts: PromptCache
    meanings: Meanings
    talks: TalkDesk
    max_call_s: int = 600
    reach: Reach = field(default_factory=Reach)
    wechat: WeChat | None = None
    public_url: str = ""
    language_model: LanguageModel | None = None
    answers: Allowance = field(default_factory=Allowance)
    reading_files: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    throttle: SignInThrottle = field(default_factory=SignInThrottle)
    rehearsing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    def address(self, path: str) -> str:
        """Return where others reach ``path``; only the path where the installation doesn't know its own address."""
        return self.public_url + path


def parts_of(connection: HTTPConnection) -> WebParts:
    """Return the parts of the application that ``connection`` came to."""
    parts = connection.app.state.parts
    assert isinstance(parts, WebParts)
    return parts
