"""Jobs, as procrastinate keeps them, and dry runs that a worker makes.

Revision: 0008, after 0007.
"""

from alembic import op
from procrastinate.schema import SchemaManager

from callwright.db import roles

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("procrastinate_workers", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_events")
# Run as the system, which alone may touch the tables: a tenant enters jobs, of its own rows only, and reads none.
ENQUEUE = f"""
    CREATE FUNCTION enqueue_job(task text, key uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        owner uuid := {roles.CURRENT_TENANT};
    BEGIN
        IF owner IS NULL THEN
            RAISE 'A job belongs to a tenant, and this transaction has none';
        END IF;
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
        VALUES ('callwright', task, task || ':' || key, task || ':' || key,
                jsonb_build_object('tenant', owner, 'key', key))
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING;
    END $$;
    REVOKE ALL ON FUNCTION enqueue_job(text, uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION enqueue_job(text, uuid) TO {roles.APP_ROLE};
    GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE};
    ALTER FUNCTION enqueue_job(text, uuid) OWNER TO {roles.SYSTEM_ROLE};
    REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE};
"""  # noqa: S608 - the two roles' names
CLOSE_FUNCTIONS = f"""
    DO $$ DECLARE made regprocedure; BEGIN
        FOR made IN SELECT oid::regprocedure FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate%'
        LOOP
            EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {roles.SYSTEM_ROLE}', made);
        END LOOP;
    END $$
"""  # noqa: S608
DROP_FUNCTIONS = """
    DO $$ DECLARE made regprocedure; BEGIN
        FOR made IN SELECT oid::regprocedure FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate%'
        LOOP
            EXECUTE format('DROP FUNCTION %s CASCADE', made);
        END LOOP;
    END $$
"""
DRY_RUNS = f"""
    CREATE TABLE dry_runs (
        task_id uuid NOT NULL CONSTRAINT fk_dry_runs_task_id REFERENCES tasks ON DELETE CASCADE,
        asked_at timestamptz NOT NULL,
        state varchar NOT NULL CONSTRAINT ck_dry_runs_state
            CHECK (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
        progress double precision NOT NULL,
        failure varchar NOT NULL,
        result jsonb,
        tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
            CONSTRAINT fk_dry_runs_tenant_id REFERENCES tenants ON DELETE CASCADE,
        id uuid NOT NULL CONSTRAINT pk_dry_runs PRIMARY KEY,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT ck_dry_runs_result CHECK ((state = 'done') = (result is not null))
    )
"""


def upgrade() -> None:
    """Apply."""
    run_as_written(SchemaManager.get_schema())
    for table in TABLES:
        for statement in roles.protect_system_table(table):
            op.execute(statement)
    for sequence in ("jobs_id_seq", "events_id_seq", "periodic_defers_id_seq"):
        op.execute(f"GRANT USAGE ON SEQUENCE procrastinate_{sequence} TO {roles.SYSTEM_ROLE}")
    run_as_written(CLOSE_FUNCTIONS)
    run_as_written(ENQUEUE)
    op.execute(DRY_RUNS)
    op.execute("CREATE INDEX ix_dry_runs_tenant_id ON dry_runs (tenant_id)")
    op.execute("CREATE INDEX ix_dry_runs_task_id ON dry_runs (task_id)")
    for statement in roles.protect_tenant_table("dry_runs"):
        op.execute(statement)


def run_as_written(sql: str) -> None:
    """Run several statements at once, in which ``%`` and ``:`` mean nothing."""
    op.get_bind().connection.cursor().execute(sql)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE dry_runs")
    op.execute("DROP FUNCTION enqueue_job")
    op.execute(f"DROP TABLE {', '.join(TABLES)} CASCADE")
    run_as_written(DROP_FUNCTIONS)
    op.execute("DROP TYPE procrastinate_job_status, procrastinate_job_event_type, procrastinate_job_to_defer_v1")
