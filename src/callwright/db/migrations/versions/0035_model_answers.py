"""Answers of the language model: so many at once and a minute of a company, whichever web process it comes to.

Revision: 0035, after 0034.
"""

from alembic import op

from callwright.db import roles

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ANSWERS = f"""
    CREATE TABLE model_answers (
        asked_at timestamptz NOT NULL,
        lapses_at timestamptz NOT NULL,
        ended_at timestamptz,
        tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
            CONSTRAINT fk_model_answers_tenant_id REFERENCES tenants ON DELETE CASCADE,
        id uuid NOT NULL CONSTRAINT pk_model_answers PRIMARY KEY,
        created_at timestamptz DEFAULT now() NOT NULL
    )
"""


def upgrade() -> None:
    """Apply."""
    op.execute(ANSWERS)
    op.execute("CREATE INDEX ix_model_answers_tenant_id ON model_answers (tenant_id)")
    for statement in roles.protect_tenant_table("model_answers"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE model_answers")
