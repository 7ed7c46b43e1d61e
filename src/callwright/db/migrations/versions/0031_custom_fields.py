"""Fields that companies define for their customers.

Revision: 0031, after 0030.
"""

from alembic import op

from callwright.db import roles

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE custom_fields (
            key varchar NOT NULL,
            label varchar NOT NULL,
            kind varchar NOT NULL
                CONSTRAINT ck_custom_fields_kind CHECK (kind in ('text', 'number', 'date', 'choice')),
            required boolean NOT NULL,
            choices jsonb NOT NULL,
            place integer NOT NULL,
            retired_at timestamptz,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_custom_fields_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_custom_fields PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_custom_fields_tenant_id_key UNIQUE (tenant_id, key)
        )"""
    )
    op.execute("CREATE INDEX ix_custom_fields_tenant_id ON custom_fields (tenant_id)")
    for statement in roles.protect_tenant_table("custom_fields"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE custom_fields")
