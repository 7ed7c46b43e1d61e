"""When a company lets its messages of each kind leave.

Revision: 0061, after 0060.
"""

from alembic import op

from callwright.db import roles

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE message_hours (
            kind varchar NOT NULL
                CONSTRAINT ck_message_hours_kind CHECK (kind in ('marketing', 'financial', 'service')),
            hours jsonb NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_message_hours_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_message_hours PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_message_hours_tenant_id_kind UNIQUE (tenant_id, kind)
        )"""
    )
    op.execute("CREATE INDEX ix_message_hours_tenant_id ON message_hours (tenant_id)")
    for statement in roles.protect_tenant_table("message_hours"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE message_hours")
