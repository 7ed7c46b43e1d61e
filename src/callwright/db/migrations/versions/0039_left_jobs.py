"""A job that is to be tried again later does not hold on to the worker that tried it first.

Revision: 0039, after 0038.
"""

from alembic import op

from callwright.db import roles

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

NOTING = "procrastinate_trigger_function_scheduled_events_v1()"


def upgrade() -> None:
    """Apply.

    Where a worker goes, its jobs forget it by their foreign key, and so as the owner of the table, whom row-level
    security lets note nothing: no worker that was gone could be told so, and none began for good.
    """
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    op.execute(f"ALTER FUNCTION {NOTING} SECURITY DEFINER SET search_path = public, pg_temp")
    op.execute(f"ALTER FUNCTION {NOTING} OWNER TO {roles.SYSTEM_ROLE}")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")


def downgrade() -> None:
    """Take back: the function and its trigger as procrastinate made them."""
    op.execute(f"DROP FUNCTION {NOTING} CASCADE")
    op.execute(
        f"""CREATE FUNCTION {NOTING} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO procrastinate_events(job_id, type, at)
                VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
            RETURN NEW;
        END $$"""  # noqa: S608 - made of constants alone
    )
    op.execute(
        f"""CREATE TRIGGER procrastinate_trigger_scheduled_events_v1
        AFTER UPDATE OR INSERT ON procrastinate_jobs
        FOR EACH ROW WHEN ((new.scheduled_at IS NOT NULL AND new.status = 'todo'::procrastinate_job_status))
        EXECUTE PROCEDURE {NOTING}"""
    )
