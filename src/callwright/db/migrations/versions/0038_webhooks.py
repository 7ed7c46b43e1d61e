"""Webhooks, what was sent to them, and a queue of jobs for that.

Revision: 0038, after 0037.
"""

from alembic import op

from callwright.db import roles

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BEFORE = "IF queue NOT IN ('callwright', 'callwright-speaking', 'callwright-rehearsing', 'callwright-exporting')"
AFTER = BEFORE.removesuffix(")") + ", 'callwright-webhooks')"


def upgrade() -> None:
    """Apply."""
    tenant = f"tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL CONSTRAINT fk_%s_tenant_id REFERENCES tenants"
    op.execute(
        f"""CREATE TABLE webhooks (
            name varchar NOT NULL,
            url varchar NOT NULL,
            kinds jsonb NOT NULL,
            secret bytea NOT NULL,
            active boolean NOT NULL,
            failing_since timestamptz,
            given_up_at timestamptz,
            {tenant % "webhooks"} ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_webhooks PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL
        )"""
    )
    op.execute(
        f"""CREATE TABLE webhook_deliveries (
            webhook_id uuid NOT NULL
                CONSTRAINT fk_webhook_deliveries_webhook_id REFERENCES webhooks ON DELETE CASCADE,
            event_id uuid NOT NULL,
            kind varchar NOT NULL,
            body varchar NOT NULL,
            state varchar NOT NULL
                CONSTRAINT ck_webhook_deliveries_state CHECK (state in ('waiting', 'delivered', 'failed')),
            tries integer NOT NULL,
            next_at timestamptz NOT NULL,
            tried_at timestamptz,
            status integer,
            took_ms integer,
            failure varchar NOT NULL,
            answer varchar NOT NULL,
            {tenant % "webhook_deliveries"} ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_webhook_deliveries PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_webhook_deliveries_webhook_id_event_id UNIQUE (webhook_id, event_id)
        )"""
    )
    op.execute(
        "CREATE INDEX ix_webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at) WHERE state = 'waiting'"
    )
    op.execute("CREATE INDEX ix_webhook_deliveries_newest ON webhook_deliveries (webhook_id, id)")
    for table in ("webhooks", "webhook_deliveries"):
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    """Take back."""
    _replace(AFTER, BEFORE)
    op.execute("DROP TABLE webhook_deliveries")
    op.execute("DROP TABLE webhooks")


def _replace(before: str, after: str) -> None:
    """Let the function that enters jobs know other queues."""
    cursor = op.get_bind().connection.cursor()
    cursor.execute(
        "SELECT pg_get_functiondef(oid) FROM pg_proc"
        " WHERE proname = 'enqueue_job' AND pronamespace = current_schema()::regnamespace"
    )
    found = cursor.fetchone()
    assert found is not None
    written = found[0]
    assert before in written
    # It belongs to the system's role, which alone may replace it.
    cursor.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    cursor.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    cursor.execute(written.replace(before, after))
    cursor.execute("RESET ROLE")
    cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")
