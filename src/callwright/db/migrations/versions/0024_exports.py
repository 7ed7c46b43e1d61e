"""Lists that are written to files by a job worker.

Revision: 0024, after 0023.
"""

from alembic import op

from callwright.db import roles

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE exports (
            key uuid NOT NULL,
            asked_by uuid CONSTRAINT fk_exports_asked_by REFERENCES users ON DELETE SET NULL,
            what varchar NOT NULL CONSTRAINT ck_exports_what CHECK (what in ('customers', 'calls')),
            task_id uuid CONSTRAINT fk_exports_task_id REFERENCES tasks ON DELETE CASCADE,
            shown jsonb NOT NULL,
            file_kind varchar NOT NULL CONSTRAINT ck_exports_file_kind CHECK (file_kind in ('xlsx', 'csv')),
            language varchar NOT NULL,
            time_zone varchar NOT NULL,
            state varchar NOT NULL CONSTRAINT ck_exports_state
                CHECK (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
            progress double precision NOT NULL,
            failure varchar NOT NULL,
            ended_at timestamptz,
            rows integer NOT NULL,
            file_name varchar NOT NULL,
            file_bytes bigint NOT NULL,
            file_deleted_at timestamptz,
            downloads integer NOT NULL,
            downloaded_at timestamptz,
            downloaded_by uuid CONSTRAINT fk_exports_downloaded_by REFERENCES users ON DELETE SET NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_exports_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_exports PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_exports_tenant_id_key UNIQUE (tenant_id, key)
        )"""
    )
    op.execute("CREATE INDEX ix_exports_tenant_id ON exports (tenant_id)")
    op.execute("CREATE INDEX ix_exports_kept ON exports (state, ended_at) WHERE file_deleted_at IS NULL")
    for statement in roles.protect_tenant_table("exports"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE exports")
