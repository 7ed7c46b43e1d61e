"""The outbox of events, written with the changes that they tell of.

Revision: 0037, after 0036.
"""

from alembic import op

from callwright.db import roles

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE events (
            kind varchar NOT NULL,
            data jsonb NOT NULL,
            handled_at timestamptz,
            left_to jsonb DEFAULT '[]' NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_events_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_events PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL
        )"""
    )
    op.execute("CREATE INDEX ix_events_waiting ON events (tenant_id, id) WHERE handled_at IS NULL")
    op.execute("CREATE INDEX ix_events_tenant_id ON events (tenant_id)")
    for statement in roles.protect_tenant_table("events"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE events")
