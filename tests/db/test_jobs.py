"""Jobs: entered with what makes them needed, done once it is there, and again where a worker died."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from callwright.db.engine import libpq_url
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.jobs import Job, Queue, enqueue
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.kit.tabular import TooManyRowsError
from callwright.worker.retrying import TRIES_AT_MOST, is_passing, pause_after
from callwright.worker.run import FAILED, LOST, WorkerConfig, run_worker
from tests.factories.jobs import CONFIG, work_off
from tests.waiting import until

Done = list[tuple[UUID, UUID]]


async def a_tenant(database: Database, name: str = "Ours") -> UUID:
    async with database.system() as session:
        row = TenantRow(name=name)
        session.add(row)
        await session.flush()
        return row.id


class Work:
    """A job that notes what it was done with; the first ``failures`` times it fails with ``error``."""

    def __init__(self, error: Exception | None = None, failures: int = 10**6) -> None:
        self.done: Done = []
        self.failed: list[tuple[UUID, str]] = []
        self._error, self._failures = error, failures

    async def run(self, tenant_id: UUID, key: UUID) -> None:
        self.done.append((tenant_id, key))
        if self._error and len(self.done) <= self._failures:
            raise self._error

    async def fail(self, tenant_id: UUID, key: UUID, why: str) -> None:
        self.failed.append((key, why))

    @property
    def job(self) -> Job:
        return Job("work", self.run, self.fail)


async def test_a_job_is_done_only_once_the_change_is_there(database: Database) -> None:
    tenant, kept, lost = await a_tenant(database), uuid4(), uuid4()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", lost)
        await session.rollback()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", kept)
        await enqueue(session, "work", kept)  # waits already
    work = Work()
    await work_off(database.url, [work.job])
    assert work.done == [(tenant, kept)]
    assert work.failed == []


async def test_a_tenant_reads_and_enters_nobodys_jobs_but_its_own(database: Database) -> None:
    tenant = await a_tenant(database)
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", uuid4())
    for statement in (
        "SELECT * FROM procrastinate_jobs",
        "SELECT * FROM procrastinate_fetch_job_v2(NULL, 1)",
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('callwright', 'work', '{}')",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with database.tenant(tenant) as session:
                await session.execute(text(statement))
    with pytest.raises(DBAPIError, match="belongs to a tenant"):
        async with database._engine.begin() as connection:
            await connection.execute(text("SELECT enqueue_job('work', gen_random_uuid())"))


async def entered(database: Database, jobs: Sequence[tuple[UUID, UUID]], queue: Queue) -> None:
    for tenant, key in jobs:
        async with database.tenant(tenant) as session:
            await enqueue(session, "work", key, queue)


async def test_companies_take_turns_at_a_queue(database: Database) -> None:
    many, few, late = [await a_tenant(database, name) for name in ("Many", "Few", "Late")]
    jobs = [(tenant, uuid4()) for tenant in (many, many, many, few, few)]
    await entered(database, jobs, Queue.ORDINARY)
    first, last = Work(), Work()

    async def then_ask(tenant_id: UUID, key: UUID) -> None:
        await first.run(tenant_id, key)
        if key == jobs[3][1]:
            await entered(database, [(late, uuid4()), (late, uuid4())], Queue.ORDINARY)

    await work_off(database.url, [Job("work", then_ask, last.fail)])
    assert [tenant for tenant, _ in first.done] == [many, few, many, few, late, many, late]


async def test_no_company_holds_two_places_of_the_queue_of_exports(database: Database) -> None:
    many, few = [await a_tenant(database, name) for name in ("Many", "Few")]
    jobs = [(many, uuid4()), (many, uuid4())]
    others, work = asyncio.Event(), Work()

    async def export(tenant_id: UUID, key: UUID) -> None:
        if key == jobs[0][1]:
            await entered(database, [(few, uuid4())], Queue.EXPORTING)
        if tenant_id == few:
            others.set()
        await others.wait()
        await work.run(tenant_id, key)

    await entered(database, jobs, Queue.EXPORTING)
    await work_off(database.url, [Job("work", export, work.fail)], replace(CONFIG, at_once=2))
    assert len(work.done) == 3


async def test_jobs_that_wait_for_room_keep_no_other_waiting(database: Database) -> None:
    tenant, imported = await a_tenant(database), uuid4()
    waiting: list[UUID] = []
    room, work = asyncio.Event(), Work()

    async def wait(_tenant: UUID, key: UUID) -> None:
        waiting.append(key)
        await room.wait()

    async def full() -> bool:
        return len(waiting) == 3 * CONFIG.at_once

    async def done() -> bool:
        return bool(work.done)

    async with database.tenant(tenant) as session:
        for _ in range(3 * CONFIG.at_once):
            await enqueue(session, "crowd", uuid4(), Queue.REHEARSING)
            await enqueue(session, "speak", uuid4(), Queue.SPEAKING)
            await enqueue(session, "list", uuid4(), Queue.EXPORTING)
    jobs = [*(Job(name, wait, work.fail) for name in ("crowd", "speak", "list")), work.job]
    working = asyncio.create_task(work_off(database.url, jobs))
    try:
        await until(full, "every place of the other queues")
        async with database.tenant(tenant) as session:
            await enqueue(session, "work", imported)
        await until(done, "the import beside them")
        assert len(waiting) == 3 * CONFIG.at_once
    finally:
        room.set()
        await working
    assert work.done == [(tenant, imported)]


async def test_a_passing_failure_is_tried_again(database: Database) -> None:
    tenant, key = await a_tenant(database), uuid4()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", key)
    work = Work(DatabaseUnavailableError(address="there", why="away"), failures=1)
    await work_off(database.url, [work.job])
    assert work.done == [(tenant, key)] * 2
    assert work.failed == []


async def test_a_fault_is_told_and_not_tried_again(database: Database) -> None:
    tenant, key = await a_tenant(database), uuid4()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", key)
    work = Work(ZeroDivisionError())
    with capture_logs() as logs:
        await work_off(database.url, [work.job])
    assert (work.done, work.failed) == ([(tenant, key)], [(key, FAILED)])
    assert [one["log_level"] for one in logs if one["event"] == "job failed"] == ["error"]


async def test_a_file_that_is_refused_is_no_fault_of_the_house(database: Database) -> None:
    tenant, key = await a_tenant(database), uuid4()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", key)
    work = Work(TooManyRowsError(file_name="people.csv", most=100_000))
    with capture_logs() as logs:
        await work_off(database.url, [work.job])
    assert work.failed == [(key, TooManyRowsError.code)]
    assert [one["log_level"] for one in logs if one["event"].startswith("job")] == ["info"]


HANGS = """
import asyncio, sys
from callwright.db.jobs import Job
from callwright.worker.run import run_worker
from tests.factories.jobs import CONFIG

async def hang(tenant_id, key):
    print("begun", flush=True)
    await asyncio.sleep(3600)

asyncio.run(run_worker(sys.argv[1], [Job("work", hang, hang)], CONFIG, ready=lambda: None))
"""


async def kill_one_at_work(url: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HANGS, url, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 30) == b"begun\n"
    process.kill()
    await process.wait()


async def test_a_killed_workers_job_is_taken_over(database: Database) -> None:
    tenant, key = await a_tenant(database), uuid4()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", key)
    await kill_one_at_work(database.url)
    work = Work()
    await work_off(database.url, [work.job])
    assert (work.done, work.failed) == ([(tenant, key)], [])


async def test_a_job_that_kills_its_workers_is_given_up(database: Database) -> None:
    tenant, key = await a_tenant(database), uuid4()
    async with database.tenant(tenant) as session:
        await enqueue(session, "work", key)
    await kill_one_at_work(database.url)
    work = Work()
    config = WorkerConfig(heartbeat_s=0.2, stalled_s=CONFIG.stalled_s, poll_s=0.1, lives=1)
    await work_off(database.url, [work.job], config)
    assert (work.done, work.failed) == ([], [(key, LOST)])


async def test_a_worker_that_lost_its_connections_goes_on(database: Database) -> None:
    tenant, first, second = await a_tenant(database), uuid4(), uuid4()
    work = Work()
    working = asyncio.create_task(run_worker(database.url, [work.job], CONFIG, ready=lambda: None))
    try:
        async with database.tenant(tenant) as session:
            await enqueue(session, "work", first)
        await until(_all_done(work, 1))
        with psycopg.connect(libpq_url(database.url), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        async with database.tenant(tenant) as session:
            await enqueue(session, "work", second)
        await until(_all_done(work, 2))
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert work.done == [(tenant, first), (tenant, second)]


def _all_done(work: Work, count: int) -> Callable[[], Awaitable[bool]]:
    async def done() -> bool:
        return len(work.done) >= count

    return done


def test_pauses_grow_up_to_a_minute_and_tries_end() -> None:
    assert [pause_after(tries) for tries in (0, 1, 2, 5, 6, 39)] == [1, 2, 4, 32, 60, 60]
    away = DatabaseUnavailableError(address="there", why="away")
    assert is_passing(away, TRIES_AT_MOST - 1)
    assert not is_passing(away, TRIES_AT_MOST)
    assert not is_passing(ValueError(), 0)


async def test_a_worker_may_go_whose_job_is_to_be_tried_again_later(database: Database) -> None:
    async with database.system() as session:
        worker = await session.scalar(text("SELECT procrastinate_register_worker_v1()"))
        await session.execute(
            text("""
                INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at, worker_id)
                VALUES ('callwright', 'x', '{}', 'todo', now() + interval '1 hour', :worker)
            """),
            {"worker": worker},
        )
    async with database.system() as session:
        await session.execute(text("SELECT procrastinate_unregister_worker_v1(:worker)"), {"worker": worker})
        left = await session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE worker_id IS NULL"))
    assert left == 1
