"""Crowds that the language model talks with: one at a time, and so many tokens a day.

Revision: 0023, after 0022.
"""

from alembic import op

from callwright.db import roles

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CROWDS = f"""
    CREATE TABLE model_crowds (
        began_at timestamptz NOT NULL,
        began_by uuid CONSTRAINT fk_model_crowds_began_by REFERENCES users ON DELETE SET NULL,
        ended_at timestamptz,
        tokens integer NOT NULL,
        tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
            CONSTRAINT fk_model_crowds_tenant_id REFERENCES tenants ON DELETE CASCADE,
        id uuid NOT NULL CONSTRAINT pk_model_crowds PRIMARY KEY,
        created_at timestamptz DEFAULT now() NOT NULL
    )
"""


def upgrade() -> None:
    """Apply."""
    op.execute(CROWDS)
    op.execute("CREATE INDEX ix_model_crowds_tenant_id ON model_crowds (tenant_id)")
    op.execute("CREATE INDEX ix_model_crowds_lately ON model_crowds (tenant_id, began_at)")
    for statement in roles.protect_tenant_table("model_crowds"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE model_crowds")
