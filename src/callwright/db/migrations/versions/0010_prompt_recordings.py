"""Recorded speech for scripts.

Revision: 0010, after 0009.
"""

from alembic import op

from callwright.db import roles

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RECORDINGS = f"""
    CREATE TABLE prompt_recordings (
        sha256 varchar NOT NULL,
        seconds double precision NOT NULL,
        file_name varchar NOT NULL,
        uploaded_by uuid CONSTRAINT fk_prompt_recordings_uploaded_by REFERENCES users ON DELETE SET NULL,
        used_at timestamptz NOT NULL,
        tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
            CONSTRAINT fk_prompt_recordings_tenant_id REFERENCES tenants ON DELETE CASCADE,
        id uuid NOT NULL CONSTRAINT pk_prompt_recordings PRIMARY KEY,
        created_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT uq_prompt_recordings_tenant_id_sha256 UNIQUE (tenant_id, sha256)
    )
"""


def upgrade() -> None:
    """Apply."""
    op.execute(RECORDINGS)
    op.execute("CREATE INDEX ix_prompt_recordings_tenant_id ON prompt_recordings (tenant_id)")
    for statement in roles.protect_tenant_table("prompt_recordings"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE prompt_recordings")
