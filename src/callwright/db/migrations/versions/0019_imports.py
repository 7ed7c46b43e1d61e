"""Files of customers that are imported by a job worker.

Revision: 0019, after 0018.
"""

from alembic import op

from callwright.db import roles

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE imports (
            task_id uuid NOT NULL CONSTRAINT fk_imports_task_id REFERENCES tasks ON DELETE CASCADE,
            key uuid NOT NULL,
            asked_by uuid CONSTRAINT fk_imports_asked_by REFERENCES users ON DELETE SET NULL,
            file_name varchar NOT NULL,
            file_bytes bigint NOT NULL,
            columns jsonb NOT NULL,
            state varchar NOT NULL CONSTRAINT ck_imports_state
                CHECK (state in ('taken', 'waiting', 'running', 'done', 'failed', 'cancelled')),
            progress double precision NOT NULL,
            failure varchar NOT NULL,
            ended_at timestamptz,
            rows integer NOT NULL,
            imported integer NOT NULL,
            updated integer NOT NULL,
            duplicates integer NOT NULL,
            already_in_task integer NOT NULL,
            failed integer NOT NULL,
            faults jsonb NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_imports_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_imports PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_imports_tenant_id_key UNIQUE (tenant_id, key)
        )"""
    )
    op.execute("CREATE INDEX ix_imports_tenant_id ON imports (tenant_id)")
    op.execute("CREATE INDEX ix_imports_of_task ON imports (task_id, id)")
    for statement in roles.protect_tenant_table("imports"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE imports")
