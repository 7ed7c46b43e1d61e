"""What ``bench.dialing`` dials: one tenant, one line, one running task with as many customers as asked for."""

from dataclasses import dataclass
from uuid import UUID

import psycopg
from bench.working_hours import CAPACITY, NOON
from sqlalchemy import text

from callwright.accounts.service import create_tenant, get_tenant
from callwright.db.engine import libpq_url
from callwright.db.session import Database
from callwright.kit.secrets import SecretBox, new_key
from callwright.lines.drafts import LineDraft
from callwright.lines.service import create_line
from callwright.scripts.drafting import create_version
from callwright.scripts.publishing import publish
from callwright.scripts.service import demo_source
from callwright.seats.service import open_pack
from callwright.tasks import service
from callwright.tasks.drafts import TaskDraft

PER_SECOND = 100_000
VARIABLES = '{"customer_name": "Maria", "last_visit": "last April"}'

# Numbers from 212-200-0000 on, all valid, none called twice.
CUSTOMERS = text("""
    INSERT INTO customers (id, tenant_id, phone, name, fields, consent_note)
    SELECT gen_random_uuid(), :tenant, '+1212' || (2000000 + n), 'Person', '{}', ''
    FROM generate_series(1, :count) AS n
""")
ENTRIES = text("""
    INSERT INTO task_customers (id, tenant_id, task_id, customer_id, variables, position, zones, state)
    SELECT gen_random_uuid(), :tenant, :task, id, CAST(:variables AS jsonb), row_number() OVER (ORDER BY phone),
           'America/New_York', 'uncalled'
    FROM customers WHERE tenant_id = :tenant
""")
ZONES = text("""
    INSERT INTO task_zones (id, tenant_id, task_id, zones)
    VALUES (gen_random_uuid(), :tenant, :task, 'America/New_York')
""")
# As the product would have left them: one attempt and one call for each of the first so many customers.
CALLED = text("""
    WITH next AS (
        SELECT id FROM task_customers WHERE task_id = :task AND state = 'uncalled' ORDER BY position LIMIT :count
    )
    UPDATE task_customers SET state = 'called' FROM next WHERE task_customers.id = next.id
    RETURNING task_customers.id
""")
ATTEMPTS = text("""
    INSERT INTO attempts (id, tenant_id, task_id, line_id, task_customer_id, number, state, planned_at, region,
                          gate_verdict, gate_rule, gate_detail, claimed_at, dialled_at, ended_at, phone_state,
                          sip_code, sip_reason)
    SELECT gen_random_uuid(), entry.tenant_id, entry.task_id, :line, entry.id, 1, 'ended', :at, 'US/NY',
           'allow', 'all-clear', '{}', :at, :at, :at, 'busy', 486, 'Busy Here'
    FROM task_customers AS entry LEFT JOIN attempts ON attempts.task_customer_id = entry.id
    WHERE entry.task_id = :task AND entry.state = 'called' AND attempts.id IS NULL
""")
CALLS = text("""
    INSERT INTO calls (id, tenant_id, attempt_id, task_id, customer_id, script_version_id, line_id, phone,
                       caller_number, sip_call_id, dialled_at, ringing_at, ended_at, talk_ms, phone_state, sip_code,
                       sip_reason, hung_up_by, interrupted, grade_reasons, collected, path, reply_ms, media)
    SELECT gen_random_uuid(), attempts.tenant_id, attempts.id, attempts.task_id, entry.customer_id,
           tasks.script_version_id, attempts.line_id, book.phone, '+12125550100', 'id', :at, :at, :at, 0,
           'busy', 486, 'Busy Here', 'them', false, '[]', '{}', '[]', '[]', '{}'
    FROM attempts
    JOIN tasks ON tasks.id = attempts.task_id
    JOIN task_customers AS entry ON entry.id = attempts.task_customer_id
    JOIN customers AS book ON book.id = entry.customer_id
    LEFT JOIN calls ON calls.attempt_id = attempts.id
    WHERE attempts.task_id = :task AND attempts.state = 'ended' AND calls.id IS NULL
""")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made."""

    tenant_id: UUID
    task_id: UUID
    line_id: UUID


async def prepare(database: Database, customers: int, *, name: str = "Bench") -> Prepared:
    """Make everything, the task running."""
    async with database.system() as session:
        tenant = await create_tenant(session, name=name, time_zone="America/New_York")
    async with database.tenant(tenant.id) as session:
        draft = LineDraft(name="Line", carrier_host="127.0.0.1", caller_number="+12125550100", channels=CAPACITY)
        line = await create_line(session, draft, region="US", box=SecretBox(new_key()))
        line.calls_per_second = PER_SECOND
        await open_pack(session, seats=CAPACITY, opens_at=NOON)
        script = await create_version(session, demo_source(), now=NOON)
        await publish(session, script.id, now=NOON)
        wishes = TaskDraft(name="Bench", script_id=script.id, line_ids=(line.id,), seats=CAPACITY)
        task = await service.create_task(session, wishes, tenant=await get_tenant(session, tenant.id), now=NOON)
    made = Prepared(tenant.id, task.id, line.id)
    async with database.system() as session:
        known = {"tenant": tenant.id, "task": task.id, "count": customers, "variables": VARIABLES}
        for statement in (CUSTOMERS, ENTRIES, ZONES):
            await session.execute(statement, known)
    await _vacuum(database)
    async with database.tenant(tenant.id) as session:
        await service.start_task(session, task.id, now=NOON)
    return made


async def call_as_if(database: Database, made: Prepared, count: int) -> None:
    """Leave the next ``count`` customers as if they had been called."""
    known = {"task": made.task_id, "line": made.line_id, "count": count, "at": NOON}
    for statement in (CALLED, ATTEMPTS, CALLS):
        async with database.system() as session:
            await session.execute(statement, known)
        # The next statement joins what this one wrote, which is planned badly while the table seems empty.
        await _vacuum(database)


async def count_called(database: Database, made: Prepared) -> int:
    """Return how many attempts have ended."""
    async with database.system() as session:
        ended = text("SELECT count(*) FROM attempts WHERE task_id = :task AND state = 'ended'")
        return int(await session.scalar(ended, {"task": made.task_id}) or 0)


async def _vacuum(database: Database) -> None:
    """Do what PostgreSQL does by itself after a while, so that the measurement doesn't begin with it."""
    async with await psycopg.AsyncConnection.connect(libpq_url(database.url), autocommit=True) as connection:
        await connection.execute("VACUUM ANALYZE")
