"""Crowds of simulated people, and tasks that need one before they start.

Revision: 0014, after 0013.
"""

from alembic import op

from callwright.db import roles

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OWNED = f"""
    tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL
"""
TABLES = {
    "crowd_runs": f"""
        script_id uuid NOT NULL CONSTRAINT fk_crowd_runs_script_id REFERENCES scripts ON DELETE CASCADE,
        script_version_id uuid NOT NULL
            CONSTRAINT fk_crowd_runs_script_version_id REFERENCES script_versions ON DELETE CASCADE,
        content_sha256 varchar NOT NULL,
        people integer NOT NULL, seed bigint NOT NULL, marks jsonb NOT NULL,
        state varchar NOT NULL CONSTRAINT ck_crowd_runs_state
            CHECK (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
        progress double precision NOT NULL, failure varchar NOT NULL,
        asked_at timestamptz NOT NULL,
        asked_by uuid CONSTRAINT fk_crowd_runs_asked_by REFERENCES users ON DELETE SET NULL,
        ended_at timestamptz, passed boolean, report jsonb, outcomes jsonb NOT NULL, {OWNED},
        CONSTRAINT ck_crowd_runs_report CHECK ((state = 'done') = (report is not null)),
        CONSTRAINT ck_crowd_runs_passed CHECK ((state = 'done') = (passed is not null))
    """,
    "crowd_conversations": f"""
        crowd_run_id uuid NOT NULL
            CONSTRAINT fk_crowd_conversations_crowd_run_id REFERENCES crowd_runs ON DELETE CASCADE,
        number integer NOT NULL, wish varchar NOT NULL, went_wrong boolean NOT NULL, content jsonb NOT NULL,
        {OWNED},
        CONSTRAINT uq_crowd_conversations_crowd_run_id_number UNIQUE (crowd_run_id, number)
    """,
}


def upgrade() -> None:
    """Apply."""
    for table, columns in TABLES.items():
        op.execute(
            f"CREATE TABLE {table} ({columns}, CONSTRAINT pk_{table} PRIMARY KEY (id), CONSTRAINT"
            f" fk_{table}_tenant_id FOREIGN KEY (tenant_id) REFERENCES tenants ON DELETE CASCADE)"
        )
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)
    op.execute("CREATE INDEX ix_crowd_runs_script_id ON crowd_runs (script_id)")
    op.execute("CREATE INDEX ix_crowd_runs_script_version_id ON crowd_runs (script_version_id)")
    op.execute("ALTER TABLE tasks ADD COLUMN needs_crowd boolean NOT NULL DEFAULT false")
    op.execute("ALTER TABLE tasks ALTER COLUMN needs_crowd DROP DEFAULT")
    op.execute("ALTER TABLE tenants ADD COLUMN crowd_marks jsonb NOT NULL DEFAULT '{}'")
    op.execute(f"GRANT UPDATE (crowd_marks) ON tenants TO {roles.APP_ROLE}")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE tenants DROP COLUMN crowd_marks")
    op.execute("ALTER TABLE tasks DROP COLUMN needs_crowd")
    op.execute("DROP TABLE crowd_conversations, crowd_runs")
