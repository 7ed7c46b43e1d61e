"""Call nodes and dialers as processes of their own, which begin in an instant and can be killed at any.

They are forked from a server that has everything imported, by way of ``multiprocessing``: a life costs next to
nothing, so that there can be a thousand of them. Of a node only speech is not the real thing.
"""

import asyncio
import gc
import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import structlog
from sqlalchemy.orm import configure_mappers
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech, LevelActivity

from callwright.blobs.disk import DiskBlobs
from callwright.callroom.node import NodeConfig, run_node
from callwright.callroom.plan import Equipment
from callwright.callroom.prompt_cache import PromptCache
from callwright.callroom.recorder import RecordingWriter
from callwright.db.session import Database
from callwright.dialer.planner import PlannerConfig
from callwright.dialer.run import DialerConfig, run_dialer
from callwright.kit.secrets import SecretBox, new_key
from callwright.telephony.embedded.config import EmbeddedConfig
from callwright.telephony.embedded.engine import EmbeddedEngine

CAPACITY = 20
STALE_S = 1.5
DIALER = DialerConfig(PlannerConfig(stale_s=STALE_S), reap_every_s=0.25, retry_s=0.1)

# Once, for whoever is forked: each life would begin with it, and it takes a third of a short one.
configure_mappers()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process works: which database, and a folder of its own. ``rtp_ports`` are a node's."""

    url: str
    folder: Path
    rtp_ports: tuple[int, int] = (0, 0)

    @property
    def log(self) -> Path:
        """What its lives told."""
        return self.folder / "log"


def live_as_node(place: Place) -> None:
    """Carry out calls until killed."""
    _begin(place.log)
    asyncio.run(_node(place))


def live_as_dialer(place: Place) -> None:
    """Lead, or wait to, until killed."""
    _begin(place.log)
    asyncio.run(run_dialer(Database(place.url), config=DIALER))


async def _node(place: Place) -> None:
    engine = EmbeddedEngine(EmbeddedConfig(sip_port=0, rtp_ports=place.rtp_ports))
    await engine.start()
    speech = FakeSpeech(SimulatedTime())
    speech.recognition_ms = 0
    equipment = Equipment(engine, speech, PromptCache(speech), RecordingWriter(), LevelActivity)
    config = NodeConfig(
        capacity=CAPACITY,
        work=place.folder / "work",
        beat_s=0.3,
        poll_s=0.5,
        compare_s=1.0,
        look_s=0.3,
        retry_s=0.3,
    )
    blobs = DiskBlobs(place.folder.parent / "blobs")
    await run_node(config, Database(place.url), equipment, blobs, SecretBox(new_key()))


def _begin(file: Path) -> None:
    gc.freeze()  # what was imported is no garbage: looking through it would be most of a short life's work
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(file.open("a", buffering=1)),
    )


def end_forks() -> None:
    """End the server that processes are forked from; a next process begins another."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined] # typeshed lacks it


class Mortal:
    """A process of which a new life begins whenever the last one was killed."""

    _forks = multiprocessing.get_context("forkserver")

    def __init__(self, live: Callable[[Place], None], place: Place) -> None:
        place.folder.mkdir()
        self.place = place
        self._live = live
        self._process: ForkServerProcess | None = None

    def start(self) -> None:
        """Begin a life."""
        self._forks.set_forkserver_preload(["tests.wire.crash.storm"])  # this module, and all that a main one has
        self._process = self._forks.Process(target=self._live, args=(self.place,), daemon=True)
        self._process.start()

    def kill(self) -> int | None:
        """End it without a word (SIGKILL); return its code where it had ended by itself."""
        assert self._process is not None
        ended = self._process.exitcode
        self._process.kill()
        self._process.join()
        return ended
