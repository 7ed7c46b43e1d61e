"""Each process of the house, put together from its settings. Each runs until cancelled."""

import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import uvicorn
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from callwright import __file__ as package_file
from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.kit.clock import SystemClock
from callwright.kit.errors import UnavailableError
from callwright.kit.secrets import SecretBox
from callwright.settings import Settings
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.web.app import create_app
from callwright.web.parts import WebParts
from callwright.wiring import database, folders
from callwright.wiring import speech as speech_wiring

Ready = Callable[[Mapping[str, object] | None], None]

PROMPT_CACHE_BYTES = 64 * 1024 * 1024
GOODBYE_S = 10
BROWSER_APPLICATION = Path(package_file).parents[2] / "ui" / "dist"


class WebAddressError(UnavailableError):
    """The browser application can't listen on {address}: {why}. Free it, or set CALLWRIGHT_WEB_PORT to another."""

    code = "web-address-unavailable"


async def dial(settings: Settings, ready: Ready) -> None:
    """Run a dialer."""
    opened = Database(database.url(settings))
    try:
        await opened.check()
        ready(None)
        await run_dialer(opened, SystemClock(), DialerConfig())
    finally:
        await opened.close()


async def node(settings: Settings, ready: Ready) -> None:
    """Run a call node with the embedded phone engine."""
    async with AsyncExitStack() as cleanup:
        # Voice activity multiplies small matrices; a pool of spinning threads per product would cost frames.
        cleanup.enter_context(threadpool_limits(limits=1))
        opened = Database(database.url(settings))
        cleanup.push_async_callback(opened.close)
        await opened.check()
        equipment = await _equipment(settings, cleanup)
        work = folders.working(settings)
        work.mkdir(parents=True, exist_ok=True)
        config = NodeConfig(
            capacity=settings.node_capacity, work=work, max_call_s=settings.max_call_s, host=socket.gethostname()
        )
        box = SecretBox(folders.secret_key(settings))
        blobs = DiskBlobs(folders.recordings(settings))
        ready(None)
        await run_node(config, opened, equipment, blobs, box)


async def _equipment(settings: Settings, cleanup: AsyncExitStack) -> Equipment:
    speech = await speech_wiring.connect(settings)
    cleanup.push_async_callback(speech.close)
    engine = EmbeddedEngine(
        EmbeddedConfig(host=settings.sip_host, sip_port=settings.sip_port, rtp_ports=settings.rtp_port_range)
    )
    await engine.start()
    cleanup.push_async_callback(engine.stop)
    prompts = PromptCache(speech, max_bytes=PROMPT_CACHE_BYTES)
    cleanup.push_async_callback(prompts.close)
    recordings = RecordingWriter()
    cleanup.callback(recordings.close)
    return Equipment(engine, speech, prompts, recordings, speech_wiring.listeners(settings))


async def serve(settings: Settings, ready: Ready) -> None:
    """Run the API and the browser application."""
    async with AsyncExitStack() as cleanup:
        opened = Database(database.url(settings))
        cleanup.push_async_callback(opened.close)
        listener = _listener(settings)
        cleanup.callback(listener.close)
        parts = WebParts(
            database=opened,
            blobs=DiskBlobs(folders.recordings(settings)),
            box=SecretBox(folders.secret_key(settings)),
            clock=SystemClock(),
            browser_application=BROWSER_APPLICATION,
        )
        host, port = listener.getsockname()[:2]
        config = uvicorn.Config(
            create_app(parts),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GOODBYE_S,
            ws="websockets-sansio",
        )
        server = _Server(config, lambda: ready({"url": f"http://{host}:{port}"}))
        await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Uvicorn that tells when it takes requests."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.web_host, settings.web_port))
    except OSError as error:
        listener.close()
        address = f"{settings.web_host}:{settings.web_port}"
        raise WebAddressError(address=address, why=error.strerror or str(error)) from None
    listener.setblocking(False)
    return listener
