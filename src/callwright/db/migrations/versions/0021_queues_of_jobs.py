"""Queues: jobs that wait for a voice or for room keep no other job waiting.

Revision: 0021, after 0020.
"""

from alembic import op

from callwright.db import roles

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

QUEUES = "('callwright', 'callwright-speaking', 'callwright-rehearsing')"


def upgrade() -> None:
    """Apply."""
    _replace("text, uuid", "task text, key uuid, queue text DEFAULT 'callwright'", "queue", "text, uuid, text")


def downgrade() -> None:
    """Take back; what waits in the other queues goes to the one that is left."""
    _replace("text, uuid, text", "task text, key uuid", "'callwright'", "text, uuid")
    op.execute("UPDATE procrastinate_jobs SET queue_name = 'callwright'")


def _replace(before: str, parameters: str, queue: str, types: str) -> None:
    op.execute(f"DROP FUNCTION enqueue_job({before})")
    # As written: in a statement of SQLAlchemy's a colon would mean a parameter.
    op.get_bind().connection.cursor().execute(_written(parameters, queue, types))


def _written(parameters: str, queue: str, types: str) -> str:
    return f"""
    CREATE FUNCTION enqueue_job({parameters}) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        owner uuid := {roles.CURRENT_TENANT};
    BEGIN
        IF owner IS NULL THEN
            RAISE 'A job belongs to a tenant, and this transaction has none';
        END IF;
        IF {queue} NOT IN {QUEUES} THEN
            RAISE 'There is no such queue of jobs';
        END IF;
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
        VALUES ({queue}, task, task || ':' || key, task || ':' || key,
                jsonb_build_object('tenant', owner, 'key', key))
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING;
    END $$;
    REVOKE ALL ON FUNCTION enqueue_job({types}) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION enqueue_job({types}) TO {roles.APP_ROLE};
    GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE};
    ALTER FUNCTION enqueue_job({types}) OWNER TO {roles.SYSTEM_ROLE};
    REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE};
"""  # noqa: S608 - the two roles' names
