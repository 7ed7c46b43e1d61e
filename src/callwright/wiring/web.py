"""The web process: the API and the browser application."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from callwright import __file__ as package_file
from callwright.blobs.disk import DiskBlobs
from callwright.callroom.prompt_cache import PromptCache
from callwright.channels.addresses import Reach, networks
from callwright.channels.http import GuardedHttp
from callwright.channels.wechat.asking import WeChat
from callwright.chats.wechat_accounts import KeptAccounts
from callwright.db.session import Database
from callwright.kit.clock import SystemClock
from callwright.kit.secrets import SecretBox
from callwright.scripts.meanings import Meanings
from callwright.settings import Settings
from callwright.speech.client import SpeechClient
from callwright.speech.protocol import Priority
from callwright.web.app import create_app
from callwright.web.parts import WebParts
from callwright.web.talking import MOST_MESSAGE_BYTES, TalkDesk
from callwright.wiring import Ready, database, folders, web_address
from callwright.wiring.language import language_model

GOODBYE_S = 10
PROMPT_CACHE_BYTES = 16 * 1024 * 1024
BROWSER_APPLICATION = Path(package_file).parents[2] / "ui" / "dist"


async def serve(settings: Settings, ready: Ready) -> None:
    """Run the API and the browser application until cancelled."""
    async with AsyncExitStack() as cleanup:
        listener = web_address.listener(settings)
        cleanup.callback(listener.close)
        parts = _parts(settings, cleanup)
        host, port = listener.getsockname()[:2]
        config = uvicorn.Config(
            create_app(parts),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GOODBYE_S,
            ws="websockets-sansio",
            ws_max_size=MOST_MESSAGE_BYTES,
            proxy_headers=False,  # the sign-in throttle goes by the address that really connects
        )
        server = _Server(config, lambda: ready({"url": f"http://{host}:{port}"}))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


def _parts(settings: Settings, cleanup: AsyncExitStack) -> WebParts:
    opened = Database(database.url(settings))
    cleanup.push_async_callback(opened.close)
    speech = SpeechClient.reaching(settings.speech_socket_path, priority=Priority.TRYING)
    cleanup.push_async_callback(speech.close)
    prompts = PromptCache(speech, max_bytes=PROMPT_CACHE_BYTES)
    cleanup.push_async_callback(prompts.close)
    model = language_model(settings)
    if model is not None:
        cleanup.push_async_callback(model.close)
    reach, box = Reach(networks(settings.outside_networks)), SecretBox(folders.secret_key(settings))
    http = GuardedHttp(reach)
    cleanup.callback(http.close)
    return WebParts(
        database=opened,
        blobs=DiskBlobs(folders.recordings(settings)),
        box=box,
        clock=SystemClock(),
        browser_application=BROWSER_APPLICATION,
        speech=speech,
        prompts=prompts,
        meanings=Meanings(speech),
        talks=TalkDesk(settings.run_folder, of_a_company=settings.talks_of_a_company),
        max_call_s=settings.max_call_s,
        reach=reach,
        wechat=WeChat(http, KeptAccounts(opened, box), SystemClock()),
        public_url=settings.public_url or "",
        language_model=model,
    )


class _Server(uvicorn.Server):
    """Uvicorn that tells when it takes requests, and leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
