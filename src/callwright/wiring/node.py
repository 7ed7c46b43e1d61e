"""The call node process, with the embedded phone engine."""

import asyncio
from contextlib import AsyncExitStack

from threadpoolctl import threadpool_limits

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.callroom.talk_server import serve_talks
from callwright.callroom.talking import Talks
from callwright.db.session import Database
from callwright.kit.secrets import SecretBox
from callwright.settings import Settings
from callwright.speech.protocol import Priority
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.wiring import Ready, database, folders
from callwright.wiring import speech as speech_wiring
from callwright.wiring.language import language_model

PROMPT_CACHE_BYTES = 64 * 1024 * 1024


async def node(settings: Settings, ready: Ready) -> None:
    """Run a call node until cancelled."""
    async with AsyncExitStack() as cleanup:
        # Voice activity multiplies small matrices; a pool of spinning threads per product would cost frames.
        cleanup.enter_context(threadpool_limits(limits=1))
        opened = Database(database.url(settings))
        cleanup.push_async_callback(opened.close)
        await opened.check()
        equipment = await _equipment(settings, cleanup)
        config = NodeConfig(
            capacity=settings.node_capacity, work=folders.working(settings), max_call_s=settings.max_call_s
        )
        box = SecretBox(folders.secret_key(settings))
        blobs = DiskBlobs(folders.recordings(settings))
        ready(None)
        stop = asyncio.Event()
        carrying = asyncio.create_task(run_node(config, opened, equipment, blobs, box, stop))
        if settings.talks:
            talks = Talks(equipment, blobs, most=settings.talks)
            talking = asyncio.create_task(serve_talks(settings.talk_socket_path, talks, stop), name="talks")
            cleanup.push_async_callback(_end, talking)
        try:
            await asyncio.shield(carrying)
        except asyncio.CancelledError:
            stop.set()  # calls under way get a moment to end, and every result is kept
            await carrying
            raise


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _equipment(settings: Settings, cleanup: AsyncExitStack) -> Equipment:
    speech = await speech_wiring.connect(settings, Priority.LIVE)
    cleanup.push_async_callback(speech.close)
    ahead = await speech_wiring.connect(settings, Priority.AHEAD)
    cleanup.push_async_callback(ahead.close)
    engine = EmbeddedEngine(
        EmbeddedConfig(
            host=settings.sip_host,
            sip_port=settings.sip_port,
            rtp_ports=settings.rtp_port_range,
            ping_s=settings.sip_ping_s or None,
        )
    )
    await engine.start()
    cleanup.push_async_callback(engine.stop)
    prompts = PromptCache(speech, ahead, max_bytes=PROMPT_CACHE_BYTES)
    cleanup.push_async_callback(prompts.close)
    recordings = RecordingWriter()
    cleanup.callback(recordings.close)
    model = language_model(settings)
    if model is not None:
        cleanup.push_async_callback(model.close)
    listeners = speech_wiring.listeners(settings)
    return Equipment(engine, speech, prompts, recordings, listeners, language=model)
