"""A queue of exports: one company's lists keep nobody's imports waiting.

Revision: 0028, after 0027.
"""

from alembic import op

from callwright.db import roles

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BEFORE = ("callwright", "callwright-speaking", "callwright-rehearsing")
EXPORTING = "callwright-exporting"


def upgrade() -> None:
    """Apply; exports that wait go to their queue."""
    _replace((*BEFORE, EXPORTING))
    op.execute(
        f"UPDATE procrastinate_jobs SET queue_name = '{EXPORTING}' WHERE task_name = 'export' AND status = 'todo'"  # noqa: S608
    )


def downgrade() -> None:
    """Take back; what waits in the queue goes to the ordinary one."""
    _replace(BEFORE)
    op.execute(
        f"UPDATE procrastinate_jobs SET queue_name = '{BEFORE[0]}' WHERE queue_name = '{EXPORTING}'"  # noqa: S608
    )


def _replace(queues: tuple[str, ...]) -> None:
    op.execute("DROP FUNCTION enqueue_job(text, uuid, text)")
    # As written: in a statement of SQLAlchemy's a colon would mean a parameter.
    op.get_bind().connection.cursor().execute(_written(", ".join(f"'{queue}'" for queue in queues)))


def _written(queues: str) -> str:
    return f"""
    CREATE FUNCTION enqueue_job(task text, key uuid, queue text DEFAULT 'callwright') RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        owner uuid := {roles.CURRENT_TENANT};
    BEGIN
        IF owner IS NULL THEN
            RAISE 'A job belongs to a tenant, and this transaction has none';
        END IF;
        IF queue NOT IN ({queues}) THEN
            RAISE 'There is no such queue of jobs';
        END IF;
        INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
        VALUES (queue, task, task || ':' || key, task || ':' || key,
                jsonb_build_object('tenant', owner, 'key', key))
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING;
    END $$;
    REVOKE ALL ON FUNCTION enqueue_job(text, uuid, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION enqueue_job(text, uuid, text) TO {roles.APP_ROLE};
    GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE};
    ALTER FUNCTION enqueue_job(text, uuid, text) OWNER TO {roles.SYSTEM_ROLE};
    REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE};
"""  # noqa: S608 - the two roles' names and the queues'
