"""The call node: claims what the leader planned and carries it out, as many calls at once as it holds."""

import asyncio
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog

from callwright.billing.ledger import release
from callwright.blobs.port import Blobs
from callwright.callroom.carrying import Carrier, NotReadyError
from callwright.callroom.closing import abandon, interrupt
from callwright.callroom.line_book import LineBook
from callwright.callroom.lives import Lives
from callwright.callroom.outage import PASSING, Outage, repeat
from callwright.callroom.plan import Equipment
from callwright.callroom.results import Results
from callwright.callroom.test_caller import TestCaller
from callwright.callroom.trial_caller import TrialCaller
from callwright.calls import test_calls, trials
from callwright.calls.test_calls import ClaimedTestCall
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.news import Channel, listen
from callwright.db.session import Database
from callwright.kit.errors import ConflictError, NotFoundError, UnavailableError
from callwright.kit.ids import new_id
from callwright.kit.secrets import SecretBox
from callwright.tasks.attempts import claim_attempts, get_carried, give_back
from callwright.tasks.nodes import beat, end_node, register_node
from callwright.tasks.schemas import CarriedAttempt, ClaimedAttempt, Trouble

log = structlog.get_logger(__name__)

MOST_TRIALS = 4
"""So many people may try scripts on their phones over one node at once, whatever else it holds."""


class WorkFolderInUseError(UnavailableError):
    """Another call node works in {folder}. Give each its own folder."""

    code = "work-folder-in-use"


@dataclass(frozen=True, slots=True)
class NodeConfig:
    """A node that holds ``capacity`` calls at once and keeps what is under way in ``work``, a folder of its own.

    It says every ``beat_s`` that it lives, looks for work when told and every ``poll_s``, for changed lines every
    ``look_s``, and compares itself with the database every ``compare_s``; what could not be stored is tried again
    every ``retry_s``. Asked to stop it lets calls go on for ``grace_s``, then hangs up. Where it can't place a call
    it rests, at most ``rest_most_s``, and says why until ``retold_s`` after that, unless the same befalls it again.
    """

    capacity: int
    work: Path
    max_call_s: float = 600.0
    host: str = field(default_factory=socket.gethostname)
    beat_s: float = 1.0
    poll_s: float = 1.0
    compare_s: float = 5.0
    look_s: float = 2.0
    retry_s: float = 2.0
    grace_s: float = 5.0
    rest_most_s: float = 30.0
    retold_s: float = 5.0


async def run_node(
    config: NodeConfig,
    database: Database,
    equipment: Equipment,
    blobs: Blobs,
    box: SecretBox,
    stop: asyncio.Event | None = None,
) -> None:
    """Carry out calls until ``stop`` is set or this is cancelled; a database that goes away is waited for.

    The engine of ``equipment`` is started and stopped by the caller, and so is everything else in it.
    Raises WorkFolderInUseError.
    """
    await asyncio.to_thread(config.work.mkdir, parents=True, exist_ok=True)
    with _alone_in(config.work):
        results = Results(config.work, database, blobs, equipment.clock, retry_s=config.retry_s)
        results.open()
        lines = LineBook(database, equipment.engine, box, look_s=config.look_s)
        carrier = Carrier(database, equipment, lines, results, blobs, max_call_s=config.max_call_s)
        tester = TestCaller(database, equipment, lines)
        trial_caller = TrialCaller(database, equipment, lines, results, blobs)
        node = _Node(config, database, equipment, lines, carrier, tester, trial_caller, results)
        await node.run(stop or asyncio.Event())


class _Node:
    """The calls of one node, and its life in the database."""

    def __init__(
        self,
        config: NodeConfig,
        database: Database,
        equipment: Equipment,
        lines: LineBook,
        carrier: Carrier,
        tester: TestCaller,
        trial_caller: TrialCaller,
        results: Results,
    ) -> None:
        self._config = config
        self._database = database
        self._clock = equipment.clock
        self._lines = lines
        self._carrier = carrier
        self._tester = tester
        self._trial_caller = trial_caller
        self._results = results
        self._lives = Lives(config.work)
        self._earlier = self._lives.earlier()
        self._id: UUID | None = None
        self._calls: dict[UUID, asyncio.Task[None]] = {}
        self._test_call: asyncio.Task[None] | None = None
        self._trials: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._rest_s = 0.0
        self._rests_until = 0.0
        self._trouble: Trouble | None = None
        self._compare_after = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, then end what is under way."""
        working = [
            asyncio.create_task(work, name=name)
            for name, work in (
                ("heartbeat", repeat("heartbeat", self._beat, every_s=self._config.beat_s)),
                ("claiming", self._claim_for_ever()),
                ("attempt-news", self._hear()),
                ("lines", self._lines.keep_in_step()),
                ("results", self._results.deliver()),
            )
        ]
        stopping = asyncio.create_task(stop.wait(), name="stopping")
        grace_s = 0.0
        try:
            done, _ = await asyncio.wait({stopping, *working}, return_when=asyncio.FIRST_COMPLETED)
            grace_s = self._config.grace_s
            for task in done:
                task.result()
        finally:
            for task in (stopping, *working):
                task.cancel()
            await asyncio.gather(stopping, *working, return_exceptions=True)
            await self._end(grace_s)

    async def _beat(self) -> None:
        # A node that rests takes no calls, so that the leader plans none for it.
        capacity = 0 if self._resting() else max(0, self._config.capacity - len(self._trials))
        async with self._database.system() as session:
            if self._id is not None and await beat(session, self._id, capacity, self._present_trouble()):
                return
        node_id = await self._register(capacity)
        log.info("call node registered", node=str(node_id), again=self._id is not None, capacity=capacity)
        await self._lines.known_as(node_id)
        self._id = node_id
        self._wake.set()

    async def _register(self, capacity: int) -> UUID:
        """Begin this node's life, and end those of earlier processes of its folder, their results stored first."""
        node_id = new_id()
        if self._earlier:
            await self._results.deliver_once()
        self._lives.keep([*self._earlier, node_id])
        async with self._database.system() as session:
            for earlier in self._earlier:
                await end_node(session, earlier)
            await interrupt(session, self._clock.now(), self._earlier)
            await register_node(
                session, host=self._config.host, pid=os.getpid(), capacity=capacity, node_id=node_id
            )
        self._earlier = []
        self._lives.keep([node_id])
        return node_id

    async def _hear(self) -> None:
        async with aclosing(listen(self._database.url, Channel.ATTEMPTS)) as news:
            async for _ in news:
                self._wake.set()

    async def _claim_for_ever(self) -> None:
        outage = Outage("claiming")
        while True:
            self._wake.clear()
            try:
                await self._compare_when_due()
                await self._claim()
                await self._claim_test_call()
                await self._claim_trials()
                outage.over()
            except PASSING as error:
                outage.began(error)
            await self._wait_for_news()

    async def _wait_for_news(self) -> None:
        try:
            async with asyncio.timeout(self._config.poll_s):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _claim(self) -> None:
        free = self._config.capacity - len(self._calls) - len(self._trials)
        if self._id is None or free <= 0 or self._resting():
            return
        async with self._database.system() as session:
            claimed = await claim_attempts(session, self._id, limit=free, now=self._clock.now())
        for attempt in claimed:
            task = asyncio.create_task(self._carry(attempt, self._id), name="call")
            self._calls[attempt.id] = task

    async def _carry(self, attempt: ClaimedAttempt, node_id: UUID) -> None:
        try:
            await self._carrier.carry(attempt, node_id)
            self._rest_s = 0.0
        except NotReadyError as error:
            self._rest(Trouble(error.why.code, str(error.why)))
        except DatabaseUnavailableError as error:
            log.warning("call not placed", attempt=str(attempt.id), why=str(error))
        except (ConflictError, NotFoundError) as error:
            # The attempt was ended or deleted behind our back, which says nothing of other calls.
            log.warning("attempt not carried out", attempt=str(attempt.id), why=str(error))
        except Exception as error:
            log.exception("attempt not carried out", attempt=str(attempt.id))
            self._rest(Trouble("internal-error", f"An error in the call node ({type(error).__name__})"))
        finally:
            del self._calls[attempt.id]
            self._wake.set()

    async def _claim_test_call(self) -> None:
        if self._id is None or (self._test_call is not None and not self._test_call.done()):
            return
        async with self._database.system() as session:
            claimed = await test_calls.claim(session, self._id, self._clock.now())
        if claimed is not None:
            self._test_call = asyncio.create_task(self._test(claimed, self._tester), name="test-call")

    async def _claim_trials(self) -> None:
        if self._id is None or len(self._trials) >= MOST_TRIALS:
            return
        async with self._database.system() as session:
            claimed = await trials.claim(session, self._id, self._clock.now())
        if claimed is not None:
            trial = asyncio.create_task(self._test(claimed, self._trial_caller), name="trial-call")
            self._trials.add(trial)
            trial.add_done_callback(self._trial_over)
            self._wake.set()  # there may be more

    def _trial_over(self, trial: asyncio.Task[None]) -> None:
        self._trials.discard(trial)
        self._wake.set()

    async def _test(self, claimed: ClaimedTestCall, caller: TestCaller | TrialCaller) -> None:
        try:
            await caller.carry(claimed)
        except DatabaseUnavailableError as error:
            log.warning("test call not kept", test_call=str(claimed.id), why=str(error))
        except Exception:
            log.exception("test call failed", test_call=str(claimed.id))

    def _resting(self) -> bool:
        return self._clock.monotonic() < self._rests_until

    def _rest(self, trouble: Trouble) -> None:
        self._trouble = trouble
        if self._resting():
            return  # calls that fail together are one failure
        self._rest_s = min(max(1.0, self._rest_s * 2), self._config.rest_most_s)
        self._rests_until = self._clock.monotonic() + self._rest_s
        log.error("call node rests", why=trouble.detail, code=trouble.code, rest_s=self._rest_s)

    def _present_trouble(self) -> Trouble | None:
        # After a rest it takes a moment until a call is planned, claimed and tried again.
        if self._clock.monotonic() > self._rests_until + self._config.retold_s:
            self._trouble = None
        return self._trouble

    async def _compare_when_due(self) -> None:
        if self._clock.monotonic() >= self._compare_after:
            self._compare_after = self._clock.monotonic() + self._config.compare_s
            await self._compare()

    async def _compare(self) -> None:
        """Let go of what the database says is ours and is not.

        A commit whose confirmation was lost leaves such an attempt, and so does a node that could not give back.
        """
        if self._id is None:
            return
        ours = self._calls.keys() | self._results.waiting()
        now = self._clock.now()
        async with self._database.system() as session:
            await release(session, await test_calls.close_orphans(session, now))
        async with self._database.system() as session:
            carried = await get_carried(session, self._id)
        for attempt in carried:
            if attempt.id not in ours:
                await self._let_go(attempt, self._id, now)

    async def _let_go(self, attempt: CarriedAttempt, node_id: UUID, now: datetime) -> None:
        log.warning("attempt lost track of", attempt=str(attempt.id), dialled=attempt.dialled)
        # One in a transaction: balances are held last of all, and no further attempt is waited for with one held.
        async with self._database.system() as session:
            if attempt.dialled:
                await abandon(session, attempt.id, "the call node lost track of it", now)
            else:
                await give_back(session, attempt.id, node_id, now)

    async def _end(self, grace_s: float) -> None:
        testing = [self._test_call] if self._test_call is not None else []
        calls = [*self._calls.values(), *testing, *self._trials]
        if calls and grace_s > 0:
            log.info("call node stops once its calls are over", calls=len(calls), grace_s=grace_s)
            await asyncio.wait(calls, timeout=grace_s)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        try:
            await self._results.deliver_once()
            await self._compare()
            await self._sign_off()
        except DatabaseUnavailableError as error:
            log.warning("call node not signed off", why=str(error))

    async def _sign_off(self) -> None:
        if self._id is None:
            return
        async with self._database.system() as session:
            await end_node(session, self._id)
        log.info("call node signed off", node=str(self._id))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WorkFolderInUseError(folder=folder) from None
        yield
