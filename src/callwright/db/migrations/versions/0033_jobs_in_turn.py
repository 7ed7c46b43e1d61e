"""Jobs in turn: companies take turns at a queue, and no company holds two places of the queue of exports.

Revision: 0033, after 0032.
"""

from alembic import op

from callwright.db import roles

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

QUEUES = "('callwright', 'callwright-speaking', 'callwright-rehearsing', 'callwright-exporting')"
# A round has one job of each company that waits: a job is of the round after its company's last, or of the one that
# the queue is at. The lower the round, the sooner it is done.
ROUND = """
        SELECT coalesce(greatest(1 - min(priority) FILTER (WHERE args ->> 'tenant' = owner::text),
                                 -max(priority) FILTER (WHERE status = 'todo')), 0)
        INTO round FROM procrastinate_jobs WHERE queue_name = queue AND status IN ('todo', 'doing');
"""
ONE_LIST_OF_A_COMPANY = (
    "CASE queue WHEN 'callwright-exporting' THEN task || ' of ' || owner ELSE task || ':' || key END"
)


def upgrade() -> None:
    """Apply."""
    _replace(ROUND, ONE_LIST_OF_A_COMPANY)


def downgrade() -> None:
    """Take back."""
    _replace("round := 0;", "task || ':' || key")


def _replace(round_of_job: str, lock: str) -> None:
    op.execute("DROP FUNCTION enqueue_job(text, uuid, text)")
    # As written: in a statement of SQLAlchemy's a colon would mean a parameter.
    op.get_bind().connection.cursor().execute(_written(round_of_job, lock))


def _written(round_of_job: str, lock: str) -> str:
    return f"""
    CREATE FUNCTION enqueue_job(task text, key uuid, queue text DEFAULT 'callwright') RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        owner uuid := {roles.CURRENT_TENANT};
        round integer;
    BEGIN
        IF owner IS NULL THEN
            RAISE 'A job belongs to a tenant, and this transaction has none';
        END IF;
        IF queue NOT IN {QUEUES} THEN
            RAISE 'There is no such queue of jobs';
        END IF;
        {round_of_job}
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args)
        VALUES (queue, task, -round, {lock}, task || ':' || key, jsonb_build_object('tenant', owner, 'key', key))
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING;
    END $$;
    REVOKE ALL ON FUNCTION enqueue_job(text, uuid, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION enqueue_job(text, uuid, text) TO {roles.APP_ROLE};
    GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE};
    ALTER FUNCTION enqueue_job(text, uuid, text) OWNER TO {roles.SYSTEM_ROLE};
    REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE};
"""  # noqa: S608 - made of constants alone
